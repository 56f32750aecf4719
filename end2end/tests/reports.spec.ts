import { expectsASoundPage } from './axe';
import {
  becomesAdministrator,
  becomesMember,
  chooses,
  comesWith,
  elsewhere,
  fills,
  FORBIDDEN_MESSAGE,
  formWith,
  heading,
  leaves,
  moderates,
  presses,
  REFUSED_MESSAGE,
  unique,
} from './people';
import { expect, NOT_FOUND_MESSAGE, test, VIEWPORTS, Visitor } from './visitor';

const CONDITION = '/communities/pompe-disease';

/** Starts a discussion that everyone reads, and returns its address. */
async function starts(visitor: Visitor, title: string, text: string) {
  await visitor.opens(`${CONDITION}/discussions/new`);
  await presses(visitor, 'Join this community');
  await expect(visitor.main.getByLabel('Title')).toBeVisible();
  await visitor.settles();
  await fills(visitor, { Title: title, 'Your text': text });
  await chooses(visitor, { 'Who can read it?': 'Everyone' });
  await presses(visitor, 'Start discussion');
  await expect(heading(visitor)).toHaveText(title);
  await visitor.settles();
  return new URL(visitor.page.url()).pathname;
}

test.describe('A report', { tag: '@either' }, () => {
  test('of a post goes to moderators, and its answer comes back', async ({
    visitor,
    browser,
    baseURL,
  }) => {
    test.slow();
    const title = unique('Buy my pills');
    const author = await comesWith('Ada', browser, visitor, baseURL!);
    const topic = await starts(author, title, 'They help against everything.');
    await expect(author.main.getByRole('link', { name: /^Report/ })).toHaveCount(0);
    // Visitors have no link, and sign in first.
    await visitor.opens(topic);
    await expect(visitor.main.getByRole('link', { name: /^Report/ })).toHaveCount(0);
    await becomesMember(visitor, 'Grace');
    await visitor.opens(topic);
    await visitor.main.getByRole('link', { name: 'Report post 1' }).click();
    await expect(heading(visitor)).toHaveText('Report a post');
    await visitor.settles();
    await expect(visitor.main).toContainText('They help against everything.');
    await expect(visitor.main).toContainText('Call your local emergency number first.');
    await expectsASoundPage(visitor);
    if (!visitor.scripted) visitor.expectsOneMessage(REFUSED_MESSAGE);
    await presses(visitor, 'Send report');
    await expect(visitor.main.getByRole('alert')).toContainText('Choose what is wrong.');
    await visitor.settles();
    await visitor.main.getByLabel('Something else').check();
    if (!visitor.scripted) visitor.expectsOneMessage(REFUSED_MESSAGE);
    await presses(visitor, 'Send report');
    await expect(visitor.main.getByRole('alert')).toContainText('Say what is wrong.');
    await expect(visitor.main.getByLabel('Something else')).toBeChecked();
    await visitor.settles();
    await visitor.main.getByLabel('Dangerous advice').check();
    await fills(visitor, { 'What should moderators know? (optional)': 'They are made of chalk.' });
    await presses(visitor, 'Send report');
    await expect(heading(visitor)).toHaveText('Your reports');
    await expect(visitor.main.getByRole('status')).toHaveText(
      'Thank you. Moderators will look at it.',
    );
    await visitor.settles();
    await expect(visitor.main).toContainText('Waiting for a moderator');
    await expectsASoundPage(visitor);

    const moderator = await moderates(browser, visitor, baseURL!);
    await moderator.opensPlain('/admin/waiting');
    await expect(moderator.main).toContainText(title);
    await moderator.opensPlain('/admin/reports');
    await expectsASoundPage(moderator);
    await moderator.main.getByRole('link', { name: `A post: ${title}` }).click();
    await expect(heading(moderator)).toHaveText(`A post: ${title}`);
    await expect(moderator.main).toContainText('They help against everything.');
    await expect(moderator.main).toContainText('They are made of chalk.');
    await expectsASoundPage(moderator);
    await fills(moderator, { Note: 'The same as last week.' });
    await presses(moderator, 'Add note');
    await expect(moderator.main.getByRole('status')).toHaveText('Your note is saved.');
    await expect(moderator.main).toContainText('The same as last week.');
    await moderator.main.getByLabel('Upheld: it breaks our rules').check();
    await fills(moderator, { Answer: 'You were right, and we have acted.' });
    await presses(moderator, 'Close');
    await expect(moderator.main.getByRole('status')).toContainText('Closed.');
    await expect(formWith(moderator, 'Close')).toHaveCount(0);
    const closed = new URL(moderator.page.url()).pathname;
    await moderator.opensPlain('/admin/reports?show=closed');
    await expect(moderator.main.getByRole('link', { name: `A post: ${title}` })).toBeVisible();
    await leaves(moderator);

    await expect(async () => {
      await visitor.opens('/notifications');
      await expect(visitor.main).toContainText('A moderator has decided', { timeout: 500 });
    }).toPass();
    await visitor.main.getByRole('link', { name: 'Your reports' }).click();
    await expect(heading(visitor)).toHaveText('Your reports');
    await visitor.settles();
    await expect(visitor.main).toContainText('You were right, and we have acted.');
    await expect(visitor.main).not.toContainText('The same as last week.');
    // Who is reported learns nothing, and the case is none for them.
    for (const path of ['/notifications', '/reports', '/settings', topic]) {
      await author.opens(path);
      await expect(author.main).not.toContainText('Grace');
      await expect(author.main).not.toContainText('chalk');
    }
    author.expectsOneMessage(NOT_FOUND_MESSAGE);
    expect((await author.opens(closed)).status()).toBe(404);
    await leaves(author);
  });

  test('is made of a section and of a profile, on a phone, too', async ({ visitor }) => {
    await visitor.page.setViewportSize(VIEWPORTS[0]);
    await becomesMember(visitor, 'Grace');
    await visitor.opens('/communities/multiple-myeloma/sections/cause/history');
    await visitor.main.getByRole('link', { name: 'Report this section' }).click();
    await expect(heading(visitor)).toHaveText('Report a section');
    await visitor.settles();
    await visitor.main.getByLabel('Dangerous advice').check();
    await expectsASoundPage(visitor);
    await presses(visitor, 'Send report');
    await expect(heading(visitor)).toHaveText('Your reports');
    await visitor.settles();
    await visitor.opens('/report/section/multiple-myeloma.cause');
    await expect(visitor.main).toContainText('You have reported this already');
    visitor.expectsOneMessage(NOT_FOUND_MESSAGE);
    expect((await visitor.opens('/report/post/0000000000-1')).status()).toBe(404);
  });
});

test.describe('A suspension', { tag: '@either' }, () => {
  test('for a day says until when, and why', async ({ visitor, browser, baseURL }) => {
    test.slow();
    const person = await elsewhere(browser, visitor, baseURL!);
    const email = await becomesMember(person, 'Ada');
    await becomesAdministrator(visitor);
    await visitor.opensPlain(`/admin/people?q=${encodeURIComponent(email)}`);
    await visitor.main.getByRole('link', { name: 'Ada', exact: true }).click();
    await expect(heading(visitor)).toHaveText('Ada');
    await formWith(visitor, 'Warn').getByLabel('Reason').fill('No advertising, please');
    await presses(visitor, 'Warn');
    await expect(visitor.main.getByRole('status')).toHaveText('Done.');
    await chooses(visitor, { 'For how long?': '1 day' });
    await formWith(visitor, 'Suspend').getByLabel('Reason').fill('Advertises a cure');
    await presses(visitor, 'Suspend');
    await expect(visitor.main.locator('dd', { hasText: /Suspended until .* UTC/ })).toHaveCount(1);
    await person.opens('/settings');
    const until = /suspended until \d+ \w+ \d{4}, \d\d:00 UTC\. Reason: Advertises a cure/;
    await expect(person.main.getByRole('status')).toContainText(until);
    await expect(person.main).toContainText('No advertising, please');
    await person.opens('/settings/profile');
    await fills(person, { 'About me (optional)': 'Buy my cure' });
    if (!person.scripted) person.expectsOneMessage(FORBIDDEN_MESSAGE);
    await presses(person, 'Save');
    await expect(person.main.getByRole('alert')).toContainText(until);
    await expect(async () => {
      await person.opens('/notifications');
      await expect(person.main).toContainText('You have been warned', { timeout: 500 });
      await expect(person.main).toContainText('Your account was suspended', { timeout: 500 });
    }).toPass();
    await leaves(person);
  });
});
