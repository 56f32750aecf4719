import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { startRareShare } from '../rareshare.mjs';
import { expectsASoundPage } from './axe';
import { test } from './own-server';
import {
  becomesMember,
  elsewhere,
  fills,
  heading,
  isGiven,
  leaves,
  presses,
} from './people';
import { notTested } from './real-data';
import { expect, VIEWPORTS, type Visitor } from './visitor';

const CONDITION = '/communities/cystic-fibrosis';

/** A review is good for two years. This is some days more, in microseconds. */
const LONG = 740 * 24 * 60 * 60 * 1_000_000;

/** Moves the one review back in time: nobody can set the server's clock, and that is well so. */
function letsItGrowOld(data: string) {
  const sql = `UPDATE review SET created_at = created_at - ${LONG}, due_at = due_at - ${LONG};
    SELECT changes();`;
  const changed = execFileSync('sqlite3', [join(data, 'rareshare.db'), sql], { encoding: 'utf8' });
  expect(changed.trim(), 'reviews that grew old').toBe('1');
}

async function reviews(visitor: Visitor) {
  await visitor.opens(CONDITION);
  const cause = visitor.page.locator('section#cause');
  await cause.getByRole('link', { name: /History/ }).click();
  await expect(heading(visitor)).toContainText('History');
  await visitor.main.getByRole('listitem').first().getByRole('link').first().click();
  await visitor.main.getByRole('link', { name: 'Review this version as an expert' }).click();
  await expect(heading(visitor)).toContainText('Review');
  await fills(visitor, { 'Conflicts of interest': 'None' });
  await presses(visitor, 'I have read it, and it is correct');
  await expect(visitor.main.getByRole('status')).toContainText('Your review is on the page');
  await visitor.settles();
}

async function readsThatItIsOverdue(reader: Visitor) {
  await reader.opens(CONDITION);
  const cause = reader.page.locator('section#cause');
  await expect(cause).toContainText(/Overdue since \d{1,2} [A-Z][a-z]+ \d{4}\./);
  await expect(cause).not.toContainText('Next review due');
  await expectsASoundPage(reader);
  await reader.opens('/reviews');
  const listed = reader.main.getByRole('listitem');
  await expect(listed).toHaveCount(1);
  await expect(listed).toContainText(/The next review was due on \d{1,2} [A-Z][a-z]+ \d{4}\./);
  await expectsASoundPage(reader);
  await listed.getByRole('link', { name: 'Cystic fibrosis: Cause' }).click();
  await expect(reader.page).toHaveURL(`${CONDITION}#cause`);
  await reader.settles();
}

if (spawnSync('sqlite3', ['--version']).status === 0) {
  test('A review that is two years old is overdue, on the page and in a list', {
    tag: '@either',
  }, async ({ visitor, server, browser }) => {
    test.slow();
    await isGiven(visitor, await becomesMember(visitor, 'Doctor'), 'expert', server.data);
    await reviews(visitor);
    await server.end();
    letsItGrowOld(server.data);
    const later = await startRareShare(['--trusted-proxy', '127.0.0.1'], server.data);
    try {
      const reader = await elsewhere(browser, visitor, later.origin);
      for (const viewport of VIEWPORTS) {
        await reader.page.setViewportSize(viewport);
        await test.step(`at ${viewport.width} pixels`, () => readsThatItIsOverdue(reader));
      }
      await leaves(reader);
    } finally {
      await later.end();
    }
  });
} else {
  notTested('an overdue review: there is no sqlite3 on this machine, which makes one grow old');
}
