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
import { expect, test, VIEWPORTS, type Visitor } from './visitor';

const CONDITION = '/communities/cystinosis';

/** Starts a discussion that everyone reads, and returns its address. */
async function starts(visitor: Visitor, title: string) {
  await visitor.opens(CONDITION);
  await presses(visitor, 'Join this community');
  await expect(visitor.main.locator('#community')).toContainText('You are in this community.');
  await visitor.settles();
  await visitor.opens(`${CONDITION}/discussions/new`);
  await fills(visitor, { Title: title, 'Your text': 'I walk a lot.' });
  await chooses(visitor, { 'Who can read it?': 'Everyone' });
  await presses(visitor, 'Start discussion');
  await expect(heading(visitor)).toHaveText(title);
  await visitor.settles();
  return new URL(visitor.page.url()).pathname;
}

/** Joins from a discussion, and replies to its first post. */
async function answers(visitor: Visitor, topic: string, text: string) {
  await visitor.opens(topic);
  await presses(visitor, 'Join this community');
  await expect(visitor.main.getByLabel('Your reply').first()).toBeAttached();
  await visitor.settles();
  const first = visitor.main.locator('#post-1');
  await first.locator('details.reply > summary').click();
  await first.getByLabel('Your reply').fill(text);
  await first.getByRole('button', { name: 'Reply', exact: true }).click();
  await expect(visitor.main.locator('.posts')).toContainText(text);
  await visitor.settles();
}

/** Waits until the head of the page says so many; the log is read about once a second. */
async function isTold(visitor: Visitor, words: string) {
  await expect(async () => {
    await visitor.opens('/');
    await expect(entry(visitor)).toHaveText(words, { timeout: 100 });
  }).toPass({ timeout: 15_000 });
}

function entry(visitor: Visitor) {
  return visitor.page.locator('header a[href="/notifications"]');
}

test.describe('Notifications', { tag: '@either' }, () => {
  test('tell of a reply until they are marked as read', async ({ visitor, browser, baseURL }) => {
    const title = unique('Who walks a lot');
    await becomesMember(visitor, 'Ada');
    await visitor.opens('/settings');
    await expect(entry(visitor)).toHaveText('Notifications');
    const topic = await starts(visitor, title);
    await expect(visitor.main).toContainText('You follow this discussion.');
    const other = await comesWith('Grace', browser, visitor, baseURL!);
    await answers(other, topic, 'So do I.');
    await isTold(visitor, 'Notifications (1)');

    await visitor.page.locator('header summary').click();
    await entry(visitor).click();
    await expect(heading(visitor)).toHaveText('Notifications');
    await visitor.settles();
    await expect(visitor.main.locator('.topics li')).toHaveCount(1);
    await expect(visitor.main.locator('.topics li')).toContainText('Grace replied to you');
    await visitor.main.getByRole('link', { name: title }).click();
    await expect(visitor.main.locator('#post-2')).toContainText('So do I.');
    await visitor.settles();
    // To read it is not to say so.
    await visitor.opens('/notifications');
    await expect(entry(visitor)).toHaveText('Notifications (1)');
    await presses(visitor, 'Mark all as read');
    await expect(visitor.main.getByRole('button', { name: 'Mark all as read' })).toHaveCount(0);
    // In a page that lives, too, where the head of the page stays.
    await expect(entry(visitor)).toHaveText('Notifications');
    await expect(visitor.main.locator('.topics li')).not.toContainText('New');
    await visitor.settles();
    await other.opens('/notifications');
    await expect(other.main).toContainText('You have no notifications.');
    await leaves(other);
  });

  test('tell of a discussion that is followed', async ({ visitor, browser, baseURL }) => {
    const title = unique('Who runs a lot');
    await becomesMember(visitor, 'Ada');
    const topic = await starts(visitor, title);
    const other = await comesWith('Grace', browser, visitor, baseURL!);
    await other.opens(topic);
    await presses(other, 'Follow this discussion');
    await expect(other.main).toContainText('You follow this discussion.');
    await other.settles();
    const form = visitor.main.getByRole('region', { name: 'Write a reply' });
    await form.getByLabel('Your reply').fill('Nobody?');
    await form.getByRole('button', { name: 'Reply', exact: true }).click();
    await expect(visitor.main.locator('#post-2')).toContainText('Nobody?');
    await visitor.settles();
    await isTold(other, 'Notifications (1)');
    await other.opens('/notifications');
    await expect(other.main.locator('.topics li')).toContainText(
      'Ada wrote in a discussion that you follow',
    );
    await other.opens(topic);
    await presses(other, 'Stop following');
    await expect(other.main.getByRole('button', { name: 'Follow this discussion' })).toBeVisible();
    await other.settles();
    await leaves(other);
  });

  test('are for who is signed in', async ({ visitor }) => {
    await visitor.opens('/notifications');
    await expect(heading(visitor)).toHaveText('Sign in');
    await expect(entry(visitor)).toHaveCount(0);
  });

  for (const viewport of VIEWPORTS) {
    test.describe(`at ${viewport.width} px`, () => {
      test.use({ viewport });
      test('are accessible and fit', async ({ visitor, browser, baseURL }) => {
        await becomesMember(visitor, 'Ada');
        await visitor.opens('/notifications');
        await expectsASoundPage(visitor);
        const title = 'Pneumonoultramicroscopicsilicovolcanoconiosis-Selbsthilfegruppe';
        const topic = await starts(visitor, unique(title));
        const other = await comesWith('Grace', browser, visitor, baseURL!);
        await answers(other, topic, 'So do I.');
        await isTold(visitor, 'Notifications (1)');
        for (const path of ['/notifications', topic]) {
          await visitor.opens(path);
          await expectsASoundPage(visitor);
        }
        await leaves(other);
      });
    });
  }
});

test.describe('A mention', () => {
  test('is offered while a name is typed, and by keyboard', async ({ visitor, browser, baseURL }) => {
    await becomesMember(visitor, 'Ada');
    const topic = await starts(visitor, unique('Who walks a lot'));
    const other = await comesWith('Zoë Grünwald', browser, visitor, baseURL!);
    await answers(other, topic, 'So do I.');
    await visitor.opens(topic);
    const form = visitor.main.getByRole('region', { name: 'Write a reply' });
    const text = form.getByLabel('Your reply');
    const offers = form.getByRole('group', { name: 'Mention' });
    await text.pressSequentially('Thanks @ad');
    await expect(offers).toBeHidden();
    await text.fill('');
    await text.pressSequentially('Thanks @gru');
    await expect(offers.getByRole('button')).toHaveText(['Zoë Grünwald']);
    await expect(form.getByRole('status')).toContainText('1 person to mention.');
    await expectsASoundPage(visitor);
    await text.press('Tab');
    await visitor.page.keyboard.press('Enter');
    await expect(text).toBeFocused();
    await expect(text).toHaveValue(/^Thanks @[0-9a-z]{10} $/);
    await expect(offers).toBeHidden();
    await text.pressSequentially('for that.');
    await form.getByRole('button', { name: 'Reply', exact: true }).click();
    await expect(visitor.main.locator('#post-3 a.mention')).toBeVisible();
    await visitor.settles();
    await leaves(other);
  });
});
