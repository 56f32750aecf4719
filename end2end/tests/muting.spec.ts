import { expectsASoundPage } from './axe';
import {
  becomesMember,
  chooses,
  comesWith,
  fills,
  heading,
  leaves,
  presses,
  unique,
} from './people';
import { expect, test, VIEWPORTS, Visitor } from './visitor';

const DISCUSSIONS = '/communities/wilson-disease/discussions';

async function starts(visitor: Visitor, title: string) {
  await visitor.opens(`${DISCUSSIONS}/new`);
  await presses(visitor, 'Join this community');
  await expect(visitor.main.getByLabel('Title')).toBeVisible();
  await visitor.settles();
  await fills(visitor, { Title: title, 'Your text': 'Who else?' });
  await chooses(visitor, { 'Who can read it?': 'All members' });
  await presses(visitor, 'Start discussion');
  await expect(heading(visitor)).toHaveText(title);
  await visitor.settles();
  return new URL(visitor.page.url()).pathname;
}

/** Shows their name to members. */
async function showsName(visitor: Visitor) {
  await visitor.opens('/settings/profile');
  await chooses(visitor, { 'Who sees your name?': 'All members' });
  await presses(visitor, 'Save');
  await expect(visitor.main.getByRole('status')).toHaveText('Saved.');
  await visitor.settles();
}

async function replies(visitor: Visitor, topic: string, text: string) {
  await visitor.opens(topic);
  await presses(visitor, 'Join this community');
  const form = visitor.main.getByRole('region', { name: 'Write a reply' });
  await form.getByLabel('Your reply').fill(text);
  await form.getByRole('button', { name: 'Reply', exact: true }).click();
  await expect(visitor.main.locator('.posts')).toContainText(text);
  await visitor.settles();
}

/** By somebody who has joined already. */
async function repliesAnonymously(visitor: Visitor, topic: string, text: string) {
  await visitor.opens(topic);
  const form = visitor.main.getByRole('region', { name: 'Write a reply' });
  await form.getByLabel('Your reply').fill(text);
  await form.getByLabel('Post anonymously').check();
  await form.getByRole('button', { name: 'Reply', exact: true }).click();
  await expect(visitor.main.locator('.posts')).toContainText(text);
  await visitor.settles();
}

function post(visitor: Visitor, number: number) {
  return visitor.main.locator(`#post-${number}`);
}

test.describe('Somebody who is muted', { tag: '@either' }, () => {
  test('is folded for one member, who ends it at the post or in the list', async ({
    visitor,
    browser,
    baseURL,
  }) => {
    test.slow();
    const name = unique('Grace').slice(0, 30);
    await becomesMember(visitor, 'Ada');
    const topic = await starts(visitor, unique('Copper'));
    const grace = await comesWith(name, browser, visitor, baseURL!);
    await showsName(grace);
    await replies(grace, topic, 'Buy my tea.');

    await visitor.opens(topic);
    await post(visitor, 2).getByRole('link', { name: new RegExp(`^Mute ${name}`) }).click();
    await expect(heading(visitor)).toHaveText(`Mute ${name}`);
    await expect(visitor.main).toContainText('They are not told');
    await visitor.settles();
    await presses(visitor, 'Mute');
    const summary = post(visitor, 2).getByText(`${name} is muted. Show the post`);
    await expect(summary).toBeVisible();
    await visitor.settles();
    await expect(post(visitor, 2).getByText('Buy my tea.')).toBeHidden();
    await summary.click();
    await expect(post(visitor, 2).getByText('Buy my tea.')).toBeVisible();

    // She sees what she saw before.
    await grace.opens(topic);
    await expect(post(grace, 2).getByText('Buy my tea.')).toBeVisible();
    await expect(grace.main).not.toContainText('muted');
    await leaves(grace);

    await visitor.opens('/settings');
    await visitor.main.getByRole('link', { name: 'Muted people' }).click();
    await expect(heading(visitor)).toHaveText('Muted people');
    await visitor.settles();
    await presses(visitor, new RegExp(`^Unmute\\s*: ${name}$`));
    await expect(visitor.main).toContainText('You have not muted anyone.');
    await visitor.settles();
    await visitor.opens(topic);
    await expect(post(visitor, 2).getByText('Buy my tea.')).toBeVisible();

    await visitor.opens(`${topic}/posts/2/mute`);
    await presses(visitor, 'Mute');
    await expect(post(visitor, 2).locator('summary').first()).toContainText('is muted');
    await visitor.settles();
    await visitor.opens(`${topic}/posts/2/mute`);
    await expect(heading(visitor)).toHaveText(`Unmute ${name}`);
    await presses(visitor, 'Unmute');
    await expect(post(visitor, 2).getByText('Buy my tea.')).toBeVisible();
  });

  test('without a name is muted in one discussion', async ({ visitor, browser, baseURL }) => {
    await becomesMember(visitor, 'Ada');
    const topic = await starts(visitor, unique('Zinc'));
    const grace = await comesWith('Grace', browser, visitor, baseURL!);
    await grace.opens('/settings/profile');
    await chooses(grace, { 'Who sees your name?': 'Only me' });
    await presses(grace, 'Save');
    await expect(grace.main.getByRole('status')).toHaveText('Saved.');
    await grace.settles();
    await replies(grace, topic, 'Buy my tea.');
    await leaves(grace);
    await visitor.opens(`${topic}/posts/2/mute`);
    await expect(visitor.main).toContainText('in this discussion only');
    await presses(visitor, 'Mute');
    await expect(post(visitor, 2).getByText('This member is muted. Show the post')).toBeVisible();
    await visitor.settles();
    await visitor.opens('/settings/muted');
    await expect(visitor.main).toContainText('A member in');
    await expect(visitor.main).not.toContainText('Grace');
  });
});

test.describe('An alias that is muted', { tag: '@either' }, () => {
  test('is folded by its name, and what its person writes by name is not', async ({
    visitor,
    browser,
    baseURL,
  }) => {
    test.slow();
    const name = unique('Nell').slice(0, 30);
    await becomesMember(visitor, 'Ada');
    const topic = await starts(visitor, unique('Nickel'));
    const nell = await comesWith(name, browser, visitor, baseURL!);
    await showsName(nell);
    await replies(nell, topic, 'A kind word.');
    await repliesAnonymously(nell, topic, 'Buy my tea.');
    await leaves(nell);

    await visitor.opens(topic);
    await post(visitor, 3).getByRole('link', { name: /^Mute Anonymous 1/ }).click();
    await expect(heading(visitor)).toHaveText('Mute Anonymous 1');
    await expect(visitor.main).toContainText('in this discussion only');
    await visitor.settles();
    await presses(visitor, 'Mute');
    await expect(post(visitor, 3).getByText('Anonymous 1 is muted. Show the post')).toBeVisible();
    await visitor.settles();
    await expect(post(visitor, 2).getByText('A kind word.')).toBeVisible();

    await visitor.opens('/settings/muted');
    await expect(visitor.main).toContainText('Anonymous 1 in');
    await expect(visitor.main).not.toContainText(name);
    await presses(visitor, /^Unmute\s*: Anonymous 1 in/);
    await expect(visitor.main).toContainText('You have not muted anyone.');
    await visitor.settles();
    await visitor.opens(topic);
    await expect(post(visitor, 3).getByText('Buy my tea.')).toBeVisible();
  });
});

test.describe('Pages about muting', { tag: '@either' }, () => {
  for (const viewport of VIEWPORTS) {
    test.describe(`at ${viewport.width} px`, () => {
      test.use({ viewport });
      test('are accessible and fit', async ({ visitor, browser, baseURL }) => {
        await becomesMember(visitor, 'Ada');
        await visitor.opens('/settings/muted');
        await expectsASoundPage(visitor);
        const topic = await starts(visitor, unique('Iron'));
        const grace = await comesWith('Grace', browser, visitor, baseURL!);
        await replies(grace, topic, 'Buy my tea.');
        await leaves(grace);
        await visitor.opens(`${topic}/posts/2/mute`);
        await expectsASoundPage(visitor);
        await presses(visitor, 'Mute');
        await expect(post(visitor, 2).locator('summary').first()).toContainText('is muted');
        await visitor.settles();
        await expectsASoundPage(visitor);
        for (const at of ['/settings/muted', `${topic}/posts/2/mute`]) {
          await visitor.opens(at);
          await expectsASoundPage(visitor);
        }
      });
    });
  }
});
