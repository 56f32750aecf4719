// Enrolments to look at: one that has begun, one that waits for the signature, and one that is whole.

const ENROL = '/registry/enrol';

/** Answers of an adult to the first questions. */
const ANSWERS = [
  ['for-whom', { 'for-whom': 'myself' }],
  ['status', { status: 'affected' }],
  ['condition', { condition: 'Kahler disease' }],
  ['birth-date', { 'birth-day': '27', 'birth-month': '3', 'birth-year': '1984' }],
  ['country', { country: 'IS' }],
  ['contact', { contact: 'email', phone: '' }],
  ['language', { language: 'en' }],
  ['other-registry', { 'other-registry': 'yes', registry: 'A registry of a hospital' }],
  ['heard-from', { 'heard-from': 'site' }],
];

const PERMISSIONS = [
  ['research', 'health'],
  ['study-contact', 'yes'],
  ['samples', 'no'],
  ['commercial', 'no'],
  ['without-ethics-approval', 'no'],
  ['region', 'europe'],
  ['ancestry', 'no'],
  ['genetics', 'yes'],
  ['duration', 'ten-years'],
  ['results', 'yes'],
  ['matching', 'yes'],
  ['other-registries', 'no'],
  ['organisations', 'Myeloma Society'],
  ['contact-ways', 'both'],
  ['frequency', 'quarterly'],
];

/** Days until the child of `enrolChild` is an adult. */
const UNTIL = 3;
/** By how many days a clock is moved, so that the child is an adult. */
export const GROWN_UP = 5;

/** The birthday of somebody who is eighteen in a few days. */
export function birthday() {
  const born = new Date();
  born.setUTCDate(born.getUTCDate() + UNTIL);
  born.setUTCFullYear(born.getUTCFullYear() - 18);
  const numbers = [born.getUTCDate(), born.getUTCMonth() + 1, born.getUTCFullYear()];
  const [day, month, year] = numbers.map(String);
  return { day, month, year };
}

/** Answers of a parent about a child who is nearly an adult. */
function answersOfAParent() {
  const { day, month, year } = birthday();
  return [
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
}

/** Of an adult about a child: who is asked less, as no research is allowed. */
const PERMISSIONS_OF_A_CHILD = [
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

/** Begins to enrol somebody, and answers these questions. */
async function begin(who, key, answers) {
  const first = await who.send(ENROL, { form: 'registry/begin-enrolment', key });
  const participant = first.split('/')[3];
  for (const [question, answer] of answers) {
    const form = { form: 'registry/answer', participant, question, ...answer };
    await who.send(`${ENROL}/${participant}/${question}`, form);
  }
  return participant;
}

async function allow(who, participant, permissions) {
  for (const [permission, choice] of permissions) {
    await who.send(`${ENROL}/${participant}/${permission}`, {
      ...{ form: 'registry/set-permission', participant, permission, choice },
      ...{ organisations: permission === 'organisations' && choice ? choice : '' },
    });
  }
}

/**
 * Enrols an adult, with every answer.
 * @param {{ send(path: string, form: Record<string, string>): Promise<string> }} who sends forms
 * @param {string} key tells it from other enrolments of theirs
 * @param {string} name below the consent
 * @param {string} password of the account
 * @returns {Promise<string>} the random part of the addresses
 */
export async function enrolWhole(who, key, name, password) {
  const participant = await begin(who, key, ANSWERS);
  await who.send(`${ENROL}/${participant}/consent`, {
    ...{ form: 'registry/sign', participant, whom: 'adult', version: '1' },
    ...{ 'question-1': '0', 'question-2': '1', 'question-3': '2' },
    ...{ name, present: password },
  });
  await allow(who, participant, PERMISSIONS);
  return participant;
}

/**
 * A parent enrols a child who is an adult in a few days.
 * @param {{ send(path: string, form: Record<string, string>): Promise<string> }} who sends forms
 * @param {string} key tells it from other enrolments of theirs
 * @param {string} password of the account
 * @returns {Promise<string>} the random part of the addresses
 */
export async function enrolChild(who, key, password) {
  const participant = await begin(who, key, answersOfAParent());
  for (const [page, whom, fields] of [
    [
      'consent',
      'parent-or-guardian',
      { 'question-1': '1', 'question-2': '2', 'question-3': '0', name: 'Ada Lovelace' },
    ],
    ['assent', 'assent-adolescent', { 'question-1': '2', 'question-2': '0', name: 'Byron' }],
  ]) {
    const form = { form: 'registry/sign', participant, whom, version: '1', ...fields };
    await who.send(`${ENROL}/${participant}/${page}`, { ...form, present: password });
  }
  await allow(who, participant, PERMISSIONS_OF_A_CHILD);
  return participant;
}

/**
 * @returns the pages of enrolments: of one member begun, ready to be signed, left and of a child, and of another
 *   whole
 */
export async function enrol(ada, nils, password) {
  const begun = await begin(ada, 'first', ANSWERS.slice(0, 3));
  const ready = await begin(ada, 'second', ANSWERS);
  const whole = await enrolWhole(nils, 'third', 'Nils Holgersson', password);
  const left = await enrolWhole(ada, 'fourth', 'Ada Lovelace', password);
  const leave = { form: 'registry/withdraw', participant: left, grade: 'deletion' };
  await ada.send(`${ENROL}/${left}/leave`, leave);
  const child = await enrolChild(ada, 'fifth', password);
  return { begun, ready, whole, left, child };
}
