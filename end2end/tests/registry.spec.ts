import { expectsASoundPage } from './axe';
import {
  becomesMember,
  elsewhere,
  fills,
  heading,
  leaves,
  PASSWORD,
  presses,
  REFUSED_MESSAGE,
} from './people';
import { expect, test, VIEWPORTS, type Visitor } from './visitor';

const NEXT = 'Save and continue';

/** Answers the question that is shown, and waits for the next page. */
async function answers(visitor: Visitor, question: string, how: () => Promise<void>, next: string) {
  await expect(heading(visitor)).toHaveText(question);
  await visitor.settles();
  await how();
  await presses(visitor, NEXT);
  await expect(heading(visitor)).toHaveText(next);
  await visitor.settles();
}

const picks = (visitor: Visitor, answer: string) => () =>
  visitor.main.getByLabel(answer, { exact: true }).check();

const chooses = (visitor: Visitor, label: string, answer: string) => () =>
  visitor.main.getByLabel(label, { exact: true }).selectOption({ label: answer });

/** Begins from the page about the registry. */
async function begins(visitor: Visitor, button = 'Start') {
  await visitor.opens('/registry');
  await visitor.main.getByRole('link', { name: 'Take part', exact: true }).click();
  await expect(heading(visitor)).toHaveText('Take part in the patient registry');
  await visitor.settles();
  await presses(visitor, button);
}

/** The questions about somebody's contact and the rest, which are asked of everybody. */
async function answersTheRest(visitor: Visitor, other: string, overview: string) {
  await answers(
    visitor,
    'How can we reach you?',
    picks(visitor, 'By email, at the address of this account'),
    'Which language should we write in?',
  );
  await answers(visitor, 'Which language should we write in?', async () => {}, other);
  await answers(
    visitor,
    other,
    picks(visitor, 'No'),
    'How did you hear about the registry?',
  );
  await answers(visitor, 'How did you hear about the registry?', async () => {}, overview);
}

/** Goes on from the overview. */
async function continues(visitor: Visitor, to: string) {
  await visitor.main.getByRole('link', { name: 'Continue' }).click();
  await expect(heading(visitor)).toHaveText(to);
  await visitor.settles();
}

async function signs(visitor: Visitor, answersGiven: string[], field: string, name: string) {
  for (const answer of answersGiven) {
    await visitor.main.getByLabel(answer, { exact: true }).check();
  }
  await fills(visitor, { [field]: name, 'Your password': PASSWORD });
  await presses(visitor, 'Sign');
}

/** Allows as little as possible. */
async function allowsLittle(visitor: Visitor, done: string) {
  const no = [
    'May we ask you if you want to take part in a study?',
    'May we ask you for blood or other samples?',
    'Do you want to know if research finds something about your own health?',
    'May we tell you about families with the same condition, and them about you?',
    'May we share your data with other registries?',
    'May we share your data with patient organisations?',
  ];
  if (visitor.scripted) {
    // What it means is said before it is sent.
    await visitor.main.getByLabel('Any research', { exact: true }).check();
    await expect(visitor.main.getByRole('status').last()).toContainText('Your data may be used for any research');
  }
  await answers(
    visitor,
    'Which research may use your data?',
    picks(visitor, 'No research'),
    no[0],
  );
  for (const [at, question] of no.slice(0, -1).entries()) {
    await answers(visitor, question, picks(visitor, 'No'), no[at + 1]);
  }
  await answers(visitor, no.at(-1)!, async () => {}, 'How may we reach you?');
  await answers(
    visitor,
    'How may we reach you?',
    picks(visitor, 'By email'),
    'How often may we write to you or call you?',
  );
  await answers(
    visitor,
    'How often may we write to you or call you?',
    picks(visitor, 'At most once a year'),
    done,
  );
}

for (const viewport of VIEWPORTS) {
  test.describe(`The registry, ${viewport.width} px`, { tag: '@either' }, () => {
    test.use({ viewport });

    test('takes in an adult, who changes their mind and leaves', async ({
      visitor,
      browser,
      baseURL,
    }) => {
      test.slow();
      await becomesMember(visitor, 'Ada');
      await begins(visitor);
      await expect(heading(visitor)).toHaveText('Who do you want to enrol?');
      await visitor.settles();
      await expectsASoundPage(visitor);
      // Nothing chosen is said at the field.
      if (!visitor.scripted) visitor.expectsOneMessage(REFUSED_MESSAGE);
      await presses(visitor, NEXT);
      await expect(visitor.main.getByRole('alert')).toContainText('Choose one of the answers.');
      await visitor.settles();
      await expectsASoundPage(visitor);
      await answers(
        visitor,
        'Who do you want to enrol?',
        picks(visitor, 'Myself'),
        'Which of these is true for you?',
      );
      await answers(
        visitor,
        'Which of these is true for you?',
        picks(visitor, 'Diagnosed with a rare condition'),
        'Which condition is it?',
      );
      await expectsASoundPage(visitor);
      await answers(
        visitor,
        'Which condition is it?',
        () => fills(visitor, { 'Name of the condition': 'Kahler disease' }),
        'When were you born?',
      );
      await expectsASoundPage(visitor);
      await answers(
        visitor,
        'When were you born?',
        () => fills(visitor, { Day: '27', Month: '3', Year: '1984' }),
        'Which country do you live in?',
      );
      // Interrupted here, it goes on where it was.
      await visitor.opens('/registry/enrol');
      await visitor.main.getByRole('link', { name: 'Yourself' }).click();
      await expect(visitor.main).toContainText('4 of 9 questions are answered');
      await visitor.settles();
      await expectsASoundPage(visitor);
      await continues(visitor, 'Which country do you live in?');
      await answers(
        visitor,
        'Which country do you live in?',
        chooses(visitor, 'Country', 'Germany'),
        'How can we reach you?',
      );
      await answersTheRest(visitor, 'Are you in another patient registry?', 'Your enrolment');
      await expect(visitor.main).toContainText('Multiple myeloma');
      await expect(visitor.main).toContainText('27 March 1984');
      await continues(visitor, 'Consent');
      await expectsASoundPage(visitor);

      // A wrong answer explains again, and the rest stays.
      if (!visitor.scripted) visitor.expectsOneMessage(REFUSED_MESSAGE);
      await signs(
        visitor,
        ['It may get worse', 'Yes, at any time', 'No, they get a code in its place'],
        'Your full name',
        'Ada Lovelace',
      );
      await expect(visitor.main.getByRole('alert')).toContainText('Your care does not change');
      await visitor.settles();
      await expectsASoundPage(visitor);
      await signs(visitor, ['It stays the same'], 'Your full name', 'Ada Lovelace');
      await expect(heading(visitor)).toHaveText('Which research may use your data?');
      await visitor.settles();
      await expectsASoundPage(visitor);
      await allowsLittle(visitor, 'You are enrolled');
      await expectsASoundPage(visitor);
      await expect(visitor.main).toContainText('RS-');
      await expect(visitor.main).toContainText('Your data may not be used for research.');

      // One permission changes at once.
      await visitor.main.getByRole('link', { name: /^Change.*other registries\?$/ }).click();
      await answers(
        visitor,
        'May we share your data with other registries?',
        picks(visitor, 'Yes'),
        'You are enrolled',
      );
      await expect(visitor.main.getByRole('status')).toContainText('Saved.');
      await visitor.main.getByRole('link', { name: 'Consent, version 1' }).click();
      await expect(visitor.main).toContainText('This page is your copy.');
      await visitor.settles();
      await expectsASoundPage(visitor);

      // Nobody else finds it.
      const address = new URL(visitor.page.url()).pathname.split('/').slice(0, 4).join('/');
      const stranger = await elsewhere(browser, visitor, baseURL!);
      await becomesMember(stranger, 'Grace');
      stranger.expectsOneMessage(/404/);
      await stranger.opens(address);
      await expect(stranger.main).not.toContainText('Lovelace');
      await leaves(stranger);

      await visitor.opens(address);
      await visitor.main.getByRole('link', { name: 'Leave the registry' }).click();
      await expect(heading(visitor)).toHaveText('Leave the registry');
      await visitor.settles();
      await expectsASoundPage(visitor);
      await presses(visitor, 'Delete the data');
      await expect(visitor.main.getByRole('status')).toContainText('Done.');
      await visitor.settles();
      await expect(visitor.main).not.toContainText('27 March 1984');
      await expect(visitor.main).toContainText('signed by Ada Lovelace');
      await expectsASoundPage(visitor);
      await visitor.main.getByRole('link', { name: 'History' }).click();
      await expect(heading(visitor)).toHaveText('History');
      await visitor.settles();
      await expect(visitor.main.locator('.topics > li').first()).toContainText('Deleted the data.');
      await expect(visitor.main.locator('.topics > li').last()).toContainText('Ada Lovelace signed');
      await expectsASoundPage(visitor);
    });
  });
}

test.describe('The registry', { tag: '@either' }, () => {
  test('takes in a child, who is asked as well, and another one', async ({ visitor }) => {
    test.slow();
    await becomesMember(visitor, 'Ada');
    await begins(visitor);
    await answers(
      visitor,
      'Who do you want to enrol?',
      picks(visitor, 'A child I am the parent or guardian of'),
      'What is your relationship to them?',
    );
    await answers(
      visitor,
      'What is your relationship to them?',
      picks(visitor, 'I am a parent'),
      'Which of these is true for them?',
    );
    await answers(
      visitor,
      'Which of these is true for them?',
      picks(visitor, 'No diagnosis yet'),
      'Which condition is it?',
    );
    await answers(
      visitor,
      'Which condition is it?',
      picks(visitor, 'It has no name yet'),
      'When were they born?',
    );
    const year = String(new Date().getFullYear() - 9);
    await answers(
      visitor,
      'When were they born?',
      () => fills(visitor, { Day: '1', Month: '1', Year: year }),
      'Which country do they live in?',
    );
    await answers(
      visitor,
      'Which country do they live in?',
      chooses(visitor, 'Country', 'France'),
      'How can we reach you?',
    );
    await answersTheRest(visitor, 'Are they in another patient registry?', 'Enrolment: a child');
    await continues(visitor, 'Consent');
    await signs(
      visitor,
      [
        'My child, from seven years on',
        'My child decides, and I no longer see the answers here',
        'No, they get a code in its place',
      ],
      'Your full name',
      'Ada Lovelace',
    );
    await expect(heading(visitor)).toHaveText('For the child: do you want to take part?');
    await visitor.settles();
    await expectsASoundPage(visitor);
    await signs(visitor, ['Nothing bad. Nobody is cross'], 'The child’s name', 'Byron');
    await allowsLittle(visitor, 'This person is enrolled');

    await begins(visitor, 'Enrol another person');
    await expect(heading(visitor)).toHaveText('Who do you want to enrol?');
    await visitor.settles();
    await visitor.opens('/registry/enrol');
    await expect(visitor.main.locator('.topics > li')).toHaveCount(2);
    await expectsASoundPage(visitor);
    await visitor.main.getByRole('link', { name: 'Not chosen yet' }).click();
    await expect(heading(visitor)).toHaveText('Enrolment');
    await visitor.settles();
    await presses(visitor, 'Delete');
    await expect(visitor.main.getByRole('status')).toContainText('The answers are deleted.');
    await visitor.settles();
    await expect(visitor.main.locator('.topics > li')).toHaveCount(1);
  });
});
