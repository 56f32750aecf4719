import { expectsASoundPage } from './axe';
import { accepts, invites, joins } from './leading';
import {
  becomesMember,
  chooses,
  comesWith,
  fills,
  formWith,
  heading,
  leaves,
  moderates,
  ownPage,
  presses,
  setsUpSecondFactor,
  unique,
} from './people';
import { expect, test, VIEWPORTS, Visitor } from './visitor';

const COMMUNITY = '/communities/angelman-syndrome';
const FIRST_POSTS = `${COMMUNITY}/first-posts`;

/** Becomes the leader of the community. */
async function leads(visitor: Visitor, moderator: Visitor) {
  await setsUpSecondFactor(visitor);
  await joins(visitor, 'Angelman syndrome');
  const handle = (await ownPage(visitor)).split('/').pop()!;
  await invites(moderator, COMMUNITY, handle);
  await accepts(visitor, '');
}

/** Writes what a leader has to read first. */
async function starts(visitor: Visitor, title: string) {
  await visitor.opens(`${COMMUNITY}/discussions/new`);
  await expect(visitor.main).toContainText('reads your first post before others can see it');
  await fills(visitor, { Title: title, 'Your text': `Who else? ${title}` });
  await chooses(visitor, { 'Who can read it?': 'Everyone' });
  await presses(visitor, 'Start discussion');
  await expect(visitor.main.getByRole('status')).toContainText('Thank you.');
  await expect(visitor.main).toContainText(title);
  await visitor.settles();
}

/** The name of a button that says what it is about to those who do not see it. */
function named(label: string, title: string) {
  return new RegExp(`^${label} ?: ${title}$`);
}

/** Waits until a notification has come. */
async function isTold(visitor: Visitor, words: string) {
  await expect(async () => {
    await visitor.opens('/notifications');
    await expect(visitor.main).toContainText(words, { timeout: 1000 });
  }).toPass();
}

test.describe('A first post', { tag: '@either' }, () => {
  test('waits until a leader has read it', async ({ visitor, browser, baseURL }) => {
    test.slow();
    await becomesMember(visitor, unique('Lena'));
    const moderator = await moderates(browser, visitor, baseURL!);
    await leads(visitor, moderator);
    await leaves(moderator);
    const newcomer = await comesWith(unique('Nils'), browser, visitor, baseURL!);
    await joins(newcomer, 'Angelman syndrome');
    const [declined, published] = [unique('Buy this'), unique('Who sleeps')];

    await test.step('is declined with a reason', async () => {
      await starts(newcomer, declined);
      await isTold(visitor, 'A first post waits for you');
      await visitor.opens(FIRST_POSTS);
      await expect(visitor.main).toContainText(`Who else? ${declined}`);
      const decline = formWith(visitor, named('Decline', declined));
      await decline.getByLabel('Why not?').fill('This is an advertisement.');
      await presses(visitor, named('Decline', declined));
      await expect(visitor.main.getByRole('status')).toContainText('Declined.');
      await expect(visitor.main).not.toContainText(declined);
      await visitor.settles();
      await isTold(newcomer, 'A leader did not publish what you wrote');
      await newcomer.opens(FIRST_POSTS);
      await expect(newcomer.main).toContainText('This is an advertisement.');
      await presses(newcomer, named('Delete', declined));
      await expect(newcomer.main).not.toContainText(declined);
      await newcomer.settles();
    });

    await test.step('or published, and the next one is shown at once', async () => {
      await starts(newcomer, published);
      await visitor.opens(`${COMMUNITY}/discussions`);
      await expect(visitor.main).not.toContainText(published);
      await visitor.opens(FIRST_POSTS);
      await presses(visitor, named('Publish', published));
      await expect(visitor.main.getByRole('status')).toContainText('Published.');
      await visitor.settles();
      await visitor.opens(`${COMMUNITY}/discussions`);
      await expect(visitor.main).toContainText(published);
      await isTold(newcomer, 'published your first post');
      await newcomer.main.getByRole('link', { name: published }).first().click();
      await expect(heading(newcomer)).toHaveText(published);
      await newcomer.settles();
      const form = newcomer.main.getByRole('region', { name: 'Write a reply' });
      await form.getByLabel('Your reply').fill('And who does not?');
      await form.getByRole('button', { name: 'Reply', exact: true }).click();
      await expect(newcomer.main.locator('.posts')).toContainText('And who does not?');
    });
    await leaves(newcomer);
  });

  for (const viewport of VIEWPORTS) {
    test.describe(`at ${viewport.width} px`, () => {
      test.use({ viewport });
      test('is on an accessible page that fits', async ({ visitor, browser, baseURL }) => {
        test.slow();
        await becomesMember(visitor, unique('Lena'));
        const moderator = await moderates(browser, visitor, baseURL!);
        await leads(visitor, moderator);
        const newcomer = await comesWith(unique('Nils'), browser, visitor, baseURL!);
        await joins(newcomer, 'Angelman syndrome');
        await starts(newcomer, unique('Donaudampfschifffahrtsgesellschaft '.repeat(3).trim()));
        for (const reader of [newcomer, visitor, moderator]) {
          await reader.opens(FIRST_POSTS);
          await expectsASoundPage(reader);
          await reader.expectsNoSidewaysScrolling();
        }
        await leaves(newcomer);
        await leaves(moderator);
      });
    });
  }
});
