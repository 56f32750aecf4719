import type { Browser } from '@playwright/test';
import { picture } from '../pictures.mjs';
import {
  becomesMember,
  chooses,
  elsewhere,
  fills,
  formWith,
  heading,
  leaves,
  ownPage,
  PASSWORD,
  presses,
  REFUSED_MESSAGE,
  saves,
  SIGNED_OUT_MESSAGE,
  signsIn,
  unique,
} from './people';
import { expect, NOT_FOUND_MESSAGE, test, Visitor } from './visitor';

/** Signs the person out everywhere else, from another device. */
async function endsSessions(visitor: Visitor, email: string, browser: Browser, baseURL: string) {
  const device = await elsewhere(browser, visitor, baseURL);
  await signsIn(device, email);
  await expect(heading(device)).toHaveText('Find a rare condition');
  await device.opens('/settings/devices');
  await presses(device, 'Sign out everywhere else');
  await expect(device.main.getByRole('status')).toHaveText('Signed out there.');
  await leaves(device);
}

test.describe('A profile', { tag: '@either' }, () => {
  test('is for search engines only where its owner says so', async ({ visitor }) => {
    await becomesMember(visitor, 'Ada');
    const own = await ownPage(visitor);
    await visitor.opens('/settings/profile');
    await chooses(visitor, { 'Who sees your name?': 'Everyone' });
    await visitor.main.getByLabel('Search engines may list my profile').check();
    await saves(visitor);
    await visitor.opens('/settings/what-others-see?by=search-engine');
    await expect(visitor.main.locator('.seen')).toHaveText('Ada');
    await visitor.opens(own);
    await expect(visitor.page.locator('meta[name=robots]')).toHaveCount(0);
    await visitor.opens('/settings/profile');
    await expect(visitor.main.getByLabel('Search engines may list my profile')).toBeChecked();
    await visitor.main.getByLabel('Search engines may list my profile').uncheck();
    await saves(visitor);
    await visitor.opens(own);
    await expect(visitor.page.locator('meta[name=robots]')).toHaveAttribute('content', 'noindex');
  });

  test('of which nobody sees anything is no page for others', async ({ visitor, browser, baseURL }) => {
    await becomesMember(visitor, 'Ada');
    const own = await ownPage(visitor);
    await visitor.opens('/settings/profile');
    await chooses(visitor, { 'Who sees your name?': 'Only me' });
    await saves(visitor);
    await visitor.opens('/settings/what-others-see?by=community');
    await expect(visitor.main.locator('.seen')).toContainText('Nothing.');
    await visitor.opens(own);
    await expect(heading(visitor)).toHaveText('Ada');
    const other = await elsewhere(browser, visitor, baseURL!);
    await becomesMember(other, 'Grace');
    other.expectsOneMessage(NOT_FOUND_MESSAGE);
    expect((await other.opens(own)).status()).toBe(404);
    await expect(heading(other)).toHaveText('Page not found');
    await leaves(other);
  });

  test('stands in a list of members for those who may find its owner', async ({
    visitor,
    browser,
    baseURL,
  }) => {
    const name = unique('Ada');
    await becomesMember(visitor, name, { condition: 'Pompe disease' });
    const members = '/communities/pompe-disease/members';
    await visitor.opens('/settings/profile');
    await chooses(visitor, { 'Who finds you in lists of members?': 'All members' });
    await saves(visitor);
    const other = await elsewhere(browser, visitor, baseURL!);
    await becomesMember(other, 'Grace');
    await other.opens(members);
    const listed = other.main.getByRole('link', { name });
    await expect(heading(other)).toHaveText('Members: Pompe disease');
    await expect(listed, 'that she has named the condition is not for them').toHaveCount(0);

    await visitor.opens('/settings/communities');
    await formWith(visitor, 'Save').getByLabel('Who sees that').selectOption('members');
    await saves(visitor);
    await other.opens('/communities/pompe-disease');
    await other.main.getByRole('link', { name: 'Meet members' }).click();
    await other.arrivesAt('Members: Pompe disease');
    await listed.click();
    await other.arrivesAt(name);
    await other.page.context().clearCookies();
    await other.opens(members);
    await expect(other.main.getByRole('link', { name: 'Sign in to see more' })).toBeVisible();
    await expect(listed).toHaveCount(0);
    await leaves(other);
  });

  test('that is filled in wrongly comes back with everything in it', async ({ visitor }) => {
    await becomesMember(visitor, 'Ada');
    await visitor.opens('/settings/profile');
    const about = 'a</textarea><b>'.repeat(400);
    await fills(visitor, { 'Name to show': ' ', 'About me (optional)': about });
    await chooses(visitor, { 'Who sees this text?': 'Everyone' });
    const text = visitor.main.getByLabel('About me');
    const tooLong = /Use at most 5000 characters; this has 6000\./;
    const tick = visitor.main.getByLabel('Search engines may list my profile');
    if (visitor.scripted) {
      // What is pressed stays where it is until the press has ended. Where nothing is scrolled the
      // browser does not keep it in place by itself.
      await visitor.page.setViewportSize({ width: 1280, height: 2400 });
      await text.focus();
      await tick.scrollIntoViewIfNeeded();
      const box = (await tick.boundingBox())!;
      await visitor.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
      await visitor.page.mouse.down();
      await visitor.page.waitForTimeout(300);
      await visitor.page.mouse.up();
      await expect(text).toHaveAccessibleDescription(tooLong);
    } else {
      await tick.check();
    }
    await expect(tick).toBeChecked();
    if (!visitor.scripted) visitor.expectsOneMessage(REFUSED_MESSAGE);
    await presses(visitor, 'Save');
    const summary = visitor.main.getByRole('alert');
    await expect(summary.getByRole('link')).toHaveCount(2);
    await expect(summary).toBeFocused();
    await expect(text).toHaveAccessibleDescription(tooLong);
    await expect(text).toHaveValue(about);
    await expect(visitor.main.getByLabel('Who sees this text?')).toHaveValue('everyone');
    await expect(visitor.main.getByLabel('Search engines may list my profile')).toBeChecked();
  });
});

test.describe('A picture', { tag: '@either' }, () => {
  const refused: [string, ReturnType<typeof picture>, RegExp][] = [
    [
      'a drawing with a script in it',
      {
        name: 'me.svg',
        mimeType: 'image/svg+xml',
        buffer: Buffer.from(
          '<svg xmlns="http://www.w3.org/2000/svg"><script>console.log("ran")</script></svg>',
        ),
      },
      /Use a JPEG, PNG or WebP file/,
    ],
    [
      'a text that is called a picture',
      { name: 'me.png', mimeType: 'image/png', buffer: Buffer.from('Not a picture.\n') },
      /Use a JPEG, PNG or WebP file/,
    ],
    [
      'a file of 11 MB',
      { ...picture(), buffer: Buffer.concat([picture().buffer, Buffer.alloc(11 * 1024 * 1024)]) },
      /This file is larger than 10 MB/,
    ],
  ];

  for (const [what, file, words] of refused) {
    test(`that is ${what} is refused in words, and the audience stays chosen`, async ({
      visitor,
    }) => {
      await becomesMember(visitor, 'Ada');
      await visitor.opens('/settings/picture');
      const field = visitor.main.getByLabel('Picture', { exact: true });
      await field.setInputFiles(file);
      await chooses(visitor, { 'Who sees it?': 'All members' });
      if (!visitor.scripted) visitor.expectsOneMessage(REFUSED_MESSAGE);
      await presses(visitor, 'Upload picture');
      await expect(visitor.main.getByRole('alert')).toHaveText(words);
      await expect(visitor.main.getByRole('alert')).toBeFocused();
      await expect(field).toHaveAccessibleDescription(words);
      await expect(field).toHaveAttribute('aria-invalid', 'true');
      await expect(visitor.main.getByAltText('Your current picture')).toHaveCount(0);
      await expect(visitor.main.getByLabel('Who sees it?')).toHaveValue('members');
    });
  }

  test('is replaced, shown to others, and removed', async ({ visitor }) => {
    await becomesMember(visitor, 'Ada');
    await visitor.opens('/settings/picture');
    await visitor.main.getByLabel('Picture', { exact: true }).setInputFiles(picture());
    await saves(visitor, 'Upload picture');
    const shown = visitor.main.getByAltText('Your current picture');
    const first = (await shown.getAttribute('src'))!;
    expect(first).toMatch(/^\/members\/\w+\/picture\?v=\w+$/);
    expect((await visitor.page.request.get(first)).status()).toBe(200);

    await visitor.opens('/settings/picture');
    const red = picture([200, 30, 30]);
    const another = formWith(visitor, 'Upload picture');
    await another.getByLabel('Picture', { exact: true }).setInputFiles(red);
    await saves(visitor, 'Upload picture');
    await expect(shown).not.toHaveAttribute('src', first);

    await visitor.opens('/settings/picture');
    await formWith(visitor, 'Save').getByLabel('Who sees it?').selectOption('everyone');
    await saves(visitor);
    await visitor.opens('/settings/what-others-see?by=visitor');
    await expect(visitor.main.locator('.seen img')).toHaveCount(1);
    await expect(visitor.main.locator('.seen .name'), 'the name is for members').toHaveText('A member');

    await visitor.opens('/settings/picture');
    await saves(visitor, 'Remove picture');
    await expect(shown).toHaveCount(0);
    expect((await visitor.page.request.get(first)).status()).toBe(404);
  });
});

test.describe('Conditions that a person names', { tag: '@either' }, () => {
  test('are asked for again where it is not clear which one is meant', async ({ visitor }) => {
    await becomesMember(visitor, 'Ada');
    await visitor.opens('/settings/communities');
    await fills(visitor, { Condition: 'plasma cell' });
    await chooses(visitor, { 'Who sees that you are in it?': 'All members' });
    if (!visitor.scripted) visitor.expectsOneMessage(REFUSED_MESSAGE);
    await presses(visitor, 'Join community');
    const field = visitor.main.getByLabel('Condition', { exact: true });
    await expect(visitor.main.getByRole('alert')).toBeFocused();
    await expect(field).toHaveAccessibleDescription(/We are not sure .*Plasma cell leukemia/);
    await expect(field).toHaveValue('plasma cell');
    await expect(visitor.main.getByLabel('Who sees that you are in it?')).toHaveValue('members');
    await field.fill('plasma cell LEUKEMIA');
    await presses(visitor, 'Join community');
    await expect(visitor.main.getByRole('status')).toHaveText('Saved.');
    await visitor.settles();
    await expect(visitor.main.getByRole('heading', { level: 2 })).toHaveText([
      'Plasma cell leukemia',
      'Join another community',
    ]);
    await expect(visitor.main.getByLabel('Who sees that').first()).toHaveValue('members');
  });

  test('have one home, and can be taken off', async ({ visitor }) => {
    await becomesMember(visitor, 'Ada', { condition: 'Pompe disease' });
    await visitor.opens('/settings/communities');
    await fills(visitor, { Condition: 'Kahler disease' });
    await formWith(visitor, 'Join community').getByLabel('This is my main condition').check();
    await saves(visitor, 'Join community');
    const headings = visitor.main.getByRole('heading', { level: 2 });
    await expect(headings).toHaveText([
      'Multiple myeloma',
      'Pompe disease',
      'Join another community',
    ]);
    const homes = visitor.main.getByLabel('This is my main condition');
    await expect(homes.nth(0)).toBeChecked();
    await expect(homes.nth(1)).not.toBeChecked();
    await visitor.opens('/settings/communities');
    await saves(visitor, 'Leave Pompe disease');
    await expect(headings).toHaveText(['Multiple myeloma', 'Join another community']);
  });
});

test('Names of conditions are suggested while one is typed', async ({ visitor }) => {
  await visitor.opens('/join');
  const field = visitor.main.getByLabel('The condition that brings you here');
  const names = visitor.main.locator('datalist option');
  await expect(names).toHaveCount(0);
  await field.pressSequentially('kahl');
  await expect(names).toHaveCount(1);
  await expect(names).toHaveAttribute('value', 'Multiple myeloma');
  await expect(names, 'why it is offered').toHaveAttribute('label', /also called Kahler/);
  expect(
    await field.evaluate((input: HTMLInputElement) => input.list?.options.length),
    'they belong to the field',
  ).toBe(1);
  await field.fill('zzzqqq');
  await expect(names).toHaveCount(0);
});

test.describe('A session that ended keeps what was written', { tag: '@either' }, () => {
  test('on a profile', async ({ visitor, page, browser, baseURL }) => {
    test.slow();
    const email = await becomesMember(visitor, 'Ada');
    await visitor.opens('/settings/profile');
    const about = 'Written for an hour & "kept".\n\n</textarea><b>All</b> of it: 100 % + é.';
    await fills(visitor, { 'Name to show': 'Ada "L" <b>', 'About me (optional)': about });
    await chooses(visitor, { 'Who sees this text?': 'Everyone' });
    await visitor.main.getByLabel('Search engines may list my profile').check();
    await endsSessions(visitor, email, browser, baseURL!);
    visitor.expectsOneMessage(SIGNED_OUT_MESSAGE);
    await presses(visitor, 'Save');
    await expect(heading(visitor)).toHaveText('Sign in');
    await expect(visitor.main.getByRole('status')).toContainText('What you entered is kept');
    await fills(visitor, { 'Email address': email, Password: PASSWORD });
    await presses(visitor, 'Sign in');
    await expect(heading(visitor)).toHaveText('Your profile');
    await visitor.settles();
    await expect(visitor.main.getByRole('status')).toContainText('You are signed in again.');
    await expect(page.getByRole('banner')).toContainText('Ada');
    await expect(visitor.main.getByLabel('Name to show')).toHaveValue('Ada "L" <b>');
    await expect(visitor.main.getByLabel('About me')).toHaveValue(about);
    await expect(visitor.main.getByLabel('Who sees this text?')).toHaveValue('everyone');
    await expect(visitor.main.getByLabel('Search engines may list my profile')).toBeChecked();
    await presses(visitor, 'Save');
    await expect(visitor.main.getByRole('status')).toHaveText('Saved.');
    await visitor.settles();
    await expect(page).toHaveURL('/settings/profile?done=saved');
    await expect(page.getByRole('banner')).toContainText('Ada "L" <b>');
    await visitor.opens('/settings/profile');
    await expect(visitor.main.getByLabel('About me')).toHaveValue(about);
  });

  test('on conditions, even where the password is wrong at first', async ({ visitor, page }) => {
    const email = await becomesMember(visitor, 'Ada');
    await visitor.opens('/settings/communities');
    await fills(visitor, { Condition: 'Kahler disease' });
    await chooses(visitor, { 'Who sees that you are in it?': 'All members' });
    await page.context().clearCookies({ name: '__Host-session' });
    visitor.expectsOneMessage(SIGNED_OUT_MESSAGE);
    await presses(visitor, 'Join community');
    await expect(heading(visitor)).toHaveText('Sign in');
    await fills(visitor, { 'Email address': email, Password: 'not the right one' });
    // The form is the browser's own here, with a script too.
    visitor.expectsOneMessage(REFUSED_MESSAGE);
    await presses(visitor, 'Sign in');
    await expect(visitor.main.getByRole('alert')).toContainText('email address or password is wrong');
    await visitor.settles();
    await fills(visitor, { Password: PASSWORD });
    await presses(visitor, 'Sign in');
    await expect(heading(visitor)).toHaveText('Your communities');
    await visitor.settles();
    await expect(visitor.main.getByLabel('Condition', { exact: true })).toHaveValue('Kahler disease');
    await expect(visitor.main.getByLabel('Who sees that you are in it?')).toHaveValue('members');
    await presses(visitor, 'Join community');
    await expect(visitor.main.getByRole('heading', { level: 2 }).first()).toHaveText('Multiple myeloma');
    await visitor.idle();
  });

  test('nowhere but in the page: a picture is chosen once more', async ({ visitor, page }) => {
    const email = await becomesMember(visitor, 'Ada');
    await visitor.opens('/settings/picture');
    await visitor.main.getByLabel('Picture', { exact: true }).setInputFiles(picture());
    await chooses(visitor, { 'Who sees it?': 'All members' });
    await page.context().clearCookies({ name: '__Host-session' });
    await presses(visitor, 'Upload picture');
    await expect(heading(visitor)).toHaveText('Sign in');
    await fills(visitor, { 'Email address': email, Password: PASSWORD });
    await presses(visitor, 'Sign in');
    await expect(heading(visitor)).toHaveText('Your picture');
    await visitor.settles();
    await expect(visitor.main.getByAltText('Your current picture')).toHaveCount(0);
    await visitor.main.getByLabel('Picture', { exact: true }).setInputFiles(picture());
    await presses(visitor, 'Upload picture');
    await expect(visitor.main.getByRole('status')).toHaveText('Saved.');
    await expect(visitor.main.getByAltText('Your current picture')).toBeVisible();
    await visitor.settles();
  });
});
