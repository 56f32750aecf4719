import {
  ADULT,
  answersAll,
  begins,
  comesTo,
  continues,
  ENROL,
  NEXT,
  NOTHING,
  readsHistory,
  signs,
  UNDERSTOOD,
} from './enrolling';
import { becomesMember, elsewhere, fills, heading, leaves, presses, signsIn } from './people';
import { expect, test, VIEWPORTS } from './visitor';

for (const viewport of VIEWPORTS) {
  test.describe(`An enrolment on two devices, ${viewport.width} px`, { tag: '@either' }, () => {
    test.use({ viewport });

    test('goes on where it was, and an old page breaks nothing', async ({
      visitor,
      browser,
      baseURL,
    }) => {
      test.slow();
      const email = await becomesMember(visitor, 'Ada');
      await begins(visitor);
      await answersAll(visitor, ADULT.slice(0, 3), 'When were you born?');
      // Typed, and never sent.
      await fills(visitor, { Day: '1', Month: '1', Year: '1970' });

      const second = await elsewhere(browser, visitor, baseURL!);
      await signsIn(second, email);
      await expect(second.page).not.toHaveURL(/sign-in/);
      await second.opens(ENROL);
      await expect(second.main.locator('.topics > li')).toHaveCount(1);
      await second.main.getByRole('link', { name: 'Yourself' }).click();
      await comesTo(second, 'Your enrolment');
      await expect(second.main).toContainText('3 of 9 questions are answered');
      await continues(second, 'When were you born?');
      await expect(second.main.getByLabel('Year', { exact: true })).toHaveValue('');
      await answersAll(second, ADULT.slice(3, 6), ADULT[6][0]);

      // The first goes on from its old page. Another answer was saved since: it says so, and sent once more it counts.
      if (!visitor.scripted) visitor.expectsOneMessage(/^Failed to load resource: .* 409 \(Conflict\)$/);
      await presses(visitor, NEXT);
      await expect(visitor.main.getByRole('alert')).toContainText('It is now: 27 March 1984');
      await comesTo(visitor, ADULT[3][0]);
      await presses(visitor, NEXT);
      await comesTo(visitor, ADULT[6][0]);
      // The next question is shown before the answer is saved.
      await expect(async () => {
        await second.opens(second.page.url().replace(/[^/]*$/, 'birth-date'));
        await expect(second.main.getByLabel('Year', { exact: true })).toHaveValue('1970', { timeout: 1_000 });
      }).toPass();
      await answersAll(second, ADULT.slice(3, 4), ADULT[6][0]);
      await answersAll(second, ADULT.slice(6), 'Your enrolment');
      await expect(second.main).toContainText('27 March 1984');
      await expect(second.main).toContainText('Germany');
      await continues(second, 'Consent');

      // Both have the consent on screen.
      const overview = new URL(second.page.url()).pathname.replace('/consent', '');
      await visitor.opens(`${overview}/consent`);
      await signs(second, UNDERSTOOD.adult, 'Ada Lovelace');
      await answersAll(second, NOTHING, 'You are enrolled');
      const code = /RS-[0-9A-Z]{10}/.exec(await second.main.innerText())![0];

      // Signed already, and all is decided.
      await signs(visitor, UNDERSTOOD.adult, 'Augusta King');
      await comesTo(visitor, 'You are enrolled');
      await expect(visitor.main).toContainText(code);
      await expect(visitor.main).not.toContainText('Augusta');
      const lines = await readsHistory(visitor);
      await expect(lines).toHaveCount(1 + NOTHING.length);
      await expect(lines.last()).toContainText('Ada Lovelace signed the consent, version 1.');
      await visitor.opens(ENROL);
      await expect(visitor.main.locator('.topics > li')).toHaveCount(1);
      await expect(visitor.main).toContainText(code);
      await leaves(second);
      await expect(heading(visitor)).toHaveText('Take part in the patient registry');
    });
  });
}
