import type { Browser } from '@playwright/test';
import { expectsASoundPage } from './axe';
import {
  becomesMember,
  chooses,
  CONFLICT_MESSAGE,
  elsewhere,
  fills,
  formWith,
  heading,
  leaves,
  presses,
  signsIn,
  unique,
} from './people';
import { expect, test, VIEWPORTS, type Visitor } from './visitor';

const COMMUNITY = '/communities/kawasaki-disease';
const START = `${COMMUNITY}/discussions/new`;
const DRAFTS = '/settings/drafts';

/** Joins where a discussion is started, which is there afterwards. */
async function joins(visitor: Visitor) {
  await visitor.opens(START);
  await presses(visitor, 'Join this community');
  await expect(visitor.main.getByLabel('Your text')).toBeVisible();
  await visitor.settles();
}

/** The same person on another device. */
async function onAnotherDevice(
  email: string,
  browser: Browser,
  visitor: Visitor,
  baseURL: string,
) {
  const other = await elsewhere(browser, visitor, baseURL);
  await signsIn(other, email);
  await expect(other.page.getByRole('banner')).toContainText('Ada');
  await other.settles();
  return other;
}

async function saves(visitor: Visitor) {
  await presses(visitor, 'Save draft');
  await isSaved(visitor);
}

async function isSaved(visitor: Visitor) {
  const told = visitor.main.getByRole('status').filter({ hasText: 'Draft saved.' });
  await expect(told).toBeVisible();
  await visitor.settles();
}

for (const viewport of VIEWPORTS) {
  test.describe(`A draft of a post at ${viewport.width} px`, { tag: '@either' }, () => {
    test.use({ viewport });

    test('is continued on another device and published there', async ({
      visitor,
      browser,
      baseURL,
    }) => {
      test.slow();
      const email = await becomesMember(visitor, 'Ada');
      const title = unique('Fever at night');
      await joins(visitor);
      await visitor.opens(START);
      await fills(visitor, { Title: title, 'Your text': 'It began in March.' });
      await saves(visitor);
      await expect(visitor.main.getByLabel('Your text')).toHaveValue('It began in March.');
      await expectsASoundPage(visitor);
      await visitor.expectsNoSidewaysScrolling();

      const other = await onAnotherDevice(email, browser, visitor, baseURL!);
      await other.opens(DRAFTS);
      await expectsASoundPage(other);
      await other.expectsNoSidewaysScrolling();
      await other.main.getByRole('link', { name: title }).click();
      await expect(heading(other)).toHaveText('Start a discussion');
      await other.settles();
      const saved = other.main.getByRole('status').filter({ hasText: 'You saved this draft on' });
      await expect(saved).toBeVisible();
      await expect(other.main.getByLabel('Title')).toHaveValue(title);
      await expect(other.main.getByLabel('Your text')).toHaveValue('It began in March.');
      await expectsASoundPage(other);
      await fills(other, { 'Your text': 'It began in March. What helps?' });
      await saves(other);
      await chooses(other, { 'Who can read it?': 'Everyone' });
      await presses(other, 'Start discussion');
      await expect(heading(other)).toHaveText(title);
      await other.settles();
      await expect(other.main.locator('.posts')).toContainText('What helps?');
      await other.opens(DRAFTS);
      await expect(other.main).toContainText('You have no drafts.');
      await leaves(other);
      await visitor.opens(START);
      await expect(visitor.main.getByLabel('Your text')).toHaveValue('');
    });
  });
}

test.describe('A draft of a post', { tag: '@either' }, () => {
  test('replaces none that was not shown', async ({ visitor, browser, baseURL }) => {
    test.slow();
    const email = await becomesMember(visitor, 'Ada');
    await joins(visitor);
    const other = await onAnotherDevice(email, browser, visitor, baseURL!);
    await visitor.opens(START);
    await other.opens(START);
    await fills(visitor, { 'Your text': 'On the phone.' });
    await saves(visitor);
    // Without a script the answer is a page, and the browser says that it was refused.
    if (!other.scripted) other.expectsOneMessage(CONFLICT_MESSAGE);
    await fills(other, { 'Your text': 'At the desk.' });
    await presses(other, 'Save draft');
    await expect(other.main.getByRole('alert')).toContainText('You saved another draft here');
    await expect(other.main).toContainText('On the phone.');
    await expect(other.main.getByLabel('Your text')).toHaveValue('At the desk.');
    await expect(other.main.getByRole('button', { name: 'Delete draft' })).toHaveCount(0);
    await expectsASoundPage(other);
    await saves(other);
    await leaves(other);

    await visitor.opens(START);
    await expect(visitor.main.getByLabel('Your text')).toHaveValue('At the desk.');
    await presses(visitor, 'Delete draft');
    await expect(visitor.main.getByLabel('Your text')).toHaveValue('');
    await visitor.settles();
    await expect(visitor.main.getByRole('button', { name: 'Delete draft' })).toHaveCount(0);
  });

  test('of a reply is continued from its discussion', async ({ visitor }) => {
    test.slow();
    await becomesMember(visitor, 'Ada');
    await joins(visitor);
    const title = unique('Sleep');
    await fills(visitor, { Title: title, 'Your text': 'Who sleeps?' });
    await presses(visitor, 'Start discussion');
    await expect(heading(visitor)).toHaveText(title);
    await visitor.settles();
    const topic = new URL(visitor.page.url()).pathname;
    const form = visitor.main.getByRole('region', { name: 'Write a reply' });
    await form.getByLabel('Your reply').fill('I do not.');
    await form.getByRole('button', { name: 'Save draft' }).click();
    await isSaved(visitor);
    await visitor.opens(topic);
    await visitor.main.getByRole('link', { name: 'Continue your draft' }).click();
    await expect(heading(visitor)).toHaveText('Write a reply');
    await visitor.settles();
    await expect(visitor.main.getByLabel('Your reply')).toHaveValue('I do not.');
    await fills(visitor, { 'Your reply': 'I do not, and you?' });
    await presses(visitor, 'Reply');
    await expect(visitor.main.locator('.posts')).toContainText('I do not, and you?');
    await visitor.settles();
    await visitor.opens(topic);
    await expect(visitor.main).not.toContainText('Continue your draft');
  });

  test('of a question is continued with its details, and deleted in the list', async ({
    visitor,
  }) => {
    await becomesMember(visitor, 'Ada');
    await joins(visitor);
    await visitor.opens(`${COMMUNITY}/questions/new`);
    await fills(visitor, { 'Your question': 'May I fly?' });
    await presses(visitor, 'Continue');
    await expect(visitor.main.getByLabel('Details (optional)')).toBeVisible();
    await visitor.settles();
    await fills(visitor, { 'Details (optional)': 'It is a long way.' });
    await saves(visitor);
    await visitor.opens(`${COMMUNITY}/questions/new`);
    await expect(visitor.main.getByLabel('Your question')).toHaveValue('May I fly?');
    await expect(visitor.main.getByLabel('Details (optional)')).toHaveValue('It is a long way.');
    await visitor.opens(DRAFTS);
    await expect(visitor.main).toContainText('May I fly?');
    await formWith(visitor, /^Delete draft/)
      .getByRole('button')
      .click();
    await expect(visitor.main.getByRole('status')).toContainText('Draft deleted.');
    await expect(visitor.main).toContainText('You have no drafts.');
  });
});
