import {
  becomesAdministrator,
  becomesMember,
  chooses,
  elsewhere,
  fills,
  FORBIDDEN_MESSAGE,
  formWith,
  heading,
  leaves,
  ownPage,
  presses,
  REFUSED_MESSAGE,
  saves,
  unique,
} from './people';
import { expect, NOT_FOUND_MESSAGE, test, type Visitor } from './visitor';

/** Expects a page that stays as the server wrote it. */
async function isPlain(visitor: Visitor, title: string) {
  await expect(heading(visitor)).toHaveText(title);
  await expect(visitor.page).toHaveTitle(`${title} · RareShare`);
  await expect(visitor.page.locator('script[type=module], link[rel=modulepreload]')).toHaveCount(0);
}

/** Looks for accounts, on the page that lists them. */
async function looksFor(visitor: Visitor, words: string) {
  await fills(visitor, { 'Name, email or handle': words });
  await presses(visitor, 'Search');
  await expect(visitor.page).toHaveURL((url) => url.searchParams.get('q') === words);
}

/** Finds an account by its address, and opens it. */
async function findsAccount(visitor: Visitor, email: string, name: string) {
  await visitor.opensPlain('/admin/people');
  await looksFor(visitor, email);
  await visitor.main.getByRole('link', { name }).click();
  await isPlain(visitor, name);
}

/** Takes a measure with the form of a button. */
async function takes(visitor: Visitor, button: string, reason: string) {
  await formWith(visitor, button).getByLabel('Reason').fill(reason);
  await presses(visitor, button);
  await expect(visitor.main.getByRole('status')).toHaveText('Done.');
}

test.describe('Looking after accounts', { tag: '@either' }, () => {
  test('begins at the settings, and finds somebody by name, address or handle', async ({
    visitor,
    browser,
    baseURL,
  }) => {
    const person = await elsewhere(browser, visitor, baseURL!);
    const name = `${unique('Ada')} <b>%`;
    const email = await becomesMember(person, name);
    const handle = (await ownPage(person)).replace('/members/', '');
    await leaves(person);

    await becomesAdministrator(visitor);
    await visitor.opens('/settings');
    await visitor.main.getByRole('link', { name: 'Manage accounts' }).click();
    await isPlain(visitor, 'Accounts');
    const rows = visitor.main.getByRole('row');
    const link = visitor.main.getByRole('link', { name });
    for (const words of [name.toUpperCase(), email, handle]) {
      await looksFor(visitor, words);
      await expect(visitor.main.getByLabel('Name, email or handle')).toHaveValue(words);
      await expect(rows, 'the head, and one account').toHaveCount(2);
      await expect(link).toBeVisible();
    }
    await chooses(visitor, { Show: 'Suspended' });
    await presses(visitor, 'Search');
    await expect(visitor.main).toContainText('No accounts found.');
    await expect(visitor.main.getByLabel('Show')).toHaveValue('suspended');
    await chooses(visitor, { Show: 'Everyone' });
    await presses(visitor, 'Search');
    await link.click();
    await isPlain(visitor, name);
    await expect(visitor.main).toContainText(handle);
    await visitor.main.getByRole('link', { name: 'All accounts' }).click();
    await isPlain(visitor, 'Accounts');
  });

  test('gives a role and takes it away, and the person reads why', async ({
    visitor,
    browser,
    baseURL,
  }) => {
    const person = await elsewhere(browser, visitor, baseURL!);
    const name = unique('Ada');
    const email = await becomesMember(person, name);
    await becomesAdministrator(visitor);
    await findsAccount(visitor, email, name);
    const roles = visitor.main.locator('dt', { hasText: 'Roles' }).locator('xpath=following-sibling::dd[1]');
    await expect(roles).toHaveText('None');
    await expect(formWith(visitor, 'Remove role')).toHaveCount(0);
    visitor.expectsOneMessage(REFUSED_MESSAGE);
    await formWith(visitor, 'Give role').getByLabel('Role').selectOption('moderator');
    await presses(visitor, 'Give role');
    await expect(visitor.main.getByRole('alert')).toContainText('Say why in one line');
    await expect(visitor.main.getByRole('alert')).toBeFocused();
    await expect(formWith(visitor, 'Give role').getByLabel('Role')).toHaveValue('moderator');
    await takes(visitor, 'Give role', 'Answers <b>kindly</b>');
    await expect(roles).toHaveText('Moderator');
    await expect(visitor.main.getByRole('listitem').filter({ hasText: 'by Root' })).toContainText(
      'given the role “Moderator” by Root. Answers <b>kindly</b>',
    );
    await person.opens('/settings');
    await expect(person.main).toContainText('given the role “Moderator”');
    await expect(person.main).toContainText('Answers <b>kindly</b>');
    await expect(person.main, 'not who did it').not.toContainText('Root');
    await takes(visitor, 'Remove role', 'Has no time any more');
    await expect(roles).toHaveText('None');
    await person.opens('/settings');
    await expect(person.main).toContainText('Has no time any more');
    await leaves(person);
  });

  test('suspends with a reason, which stops the person from writing, and restores', async ({
    visitor,
    browser,
    baseURL,
  }) => {
    test.slow();
    const person = await elsewhere(browser, visitor, baseURL!);
    const name = unique('Ada');
    const email = await becomesMember(person, name);
    const own = await ownPage(person);
    await becomesAdministrator(visitor);
    await visitor.opens(own);
    await expect(heading(visitor)).toHaveText(name);

    await findsAccount(visitor, email, name);
    await takes(visitor, 'Suspend', 'Advertises a cure');
    await expect(visitor.main.locator('dd', { hasText: 'Suspended' })).toHaveCount(1);
    await expect(formWith(visitor, 'Suspend')).toHaveCount(0);
    await person.opens('/settings');
    await expect(person.main).toContainText('Your account is suspended');
    await expect(person.main).toContainText('Advertises a cure');
    await person.opens('/settings/profile');
    await fills(person, { 'About me (optional)': 'Buy my cure' });
    if (!person.scripted) person.expectsOneMessage(FORBIDDEN_MESSAGE);
    await presses(person, 'Save');
    await expect(person.main.getByRole('alert')).toContainText('your account is suspended');
    await expect(person.main.getByLabel('About me')).toHaveValue('Buy my cure');
    visitor.expectsOneMessage(NOT_FOUND_MESSAGE);
    expect((await visitor.opens(own)).status(), 'nobody else sees the profile').toBe(404);
    await person.opens(own);
    await expect(heading(person), 'but the person does').toHaveText(name);

    await findsAccount(visitor, email, name);
    await takes(visitor, 'Restore', 'It was a mistake');
    await visitor.opens(own);
    await expect(heading(visitor)).toHaveText(name);
    await person.opens('/settings');
    await expect(person.main).not.toContainText('Your account is suspended');
    await expect(person.main).toContainText('It was a mistake');
    await person.opens('/settings/profile');
    await expect(person.main.getByLabel('About me'), 'nothing was saved').toHaveValue('');
    await fills(person, { 'About me (optional)': 'No cure' });
    await saves(person);
    await leaves(person);
  });

  test('is not done with one’s own account', async ({ visitor }) => {
    const email = await becomesAdministrator(visitor);
    await findsAccount(visitor, email, 'Root');
    await formWith(visitor, 'Suspend').getByLabel('Reason').fill('A holiday');
    visitor.expectsOneMessage(FORBIDDEN_MESSAGE);
    await presses(visitor, 'Suspend');
    await expect(visitor.main.getByRole('alert')).toContainText('someone else must do that');
    await expect(visitor.main.locator('dd', { hasText: 'Suspended' })).toHaveCount(0);
  });

  test('is a page that visitors and members cannot find', async ({ visitor, browser, baseURL }) => {
    const member = await elsewhere(browser, visitor, baseURL!);
    await becomesMember(member, 'Ada');
    const person = (await ownPage(member)).replace('/members/', '/admin/people/');
    await expect(member.main.getByRole('link', { name: 'Manage accounts' })).toHaveCount(0);
    for (const somebody of [visitor, member]) {
      for (const path of ['/admin/people', '/admin/people?q=a', '/admin/member-lists', person]) {
        somebody.expectsOneMessage(NOT_FOUND_MESSAGE);
        expect((await somebody.opens(path)).status(), path).toBe(404);
        await expect(heading(somebody)).toHaveText('Page not found');
      }
    }
    await member.opens('/settings');
    await expect(member.main.getByRole('link', { name: 'Your profile' })).toBeVisible();
    await expect(member.main.getByRole('link', { name: 'Manage accounts' })).toHaveCount(0);
    await leaves(member);
  });
});
