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
  ['organisations', ''],
  ['contact-ways', 'both'],
  ['frequency', 'quarterly'],
];

/** Begins to enrol somebody, and answers so many of the questions. */
async function begin(who, key, answered) {
  const first = await who.send(ENROL, { form: 'registry/begin-enrolment', key });
  const participant = first.split('/')[3];
  for (const [question, answer] of ANSWERS.slice(0, answered)) {
    const form = { form: 'registry/answer', participant, question, ...answer };
    await who.send(`${ENROL}/${participant}/${question}`, form);
  }
  return participant;
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
  const participant = await begin(who, key, ANSWERS.length);
  await who.send(`${ENROL}/${participant}/consent`, {
    ...{ form: 'registry/sign', participant, whom: 'adult', version: '1' },
    ...{ 'question-1': '0', 'question-2': '1', 'question-3': '2' },
    ...{ name, present: password },
  });
  for (const [permission, choice] of PERMISSIONS) {
    await who.send(`${ENROL}/${participant}/${permission}`, {
      ...{ form: 'registry/set-permission', participant, permission, choice },
      ...{ organisations: permission === 'organisations' ? 'Myeloma Society' : '' },
    });
  }
  return participant;
}

/** @returns the pages of three enrolments: of one member begun and ready to be signed, of another whole. */
export async function enrol(ada, nils, password) {
  const begun = await begin(ada, 'first', 3);
  const ready = await begin(ada, 'second', ANSWERS.length);
  const whole = await enrolWhole(nils, 'third', 'Nils Holgersson', password);
  return { begun, ready, whole };
}
