import { expectsASoundPage } from './axe';
import {
  becomesMember,
  chooses,
  elsewhere,
  fills,
  formWith,
  heading,
  isGiven,
  leaves,
  moderates,
  ownPage,
  presses,
  REFUSED_MESSAGE,
  unique,
} from './people';
import { expect, NOT_FOUND_MESSAGE, test, VIEWPORTS, Visitor } from './visitor';

const CONDITION = '/communities/gaucher-disease';
const SECRET = 'My cousin sells a tea';

/** Joins, starts a discussion that everyone reads, and replies to it. Returns its address. */
async function writes(visitor: Visitor, title: string) {
  await visitor.opens(CONDITION);
  await presses(visitor, 'Join this community');
  await expect(visitor.main.locator('#community')).toContainText('You are in this community');
  await visitor.settles();
  await visitor.opens(`${CONDITION}/discussions/new`);
  await fills(visitor, { Title: title, 'Your text': 'What do you drink?' });
  await chooses(visitor, { 'Who can read it?': 'Everyone' });
  await presses(visitor, 'Start discussion');
  await expect(heading(visitor)).toHaveText(title);
  await visitor.settles();
  const form = visitor.main.getByRole('region', { name: 'Write a reply' });
  await form.getByLabel('Your reply').fill(`${SECRET}.`);
  await form.getByRole('button', { name: 'Reply', exact: true }).click();
  await expect(visitor.main.locator('.posts')).toContainText(SECRET);
  await visitor.settles();
  return new URL(visitor.page.url()).pathname;
}

/** Where a post of a discussion is moderated. */
function pageOf(topic: string, number: number) {
  return `/admin/topics/${topic.split('/')[2]}/posts/${number}`;
}

/** Does something on the open page of a post. */
async function acts(moderator: Visitor, button: string, reason: string) {
  await formWith(moderator, button).getByLabel('Why?').fill(reason);
  await presses(moderator, button);
  await expect(moderator.main.getByRole('status')).toContainText('Done.');
}

/** Waits until a notification has come, and follows it. */
async function follows(visitor: Visitor, words: string) {
  await expect(async () => {
    await visitor.opens('/notifications');
    await expect(visitor.main).toContainText(words, { timeout: 500 });
  }).toPass();
  await visitor.main.getByRole('link', { name: words }).first().click();
  await expect(heading(visitor)).not.toHaveText('Notifications');
  await visitor.settles();
}

test.describe('A post', { tag: '@either' }, () => {
  test('is hidden with a reason, appealed against, and shown again', async ({
    visitor,
    browser,
    baseURL,
  }) => {
    test.slow();
    await becomesMember(visitor, 'Ada');
    const topic = await writes(visitor, unique('Tea'));
    const moderator = await moderates(browser, visitor, baseURL!, 'Grace');
    await moderator.opens(topic);
    const link = moderator.main.getByRole('link', { name: 'Moderate post 2' });
    await expect(link).toHaveAttribute('href', pageOf(topic, 2));
    await moderator.opensPlain(pageOf(topic, 2));
    await expectsASoundPage(moderator);
    moderator.expectsOneMessage(REFUSED_MESSAGE);
    await presses(moderator, 'Hide post');
    await expect(moderator.main.getByRole('alert')).toContainText('Say why.');
    await acts(moderator, 'Hide post', 'This is an advertisement');
    await expect(moderator.main).toContainText('Post hidden by Grace');
    await moderator.main.getByText('Read the hidden text').click();
    await expect(moderator.main).toContainText(SECRET);
    await expectsASoundPage(moderator);

    const other = await elsewhere(browser, visitor, baseURL!);
    await other.opens(topic);
    await expect(other.main.locator('#post-2')).toContainText('Hidden by a moderator');
    await expect(other.main.locator('#post-2')).toContainText('This is an advertisement');
    expect(await other.page.content()).not.toContain(SECRET);

    await follows(visitor, 'A moderator hid your post');
    await expect(heading(visitor)).toHaveText('Your post was hidden');
    await expect(visitor.main).toContainText('This is an advertisement');
    expect(await visitor.page.content()).not.toContain('Grace');
    const decision = new URL(visitor.page.url()).pathname;
    await visitor.opens(topic);
    await visitor.main.getByText('Read what you wrote').click();
    await expect(visitor.main.locator('#post-2')).toContainText(SECRET);
    await visitor.main.getByRole('link', { name: 'Read the decision, or appeal' }).click();
    await expect(heading(visitor)).toHaveText('Your post was hidden');
    await visitor.settles();
    if (!visitor.scripted) visitor.expectsOneMessage(REFUSED_MESSAGE);
    await presses(visitor, 'Send appeal');
    await expect(visitor.main.getByRole('alert')).toContainText('Say why');
    await visitor.settles();
    await fills(visitor, { 'Why is it wrong?': 'I was joking.\n\nI have no cousin.' });
    await presses(visitor, 'Send appeal');
    await expect(visitor.main.getByRole('status')).toContainText('Thank you.');
    await expect(visitor.main).toContainText('Waiting for review');
    await visitor.settles();

    await moderator.opensPlain('/admin/waiting');
    await moderator.main.getByRole('link', { name: 'Post hidden' }).last().click();
    await expect(heading(moderator)).toHaveText('Appeal');
    await expect(moderator.main).toContainText('someone else decides about the appeal');
    const appeal = new URL(moderator.page.url()).pathname;
    await leaves(moderator);
    const decider = await moderates(browser, visitor, baseURL!, 'Joan');
    await decider.opensPlain(appeal);
    await expect(decider.main).toContainText('I have no cousin.');
    await expectsASoundPage(decider);
    await formWith(decider, 'Undo decision').getByLabel('Why?').fill('You are right');
    await presses(decider, 'Undo decision');
    await expect(decider.main.getByRole('status')).toContainText('Decided.');
    await leaves(decider);

    await follows(visitor, 'Your appeal was decided');
    expect(new URL(visitor.page.url()).pathname).toBe(decision);
    await expect(visitor.main).toContainText('The decision was undone');
    await expect(visitor.main).toContainText('You are right');
    await other.opens(topic);
    await expect(other.main.locator('#post-2')).toContainText(SECRET);
    await leaves(other);
  });

  test('cannot be moderated by members', async ({ visitor }) => {
    await becomesMember(visitor, 'Ada');
    const topic = await writes(visitor, unique('Tea'));
    await expect(visitor.main.getByRole('link', { name: /^Moderate/ })).toHaveCount(0);
    visitor.expectsOneMessage(NOT_FOUND_MESSAGE);
    expect((await visitor.opens(pageOf(topic, 1))).status()).toBe(404);
    await visitor.opens('/decisions');
    await expect(visitor.main).toContainText('There are no decisions about you.');
  });
});

test.describe('A discussion', { tag: '@either' }, () => {
  test('is locked, unlocked, and moved', async ({ visitor, browser, baseURL }) => {
    test.slow();
    const title = unique('Tea');
    await becomesMember(visitor, 'Ada');
    const topic = await writes(visitor, title);
    const moderator = await moderates(browser, visitor, baseURL!, 'Grace');
    await moderator.opensPlain(pageOf(topic, 1));
    await acts(moderator, 'Lock', 'Please calm down');
    await visitor.opens(topic);
    await expect(visitor.main).toContainText('This discussion is locked. Reason:');
    await expect(visitor.main).toContainText('Please calm down');
    await expect(visitor.main.getByRole('button', { name: 'Reply', exact: true })).toHaveCount(0);
    await expect(visitor.main.getByRole('link', { name: /^Edit post/ })).toHaveCount(0);
    await visitor.opens(`${topic}/reply`);
    await expect(visitor.main).toContainText('This discussion is locked.');
    await acts(moderator, 'Unlock', 'It is calm');
    const move = formWith(moderator, 'Move');
    await move.getByLabel('To the community of which condition?').fill('Fabry disease');
    await acts(moderator, 'Move', 'It is about Fabry disease');
    await expect(moderator.main).toContainText('Topic moved from');
    await leaves(moderator);
    await visitor.opens('/communities/fabry-disease/discussions');
    await visitor.main.getByRole('link', { name: title }).click();
    await expect(heading(visitor)).toHaveText(title);
    expect(new URL(visitor.page.url()).pathname).toBe(topic);
    await visitor.settles();
    await follows(visitor, 'A moderator moved a topic of yours to another community');
    await expect(visitor.main).toContainText('It is about Fabry disease');
  });
});

test.describe('Whoever wrote a post', { tag: '@either' }, () => {
  test('is warned about it', async ({ visitor, browser, baseURL }) => {
    test.slow();
    await becomesMember(visitor, 'Ada');
    const topic = await writes(visitor, unique('Tea'));
    const moderator = await moderates(browser, visitor, baseURL!, 'Grace');
    await moderator.opensPlain(pageOf(topic, 2));
    await acts(moderator, 'Warn', 'Do not sell tea here');
    await expect(moderator.main).toContainText('Author warned by Grace');
    await leaves(moderator);
    await visitor.opens(topic);
    await expect(visitor.main.locator('#post-2')).toContainText(SECRET);
    await follows(visitor, 'A moderator warned you about your post');
    await expect(heading(visitor)).toHaveText('You were warned about your post');
    await expect(visitor.main).toContainText('Do not sell tea here');
    await expect(visitor.main.getByRole('button', { name: 'Send appeal' })).toBeVisible();
    expect(await visitor.page.content()).not.toContain('Grace');
  });
});

test.describe('A member', { tag: '@either' }, () => {
  test('is warned, and suspended for a time, by a moderator', async ({
    visitor,
    browser,
    baseURL,
  }) => {
    test.slow();
    const email = await becomesMember(visitor, 'Ada');
    const own = await ownPage(visitor);
    const at = own.replace('/members/', '/admin/members/');
    visitor.expectsOneMessage(NOT_FOUND_MESSAGE);
    expect((await visitor.opens(at)).status()).toBe(404);
    const moderator = await moderates(browser, visitor, baseURL!, 'Grace');
    await moderator.opens(own);
    const link = moderator.main.getByRole('link', { name: 'Warn or suspend this member' });
    await expect(link).toHaveAttribute('href', at);
    await moderator.opensPlain(at);
    await expect(heading(moderator)).toHaveText('Ada');
    await expect(moderator.main).toContainText('None so far.');
    expect(await moderator.page.content()).not.toContain(email);
    await expectsASoundPage(moderator);
    await formWith(moderator, 'Warn').getByLabel('Reason').fill('No advertising, please');
    // Pressed twice, it is one warning.
    await moderator.main.getByRole('button', { name: 'Warn', exact: true }).dblclick();
    await expect(moderator.main.getByRole('status')).toContainText('Done.');
    await expect(moderator.main.locator('.moderation li')).toHaveCount(1);
    await follows(visitor, 'You have been warned');
    await expect(heading(visitor)).toHaveText('Your account: warned');
    await expect(visitor.main).toContainText('No advertising, please');
    await expect(visitor.main.getByRole('button', { name: 'Send appeal' })).toBeVisible();
    expect(await visitor.page.content()).not.toContain('Grace');

    const lengths = moderator.main.getByLabel('For how long?').locator('option');
    await expect(lengths.filter({ hasText: 'No end' })).toHaveCount(0);
    await chooses(moderator, { 'For how long?': '3 months' });
    await formWith(moderator, 'Suspend').getByLabel('Reason').fill('Advertises a cure');
    await presses(moderator, 'Suspend');
    await expect(moderator.main).toContainText(/Suspended until .* UTC/);
    await expect(formWith(moderator, 'Suspend')).toHaveCount(0);
    await expectsASoundPage(moderator);
    await leaves(moderator);
    await visitor.opens('/settings');
    await expect(visitor.main.getByRole('status')).toContainText('Reason: Advertises a cure');
  });

  test('who moderates is left to administrators', async ({ visitor, browser, baseURL }) => {
    test.slow();
    const email = await becomesMember(visitor, 'Ada');
    await isGiven(visitor, email, 'moderator');
    const own = await ownPage(visitor);
    const moderator = await moderates(browser, visitor, baseURL!, 'Grace');
    await moderator.opensPlain(own.replace('/members/', '/admin/members/'));
    await expect(moderator.main).toContainText('Only administrators can warn or suspend them.');
    await expect(moderator.main.getByRole('button', { name: 'Warn', exact: true })).toHaveCount(0);
    await leaves(moderator);
  });
});

test.describe('Pages of decisions', { tag: '@either' }, () => {
  for (const viewport of VIEWPORTS) {
    test.describe(`at ${viewport.width} px`, () => {
      test.use({ viewport });
      test('are accessible and fit', async ({ visitor, browser, baseURL }) => {
        test.slow();
        await becomesMember(visitor, 'Ada');
        const topic = await writes(visitor, unique('Tea'));
        await visitor.opens('/decisions');
        await expectsASoundPage(visitor);
        const moderator = await moderates(browser, visitor, baseURL!, 'Grace');
        for (const [button, number] of [['Hide post', 1], ['Lock', 1], ['Hide post', 2]] as const) {
          await moderator.opensPlain(pageOf(topic, number));
          await acts(moderator, button, 'Pneumonoultramicroscopicsilicovolcanoconiosis-Selbsthilfe');
        }
        await expectsASoundPage(moderator);
        await moderator.opensPlain('/admin/appeals?show=decided');
        await expectsASoundPage(moderator);
        await leaves(moderator);
        for (const at of ['/decisions', '/settings', topic]) {
          await visitor.opens(at);
          await expectsASoundPage(visitor);
        }
        await visitor.opens('/decisions');
        await visitor.main.getByRole('link', { name: 'Your post was hidden' }).first().click();
        await expect(heading(visitor)).toHaveText('Your post was hidden');
        await visitor.settles();
        await expectsASoundPage(visitor);
      });
    });
  }
});
