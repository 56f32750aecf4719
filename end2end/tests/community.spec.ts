import { expectsASoundPage } from './axe';
import {
  becomesMember,
  chooses,
  comesWith,
  CONFLICT_MESSAGE,
  elsewhere,
  fills,
  formWith,
  heading,
  isGiven,
  leaves,
  presses,
  REFUSED_MESSAGE,
  SIGNED_OUT_MESSAGE,
  unique,
} from './people';
import { expect, NOT_FOUND_MESSAGE, test, VIEWPORTS, Visitor } from './visitor';

const CONDITION = '/communities/pompe-disease';
const DISCUSSIONS = `${CONDITION}/discussions`;

/** Joins from the condition's page. */
async function joinsCommunity(visitor: Visitor, condition = CONDITION) {
  await visitor.opens(condition);
  await presses(visitor, 'Join this community');
  await expect(card(visitor)).toContainText('You are in this community. Only you can see that you joined.');
  await visitor.settles();
}

function card(visitor: Visitor) {
  return visitor.main.locator('#community');
}

function post(visitor: Visitor, number: number) {
  return visitor.main.locator(`#post-${number}`);
}

/** Starts a discussion, and returns its address. */
async function starts(visitor: Visitor, title: string, text: string, audience: string) {
  await visitor.opens(`${DISCUSSIONS}/new`);
  await fills(visitor, { Title: title, 'Your text': text });
  await chooses(visitor, { 'Who can read it?': audience });
  await presses(visitor, 'Start discussion');
  await expect(heading(visitor)).toHaveText(title);
  await visitor.settles();
  return new URL(visitor.page.url()).pathname;
}

/** Writes below a discussion that is open. */
async function replies(visitor: Visitor, text: string, shown = text) {
  const form = visitor.main.getByRole('region', { name: 'Write a reply' });
  await form.getByLabel('Your reply').fill(text);
  await form.getByRole('button', { name: 'Reply', exact: true }).click();
  await expect(visitor.main.locator('.posts')).toContainText(shown);
  await visitor.settles();
}

test.describe('A community', { tag: '@either' }, () => {
  test('is joined and left by one button', async ({ visitor }) => {
    await becomesMember(visitor, 'Ada');
    await joinsCommunity(visitor);
    await visitor.opens('/settings/communities');
    await expect(visitor.main.getByRole('heading', { level: 2 })).toHaveText([
      'Pompe disease',
      'Join another community',
    ]);
    await visitor.opens(CONDITION);
    await card(visitor).getByRole('button', { name: /^Leave/ }).click();
    await expect(formWith(visitor, 'Join this community')).toBeVisible();
    await visitor.settles();
    await visitor.opens('/settings/communities');
    await expect(visitor.main.getByRole('heading', { level: 2 })).toHaveText(['Join a community']);
  });

  test('is joined by a visitor after signing in', async ({ visitor, browser, baseURL }) => {
    const other = await elsewhere(browser, visitor, baseURL!);
    const email = await becomesMember(other, 'Grace');
    await leaves(other);
    visitor.expectsOneMessage(SIGNED_OUT_MESSAGE);
    await visitor.opens(CONDITION);
    await presses(visitor, 'Join this community');
    await expect(visitor.main.getByRole('status')).toContainText('Sign in to continue.');
    await visitor.settles();
    await fills(visitor, { 'Email address': email, Password: 'four gardens without a fence' });
    await presses(visitor, 'Sign in');
    // It is offered again, and not done by itself.
    await expect(formWith(visitor, 'Join this community')).toBeVisible();
    await visitor.settles();
    await presses(visitor, 'Join this community');
    await expect(card(visitor)).toContainText('You are in this community.');
  });

  test('discusses: a topic, replies, an edit, a deletion', async ({ visitor, browser, baseURL }) => {
    const title = unique('Who has a lift at home');
    await becomesMember(visitor, 'Ada');
    // Whoever has not joined is asked to, and comes back.
    await visitor.opens(`${DISCUSSIONS}/new`);
    await presses(visitor, 'Join this community');
    await expect(visitor.main.getByLabel('Title')).toBeVisible();
    await visitor.settles();

    if (!visitor.scripted) visitor.expectsOneMessage(REFUSED_MESSAGE);
    await fills(visitor, { Title: 'Lift', 'Your text': 'We look for *one*.' });
    await presses(visitor, 'Start discussion');
    await expect(visitor.main.getByRole('alert')).toContainText('Use 5 to 150 characters');
    await expect(visitor.main.getByLabel('Your text')).toHaveValue('We look for *one*.');
    await visitor.settles();
    await presses(visitor, 'Preview');
    await expect(visitor.main.locator('.seen em')).toHaveText('one');
    await visitor.settles();
    await fills(visitor, { Title: title });
    await chooses(visitor, { 'Who can read it?': 'Everyone' });
    await presses(visitor, 'Start discussion');
    await expect(heading(visitor)).toHaveText(title);
    await visitor.settles();
    const topic = new URL(visitor.page.url()).pathname;
    await expect(post(visitor, 1).locator('em')).toHaveText('one');

    const other = await comesWith('Grace', browser, visitor, baseURL!);
    await other.opens(topic);
    await presses(other, 'Join this community');
    await expect(other.main.getByLabel('Your reply').first()).toBeAttached();
    await other.settles();
    await replies(other, 'Ours is from **Ulm**.', 'Ours is from Ulm.');
    await expect(post(other, 2).locator('strong')).toHaveText('Ulm');
    // In place, below what it replies to.
    const first = post(other, 1);
    await first.getByText('Reply', { exact: false }).first().click();
    await first.getByLabel('Your reply').fill('How high is yours?');
    await first.getByRole('button', { name: 'Reply', exact: true }).click();
    await expect(post(other, 3)).toContainText('In reply to post 1');
    await other.settles();

    await visitor.opens(topic);
    await visitor.main.getByRole('link', { name: 'Edit post 1' }).click();
    await expect(heading(visitor)).toHaveText('Edit your post');
    await visitor.settles();
    await fills(visitor, { 'Your text': 'We look for a small one.' });
    await presses(visitor, 'Save');
    await expect(post(visitor, 1)).toContainText('We look for a small one.');
    await visitor.settles();
    await post(visitor, 1).getByRole('link', { name: /^Edited/ }).click();
    await expect(visitor.main.locator('.posts > li')).toHaveCount(2);
    await expect(visitor.main.locator('.posts em')).toHaveText('one');
    const changes = visitor.main.locator('.posts > li').first();
    await expect(changes.locator('.diff del')).toContainText('*one*');
    await expect(changes.locator('.diff ins')).toContainText('small one');
    await visitor.settles();

    await other.opens(topic);
    await other.main.getByRole('link', { name: 'Delete post 2' }).click();
    await expect(heading(other)).toHaveText('Delete this post');
    await other.settles();
    await fills(other, { 'Why? (optional)': 'Wrong town' });
    await presses(other, 'Delete post');
    await expect(post(other, 2)).toContainText('Deleted by its author');
    await expect(post(other, 2)).toContainText('Wrong town');
    await expect(post(other, 2)).not.toContainText('Ulm');
    await leaves(other);

    await visitor.opens(CONDITION);
    const listed = visitor.main.locator('#discussions');
    await expect(listed.getByRole('link', { name: title })).toBeVisible();
    await listed.getByRole('link', { name: 'All discussions' }).click();
    await expect(visitor.main.getByRole('link', { name: title })).toBeVisible();
    await visitor.settles();
    await visitor.opens('/discussions');
    await expect(visitor.main.getByRole('link', { name: title })).toBeVisible();
  });

  test('keeps what is for its members from others', async ({ visitor, browser, baseURL }) => {
    await becomesMember(visitor, 'Ada');
    await joinsCommunity(visitor);
    const title = unique('For us alone');
    const topic = await starts(visitor, title, 'A secret.', 'Members of this community');
    await expect(visitor.main).toContainText('For this community only');
    const other = await comesWith('Grace', browser, visitor, baseURL!);
    other.expectsOneMessage(NOT_FOUND_MESSAGE);
    expect((await other.opens(topic)).status()).toBe(404);
    for (const path of [CONDITION, DISCUSSIONS, '/discussions']) {
      await other.opens(path);
      expect(await other.page.content()).not.toContain(title);
    }
    await joinsCommunity(other);
    await other.opens(topic);
    await expect(heading(other)).toHaveText(title);
    await leaves(other);
  });

  test('is kept in order by moderators, who say why', async ({ visitor, browser, baseURL }) => {
    await becomesMember(visitor, 'Ada');
    await joinsCommunity(visitor);
    const topic = await starts(visitor, unique('Buy my pills'), 'Cheap pills.', 'All members');
    const other = await elsewhere(browser, visitor, baseURL!);
    const email = await becomesMember(other, 'Grace');
    await isGiven(other, email, 'moderator');
    await other.opens(topic);
    await other.main.getByRole('link', { name: 'Delete post 1' }).click();
    await other.settles();
    if (!other.scripted) other.expectsOneMessage(REFUSED_MESSAGE);
    await presses(other, 'Delete post');
    await expect(other.main.getByRole('alert')).toContainText('Say why.');
    await other.settles();
    await fills(other, { 'Why?': 'An advertisement' });
    await presses(other, 'Delete post');
    await expect(post(other, 1)).toContainText('Deleted by a moderator');
    await leaves(other);
    await visitor.opens(topic);
    await expect(post(visitor, 1)).toContainText('An advertisement');
    await expect(visitor.main).not.toContainText('Cheap pills');
  });

  test('keeps a reply that is not finished', async ({ visitor }) => {
    await becomesMember(visitor, 'Ada');
    await joinsCommunity(visitor);
    const topic = await starts(visitor, unique('Half a reply'), 'One.', 'All members');
    const first = post(visitor, 1);
    await first.locator('details.reply > summary').click();
    await first.getByLabel('Your reply').fill('It is *not* finished.');
    await first.getByRole('button', { name: 'Preview' }).click();
    await expect(visitor.main.locator('.seen em')).toHaveText('not');
    await visitor.settles();
    // Without a script it has gone to a page of its own.
    const form = visitor.main.locator('form').filter({ has: visitor.page.locator('.seen em') });
    await expect(form.getByLabel('Your reply')).toHaveValue('It is *not* finished.');
    await form.getByRole('button', { name: 'Reply', exact: true }).click();
    await expect(post(visitor, 2)).toContainText('In reply to post 1');
    await visitor.settles();
    await visitor.opens(topic);
    await expect(post(visitor, 2).locator('em')).toHaveText('not');
  });

  test('takes an edit from one of two tabs', async ({ visitor }) => {
    await becomesMember(visitor, 'Ada');
    await joinsCommunity(visitor);
    const topic = await starts(visitor, unique('Two tabs'), 'One.', 'All members');
    const tab = new Visitor(await visitor.page.context().newPage(), '', visitor.scripted);
    for (const each of [visitor, tab]) await each.opens(`${topic}/posts/1/edit`);
    await fills(tab, { 'Your text': 'Two.' });
    await presses(tab, 'Save');
    await expect(post(tab, 1)).toContainText('Two.');
    await tab.settles();
    await fills(visitor, { 'Your text': 'Three.' });
    if (!visitor.scripted) visitor.expectsOneMessage(CONFLICT_MESSAGE);
    await presses(visitor, 'Save');
    await expect(visitor.main.getByRole('alert')).toContainText('in another tab');
    await expect(visitor.main.getByLabel('Your text')).toHaveValue('Three.');
    await expect(visitor.main.locator('pre')).toHaveText('Two.');
    await visitor.settles();
    await presses(visitor, 'Save');
    await expect(post(visitor, 1)).toContainText('Three.');
    await tab.page.close();
  });
});

test.describe('Pages of a community', { tag: '@either' }, () => {
  for (const viewport of VIEWPORTS) {
    test.describe(`at ${viewport.width} px`, () => {
      test.use({ viewport });
      test('are accessible and fit', async ({ visitor }) => {
        await becomesMember(visitor, 'Ada');
        await joinsCommunity(visitor, '/communities/huntington-disease');
        await visitor.opens('/communities/huntington-disease/discussions/new');
        await expectsASoundPage(visitor);
        await fills(visitor, {
          Title: unique('Pneumonoultramicroscopicsilicovolcanoconiosis-Selbsthilfegruppe'),
          'Your text': `https://example.org/${'a'.repeat(120)}\n\n| a | b |\n|---|---|\n| c | d |`,
        });
        await presses(visitor, 'Start discussion');
        await expect(post(visitor, 1)).toBeVisible();
        await visitor.settles();
        const topic = new URL(visitor.page.url()).pathname;
        for (const path of [
          topic,
          `${topic}/posts/1/edit`,
          `${topic}/posts/1/history`,
          `${topic}/posts/1/delete`,
          '/communities/huntington-disease/discussions',
          '/communities/huntington-disease',
          '/discussions',
        ]) {
          await visitor.opens(path);
          await expectsASoundPage(visitor);
        }
      });
    });
  }
});
