import { enrol } from '../enrolment.mjs';
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
  sender,
  unique,
} from './people';
import { readsPlainly } from './reading';
import { expect, test, type Visitor, VIEWPORTS } from './visitor';

const DESK = '/admin/registry';
const REASON = 'They asked us to call them back';

/** On each size of screen, that the page is sound. What is not for staff alone reads plainly. */
async function looksSound(visitor: Visitor) {
  for (const viewport of VIEWPORTS) {
    await visitor.page.setViewportSize(viewport);
    await expectsASoundPage(visitor);
    await visitor.expectsNoSidewaysScrolling();
  }
  if (!visitor.page.url().includes('/admin/')) await readsPlainly(visitor);
}

test.describe('The desk of the registry', { tag: '@either' }, () => {
  test('shows staff who a participant is when they say why', async ({
    visitor,
    browser,
    baseURL,
  }) => {
    test.slow();
    const email = await becomesMember(visitor, 'Nils');
    const who = sender(visitor);
    const { whole } = await enrol(who, who, PASSWORD);
    await visitor.opens(`/registry/enrol/${whole}`);
    const code = /RS-[0-9A-Z]{10}/.exec(await visitor.main.innerText())![0];

    const staff = await elsewhere(browser, visitor, baseURL!);
    const key = (await isGiven(staff, await becomesMember(staff, 'Hera'), 'registry-staff'))!;
    await staff.opens('/settings');
    await staff.main.getByRole('link', { name: 'Registry desk' }).click();
    await expect(heading(staff)).toHaveText('Registry desk');
    await looksSound(staff);

    await test.step('a wrong code comes back', async () => {
      await fills(staff, { 'Code of the participant': 'RS-0000' });
      staff.expectsOneMessage(REFUSED_MESSAGE);
      await presses(staff, 'Find');
      await expect(staff.main.getByRole('alert')).toContainText('No participant has this code.');
      const field = staff.main.getByLabel('Code of the participant', { exact: true });
      await expect(field).toHaveValue('RS-0000');
      await looksSound(staff);
    });

    await test.step('the state says nothing of answers', async () => {
      const typed = code.toLowerCase().replace('-', ' ');
      await fills(staff, { 'Code of the participant': typed });
      await presses(staff, 'Find');
      await expect(heading(staff)).toHaveText(code);
      await expect(staff.main).toContainText('Consent, version 1');
      for (const answer of ['1984', 'Iceland', 'Holgersson', 'myeloma', email]) {
        await expect(staff.main).not.toContainText(answer);
      }
      await looksSound(staff);
    });

    await test.step('a reason and a code are needed', async () => {
      staff.expectsOneMessage(REFUSED_MESSAGE);
      await presses(staff, 'Show for one hour');
      await expect(staff.main.getByRole('alert')).toContainText('Say why you need to know.');
      await looksSound(staff);
      await fills(staff, { 'Why do you need to know?': REASON, Code: '000000' });
      staff.expectsOneMessage(REFUSED_MESSAGE);
      await presses(staff, 'Show for one hour');
      await expect(staff.main.getByRole('alert')).toContainText('This code is not right.');
      const reason = staff.main.getByLabel('Why do you need to know?', { exact: true });
      await expect(reason).toHaveValue(REASON);
      await looksSound(staff);
    });

    await test.step('then it is shown, until it is closed', async () => {
      await fills(staff, { Code: codeOf(key) });
      await presses(staff, 'Show for one hour');
      await expect(staff.main).toContainText('Nils Holgersson');
      await expect(staff.main).toContainText(`By email: ${email}`);
      await expect(staff.main).toContainText('27 March 1984');
      await expect(staff.main).not.toContainText('myeloma');
      await looksSound(staff);
      await staff.main.getByRole('link', { name: 'Registry desk' }).click();
      await expect(heading(staff)).toHaveText('Registry desk');
      const line = staff.main.locator('.topics > li').filter({ hasText: code });
      await expect(line).toContainText(REASON);
      await expect(line).toContainText('Open.');
      await looksSound(staff);
      await line.getByRole('link', { name: code }).click();
      await presses(staff, 'Close access');
      await expect(staff.main.getByRole('status')).toContainText('Access is closed.');
      await expect(staff.main).not.toContainText('Holgersson');
      await looksSound(staff);
    });
    await leaves(staff);

    await test.step('the participant is told', async () => {
      const told = async () => (await letters(email)).filter(({ subject }) => /^News for you/.test(subject ?? ''));
      await expect.poll(async () => (await told()).length).toBe(1);
      expect((await told())[0].path).toBe('/sign-in');
      await visitor.opens(`/registry/enrol/${whole}/ledger`);
      const newest = visitor.main.locator('.topics > li').first();
      await expect(newest).toContainText(`Reason: ${REASON}`);
      await expect(newest).not.toContainText('Hera');
      await expectsASoundPage(visitor);
    });

    await test.step('and nobody else finds the desk', async () => {
      visitor.expectsOneMessage(/404/);
      await visitor.opens(DESK);
      await expect(heading(visitor)).not.toHaveText('Registry desk');
    });
  });

  test('takes what researchers write, until staff close it', async ({
    visitor,
    browser,
    baseURL,
  }) => {
    test.slow();
    const name = unique('Marie');
    await visitor.opens('/registry/researchers');
    await looksSound(visitor);
    await visitor.main.getByRole('link', { name: 'Write to the registry' }).first().click();
    await expect(heading(visitor)).toHaveText('Write to the registry');
    await visitor.settles();
    await looksSound(visitor);
    if (!visitor.scripted) visitor.expectsOneMessage(REFUSED_MESSAGE);
    await presses(visitor, 'Send');
    await expect(visitor.main.getByRole('alert')).toContainText('Enter your name.');
    await visitor.settles();
    await looksSound(visitor);
    await fills(visitor, {
      'Your name': name,
      Organisation: 'A university',
      'Email address': 'marie@example.org',
      'What do you want to find out?': 'How many people are there?',
    });
    await presses(visitor, 'Send');
    await expect(heading(visitor)).toHaveText('We have your request');
    await visitor.settles();
    await looksSound(visitor);

    const staff = await elsewhere(browser, visitor, baseURL!);
    await isGiven(staff, await becomesMember(staff, 'Hera'), 'registry-staff');
    await staff.opensPlain(DESK);
    const line = staff.main.locator('.topics > li').filter({ hasText: name });
    await expect(line).toContainText('How many people are there?');
    await looksSound(staff);
    await line.getByRole('button', { name: /^Close request/ }).click();
    await expect(line).toHaveCount(0);
    await staff.main.getByRole('link', { name: 'Closed requests' }).click();
    await expect(line).toContainText('Closed.');
    await leaves(staff);
  });
});
