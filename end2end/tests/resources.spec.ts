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
  presses,
  REFUSED_MESSAGE,
  unique,
} from './people';
import { expect, NOT_FOUND_MESSAGE, test, VIEWPORTS, Visitor } from './visitor';

const CONDITION = '/communities/pompe-disease';
const RESOURCES = `${CONDITION}/resources`;

/** Joins from the page where resources are suggested, which is there afterwards. */
async function joinsToSuggest(visitor: Visitor, resources = RESOURCES) {
  await visitor.opens(`${resources}/new`);
  await presses(visitor, 'Join this community');
  await expect(visitor.main.getByLabel('Title')).toBeVisible();
  await visitor.settles();
}

/** Suggests an e-book in German on the open page, and returns the address of its own page. */
async function suggests(visitor: Visitor, title: string) {
  await fills(visitor, {
    Title: title,
    Link: `https://www.example.org/${title.replaceAll(' ', '-')}`,
    'Published (optional)': '2025-05',
    'Description (optional)': 'What helps in the first weeks.',
  });
  await chooses(visitor, { 'What is it?': 'E-book', Language: 'German' });
  await presses(visitor, 'Suggest resource');
  await expect(visitor.main.getByRole('status')).toContainText('waiting for review');
  await visitor.settles();
  return new URL(visitor.page.url()).pathname;
}

test.describe('A resource', { tag: '@either' }, () => {
  test('is suggested, waits, and is approved as it was amended', async ({
    visitor,
    browser,
    baseURL,
  }) => {
    const title = unique('First weeks');
    await becomesMember(visitor, 'Ada');
    await joinsToSuggest(visitor);
    if (!visitor.scripted) visitor.expectsOneMessage(REFUSED_MESSAGE);
    await fills(visitor, { Title: title, Link: 'example.org' });
    await presses(visitor, 'Suggest resource');
    await expect(visitor.main.getByRole('alert')).toContainText('begin with https://');
    await expect(visitor.main.getByLabel('Title')).toHaveValue(title);
    await visitor.settles();
    const path = await suggests(visitor, title);
    await visitor.opens(RESOURCES);
    await expect(visitor.main.getByRole('heading', { level: 2 })).toHaveText(['Waiting for review']);
    await expect(visitor.main).toContainText('Suggested by you.');

    const moderator = await moderates(browser, visitor, baseURL!);
    await moderator.opens(RESOURCES);
    await moderator.main
      .getByRole('link', { name: new RegExp(`Approve or decline\\s*: ${title}`) })
      .click();
    await expect(heading(moderator)).toHaveText(`Resource: ${title}`);
    await moderator.settles();
    await expect(moderator.main.getByLabel('Language')).toHaveValue('de');
    await fills(moderator, { 'Description (optional)': 'For the first weeks.' });
    await presses(moderator, 'Approve');
    await expect(heading(moderator)).toContainText('Resources: ');
    const link = moderator.main.getByRole('link', { name: title, exact: true });
    await expect(link).toHaveAttribute('rel', 'nofollow ugc noopener external');
    await moderator.settles();
    await leaves(moderator);

    for (const at of [CONDITION, RESOURCES, `${RESOURCES}?kind=e-book`, '/resources']) {
      await visitor.opens(at);
      await expect(visitor.main.getByRole('link', { name: title, exact: true })).toBeVisible();
      await expect(visitor.main).toContainText('For the first weeks.');
    }
    await visitor.main.getByRole('link', { name: 'Podcasts', exact: true }).click();
    await expect(heading(visitor)).toHaveText('Podcasts');
    await expect(visitor.main).not.toContainText(title);
    await visitor.settles();
    await visitor.opens(path);
    await expect(visitor.main).toContainText('In the list since');
  });

  test('that waits is seen by nobody else, and can be taken back', async ({
    visitor,
    browser,
    baseURL,
  }) => {
    const title = unique('For us alone');
    await becomesMember(visitor, 'Ada');
    await joinsToSuggest(visitor);
    const path = await suggests(visitor, title);
    const other = await elsewhere(browser, visitor, baseURL!);
    await becomesMember(other, 'Grace');
    other.expectsOneMessage(NOT_FOUND_MESSAGE);
    expect((await other.opens(path)).status()).toBe(404);
    for (const at of [CONDITION, RESOURCES, '/resources']) {
      await other.opens(at);
      expect(await other.page.content()).not.toContain(title);
    }
    await leaves(other);
    await visitor.opens(path);
    await presses(visitor, 'Withdraw suggestion');
    await expect(heading(visitor)).toContainText('Resources: ');
    await expect(visitor.main).not.toContainText(title);
  });

  test('is declined and removed with a reason that its author reads', async ({
    visitor,
    browser,
    baseURL,
  }) => {
    const [pills, moved] = [unique('Buy my pills'), unique('It will move')];
    await becomesMember(visitor, 'Ada');
    await joinsToSuggest(visitor);
    const declined = await suggests(visitor, pills);
    await visitor.opens(`${RESOURCES}/new`);
    const removed = await suggests(visitor, moved);
    const moderator = await moderates(browser, visitor, baseURL!);
    await moderator.opens(declined);
    if (!moderator.scripted) moderator.expectsOneMessage(REFUSED_MESSAGE);
    await presses(moderator, 'Decline');
    await expect(moderator.main.getByRole('alert')).toContainText('Say why.');
    await moderator.settles();
    await formWith(moderator, 'Decline').getByLabel('Why?').fill('An advertisement');
    await presses(moderator, 'Decline');
    await expect(heading(moderator)).toContainText('Resources: ');
    await moderator.settles();
    await moderator.opens(removed);
    await presses(moderator, 'Approve');
    await expect(heading(moderator)).toContainText('Resources: ');
    await moderator.settles();
    await moderator.main.getByRole('link', { name: new RegExp(`Remove\\s*: ${moved}`) }).click();
    await expect(heading(moderator)).toHaveText(`Resource: ${moved}`);
    await moderator.settles();
    await fills(moderator, { 'Why?': 'The page is gone' });
    await presses(moderator, 'Remove resource');
    await expect(heading(moderator)).toContainText('Resources: ');
    await expect(moderator.main).not.toContainText(moved);
    await leaves(moderator);
    await visitor.opens(RESOURCES);
    await expect(visitor.main).toContainText('An advertisement');
    await expect(visitor.main).toContainText('The page is gone');
  });
});

test.describe('Pages of resources', { tag: '@either' }, () => {
  for (const viewport of VIEWPORTS) {
    test.describe(`at ${viewport.width} px`, () => {
      test.use({ viewport });
      test('are accessible and fit', async ({ visitor }) => {
        const resources = '/communities/huntington-disease/resources';
        const email = await becomesMember(visitor, 'Ada');
        await isGiven(visitor, email, 'administrator');
        await joinsToSuggest(visitor, resources);
        await expectsASoundPage(visitor);
        const path = await suggests(
          visitor,
          unique('Pneumonoultramicroscopicsilicovolcanoconiosis-Selbsthilfegruppe'),
        );
        for (const at of [path, resources]) {
          await visitor.opens(at);
          await expectsASoundPage(visitor);
        }
        await visitor.opens(path);
        await presses(visitor, 'Approve');
        await expect(heading(visitor)).toContainText('Resources: ');
        await visitor.settles();
        for (const at of [
          path,
          resources,
          `${resources}?kind=e-book`,
          '/communities/huntington-disease',
          '/resources',
        ]) {
          await visitor.opens(at);
          await expectsASoundPage(visitor);
        }
      });
    });
  }
});
