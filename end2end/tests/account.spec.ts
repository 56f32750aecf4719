import type { Browser } from '@playwright/test';
import {
  address,
  becomesMember,
  CLEARED_MESSAGE,
  fills,
  heading,
  joins,
  letters,
  linkFor,
  PASSWORD,
  presses,
  REFUSED_MESSAGE,
  signsIn,
  signsOut,
} from './people';
import { expect, test, Visitor } from './visitor';

/** The same person with another browser. */
async function elsewhere(browser: Browser, visitor: Visitor, baseURL: string) {
  const context = await browser.newContext({ baseURL, javaScriptEnabled: visitor.scripted });
  const other = new Visitor(await context.newPage(), baseURL, visitor.scripted);
  await other.watch();
  return other;
}

test.describe('An account', { tag: '@either' }, () => {
  test('is joined, confirmed, used on two devices, and deleted', async ({
    visitor,
    page,
    browser,
    baseURL,
  }) => {
    test.slow();
    const email = await becomesMember(visitor, 'Ada');
    await expect(visitor.main.getByRole('status')).toHaveText('Your address is confirmed. Welcome.');
    await expect(page.getByRole('banner')).toContainText('Ada');

    await fills(visitor, { 'Name to show': 'Ada L.' });
    await visitor.main.getByLabel('What brings you here?').selectOption('carer');
    await presses(visitor, 'Save');
    await expect(visitor.main.getByRole('status')).toHaveText('Saved.');
    await visitor.settles();
    await expect(page.getByRole('banner')).toContainText('Ada L.');
    await expect(visitor.main.getByLabel('What brings you here?')).toHaveValue('carer');

    const other = await elsewhere(browser, visitor, baseURL!);
    await signsIn(other, email);
    await expect(heading(other)).toHaveText('Find a rare condition');
    await other.settles();
    await expect(other.page.getByRole('banner')).toContainText('Ada L.');

    await visitor.opens('/settings/devices');
    await expect(visitor.main.getByRole('heading', { level: 2 })).toHaveCount(3);
    await presses(visitor, 'Sign out there');
    await expect(visitor.main.getByRole('status')).toHaveText('Signed out there.');
    await expect(visitor.main.getByRole('heading', { level: 2 })).toHaveCount(1);
    await other.opens('/settings');
    await expect(heading(other)).toHaveText('Sign in');
    await other.settles();
    other.heardNothingElse();
    await other.page.context().close();

    const newEmail = address('ada.new');
    await visitor.opens('/settings/address');
    await fills(visitor, { 'New e-mail address': newEmail, 'Your present password': PASSWORD });
    await presses(visitor, 'Send the link');
    await expect(heading(visitor)).toHaveText('Look into your mail');
    await visitor.opens(await linkFor(newEmail, /Confirm your new address/));
    await presses(visitor, 'Use this address');
    await expect(heading(visitor)).toHaveText('Settings');
    await expect(visitor.main).toContainText(newEmail);
    await linkFor(email, /Your address for RareShare was changed/);

    await visitor.opens('/settings/delete');
    await fills(visitor, { 'Your present password': PASSWORD });
    visitor.expectsOneMessage(CLEARED_MESSAGE);
    await presses(visitor, 'Delete my account');
    await expect(visitor.main.getByRole('status')).toHaveText('Your account is deleted.');
    await visitor.settles();
    await expect(page.getByRole('banner').getByRole('link', { name: 'Sign in' })).toBeVisible();
  });

  test('has a way back for who has forgotten the password', async ({ visitor, page }) => {
    const email = await becomesMember(visitor, 'Grace');
    await signsOut(visitor, 'Grace');
    await visitor.opens('/sign-in');
    await visitor.main.getByRole('link', { name: 'I have forgotten my password' }).click();
    await expect(heading(visitor)).toHaveText('Forgotten password');
    await fills(visitor, { 'E-mail address': email });
    await presses(visitor, 'Send the link');
    await expect(heading(visitor)).toHaveText('Look into your mail');
    const link = await linkFor(email, /Choose a new password/);
    await visitor.opens(link);
    await fills(visitor, { 'New password': 'seven lanterns under water' });
    await presses(visitor, 'Set the password');
    await expect(visitor.main.getByRole('status')).toHaveText('Your password is changed.');
    await visitor.settles();
    await visitor.opens(link);
    await expect(heading(visitor)).toHaveText('This link does not work any more');
    await signsOut(visitor, 'Grace');
    await signsIn(visitor, email, 'seven lanterns under water');
    await expect(page.getByRole('banner')).toContainText('Grace');
    await visitor.settles();
  });

  test('cannot be told from none by who asks', async ({ visitor }) => {
    const email = await becomesMember(visitor, 'Mary');
    await signsOut(visitor, 'Mary');
    await joins(visitor, email.toUpperCase(), 'Somebody else');
    await expect(heading(visitor)).toHaveText('Look into your mail');
    const said = await visitor.main.textContent();
    await joins(visitor, address('nobody'), 'Somebody else');
    await expect(heading(visitor)).toHaveText('Look into your mail');
    expect(await visitor.main.textContent()).toBe(said);
    await expect
      .poll(async () => (await letters(email.toUpperCase())).map(({ path }) => path))
      .toEqual(['/sign-in']);
  });
});

test.describe('A form that is filled in wrongly', { tag: '@either' }, () => {
  test('comes back filled in, with everything that is wrong', async ({ visitor, page }) => {
    if (!visitor.scripted) visitor.expectsOneMessage(REFUSED_MESSAGE);
    await visitor.opens('/join');
    await fills(visitor, { 'E-mail address': 'ada at example', 'Name to show': '<b>Ada</b>', Password: 'short' });
    await presses(visitor, 'Join');
    const summary = visitor.main.getByRole('alert');
    await expect(summary.getByRole('link')).toHaveCount(4);
    await expect(visitor.main.getByLabel('E-mail address')).toHaveValue('ada at example');
    await expect(visitor.main.getByLabel('Name to show')).toHaveValue('<b>Ada</b>');
    await expect(visitor.main.getByLabel('E-mail address')).toHaveAttribute('aria-invalid', 'true');
    await expect(visitor.main.getByLabel('E-mail address')).toHaveAccessibleDescription(
      /should be like name@example.org/,
    );
    await expect(summary, 'it is read first').toBeFocused();
    // Typed by the person and sent back by nobody: only a script can keep it.
    await expect(visitor.main.getByLabel('Password', { exact: true })).toHaveValue(
      visitor.scripted ? 'short' : '',
    );
    if (visitor.scripted) {
      await summary.getByRole('link').first().click();
      await expect(visitor.main.getByLabel('E-mail address')).toBeFocused();
    } else {
      await expect(page).toHaveTitle('Error: Join · RareShare');
    }
  });

  test('does not sign in, and does not say what was wrong', async ({ visitor, page }) => {
    if (!visitor.scripted) visitor.expectsOneMessage(REFUSED_MESSAGE);
    await signsIn(visitor, address('stranger'));
    await expect(visitor.main.getByRole('alert')).toContainText('do not belong together');
    await expect(page).toHaveURL('/sign-in');
  });
});

test.describe('Signing in', { tag: '@either' }, () => {
  test('leads back to where it was asked for', async ({ visitor }) => {
    const email = await becomesMember(visitor, 'Rosalind');
    await signsOut(visitor, 'Rosalind');
    await visitor.opens('/settings/devices');
    await expect(heading(visitor)).toHaveText('Sign in');
    await fills(visitor, { 'E-mail address': email, Password: PASSWORD });
    await presses(visitor, 'Sign in');
    await expect(heading(visitor)).toHaveText('Where you are signed in');
    await visitor.settles();
  });
});

test('A wrong form is sent without loading a document', async ({ visitor }) => {
  await visitor.opens('/sign-in');
  await visitor.marksTheDocument();
  await fills(visitor, { 'E-mail address': address('x'), Password: 'y' });
  await presses(visitor, 'Sign in');
  await expect(visitor.main.getByRole('alert')).toBeFocused();
  await visitor.main.getByRole('link', { name: 'I have no account: join' }).click();
  await visitor.arrivesAt('Join');
  await visitor.expectsTheSameDocument();
});
