import { moveClock } from '../rareshare.mjs';
import { expectsASoundPage } from './axe';
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
import { expect, PUBLIC_URL, VIEWPORTS, type Visitor } from './visitor';

const ENROL = '/registry/enrol';
/** Days until the child is an adult, and until the clock shows a day after that. */
const [UNTIL, MOVED] = [3, 5];

const NO = [
  'May we ask you if you want to take part in a study?',
  'May we ask you for blood or other samples?',
  'Do you want to know if research finds something about your own health?',
  'May we tell you about families with the same condition, and them about you?',
  'May we share your data with other registries?',
];

/** The birthday of somebody who is eighteen in a few days. */
function birthday() {
  const born = new Date();
  born.setUTCDate(born.getUTCDate() + UNTIL);
  born.setUTCFullYear(born.getUTCFullYear() - 18);
  const numbers = [born.getUTCDate(), born.getUTCMonth() + 1, born.getUTCFullYear()];
  const [day, month, year] = numbers.map(String);
  return { day, month, year };
}

/**
 * Enrols a child by the forms that have tests of their own, sent without opening their pages.
 * @returns the address of the overview
 */
async function enrolsAChild(visitor: Visitor): Promise<string> {
  const { send } = sender(visitor);
  const first = await send(ENROL, { form: 'registry/begin-enrolment', key: unique('child') });
  const participant = first.split('/')[3];
  const { day, month, year } = birthday();
  const answers: [string, Record<string, string>][] = [
    ['for-whom', { 'for-whom': 'child' }],
    ['relationship', { relationship: 'parent' }],
    ['status', { status: 'affected' }],
    ['condition', { condition: 'Kahler disease' }],
    ['birth-date', { 'birth-day': day, 'birth-month': month, 'birth-year': year }],
    ['country', { country: 'FR' }],
    ['contact', { contact: 'phone', phone: '+33 1 99 00 12 34' }],
    ['language', { language: 'en' }],
    ['other-registry', { 'other-registry': 'no', registry: '' }],
    ['heard-from', { 'heard-from': '' }],
  ];
  for (const [question, answer] of answers) {
    const form = { form: 'registry/answer', participant, question, ...answer };
    await send(`${ENROL}/${participant}/${question}`, form);
  }
  const signatures: [string, string, Record<string, string>][] = [
    [
      'consent',
      'parent-or-guardian',
      { 'question-1': '1', 'question-2': '2', 'question-3': '0', name: 'Ada Lovelace' },
    ],
    ['assent', 'assent-adolescent', { 'question-1': '2', 'question-2': '0', name: 'Byron' }],
  ];
  for (const [page, whom, fields] of signatures) {
    const form = { form: 'registry/sign', participant, whom, version: '1', ...fields };
    await send(`${ENROL}/${participant}/${page}`, { ...form, present: PASSWORD });
  }
  const permissions: [string, string][] = [
    ['research', 'none'],
    ['study-contact', 'yes'],
    ['samples', 'yes'],
    ['commercial', 'no'],
    ['without-ethics-approval', 'no'],
    ['region', 'europe'],
    ['results', 'no'],
    ['matching', 'no'],
    ['other-registries', 'yes'],
    ['organisations', ''],
    ['contact-ways', 'email'],
    ['frequency', 'yearly'],
  ];
  for (const [permission, choice] of permissions) {
    const form = { form: 'registry/set-permission', participant, permission, choice };
    await send(`${ENROL}/${participant}/${permission}`, { ...form, organisations: '' });
  }
  return `${ENROL}/${participant}`;
}

/** The birthday passes. */
async function comesOfAge(visitor: Visitor, data: string, overview: string) {
  await moveClock(data, MOVED);
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
  await expectsASoundPage(visitor);
}

async function answers(visitor: Visitor, question: string, answer: string, next: string) {
  await expect(heading(visitor)).toHaveText(question);
  await visitor.settles();
  if (answer) await visitor.main.getByLabel(answer, { exact: true }).check();
  await presses(visitor, 'Save and continue');
  await expect(heading(visitor)).toHaveText(next);
  await visitor.settles();
}

/** Allows nothing, and is enrolled. */
async function decides(visitor: Visitor, done: string) {
  await answers(visitor, 'Which research may use your data?', 'No research', NO[0]);
  const organisations = 'May we share your data with patient organisations?';
  for (const [at, question] of NO.entries()) {
    await answers(visitor, question, 'No', NO[at + 1] ?? organisations);
  }
  const [ways, often] = ['How may we reach you?', 'How often may we write to you or call you?'];
  await answers(visitor, organisations, '', ways);
  await answers(visitor, ways, 'By email', often);
  await answers(visitor, often, 'At most once a year', done);
}

/** Reads what is wrong, above the form: there are two on some pages. */
async function isTold(visitor: Visitor, words: string) {
  await expect(visitor.main.getByRole('alert').filter({ hasText: words })).toBeVisible();
}

async function continues(visitor: Visitor, to: string) {
  await visitor.main.getByRole('link', { name: 'Continue' }).click();
  await expect(heading(visitor)).toHaveText(to);
  await visitor.settles();
}

async function signs(visitor: Visitor, given: string[], name: string) {
  for (const answer of given) await visitor.main.getByLabel(answer, { exact: true }).check();
  await fills(visitor, { 'Your full name': name, 'Your password': PASSWORD });
  await presses(visitor, 'Sign');
  await expect(heading(visitor)).toHaveText('Which research may use your data?');
  await visitor.settles();
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
      await expectsASoundPage(visitor);
      await comesOfAge(visitor, server.data, overview);

      // A wrong address is said at the field.
      await fills(visitor, { 'Their email address (optional)': 'nobody' });
      if (!visitor.scripted) visitor.expectsOneMessage(REFUSED_MESSAGE);
      await presses(visitor, 'Make a link');
      await isTold(visitor, 'name@example.org');
      await visitor.settles();
      await expectsASoundPage(visitor);
      const young = await comesWith('Byron', browser, visitor, baseURL!);
      const recipient = `${unique('byron')}@example.org`;
      await fills(visitor, { 'Their email address (optional)': recipient });
      await presses(visitor, 'Make a link');
      await expect(visitor.main.getByRole('heading', { name: 'Pass on this link' })).toBeVisible();
      await visitor.settles();
      await expectsASoundPage(visitor);
      const shown = (await visitor.main.locator('.secret').textContent())!.trim();
      const link = shown.replace(PUBLIC_URL, '');
      expect(link).toMatch(/^\/take-over\/[\w-]{43}$/);
      expect(await linkFor(recipient, /A link for you/), 'the same by email').toBe(link);

      // It is for somebody else.
      await visitor.opens(link);
      await expect(heading(visitor)).toHaveText('This link is for someone else');
      await expectsASoundPage(visitor);

      await young.opens(link);
      await expect(heading(young)).toHaveText('Take over your enrolment');
      await expectsASoundPage(young);
      const { day, month, year } = birthday();
      await fills(young, { Day: day, Month: month, Year: String(Number(year) - 1) });
      if (!young.scripted) young.expectsOneMessage(REFUSED_MESSAGE);
      await presses(young, 'Take over');
      await isTold(young, 'You can try 2 more times.');
      await young.settles();
      await expectsASoundPage(young);
      await fills(young, { Day: day, Month: month, Year: year });
      await presses(young, 'Take over');
      await expect(heading(young)).toHaveText('Your enrolment');
      await young.settles();
      await expect(young.main.getByRole('status')).toContainText('You decide from now on');
      await expect(young.main).toContainText('Multiple myeloma');
      // The contact was the guardian’s.
      await expect(young.main).not.toContainText('+33');
      await expectsASoundPage(young);
      const own = new URL(young.page.url()).pathname;
      await continues(young, 'How can we reach you?');
      await answers(
        young,
        'How can we reach you?',
        'By email, at the address of this account',
        'Your enrolment',
      );
      await continues(young, 'Consent');
      await signs(
        young,
        ['It stays the same', 'Yes, at any time', 'No, they get a code in its place'],
        'Byron Lovelace',
      );
      await decides(young, 'You are enrolled');
      await expectsASoundPage(young);
      await expect(young.main).toContainText('Your data may not be used for research.');
      await young.main.getByRole('link', { name: 'History' }).click();
      await expect(heading(young)).toHaveText('History');
      await young.settles();
      for (const told of [
        'Ada Lovelace signed the consent, version 1.',
        'Byron signed the assent of the child, version 1.',
        'Taken over to an account of their own.',
        'Byron Lovelace signed the consent, version 1.',
      ]) {
        await expect(young.main.locator('.topics > li', { hasText: told })).toHaveCount(1);
      }
      await expectsASoundPage(young);
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
      await expectsASoundPage(visitor);
      await visitor.main.getByLabel('I am the legal guardian', { exact: true }).check();
      await visitor.main.getByLabel(/the law lets me decide for them/).check();
      await presses(visitor, 'Go on as their representative');
      await expect(heading(visitor)).toHaveText('Enrolment: an adult you represent');
      await visitor.settles();
      await expect(visitor.main).not.toContainText('Multiple myeloma');
      await expectsASoundPage(visitor);
      await continues(visitor, 'Consent');
      await expectsASoundPage(visitor);
      await signs(
        visitor,
        [
          'As they would, if I know it',
          'I tell you, and you ask them',
          'No, they get a code in its place',
        ],
        'Ada Lovelace',
      );
      await decides(visitor, 'This person is enrolled');
      await expect(visitor.main).toContainText('Multiple myeloma');
      await expect(visitor.main).toContainText('Hand over to them');
      await expectsASoundPage(visitor);
      await visitor.main.getByRole('link', { name: 'History' }).click();
      await expect(heading(visitor)).toHaveText('History');
      await visitor.settles();
      await expect(visitor.main).toContainText('as the legal guardian');
    });
  });
}
