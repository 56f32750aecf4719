import { readFile } from 'node:fs/promises';
import { expectsASoundPage } from './axe';
import { becomesMember, fills, heading, PASSWORD, presses } from './people';
import { expect, test, VIEWPORTS, type Visitor } from './visitor';

type Answer = (visitor: Visitor) => Promise<void>;

const picks =
  (answer: string): Answer =>
  (visitor) =>
    visitor.main.getByLabel(answer, { exact: true }).check();

const leaves: Answer = async () => {};

/** What an adult is asked, and what this one says. */
const QUESTIONS: [string, Answer][] = [
  ['Who do you want to enrol?', picks('Myself')],
  ['Which of these is true for you?', picks('Diagnosed with a rare condition')],
  [
    'Which condition is it?',
    (visitor) => fills(visitor, { 'Name of the condition': 'Kahler disease' }),
  ],
  ['When were you born?', (visitor) => fills(visitor, { Day: '27', Month: '3', Year: '1984' })],
  [
    'Which country do you live in?',
    async (visitor) => {
      const country = visitor.main.getByLabel('Country', { exact: true });
      await country.selectOption({ label: 'Germany' });
    },
  ],
  ['How can we reach you?', picks('By email, at the address of this account')],
  ['Which language should we write in?', leaves],
  ['Are you in another patient registry?', picks('No')],
  ['How did you hear about the registry?', leaves],
];

const PERMISSIONS: [string, Answer][] = [
  ['Which research may use your data?', picks('No research')],
  ['May we ask you if you want to take part in a study?', picks('No')],
  ['May we ask you for blood or other samples?', picks('No')],
  ['Do you want to know if research finds something about your own health?', picks('No')],
  ['May we tell you about families with the same condition, and them about you?', picks('No')],
  ['May we share your data with other registries?', picks('No')],
  ['May we share your data with patient organisations?', leaves],
  ['How may we reach you?', picks('By email')],
  ['How often may we write to you or call you?', picks('At most once a year')],
];

async function answersAll(visitor: Visitor, questions: [string, Answer][]) {
  for (const [question, answer] of questions) {
    await expect(heading(visitor)).toHaveText(question);
    await visitor.settles();
    await answer(visitor);
    await presses(visitor, 'Save and continue');
  }
}

/** An adult enrols. Returns the address of their pages. */
async function enrols(visitor: Visitor): Promise<string> {
  await visitor.opens('/registry/enrol');
  await presses(visitor, 'Start');
  await answersAll(visitor, QUESTIONS);
  await expect(heading(visitor)).toHaveText('Your enrolment');
  await visitor.settles();
  await visitor.main.getByRole('link', { name: 'Continue' }).click();
  await expect(heading(visitor)).toHaveText('Consent');
  await visitor.settles();
  for (const answer of [
    'It stays the same',
    'Yes, at any time',
    'No, they get a code in its place',
  ]) {
    await visitor.main.getByLabel(answer, { exact: true }).check();
  }
  await fills(visitor, { 'Your full name': 'Ada Lovelace', 'Your password': PASSWORD });
  await presses(visitor, 'Sign');
  await answersAll(visitor, PERMISSIONS);
  await expect(heading(visitor)).toHaveText('You are enrolled');
  await visitor.settles();
  return new URL(visitor.page.url()).pathname;
}

/** What a link downloads, under which name. The page stays. */
async function downloads(visitor: Visitor, link: string): Promise<[string, any]> {
  const begun = visitor.page.waitForEvent('download');
  await visitor.main.getByRole('link', { name: link, exact: true }).click();
  const download = await begun;
  const text = await readFile(await download.path(), 'utf8');
  return [download.suggestedFilename(), JSON.parse(text)];
}

for (const viewport of VIEWPORTS) {
  test.describe(`Data in the registry, ${viewport.width} px`, { tag: '@either' }, () => {
    test.use({ viewport });

    test('are read, downloaded, and all of them', async ({ visitor }) => {
      test.slow();
      await becomesMember(visitor, 'Ada');
      const overview = await enrols(visitor);

      await visitor.main.getByRole('link', { name: 'All data in the registry' }).click();
      await expect(heading(visitor)).toHaveText('All data in the registry');
      await visitor.settles();
      await expectsASoundPage(visitor);
      for (const told of [
        'RS-',
        '27 March 1984',
        'Multiple myeloma',
        'By email: ',
        'Ada Lovelace',
        'Your data may not be used for research.',
        'The agreement was not taken back.',
      ]) {
        await expect(visitor.main).toContainText(told);
      }
      const [file, bundle] = await downloads(visitor, 'Download the data');
      expect(file).toBe('data.json');
      expect(bundle.resourceType).toBe('Bundle');
      const kinds = bundle.entry.map((entry: any) => entry.resource.resourceType);
      expect(kinds).toEqual(['Patient', 'Condition', 'Consent', 'Consent']);
      expect(bundle.entry[0].resource.birthDate).toBe('1984-03-27');
      await expect(heading(visitor)).toHaveText('All data in the registry');

      await visitor.main.getByRole('link', { name: 'History', exact: true }).click();
      await expect(heading(visitor)).toHaveText('History');
      await visitor.settles();
      await expectsASoundPage(visitor);
      const lines = visitor.main.locator('.topics > li');
      const [name, history] = await downloads(visitor, 'Download the history');
      expect(name).toBe('history.json');
      await expect(lines).toHaveCount(history.rows.length);
      expect(history.rows[0].what).toBe('Ada Lovelace signed the consent, version 1.');
      expect(history.rows[0].hash).toMatch(/^[0-9a-f]{64}$/);

      // Everything of everybody, from the list of people.
      await visitor.opens('/registry/enrol');
      await visitor.main.getByRole('link', { name: 'Everything that has happened' }).click();
      await expect(heading(visitor)).toHaveText('Everything that has happened');
      await visitor.settles();
      await expectsASoundPage(visitor);
      await expect(lines).toHaveCount(history.rows.length);
      await expect(lines.last()).toContainText('Yourself');
      await expect(lines.last()).toContainText('Ada Lovelace signed the consent');
      await lines.last().getByRole('link', { name: 'Yourself' }).click();
      await expect(heading(visitor)).toHaveText('You are enrolled');
      expect(new URL(visitor.page.url()).pathname).toBe(overview);
    });
  });
}
