import { ENROL, NEXT, picks, types } from './enrolling';
import { becomesMember, PASSWORD, presses, sender, unique } from './people';
import { expectsAPlainPage, readsPlainly } from './reading';
import { expect, test, type Visitor } from './visitor';

test.use({ viewport: { width: 360, height: 740 } });

type Fields = Record<string, string>;

const bornIn = (year: number) => ({ 'birth-day': '1', 'birth-month': '1', 'birth-year': String(year) });
const ADOLESCENT = bornIn(new Date().getFullYear() - 15);
const GROWN_UP = bornIn(1984);

/** Answers of others than those who enrol themselves, who are asked in other words. */
const OTHERS: Record<string, Record<string, Fields>> = {
  'an adolescent': {
    'for-whom': { 'for-whom': 'child' },
    relationship: { relationship: 'guardian' },
    status: { status: 'suspected' },
    'birth-date': ADOLESCENT,
  },
  'an adult who is represented': {
    'for-whom': { 'for-whom': 'adult' },
    relationship: { relationship: 'guardian' },
    status: { status: 'affected' },
    'birth-date': GROWN_UP,
  },
  'somebody who has died': {
    'for-whom': { 'for-whom': 'deceased' },
    relationship: { relationship: 'partner' },
    status: { status: 'affected' },
    'birth-date': GROWN_UP,
  },
};

/** The rest of step 1, which is the same for all. */
const REST: Record<string, Fields> = {
  condition: { condition: 'Kahler disease' },
  country: { country: 'FR' },
  contact: { contact: 'email' },
  language: { language: 'en' },
  'other-registry': { 'other-registry': 'no' },
  'heard-from': { 'heard-from': '' },
};

/** Somebody who begins to enrol, and answers without opening the pages that are not looked at. */
async function begins(visitor: Visitor) {
  await becomesMember(visitor, 'Ada');
  const { send } = sender(visitor);
  const begun = await send(ENROL, { form: 'registry/begin-enrolment', key: unique('plain') });
  const participant = begun.split('/')[3];
  const overview = `${ENROL}/${participant}`;
  const answers = async (all: Record<string, Fields>) => {
    for (const [question, answer] of Object.entries(all)) {
      const form = { form: 'registry/answer', participant, question, ...answer };
      await send(`${overview}/${question}`, form);
    }
  };
  const looksAt = async (page: string) => {
    await visitor.opens(`${overview}/${page}`);
    await expectsAPlainPage(visitor);
  };
  const signs = (whom: string, given: Fields) => {
    const form = { form: 'registry/sign', participant, whom, version: '1', ...given };
    return send(`${overview}/consent`, { ...form, name: 'Ada Lovelace', present: PASSWORD });
  };
  return { overview, answers, looksAt, signs };
}

/** Sends what is not enough, and reads why. */
async function isTold(visitor: Visitor, button: string, words: string) {
  await presses(visitor, button);
  await expect(visitor.main.getByRole('alert')).toContainText(words);
  await expectsAPlainPage(visitor);
}

test.describe('Pages of the registry read plainly', () => {
  for (const [who, answers] of Object.entries(OTHERS)) {
    test(`for ${who}`, async ({ visitor }) => {
      test.slow();
      const enrolment = await begins(visitor);
      await enrolment.answers({ 'for-whom': answers['for-whom'] });
      for (const question of ['relationship', 'status', 'birth-date', 'country', 'other-registry']) {
        await enrolment.looksAt(question);
        const answer = answers[question] ?? REST[question];
        await enrolment.answers({ [question]: answer });
      }
      await enrolment.answers(REST);
      await enrolment.looksAt('consent');
      await isTold(visitor, 'Sign', 'Type your full name.');
      await types({ 'Your full name': 'Ada Lovelace', 'Your password': PASSWORD })(visitor);
      await isTold(visitor, 'Sign', 'Choose one of the answers.');
      if (who !== 'an adolescent') return;
      const right = { 'question-1': '1', 'question-2': '2', 'question-3': '0' };
      await enrolment.signs('parent-or-guardian', right);
      await enrolment.looksAt('assent');
      await isTold(visitor, 'Sign', 'Type your full name.');
    });
  }

  test('for a carrier, and who cannot take part', async ({ visitor }) => {
    const { answers, looksAt, overview } = await begins(visitor);
    await answers({ 'for-whom': { 'for-whom': 'myself' }, status: { status: 'carrier' } });
    await looksAt('condition');
    await answers({ ...REST, 'birth-date': GROWN_UP });
    await looksAt('consent');
    for (const [whom, more, words] of [
      ['myself', { 'birth-date': ADOLESCENT }, 'You are not an adult yet'],
      ['adult', { relationship: { relationship: 'guardian' } }, 'They are not an adult yet'],
      ['child', { relationship: { relationship: 'parent' }, 'birth-date': GROWN_UP }, 'They are an adult'],
    ] as [string, Record<string, Fields>, string][]) {
      await answers({ 'for-whom': { 'for-whom': whom }, status: { status: 'affected' }, ...more });
      await visitor.opens(overview);
      await expect(visitor.main).toContainText(words);
      await expectsAPlainPage(visitor);
    }
  });

  test('where something is missing or wrong', async ({ visitor }) => {
    test.slow();
    const enrolment = await begins(visitor);
    await enrolment.answers({ 'for-whom': { 'for-whom': 'myself' } });
    const choose = 'Choose one of the answers.';
    await enrolment.looksAt('status');
    await isTold(visitor, NEXT, choose);
    await enrolment.answers({ status: { status: 'affected' } });
    await enrolment.looksAt('condition');
    await isTold(visitor, NEXT, 'Enter the name of the condition');
    await enrolment.looksAt('birth-date');
    await isTold(visitor, NEXT, 'Enter a day, a month and a year');
    await types({ Day: '27', Month: '3', Year: '2184' })(visitor);
    await isTold(visitor, NEXT, 'This date is in the future.');
    await enrolment.looksAt('country');
    await isTold(visitor, NEXT, 'Choose');
    await enrolment.looksAt('contact');
    await picks('By phone')(visitor);
    await isTold(visitor, NEXT, 'Enter a phone number');
    await enrolment.looksAt('other-registry');
    await picks('Yes')(visitor);
    await isTold(visitor, NEXT, 'Enter the name of the registry');
    await enrolment.answers({ ...REST, 'birth-date': GROWN_UP });
    await enrolment.signs('adult', { 'question-1': '0', 'question-2': '1', 'question-3': '2' });
    await enrolment.looksAt('research');
    await isTold(visitor, NEXT, choose);
  });

  test('and a page that does not is found', async ({ visitor }) => {
    await visitor.opens('/registry');
    await readsPlainly(visitor);
    await visitor.main.evaluate((main) => {
      const hard = document.createElement('p');
      hard.textContent =
        'Pseudonymisation notwithstanding, reidentification possibilities necessitate precautionary ' +
        'organisational considerations regarding multinational interinstitutional collaboration.';
      main.replaceChildren(hard);
    });
    await expect(readsPlainly(visitor)).rejects.toThrow('the grade of');
  });
});
