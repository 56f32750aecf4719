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

/** @returns the pages of three enrolments: of one member begun and ready to be signed, of another whole. */
export async function enrol(ada, nils, password) {
  const begun = await begin(ada, 'first', 3);
  const ready = await begin(ada, 'second', ANSWERS.length);
  const whole = await begin(nils, 'third', ANSWERS.length);
  await nils.send(`${ENROL}/${whole}/consent`, {
    ...{ form: 'registry/sign', participant: whole, whom: 'adult', version: '1' },
    ...{ 'question-1': '0', 'question-2': '1', 'question-3': '2' },
    ...{ name: 'Nils Holgersson', present: password },
  });
  for (const [permission, choice] of PERMISSIONS) {
    await nils.send(`${ENROL}/${whole}/${permission}`, {
      ...{ form: 'registry/set-permission', participant: whole, permission, choice },
      ...{ organisations: permission === 'organisations' ? 'Myeloma Society' : '' },
    });
  }
  return { begun, ready, whole };
}
