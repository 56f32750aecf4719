import type { Locator } from '@playwright/test';
import { picture } from '../pictures.mjs';
import {
  address,
  becomesMember,
  chooses,
  CLEARED_MESSAGE,
  elsewhere,
  fills,
  heading,
  joins,
  joinsAndConfirms,
  leaves,
  letters,
  linkFor,
  ownPage,
  PASSWORD,
  presses,
  REFUSED_MESSAGE,
  saves,
  signsIn,
  signsOut,
  unique,
} from './people';
import { expect, NOT_FOUND_MESSAGE, test, type Visitor } from './visitor';

/** Ada's name is for everyone, her text for members, the rest for members of her communities. */
async function makesAProfile(visitor: Visitor) {
  await visitor.opens('/settings/profile');
  await fills(visitor, {
    'Name to show': 'Ada L.',
    'About me (optional)': 'I collect *moss*.\n\nAnd <b>stones</b>.',
  });
  await chooses(visitor, { 'Who sees your name?': 'Everyone', 'Who sees this text?': 'All members' });
  await saves(visitor);
  await visitor.opens('/settings/picture');
  await visitor.main.getByLabel('Picture', { exact: true }).setInputFiles(picture());
  await chooses(visitor, { 'Who sees it?': 'Members of my communities' });
  await saves(visitor, 'Upload picture');
  await visitor.opens('/settings/communities');
  await expect(visitor.main.getByRole('heading', { level: 2 }).first()).toHaveText('Multiple myeloma');
  const audience = visitor.main.getByLabel('Who sees that you are in it?').first();
  await expect(audience, 'nobody, until she chooses so').toHaveValue('only-me');
  await audience.selectOption({ label: 'Members of my communities' });
  await visitor.main.getByRole('button', { name: 'Save' }).click();
  await expect(visitor.main.getByRole('status')).toHaveText('Saved.');
  await visitor.settles();
}

/** Expects what of the profile is for a visitor, for members, or for members of a community. */
async function expectsItems(area: Locator, nearness: 'visitor' | 'member' | 'community') {
  await expect(area).toContainText('Ada L.');
  const [member, community] = [nearness !== 'visitor', nearness === 'community'];
  await expect(area.locator('em', { hasText: 'moss' })).toHaveCount(member ? 1 : 0);
  await expect(area.locator('b')).toHaveCount(0);
  await expect(area.getByRole('link', { name: 'Multiple myeloma' })).toHaveCount(community ? 1 : 0);
  const portrait = area.locator('img');
  await expect(portrait).toHaveCount(community ? 1 : 0);
  if (community) {
    const width = () => portrait.evaluate((image: HTMLImageElement) => image.naturalWidth);
    await expect.poll(width, 'the picture has arrived').toBeGreaterThan(100);
  }
}

/** Looks at one's own profile as others do. */
async function looksWithOthersEyes(visitor: Visitor) {
  const seen = visitor.main.locator('.seen');
  await visitor.opens('/settings/what-others-see');
  const eyes = visitor.main.getByRole('navigation', { name: 'View as' });
  await expect(eyes.locator('[aria-current=page]')).toHaveText('A visitor');
  await expectsItems(seen, 'visitor');
  for (const [onlooker, nearness] of [
    ['A member', 'member'],
    ['A member of your communities', 'community'],
  ] as const) {
    await eyes.getByRole('link', { name: onlooker, exact: true }).click();
    await expect(eyes.locator('[aria-current=page]')).toHaveText(onlooker);
    await expectsItems(seen, nearness);
  }
  await eyes.getByRole('link', { name: 'A search engine' }).click();
  await expect(seen).toContainText('Search engines are asked to leave your profile out');
  await expect(seen).not.toContainText('Ada L.');
  await visitor.idle();
}

test.describe('An account', { tag: '@either' }, () => {
  test('is joined, filled, seen by others as promised, used on two devices, and deleted', async ({
    visitor,
    page,
    browser,
    baseURL,
  }) => {
    test.setTimeout(180_000);
    const about = { condition: 'Kahler disease', country: 'Iceland' };
    const email = await joinsAndConfirms(visitor, 'Ada', about);
    await expect(visitor.main.getByRole('status')).toHaveText('Your email address is confirmed. Welcome.');
    await expect(page.getByRole('banner')).toContainText('Ada');
    await expect(visitor.main.getByLabel('Country')).toHaveValue('IS');
    await chooses(visitor, { 'What brings you here? (optional)': 'I care for someone who has one' });
    await presses(visitor, 'Save');
    await expect(visitor.main.getByRole('status')).toHaveText('Saved.');
    await visitor.settles();
    await expect(visitor.main.getByLabel('What brings you here?')).toHaveValue('carer');

    await makesAProfile(visitor);
    await expect(page.getByRole('banner')).toContainText('Ada L.');
    await looksWithOthersEyes(visitor);
    await visitor.main.getByRole('link', { name: 'Your own view' }).click();
    const own = await ownPage(visitor);
    await visitor.arrivesAt('Ada L.');
    await expectsItems(visitor.main, 'community');

    const other = await elsewhere(browser, visitor, baseURL!);
    await other.opens(own);
    await expectsItems(other.main, 'visitor');
    expect((await other.page.request.get(`${own}/picture`)).status()).toBe(404);
    await joinsAndConfirms(other, 'Grace');
    await other.opens(own);
    await expectsItems(other.main, 'member');
    expect((await other.page.request.get(`${own}/picture`)).status()).toBe(404);
    await other.opens('/settings/communities');
    await fills(other, { Condition: 'ORPHA:29073' });
    await saves(other, 'Join community');
    await other.opens(own);
    // What she keeps to herself brings her near nobody.
    await expectsItems(other.main, 'member');
    await other.opens('/settings/communities');
    const audience = other.main.getByLabel('Who sees that you are in it?').first();
    await audience.selectOption({ label: 'Members of my communities' });
    await other.main.getByRole('button', { name: 'Save' }).click();
    await expect(other.main.getByRole('status')).toHaveText('Saved.');
    await other.settles();
    await other.opens(own);
    await expectsItems(other.main, 'community');
    expect((await other.page.request.get(`${own}/picture`)).status()).toBe(200);

    const device = await elsewhere(browser, visitor, baseURL!);
    await signsIn(device, email);
    await expect(heading(device)).toHaveText('Find a rare condition');
    await device.settles();
    await expect(device.page.getByRole('banner')).toContainText('Ada L.');
    await visitor.opens('/settings/devices');
    await expect(visitor.main.getByRole('heading', { level: 2 })).toHaveCount(4);
    await expect(visitor.main.getByRole('listitem').filter({ hasText: 'signed in' })).toHaveCount(2);
    await presses(visitor, 'Sign out there');
    await expect(visitor.main.getByRole('status')).toHaveText('Signed out there.');
    await expect(visitor.main.getByRole('heading', { level: 2 })).toHaveCount(2);
    await expect(visitor.main).toContainText('signed out from elsewhere');
    await device.opens('/settings');
    await expect(heading(device)).toHaveText('Sign in');
    await leaves(device);

    const newEmail = address('ada.new');
    await visitor.opens('/settings/address');
    await fills(visitor, { 'New email address': newEmail, 'Current password': PASSWORD });
    await presses(visitor, 'Send the link');
    await expect(heading(visitor)).toHaveText('Check your email');
    await visitor.opens(await linkFor(newEmail, /Confirm your new address/));
    await presses(visitor, 'Use this address');
    await expect(heading(visitor)).toHaveText('Settings');
    await expect(visitor.main).toContainText(newEmail);
    await linkFor(email, /Your address for RareShare was changed/);

    await visitor.opens('/settings/delete');
    await fills(visitor, { 'Current password': PASSWORD });
    visitor.mayHear(CLEARED_MESSAGE);
    await presses(visitor, 'Delete my account');
    await expect(visitor.main.getByRole('status')).toHaveText('Your account is deleted.');
    await visitor.settles();
    await expect(page.getByRole('banner').getByRole('link', { name: 'Sign in' })).toBeVisible();
    for (const somebody of [visitor, other]) {
      somebody.expectsOneMessage(NOT_FOUND_MESSAGE);
      expect((await somebody.opens(own)).status()).toBe(404);
      await expect(heading(somebody)).toHaveText('Page not found');
      expect((await somebody.page.request.get(`${own}/picture`)).status()).toBe(404);
    }
    await leaves(other);
  });

  test('has a way back for who has forgotten the password', async ({ visitor, page }) => {
    const email = await joinsAndConfirms(visitor, 'Grace');
    await signsOut(visitor, 'Grace');
    await visitor.opens('/sign-in');
    await visitor.main.getByRole('link', { name: 'I have forgotten my password' }).click();
    await expect(heading(visitor)).toHaveText('Forgotten password');
    await fills(visitor, { 'Email address': email });
    await presses(visitor, 'Send the link');
    await expect(heading(visitor)).toHaveText('Check your email');
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
    const email = await joinsAndConfirms(visitor, 'Mary');
    await signsOut(visitor, 'Mary');
    await joins(visitor, email.toUpperCase(), 'Somebody else');
    await expect(heading(visitor)).toHaveText('Check your email');
    const said = await visitor.main.textContent();
    await joins(visitor, address('nobody'), 'Somebody else');
    await expect(heading(visitor)).toHaveText('Check your email');
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
    await fills(visitor, { 'Email address': 'ada at example', 'Name to show': '<b>Ada</b>', Password: 'short' });
    await presses(visitor, 'Join');
    const summary = visitor.main.getByRole('alert');
    await expect(summary.getByRole('link')).toHaveCount(4);
    await expect(visitor.main.getByLabel('Email address')).toHaveValue('ada at example');
    await expect(visitor.main.getByLabel('Name to show')).toHaveValue('<b>Ada</b>');
    await expect(visitor.main.getByLabel('Email address')).toHaveAttribute('aria-invalid', 'true');
    await expect(visitor.main.getByLabel('Email address')).toHaveAccessibleDescription(
      /should be like name@example.org/,
    );
    await expect(summary, 'it is read first').toBeFocused();
    // Typed by the person and sent back by nobody: only a script can keep it.
    await expect(visitor.main.getByLabel('Password', { exact: true })).toHaveValue(
      visitor.scripted ? 'short' : '',
    );
    if (visitor.scripted) {
      await summary.getByRole('link').first().click();
      await expect(visitor.main.getByLabel('Email address')).toBeFocused();
    } else {
      await expect(page).toHaveTitle('Error: Join · RareShare');
    }
  });

  test('does not sign in, and does not say what was wrong', async ({ visitor, page }) => {
    if (!visitor.scripted) visitor.expectsOneMessage(REFUSED_MESSAGE);
    await signsIn(visitor, address('stranger'));
    await expect(visitor.main.getByRole('alert')).toContainText('email address or password is wrong');
    await expect(page).toHaveURL('/sign-in');
  });
});

test.describe('Signing in', { tag: '@either' }, () => {
  test('leads back to where it was asked for', async ({ visitor }) => {
    const email = await joinsAndConfirms(visitor, 'Rosalind');
    await signsOut(visitor, 'Rosalind');
    await visitor.opens('/settings/devices');
    await expect(heading(visitor)).toHaveText('Sign in');
    await fills(visitor, { 'Email address': email, Password: PASSWORD });
    await presses(visitor, 'Sign in');
    await expect(heading(visitor)).toHaveText('Where you are signed in');
    await visitor.settles();
  });

  test('leads back there after a wrong password, too', async ({ visitor }) => {
    const email = await joinsAndConfirms(visitor, 'Rosalind');
    await signsOut(visitor, 'Rosalind');
    await visitor.opens('/settings/devices');
    await fills(visitor, { 'Email address': email, Password: 'not the right one' });
    if (!visitor.scripted) visitor.expectsOneMessage(REFUSED_MESSAGE);
    await presses(visitor, 'Sign in');
    await expect(visitor.main.getByRole('alert')).toContainText('email address or password is wrong');
    await fills(visitor, { Password: PASSWORD });
    await presses(visitor, 'Sign in');
    await expect(heading(visitor)).toHaveText('Where you are signed in');
    await visitor.settles();
  });
});

test('A wrong form is sent without loading a document', async ({ visitor }) => {
  await visitor.opens('/sign-in');
  await visitor.marksTheDocument();
  await fills(visitor, { 'Email address': address('x'), Password: 'y' });
  await presses(visitor, 'Sign in');
  await expect(visitor.main.getByRole('alert')).toBeFocused();
  await visitor.main.getByRole('link', { name: 'I have no account: join' }).click();
  await visitor.arrivesAt('Join');
  await visitor.expectsTheSameDocument();
});

test('The menu closes by a click elsewhere, by Escape and by what it leads to', async ({ visitor, page }) => {
  const name = unique('Ada');
  await becomesMember(visitor, name);
  await visitor.opens('/about');
  const banner = page.getByRole('banner');
  const opener = banner.getByText(name, { exact: true });
  const settings = banner.getByRole('link', { name: 'Settings' });
  const opens = async () => {
    await opener.click();
    await expect(settings).toBeVisible();
  };
  await opens();
  await heading(visitor).click();
  await expect(settings).toBeHidden();
  await opens();
  await settings.focus();
  await page.keyboard.press('Escape');
  await expect(settings).toBeHidden();
  await expect(banner.locator('summary')).toBeFocused();
  await opens();
  await settings.click();
  await expect(heading(visitor)).toHaveText('Settings');
  await expect(settings).toBeHidden();
  await visitor.settles();
});
