import { birthday, enrolChild, GROWN_UP } from '../enrolment.mjs';
import { moveClock } from '../rareshare.mjs';
import {
  answersAll,
  type Asked,
  comesTo,
  continues,
  ENROL,
  NOTHING,
  picks,
  readsHistory,
  signs,
  UNDERSTOOD,
} from './enrolling';
import { test } from './own-server';
import {
  becomesMember,
  comesWith,
  fills,
  heading,
  leaves,
  linkFor,
  PASSWORD,
  presses,
  REFUSED_MESSAGE,
  sender,
  unique,
} from './people';
import { expectsAPlainPage } from './reading';
import { expect, PUBLIC_URL, VIEWPORTS, type Visitor } from './visitor';

/** Enrols a child without opening the pages. Returns the address of the overview. */
async function enrolsAChild(visitor: Visitor): Promise<string> {
  return `${ENROL}/${await enrolChild(sender(visitor), unique('child'), PASSWORD)}`;
}

/** The birthday passes. */
async function comesOfAge(visitor: Visitor, data: string, overview: string) {
  await moveClock(data, GROWN_UP);
  await expect
    .poll(async () => {
      const answer = await visitor.page.request.get(`${visitor.origin}${overview}`);
      return answer.text();
    }, 'the server sees the day')
    .toContain('This person is an adult now');
  await visitor.opens(overview);
  await expect(heading(visitor)).toHaveText('A former enrolment');
  await expect(visitor.main).not.toContainText('Multiple myeloma');
  await expect(visitor.main).not.toContainText('Lovelace');
  await expectsAPlainPage(visitor);
}

/** Reads what is wrong, above the form: there are two on some pages. */
async function isTold(visitor: Visitor, words: string) {
  await expect(visitor.main.getByRole('alert').filter({ hasText: words })).toBeVisible();
}

for (const viewport of VIEWPORTS) {
  test.describe(`A child becomes an adult, ${viewport.width} px`, { tag: '@either' }, () => {
    test.use({ viewport });

    test('and takes over, by a link that the guardian passes on', async ({
      visitor,
      server,
      browser,
      baseURL,
    }) => {
      test.slow();
      await becomesMember(visitor, 'Ada');
      const overview = await enrolsAChild(visitor);
      await visitor.opens(overview);
      await expect(visitor.main).toContainText('this child is an adult');
      await expectsAPlainPage(visitor);
      await comesOfAge(visitor, server.data, overview);

      // A wrong address is said at the field.
      await fills(visitor, { 'Their email address (optional)': 'nobody' });
      if (!visitor.scripted) visitor.expectsOneMessage(REFUSED_MESSAGE);
      await presses(visitor, 'Make a link');
      await isTold(visitor, 'name@example.org');
      await visitor.settles();
      await expectsAPlainPage(visitor);
      const young = await comesWith('Byron', browser, visitor, baseURL!);
      const recipient = `${unique('byron')}@example.org`;
      await fills(visitor, { 'Their email address (optional)': recipient });
      await presses(visitor, 'Make a link');
      await expect(visitor.main.getByRole('heading', { name: 'Pass on this link' })).toBeVisible();
      await visitor.settles();
      await expectsAPlainPage(visitor);
      const shown = (await visitor.main.locator('.secret').textContent())!.trim();
      const link = shown.replace(PUBLIC_URL, '');
      expect(link).toMatch(/^\/take-over\/[\w-]{43}$/);
      expect(await linkFor(recipient, /A link for you/), 'the same by email').toBe(link);

      // It is for somebody else.
      await visitor.opens(link);
      await expect(heading(visitor)).toHaveText('This link is for someone else');
      await expectsAPlainPage(visitor);

      await young.opens(link);
      await expect(heading(young)).toHaveText('Take over your enrolment');
      await expectsAPlainPage(young);
      const { day, month, year } = birthday();
      await fills(young, { Day: day, Month: month, Year: String(Number(year) - 1) });
      if (!young.scripted) young.expectsOneMessage(REFUSED_MESSAGE);
      await presses(young, 'Take over');
      await isTold(young, 'You can try 2 more times.');
      await young.settles();
      await expectsAPlainPage(young);
      await fills(young, { Day: day, Month: month, Year: year });
      await presses(young, 'Take over');
      await comesTo(young, 'Your enrolment');
      await expect(young.main.getByRole('status')).toContainText('You decide from now on');
      await expect(young.main).toContainText('Multiple myeloma');
      // The contact was the guardian’s.
      await expect(young.main).not.toContainText('+33');
      await expectsAPlainPage(young);
      const own = new URL(young.page.url()).pathname;
      await continues(young, 'How can we reach you?');
      const reached: Asked = [
        'How can we reach you?',
        picks('By email, at the address of this account'),
      ];
      await answersAll(young, [reached], 'Your enrolment');
      await continues(young, 'Consent');
      await signs(young, UNDERSTOOD.adult, 'Byron Lovelace');
      await answersAll(young, NOTHING, 'You are enrolled');
      await expectsAPlainPage(young);
      await expect(young.main).toContainText('Your data may not be used for research.');
      const lines = await readsHistory(young, expectsAPlainPage);
      for (const told of [
        'Ada Lovelace signed the consent, version 1.',
        'Byron signed the assent of the child, version 1.',
        'Taken over to an account of their own.',
        'Byron Lovelace signed the consent, version 1.',
      ]) {
        await expect(lines.filter({ hasText: told })).toHaveCount(1);
      }
      await leaves(young);

      // The guardian has nobody here any more.
      await visitor.opens(ENROL);
      await expect(visitor.main.getByRole('button', { name: 'Start', exact: true })).toBeVisible();
      visitor.expectsOneMessage(/404/);
      await visitor.opens(own);
      await expect(visitor.main).not.toContainText('Byron');
    });

    test('and cannot decide, so that the guardian goes on', async ({ visitor, server }) => {
      test.slow();
      await becomesMember(visitor, 'Ada');
      const overview = await enrolsAChild(visitor);
      await comesOfAge(visitor, server.data, overview);
      await visitor.main.getByLabel('I am the legal guardian', { exact: true }).check();
      if (!visitor.scripted) visitor.expectsOneMessage(REFUSED_MESSAGE);
      await presses(visitor, 'Go on as their representative');
      await isTold(visitor, 'Confirm this to go on.');
      await visitor.settles();
      await expectsAPlainPage(visitor);
      await visitor.main.getByLabel('I am the legal guardian', { exact: true }).check();
      await visitor.main.getByLabel(/the law lets me decide for them/).check();
      await presses(visitor, 'Go on as their representative');
      await comesTo(visitor, 'Enrolment: an adult you represent');
      await expect(visitor.main).not.toContainText('Multiple myeloma');
      await expectsAPlainPage(visitor);
      await continues(visitor, 'Consent', expectsAPlainPage);
      await signs(visitor, UNDERSTOOD.representative, 'Ada Lovelace');
      await answersAll(visitor, NOTHING, 'This person is enrolled');
      await expect(visitor.main).toContainText('Multiple myeloma');
      await expect(visitor.main).toContainText('Hand over to them');
      await expectsAPlainPage(visitor);
      await readsHistory(visitor);
      await expect(visitor.main).toContainText('as the legal guardian');
    });
  });
}
