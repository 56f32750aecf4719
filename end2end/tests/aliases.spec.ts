import { expectsASoundPage } from './axe';
import {
  becomesMember,
  chooses,
  comesWith,
  elsewhere,
  fills,
  heading,
  isGiven,
  leaves,
  presses,
  REFUSED_MESSAGE,
  unique,
} from './people';
import { expect, test, VIEWPORTS, Visitor } from './visitor';

const CONDITION = '/communities/fabry-disease';

/** Joins, and starts a discussion without showing a name. Returns its address. */
async function startsAnonymously(visitor: Visitor, title: string) {
  await visitor.opens(`${CONDITION}/discussions/new`);
  await presses(visitor, 'Join this community');
  await expect(visitor.main.getByLabel('Title')).toBeVisible();
  await visitor.settles();
  await fills(visitor, { Title: title, 'Your text': 'I am afraid to ask.' });
  await chooses(visitor, { 'Who can read it?': 'All members' });
  await visitor.main.getByLabel('Post anonymously').check();
  await presses(visitor, 'Start discussion');
  await expect(heading(visitor)).toHaveText(title);
  await visitor.settles();
  return new URL(visitor.page.url()).pathname;
}

function post(visitor: Visitor, number: number) {
  return visitor.main.locator(`#post-${number}`);
}

test.describe('An alias', { tag: '@either' }, () => {
  test('stands in place of a name, for everybody', async ({ visitor, browser, baseURL }) => {
    await becomesMember(visitor, 'Adelheid');
    const topic = await startsAnonymously(visitor, unique('Something private'));
    await expect(post(visitor, 1)).toContainText('Anonymous 1');
    const other = await comesWith('Grace', browser, visitor, baseURL!);
    await other.opens(topic);
    await expect(post(other, 1)).toContainText('Anonymous 1');
    expect(await other.page.content()).not.toContain('Adelheid');
    await presses(other, 'Join this community');
    const reply = other.main.getByRole('region', { name: 'Write a reply' });
    await expect(reply).toBeVisible();
    await other.settles();
    await reply.getByLabel('Your reply').fill('Do not be.');
    await reply.getByLabel('Post anonymously').check();
    await reply.getByRole('button', { name: 'Reply', exact: true }).click();
    await expect(post(other, 2)).toContainText('Anonymous 2');
    await other.settles();
    await leaves(other);
    // One's own can still be edited.
    await visitor.opens(topic);
    await expect(post(visitor, 2).getByRole('link', { name: 'Edit' })).toHaveCount(0);
    await post(visitor, 1).getByRole('link', { name: 'Edit post 1' }).click();
    await visitor.settles();
    await fills(visitor, { 'Your text': 'I dare to ask.' });
    await presses(visitor, 'Save');
    await expect(post(visitor, 1)).toContainText('I dare to ask.');
    await expect(post(visitor, 1)).toContainText('Anonymous 1');
  });

  test('is looked up by a moderator, who says why', async ({ visitor, browser, baseURL }) => {
    await becomesMember(visitor, 'Adelheid');
    const topic = await startsAnonymously(visitor, unique('Something worse'));
    const other = await elsewhere(browser, visitor, baseURL!);
    const email = await becomesMember(other, 'Marple');
    await isGiven(other, email, 'moderator');
    await other.opens(topic);
    await post(other, 1).getByRole('link', { name: 'Look up Anonymous 1' }).click();
    await expect(heading(other)).toHaveText('Anonymous 1');
    await expect(other.main).toContainText('Nobody so far.');
    for (const viewport of VIEWPORTS) {
      await other.page.setViewportSize(viewport);
      await expectsASoundPage(other);
    }
    other.expectsOneMessage(REFUSED_MESSAGE);
    await presses(other, 'Look up');
    await expect(other.main.getByRole('alert')).toContainText('Say why you need to know.');
    await fills(other, { 'Why do you need to know?': 'A threat in post 1' });
    await presses(other, 'Look up');
    await expect(other.main).toContainText('Adelheid');
    await expect(other.main).toContainText('A threat in post 1');
    await leaves(other);
    await visitor.opens(topic);
    await expect(post(visitor, 1).getByRole('link', { name: /Look up/ })).toHaveCount(0);
  });
});
