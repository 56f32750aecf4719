// How long it takes until the next question of an enrolment is on screen, on a computer that is six times
// slower than this one: the median, in milliseconds. `cargo xtask bench --only registry` runs it.

import { chromium as browsers } from '@playwright/test';
import { chromium } from './chromium.mjs';
import { member } from './members.mjs';
import { startRareShare } from './rareshare.mjs';

const SLOWER = 6;
const PARTICIPANTS = 3;

/** What is chosen or typed, question by question; the answers after them lead to a page of the server's. */
const ANSWERS = [
  ['[value=myself]'],
  ['[value=affected]'],
  ['[name=condition]', 'Kahler disease'],
  ['[name=birth-day]', '27', '[name=birth-month]', '3', '[name=birth-year]', '1984'],
  ['select', 'IS'],
  ['[name=contact][value=email]'],
  [],
  ['[name=other-registry][value=no]'],
];

/** Sends the form, and says how long it took until the next heading was painted. */
const goOn = () =>
  new Promise((done) => {
    const heading = () => document.querySelector('main h1')?.textContent;
    const before = heading();
    const button = document.querySelector('main form [type=submit]');
    const begun = performance.now();
    new MutationObserver((_, observer) => {
      if (heading() === before || heading() === undefined) return;
      observer.disconnect();
      // The frame that has it, and then the first moment after it.
      requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun)));
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
    button.click();
  });

const server = await startRareShare();
const browser = await browsers.launch(chromium());
try {
  const ada = await member(server, 'Ada');
  const page = await browser.newPage({ baseURL: server.origin, storageState: ada.cookies });
  const times = [];
  for (let participant = 0; participant < PARTICIPANTS; participant += 1) {
    const first = await ada.send('/registry/enrol', {
      ...{ form: 'registry/begin-enrolment', key: String(participant) },
    });
    await page.goto(first);
    await page.locator('html[data-hydrated]').waitFor();
    const slow = await page.context().newCDPSession(page);
    await slow.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    for (const [field, value, ...more] of ANSWERS) {
      if (field === 'select') await page.locator('main select').selectOption(value);
      else if (value) await page.locator(field).fill(value);
      else if (field) await page.locator(field).check();
      for (let at = 0; at < more.length; at += 2) await page.locator(more[at]).fill(more[at + 1]);
      // Nothing else is under way.
      await page.waitForTimeout(500);
      times.push(await page.evaluate(goOn));
    }
    await slow.detach();
  }
  times.sort((one, other) => one - other);
  console.log(JSON.stringify({ median: times[Math.floor(times.length / 2)], longest: times.at(-1), of: times.length }));
} finally {
  await browser.close();
  await server.stop();
}
