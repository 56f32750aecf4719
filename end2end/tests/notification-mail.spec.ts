import { expectsASoundPage } from './axe';
import {
  becomesMember,
  chooses,
  comesWith,
  fills,
  heading,
  leaves,
  letters,
  presses,
  saves,
  unique,
} from './people';
import { expect, PUBLIC_URL, test, VIEWPORTS, type Visitor } from './visitor';

const CONDITION = '/communities/cystinosis';
const SUBJECT = /^Subject: You have \d+ new notifications? on RareShare$/m;

/** Joins the community of a condition. */
async function joinsCommunity(visitor: Visitor) {
  await visitor.opens(CONDITION);
  await presses(visitor, 'Join this community');
  await expect(visitor.main.locator('#community')).toContainText('You are in this community.');
  await visitor.settles();
}

/** Starts a discussion that everyone reads, and returns its address. */
async function starts(visitor: Visitor, title: string, text: string) {
  await visitor.opens(`${CONDITION}/discussions/new`);
  await fills(visitor, { Title: title, 'Your text': text });
  await chooses(visitor, { 'Who can read it?': 'Everyone' });
  await presses(visitor, 'Start discussion');
  await expect(heading(visitor)).toHaveText(title);
  await visitor.settles();
  return new URL(visitor.page.url()).pathname;
}

/** The handle by which a person is mentioned, from their own page. */
async function handle(visitor: Visitor) {
  await visitor.opens('/settings/what-others-see');
  const link = visitor.main.getByRole('link', { name: 'Your own view' });
  await visitor.opens((await link.getAttribute('href'))!);
  const mention = await visitor.main.locator('code', { hasText: '@' }).innerText();
  expect(new URL(visitor.page.url()).pathname).toBe(`/members/${mention.slice(1)}`);
  return mention;
}

/** Letters about notifications to an address. */
async function told(email: string) {
  return (await letters(email)).filter(({ head }) => SUBJECT.test(head));
}

test.describe('Email about notifications', { tag: '@either' }, () => {
  test('comes at once where that is chosen, and ends by one click', async ({
    visitor,
    browser,
    baseURL,
  }) => {
    test.setTimeout(180_000);
    const title = unique('Who walks a lot');
    const email = await becomesMember(visitor, 'Ada');
    const mention = await handle(visitor);
    await joinsCommunity(visitor);
    await visitor.opens('/settings/notifications');
    await chooses(visitor, {
      'Replies to you, answers to your questions, and decisions about you': 'At once',
      'Posts that mention you': 'At once',
    });
    await saves(visitor);
    await expect(visitor.main.getByLabel('Replies to you, answers to your questions, and decisions about you')).toHaveValue('at-once');

    const other = await comesWith('Grace', browser, visitor, baseURL!);
    await joinsCommunity(other);
    const topic = await starts(other, title, `Who walks a lot? ${mention} does.`);
    const link = other.main.locator('#post-1 a.mention');
    await expect(link).toHaveText(mention);
    await expect(link).toHaveAttribute('href', `/members/${mention.slice(1)}`);

    await expect(async () => {
      await visitor.opens('/notifications');
      await expect(visitor.main.locator('.topics li')).toHaveCount(1, { timeout: 100 });
    }).toPass({ timeout: 15_000 });
    await expect(visitor.main.locator('.topics li')).toContainText('Grace mentioned you');
    await expect
      .poll(async () => (await told(email)).length, { message: 'a letter', timeout: 90_000 })
      .toBe(1);
    const [{ head }] = await told(email);
    expect(head).toContain('Subject: You have 1 new notification on RareShare');
    expect(head, 'nothing of what it is about').not.toMatch(/cystinosis|walk|Grace/i);
    expect(head).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    const unfolded = head.replaceAll('\r\n ', ' ');
    const [, address] = /^List-Unsubscribe: <([^>]+)>$/m.exec(unfolded)!;
    expect(address.startsWith(`${PUBLIC_URL}/unsubscribe/`)).toBe(true);
    const path = new URL(address).pathname;

    // Who opens it is asked first, signed in or not.
    await other.opens(path);
    await expect(heading(other)).toHaveText('Email about notifications');
    await expect(other.main.getByRole('button', { name: 'Turn off this email' })).toBeVisible();
    await expectsASoundPage(other);
    await visitor.opens('/settings/notifications');
    await expect(visitor.main.getByLabel('Replies to you, answers to your questions, and decisions about you')).toHaveValue('at-once');
    await other.opens(path);
    await presses(other, 'Turn off this email');
    await expect(other.main.getByRole('status')).toContainText('Done.');
    await other.settles();
    await visitor.opens('/settings/notifications');
    for (const label of ['Replies to you, answers to your questions, and decisions about you', 'Posts that mention you']) {
      await expect(visitor.main.getByLabel(label)).toHaveValue('never');
    }
    // As a mail program does, from wherever it is.
    const form = { 'List-Unsubscribe': 'One-Click' };
    const headers = { origin: 'https://mail.example' };
    for (const sent of [{ form }, { multipart: form }]) {
      const answer = await visitor.page.request.post(path, { ...sent, headers, maxRedirects: 0 });
      expect(answer.status()).toBe(200);
      expect(await answer.text()).toContain('Done.');
    }
    await visitor.opens(topic);
    await leaves(other);
  });

  test('is not sent of a page and a community that are followed', async ({
    visitor,
    browser,
    baseURL,
  }) => {
    const title = unique('Who runs a lot');
    await becomesMember(visitor, 'Ada');
    await visitor.opens(CONDITION);
    await presses(visitor, 'Follow this page');
    await expect(visitor.main.locator('#community')).toContainText('You follow this page.');
    await visitor.settles();
    await visitor.opens(`${CONDITION}/discussions`);
    await presses(visitor, 'Tell me about new discussions');
    await expect(visitor.main).toContainText('We tell you about new discussions here.');
    await visitor.settles();
    const other = await comesWith('Grace', browser, visitor, baseURL!);
    await joinsCommunity(other);
    await starts(other, title, 'I run a lot.');
    await expect(async () => {
      await visitor.opens('/notifications');
      await expect(visitor.main.locator('.topics')).toContainText(title, { timeout: 100 });
    }).toPass({ timeout: 15_000 });
    await expect(visitor.main.locator('.topics')).toContainText(
      'Grace started a discussion in a community that you follow',
    );
    await visitor.opens(CONDITION);
    await presses(visitor, 'Stop following this page');
    await expect(visitor.main.getByRole('button', { name: 'Follow this page' })).toBeVisible();
    await visitor.settles();
    await leaves(other);
  });

  test('is not ended by a link that is none', async ({ visitor }) => {
    await visitor.opens(`/unsubscribe/${'a'.repeat(43)}`);
    await expect(heading(visitor)).toHaveText('This link does not work any more');
    await expectsASoundPage(visitor);
  });

  for (const viewport of VIEWPORTS) {
    test.describe(`at ${viewport.width} px`, () => {
      test.use({ viewport });
      test('is chosen on an accessible page', async ({ visitor }) => {
        await becomesMember(visitor, 'Ada');
        for (const path of ['/settings/notifications', CONDITION, `${CONDITION}/discussions`]) {
          await visitor.opens(path);
          await expectsASoundPage(visitor);
        }
      });
    });
  }
});
