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

// A message is delivered once the frame has been painted, before anything that waits for a timer.
const painted = () => {
  window.onceIsPainted = (what) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = what;
      port2.postMessage(null);
    });
};

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
      window.onceIsPainted(() => done(performance.now() - begun));
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
    button.click();
  });

/** The same by hand, from the same page: what the browser takes for itself. */
const goOnByHand = ([html, address, title]) =>
  new Promise((done) => {
    const form = document.querySelector('main form');
    form.noValidate = true;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const next = document.createElement('template');
      next.innerHTML = html;
      document.querySelector('main').replaceWith(next.content);
      history.pushState(null, '', address);
      document.title = title;
      document.querySelector('main h1').focus();
      window.onceIsPainted(() => done(performance.now() - begun));
    });
    const begun = performance.now();
    form.querySelector('[type=submit]').click();
  });

const shown = () => [document.querySelector('main').outerHTML, location.pathname, document.title];

const median = (times) => times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)];

async function slowed(page) {
  const slow = await page.context().newCDPSession(page);
  await slow.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  return slow;
}

const server = await startRareShare();
const browser = await browsers.launch(chromium());
try {
  const ada = await member(server, 'Ada');
  const page = await browser.newPage({ baseURL: server.origin, storageState: ada.cookies });
  await page.addInitScript(painted);
  const [times, byHand] = [[], []];
  // The same pages, and nothing of ours runs.
  const bare = await browser.newPage({ baseURL: server.origin, storageState: ada.cookies });
  await bare.addInitScript(painted);
  await bare.route(/\.(js|wasm)$/, (route) => route.abort());
  for (let participant = 0; participant < PARTICIPANTS; participant += 1) {
    const first = await ada.send('/registry/enrol', {
      ...{ form: 'registry/begin-enrolment', key: String(participant) },
    });
    await page.goto(first);
    await page.locator('html[data-hydrated]').waitFor();
    const slow = await slowed(page);
    const pages = [];
    for (const [field, value, ...more] of ANSWERS) {
      if (field === 'select') await page.locator('main select').selectOption(value);
      else if (value) await page.locator(field).fill(value);
      else if (field) await page.locator(field).check();
      for (let at = 0; at < more.length; at += 2) await page.locator(more[at]).fill(more[at + 1]);
      // Nothing else is under way.
      await page.waitForTimeout(500);
      times.push(await page.evaluate(goOn));
      pages.push(await page.evaluate(shown));
    }
    await slow.detach();
    await bare.goto(first);
    const bareSlow = await slowed(bare);
    for (const next of pages) {
      await bare.waitForTimeout(500);
      byHand.push(await bare.evaluate(goOnByHand, next));
    }
    await bareSlow.detach();
  }
  console.log(
    JSON.stringify({
      median: median(times),
      longest: Math.max(...times),
      of: times.length,
      byHand: median(byHand),
    }),
  );
} finally {
  await browser.close();
  await server.stop();
}
