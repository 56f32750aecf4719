import { expectsASoundPage } from './axe';
import {
  becomesMember,
  elsewhere,
  fills,
  formWith,
  heading,
  isGiven,
  leaves,
  letters,
  presses,
  REFUSED_MESSAGE,
  setsUpSecondFactor,
  unique,
} from './people';
import { expect, test, VIEWPORTS, Visitor } from './visitor';

/** Looks for a condition in vain, and asks for its community. */
async function asksFor(visitor: Visitor, name: string) {
  await visitor.opens(`/search?q=${encodeURIComponent(name)}`);
  await visitor.main.getByRole('link', { name: 'start a community' }).click();
  await expect(heading(visitor)).toHaveText('Start a community');
  await visitor.settles();
  await visitor.main.getByRole('link', { name: /sk for a new community$/ }).click();
  await expect(heading(visitor)).toHaveText('Ask for a new community');
  await visitor.settles();
  await expect(visitor.main.getByLabel('Name of the condition')).toHaveValue(name);
}

/** Sends the request on the open page. */
async function sends(visitor: Visitor) {
  await fills(visitor, {
    'Why should there be a community?': 'We are nine families.',
    'Where can we read about this condition? (optional)': 'https://example.org/a',
  });
  await visitor.main.getByLabel('I would like to lead this community').check();
  await presses(visitor, 'Send request');
  await expect(visitor.main.getByRole('status')).toContainText('Thank you.');
  await visitor.settles();
  return new URL(visitor.page.url()).pathname;
}

test.describe('A community', { tag: '@either' }, () => {
  test('is asked for, accepted, found by search, and led', async ({ visitor, browser, baseURL }) => {
    test.slow();
    const name = unique('Zyqvoxitis');
    const email = await becomesMember(visitor, 'Ada');
    await setsUpSecondFactor(visitor);
    await asksFor(visitor, name);
    if (!visitor.scripted) visitor.expectsOneMessage(REFUSED_MESSAGE);
    await presses(visitor, 'Send request');
    await expect(visitor.main.getByRole('alert')).toContainText('Say why in a few sentences.');
    await visitor.settles();
    const own = await sends(visitor);
    await expect(visitor.main).toContainText('Waiting for review');

    const moderator = await elsewhere(browser, visitor, baseURL!);
    await isGiven(moderator, await becomesMember(moderator, 'Grace'), 'moderator');
    await moderator.opensPlain('/admin/waiting');
    await expectsASoundPage(moderator);
    await moderator.main.getByRole('link', { name }).click();
    await expect(heading(moderator)).toHaveText(`Request: ${name}`);
    await expectsASoundPage(moderator);
    await formWith(moderator, 'Accept').getByLabel('What do you want').fill('Welcome');
    await presses(moderator, 'Accept');
    await expect(moderator.main.getByRole('status')).toContainText('Decided.');
    await leaves(moderator);

    await expect
      .poll(async () => (await letters(email)).map((letter) => letter.subject))
      .toContainEqual(expect.stringContaining('is decided'));
    await visitor.opens(own);
    await expect(visitor.main).toContainText('Accepted');
    await expect(visitor.main).toContainText('Welcome');
    await visitor.opens(`/search?q=${encodeURIComponent(name)}`);
    await expect(visitor.main.getByRole('link', { name })).toBeVisible();
    await visitor.opens('/settings/communities');
    await presses(visitor, /^Accept and be shown/);
    await expect(visitor.main.getByRole('status')).toContainText('Saved');
    await visitor.settles();
    await visitor.opens('/communities');
    await visitor.main.getByRole('link', { name }).click();
    await expect(heading(visitor)).toHaveText(name);
    await visitor.settles();
    await expect(visitor.main.getByRole('heading', { name: 'Community leaders' })).toBeVisible();
    await expect(visitor.main).toContainText('Members asked for this community.');
  });

  test('that exists under another name is found first', async ({ visitor }) => {
    await visitor.opens('/start');
    await visitor.main.getByLabel('Name or code').fill('Kahler disease');
    await visitor.main.getByRole('button', { name: 'Look for it' }).click();
    await expect(visitor.main.getByRole('link', { name: 'Multiple myeloma' })).toBeVisible();
    await visitor.settles();
  });
});

test.describe('Pages of requests', { tag: '@either' }, () => {
  for (const viewport of VIEWPORTS) {
    test.describe(`at ${viewport.width} px`, () => {
      test.use({ viewport });
      test('are accessible and fit', async ({ visitor }) => {
        await becomesMember(visitor, 'Ada');
        await asksFor(visitor, unique('Pneumonoultramicroscopicsilicovolcanoconiosis'));
        await expectsASoundPage(visitor);
        const own = await sends(visitor);
        for (const at of [own, '/start', '/start?q=myeloma', '/start/request']) {
          await visitor.opens(at);
          await expectsASoundPage(visitor);
          await visitor.expectsNoSidewaysScrolling();
        }
      });
    });
  }
});
