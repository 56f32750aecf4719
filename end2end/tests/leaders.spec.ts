import { expectsASoundPage } from './axe';
import {
  becomesMember,
  elsewhere,
  fills,
  formWith,
  heading,
  isGiven,
  leaves,
  moderates,
  letters,
  ownPage,
  presses,
  setsUpSecondFactor,
  unique,
} from './people';
import { accepts, invites, joins } from './leading';
import { expect, test, VIEWPORTS } from './visitor';

/* Nobody else writes in the communities of this file: where somebody leads, first posts wait. */

test.describe('A leader', { tag: '@either' }, () => {
  test('is invited, accepts, is shown, and steps down', async ({ visitor, browser, baseURL }) => {
    test.slow();
    const community = '/communities/achondroplasia';
    const name = unique('Ada');
    const email = await becomesMember(visitor, name);
    await setsUpSecondFactor(visitor);
    await joins(visitor, 'Achondroplasia');
    const handle = (await ownPage(visitor)).split('/').pop()!;
    const moderator = await moderates(browser, visitor, baseURL!);
    await invites(moderator, community, handle);
    await expect
      .poll(async () => (await letters(email)).map((letter) => letter.subject))
      .toContainEqual(expect.stringContaining('News for you'));
    await expect(async () => {
      await visitor.opens('/notifications');
      await expect(visitor.main).toContainText('You are invited to lead this community.', {
        timeout: 500,
      });
    }).toPass();
    await expectsASoundPage(visitor);
    const invitation = visitor.main.getByRole('listitem').filter({ hasText: 'invited to lead' });
    await invitation.getByRole('link', { name: 'Achondroplasia' }).click();
    await expect(visitor.main).toContainText('You are invited to lead: Achondroplasia');
    await visitor.settles();
    await accepts(visitor, 'Diagnosed in 2019.');
    await expect(async () => {
      await visitor.opens('/notifications');
      await expect(visitor.main).not.toContainText('invited to lead', { timeout: 500 });
    }).toPass();

    const stranger = await elsewhere(browser, visitor, baseURL!);
    for (const at of [community, `${community}/members`, '/leaders']) {
      await stranger.opens(at);
      await expect(stranger.main.getByRole('link', { name })).toBeVisible();
      await expect(stranger.main).toContainText('Diagnosed in 2019.');
    }
    await stranger.opens('/communities');
    await expect(stranger.main).toContainText('1 leader');
    await leaves(stranger);

    await test.step('and writes a welcome message', async () => {
      await visitor.opens(community);
      await visitor.main.getByRole('link', { name: 'Tools for leaders' }).click();
      await expect(heading(visitor)).toHaveText('Lead: Achondroplasia');
      await visitor.settles();
      await fills(visitor, { 'Message (optional)': 'Glad that **you** are here.' });
      await presses(visitor, 'Save message');
      await expect(visitor.main.getByRole('status')).toContainText('Saved');
      await visitor.settles();
      await moderator.opens(community);
      await expect(moderator.main).not.toContainText('Glad that you are here.');
      await presses(moderator, 'Join this community');
      await expect(moderator.main).toContainText('Glad that you are here.');
      await moderator.settles();
    });

    await test.step('and pins a discussion', async () => {
      const title = unique('Read this first');
      await visitor.opens(`${community}/discussions/new`);
      await fills(visitor, { Title: title, 'Your text': 'Some words.' });
      await presses(visitor, 'Start discussion');
      await expect(heading(visitor)).toHaveText(title);
      await visitor.settles();
      await presses(visitor, 'Pin this discussion');
      await expect(visitor.main).toContainText('This discussion is pinned');
      await visitor.settles();
      await moderator.opens(`${community}/discussions`);
      await expect(moderator.main.getByRole('heading', { name: 'Pinned' })).toBeVisible();
      await expect(moderator.main.getByRole('link', { name: title })).toHaveCount(1);
    });
    await leaves(moderator);

    await visitor.opens('/settings/communities');
    await presses(visitor, /^Step down as leader/);
    await expect(visitor.main).not.toContainText('You lead: Achondroplasia');
    await visitor.settles();
    await visitor.opens('/leaders');
    await expect(visitor.main.getByRole('link', { name })).toHaveCount(0);
  });

  test('is told why somebody else has ended it', async ({ visitor, browser, baseURL }) => {
    const community = '/communities/rett-syndrome';
    await becomesMember(visitor, 'Ada');
    await setsUpSecondFactor(visitor);
    await joins(visitor, 'Rett syndrome');
    const handle = (await ownPage(visitor)).split('/').pop()!;
    const moderator = await moderates(browser, visitor, baseURL!);
    await invites(moderator, community, handle);
    await accepts(visitor, '');
    await moderator.opens(`${community}/lead`);
    await formWith(moderator, /^End leadership/).getByLabel('Why?').fill('Sells things');
    await presses(moderator, /^End leadership/);
    await expect(moderator.main.getByRole('status')).toContainText('Ended.');
    await leaves(moderator);
    await visitor.opens('/settings/communities');
    await expect(visitor.main).toContainText('Sells things');
  });
});

test.describe('Pages of leaders', { tag: '@either' }, () => {
  for (const viewport of VIEWPORTS) {
    test.describe(`at ${viewport.width} px`, () => {
      test.use({ viewport });
      test('are accessible and fit', async ({ visitor }) => {
        const community = '/communities/dravet-syndrome';
        const email = await becomesMember(visitor, unique('Donaudampfschifffahrtsgesellschaft'));
        await isGiven(visitor, email, 'administrator');
        await joins(visitor, 'Dravet syndrome');
        const handle = (await ownPage(visitor)).split('/').pop()!;
        await invites(visitor, community, handle);
        await visitor.opens('/settings/communities');
        await expectsASoundPage(visitor);
        await accepts(visitor, 'Pneumonoultramicroscopicsilicovolcanoconiosis '.repeat(5));
        for (const at of [
          '/settings/communities',
          `${community}/lead`,
          community,
          `${community}/members`,
          '/leaders',
          '/communities',
        ]) {
          await visitor.opens(at);
          await expectsASoundPage(visitor);
          await visitor.expectsNoSidewaysScrolling();
        }
      });
    });
  }
});
