// People who enrol in the registry, page by page.

import { chooses, fills, heading, PASSWORD, presses } from './people';
import { readsPlainly } from './reading';
import { expect, type Visitor } from './visitor';

export const ENROL = '/registry/enrol';
export const NEXT = 'Save and continue';

/** How a question is answered on its page. */
type Answer = (visitor: Visitor) => Promise<void>;
/** A question, which is the heading of its page, and how it is answered. */
export type Asked = [string, Answer];
/** What is looked at on each page. */
type Look = (visitor: Visitor) => Promise<void>;

export const picks =
  (answer: string): Answer =>
  (visitor) =>
    visitor.main.getByLabel(answer, { exact: true }).check();

export const selects =
  (label: string, words: string): Answer =>
  (visitor) =>
    chooses(visitor, { [label]: words });

export const types =
  (fields: Record<string, string>): Answer =>
  (visitor) =>
    fills(visitor, fields);

export const leavesIt: Answer = async () => {};

/** The questions of step 1 that everybody is asked after the country. */
const lastQuestions = (others: string): Asked[] => [
  ['How can we reach you?', picks('By email, at the address of this account')],
  ['Which language should we write in?', leavesIt],
  [others, picks('No')],
  ['How did you hear about the registry?', leavesIt],
];

/** What an adult is asked, and what this one says. */
export const ADULT: Asked[] = [
  ['Who do you want to enrol?', picks('Myself')],
  ['Which of these is true for you?', picks('Diagnosed with a rare condition')],
  ['Which condition is it?', types({ 'Name of the condition': 'Kahler disease' })],
  ['When were you born?', types({ Day: '27', Month: '3', Year: '1984' })],
  ['Which country do you live in?', selects('Country', 'Germany')],
  ...lastQuestions('Are you in another patient registry?'),
];

/** What a parent is asked about a child of this age. */
export function aChildOf(years: number): Asked[] {
  const year = String(new Date().getFullYear() - years);
  return [
    ['Who do you want to enrol?', picks('A child I am the parent or guardian of')],
    ['What is your relationship to them?', picks('I am a parent')],
    ['Which of these is true for them?', picks('No diagnosis yet')],
    ['Which condition is it?', picks('It has no name yet')],
    ['When were they born?', types({ Day: '1', Month: '1', Year: year })],
    ['Which country do they live in?', selects('Country', 'France')],
    ...lastQuestions('Are they in another patient registry?'),
  ];
}

const lastPermissions = (answer: string): Asked[] => [
  ['Do you want to know if research finds something about your own health?', picks(answer)],
  ['May we tell you about families with the same condition, and them about you?', picks(answer)],
  ['May we share your data with other registries?', picks(answer)],
  ['May we share your data with patient organisations?', leavesIt],
  ['How may we reach you?', picks('By email')],
  ['How often may we write to you or call you?', picks('At most once a year')],
];

/** Step 3 where nothing is allowed: whoever allows little is asked little. */
export const NOTHING: Asked[] = [
  ['Which research may use your data?', picks('No research')],
  ['May we ask you if you want to take part in a study?', picks('No')],
  ['May we ask you for blood or other samples?', picks('No')],
  ...lastPermissions('No'),
];

/** Step 3 where most is allowed, so that everything is asked. */
export const MOST: Asked[] = [
  ['Which research may use your data?', picks('Any research')],
  ['May we ask you if you want to take part in a study?', picks('Yes')],
  ['May we ask you for blood or other samples?', picks('Yes')],
  ['May the research be done by companies?', picks('No')],
  ['May it be research that no ethics committee has approved?', picks('No')],
  ['Where may the research be done?', picks('In my country and in Europe')],
  ['May your data be used to study where people’s ancestors came from?', picks('No')],
  ['May your genetic test results be used, if you give them to us?', picks('Yes')],
  ['For how long may your data be used?', picks('10 years, then ask me again')],
  ...lastPermissions('Yes'),
];

/** Right answers to what a consent asks. */
export const UNDERSTOOD = {
  adult: ['It stays the same', 'Yes, at any time', 'No, they get a code in its place'],
  parent: [
    'My child, from seven years on',
    'My child decides, and I no longer see the answers here',
    'No, they get a code in its place',
  ],
  representative: [
    'As they would, if I know it',
    'I tell you, and you ask them',
    'No, they get a code in its place',
  ],
  child: ['Nothing bad. Nobody is cross'],
};

/** Waits for the page with this heading, and looks at it. */
export async function comesTo(visitor: Visitor, title: string, look: Look = readsPlainly) {
  await expect(heading(visitor)).toHaveText(title);
  await visitor.settles();
  await look(visitor);
}

/** Answers the questions that are shown one after the other, and waits for the page after them. */
export async function answersAll(
  visitor: Visitor,
  questions: Asked[],
  next: string,
  look?: Look,
) {
  for (const [at, [, answer]] of questions.entries()) {
    if (at === 0) await comesTo(visitor, questions[0][0], look);
    await answer(visitor);
    await presses(visitor, NEXT);
    await comesTo(visitor, questions[at + 1]?.[0] ?? next, look);
  }
}

/** Begins from the page about the registry. */
export async function begins(visitor: Visitor, button = 'Start') {
  await visitor.opens('/registry');
  await readsPlainly(visitor);
  await visitor.main.getByRole('link', { name: 'Take part', exact: true }).click();
  await comesTo(visitor, 'Take part in the patient registry');
  await presses(visitor, button);
  await comesTo(visitor, 'Who do you want to enrol?');
}

/** Goes on from the overview. */
export async function continues(visitor: Visitor, to: string, look?: Look) {
  await visitor.main.getByRole('link', { name: 'Continue' }).click();
  await comesTo(visitor, to, look);
}

/** Signs the document on screen. */
export async function signs(
  visitor: Visitor,
  given: string[],
  name: string,
  field = 'Your full name',
) {
  for (const answer of given) await visitor.main.getByLabel(answer, { exact: true }).check();
  await fills(visitor, { [field]: name, 'Your password': PASSWORD });
  await presses(visitor, 'Sign');
}

/** Looks at the history of the enrolment on screen. Its lines, the newest first. */
export async function readsHistory(visitor: Visitor, look?: Look) {
  await visitor.main.getByRole('link', { name: 'History', exact: true }).click();
  await comesTo(visitor, 'History', look);
  return visitor.main.locator('.topics > li');
}

/** An adult enrols, who allows nothing. Returns the address of their pages. */
export async function enrolsThemselves(visitor: Visitor) {
  await visitor.opens(ENROL);
  await presses(visitor, 'Start');
  await answersAll(visitor, ADULT, 'Your enrolment');
  await continues(visitor, 'Consent');
  await signs(visitor, UNDERSTOOD.adult, 'Ada Lovelace');
  await answersAll(visitor, NOTHING, 'You are enrolled');
  return new URL(visitor.page.url()).pathname;
}
