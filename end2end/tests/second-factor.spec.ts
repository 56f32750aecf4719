import { codeOf } from '../second-factor.mjs';
import { expectsASoundPage } from './axe';
import {
  becomesMember,
  elsewhere,
  fills,
  heading,
  isGiven,
  leaves,
  letters,
  PASSWORD,
  presses,
  REFUSED_MESSAGE,
  signsIn,
  signsOut,
} from './people';
import { expect, test, type Visitor, VIEWPORTS } from './visitor';

const PAGE = '/settings/second-factor';

/** Sets it up by hand: the key, and the recovery codes. */
async function setsItUp(visitor: Visitor) {
  await visitor.opens('/settings');
  await visitor.main.getByRole('link', { name: 'Two-step sign-in' }).click();
  await expect(heading(visitor)).toHaveText('Two-step sign-in');
  await visitor.settles();
  await expectsASoundPage(visitor);
  await fills(visitor, { 'Current password': PASSWORD });
  await presses(visitor, 'Start');
  await expect(visitor.main.getByRole('img', { name: /QR code/ })).toBeVisible();
  await visitor.settles();
  for (const viewport of VIEWPORTS) {
    await visitor.page.setViewportSize(viewport);
    await expectsASoundPage(visitor);
    await visitor.expectsNoSidewaysScrolling();
  }
  const key = await visitor.main.locator('.secret code').innerText();
  const link = visitor.main.getByRole('link', { name: 'open the app' });
  expect(await link.getAttribute('href')).toContain(`secret=${key.replaceAll(' ', '')}`);
  await fills(visitor, { 'Six-digit code': codeOf(key, -1) });
  await presses(visitor, 'Turn on');
  await expect(heading(visitor)).toHaveText('Keep your recovery codes');
  await visitor.settles();
  await expectsASoundPage(visitor);
  const codes = await visitor.main.locator('.recovery-codes li').allInnerTexts();
  expect(codes).toHaveLength(10);
  return { key, codes };
}

test.describe('Two-step sign-in', { tag: '@either' }, () => {
  test('is set up, asked for, survives a lost phone, and is turned off', async ({
    visitor,
    browser,
    baseURL,
  }) => {
    test.slow();
    const email = await becomesMember(visitor, 'Ada');
    const { key, codes } = await setsItUp(visitor);
    await visitor.main.getByRole('link', { name: 'I have kept them: go to settings' }).click();
    await expect(heading(visitor)).toHaveText('Settings');
    await visitor.settles();
    await visitor.opens(PAGE);
    await expect(visitor.main).toContainText('You have 10 recovery codes left.');
    await expect(visitor.main).not.toContainText(codes[0]);
    await expectsASoundPage(visitor);

    // On another device: a wrong code, then the right one.
    const other = await elsewhere(browser, visitor, baseURL!);
    await signsIn(other, email);
    await expect(heading(other)).toHaveText('Enter your code');
    await other.settles();
    await expectsASoundPage(other);
    if (other.scripted) await expect(other.main.getByText('Your password is right.')).toBeFocused();
    else other.expectsOneMessage(REFUSED_MESSAGE);
    await fills(other, { Code: '000000' });
    await presses(other, 'Sign in');
    await expect(other.main.getByRole('alert')).toContainText('This code is not right.');
    await expectsASoundPage(other);
    await fills(other, { Code: codeOf(key) });
    await presses(other, 'Sign in');
    await expect(other.page.getByRole('banner').getByText('Ada', { exact: true })).toBeVisible();
    await other.settles();

    // Without the phone, by a code of paper; the person is told.
    await signsOut(other, 'Ada');
    await signsIn(other, email);
    await fills(other, { Code: codes[0].toUpperCase() });
    await presses(other, 'Sign in');
    await expect(other.page.getByRole('banner').getByText('Ada', { exact: true })).toBeVisible();
    await other.settles();
    await expect
      .poll(async () => (await letters(email)).filter(({ head }) => /recovery code/.test(head)).length)
      .toBe(1);

    // Turned off, the password is enough again.
    await other.opens(PAGE);
    await expect(other.main).toContainText('You have 9 recovery codes left.');
    const off = other.main.locator('form').filter({ hasText: 'Turn off two-step sign-in' });
    await off.getByLabel('Current password').fill(PASSWORD);
    await off.getByLabel('Code').fill(codes[1]);
    await off.getByRole('button', { name: 'Turn off' }).click();
    await expect(other.main.getByRole('status')).toHaveText('Two-step sign-in is off.');
    await other.settles();
    await signsOut(other, 'Ada');
    await signsIn(other, email);
    await expect(other.page.getByRole('banner').getByText('Ada', { exact: true })).toBeVisible();
    await other.settles();
    await leaves(other);
  });

  test('keeps a form that waited for its person', async ({ visitor, page }) => {
    test.slow();
    const email = await becomesMember(visitor, 'Grace');
    const key = (await isGiven(visitor, email, 'moderator'))!;
    await visitor.opens('/communities/wilson-disease/sections/cause/edit');
    const text = `What Grace wrote, ${email}.`;
    await visitor.main.getByLabel('Cause', { exact: true }).fill(text);
    // The session ends meanwhile.
    await page.context().clearCookies();
    visitor.mayHear(/401 \(Unauthorized\)/);
    await presses(visitor, 'Save');
    await expect(heading(visitor)).toHaveText('Sign in');
    await visitor.settles();
    await fills(visitor, { 'Email address': email, Password: PASSWORD });
    await presses(visitor, 'Sign in');
    await expect(heading(visitor)).toHaveText('Enter your code');
    await visitor.settles();
    await fills(visitor, { Code: codeOf(key) });
    await presses(visitor, 'Sign in');
    await expect(visitor.main.getByLabel('Cause', { exact: true })).toHaveValue(text);
    await visitor.settles();
  });
});
