import * as enrolling from './enrolling';
import { ADULT, continues, ENROL, NEXT, NOTHING, UNDERSTOOD } from './enrolling';
import { becomesMember, fills, heading, PASSWORD, presses, SIGNED_OUT_MESSAGE } from './people';
import { expectsAPlainPage } from './reading';
import { expect, test, VIEWPORTS, type Visitor } from './visitor';

/** Begins to enrol somebody. */
async function begins(visitor: Visitor) {
  const email = await becomesMember(visitor, 'Ada');
  await visitor.opens(ENROL);
  await presses(visitor, 'Start');
  await expect(heading(visitor)).toHaveText('Who do you want to enrol?');
  await visitor.settles();
  return email;
}

async function picks(visitor: Visitor, answer: string, next: string) {
  await visitor.main.getByLabel(answer, { exact: true }).check();
  await presses(visitor, NEXT);
  await expect(heading(visitor)).toHaveText(next);
}

const QUESTIONS = ADULT.map(([question]) => question);

/** Answers two questions without a connection, which is gone from then on. */
async function answersOffline(visitor: Visitor) {
  await visitor.page.context().setOffline(true);
  visitor.mayHearOften(/ERR_INTERNET_DISCONNECTED/);
  await picks(visitor, 'Diagnosed with a rare condition', QUESTIONS[2]);
  await fills(visitor, { 'Name of the condition': 'Kahler disease' });
  await presses(visitor, NEXT);
  await expect(heading(visitor)).toHaveText(QUESTIONS[3]);
}

/** What is sent and read while there is no connection. */
async function offline(visitor: Visitor, what: () => Promise<void>) {
  const { page } = visitor;
  const note = visitor.main.locator('.saving');
  await page.context().setOffline(true);
  visitor.mayHearOften(/ERR_INTERNET_DISCONNECTED/);
  await what();
  await expect(note).toContainText('Not saved yet. Trying again.');
  await expectsAPlainPage(visitor);
  await page.context().setOffline(false);
  await expect(note).toContainText('Everything is saved.', { timeout: 30_000 });
}

for (const viewport of VIEWPORTS) {
  test.describe(`Enrolling on a bad connection, ${viewport.width} px`, () => {
    test.use({ viewport });

    test('an adult is enrolled all the same', async ({ visitor }) => {
      test.slow();
      await becomesMember(visitor, 'Ada');
      await enrolling.begins(visitor);
      await enrolling.answersAll(visitor, ADULT.slice(0, 2), ADULT[2][0]);
      await offline(visitor, () =>
        enrolling.answersAll(visitor, ADULT.slice(2, 5), ADULT[5][0]),
      );
      await enrolling.answersAll(visitor, ADULT.slice(5), 'Your enrolment');
      await expect(visitor.main).toContainText('27 March 1984');
      await expect(visitor.main).toContainText('Multiple myeloma');
      await continues(visitor, 'Consent');
      await enrolling.signs(visitor, UNDERSTOOD.adult, 'Ada Lovelace');
      await enrolling.answersAll(visitor, NOTHING.slice(0, 2), NOTHING[2][0]);
      await offline(visitor, () =>
        enrolling.answersAll(visitor, NOTHING.slice(2, 7), NOTHING[7][0]),
      );
      await enrolling.answersAll(visitor, NOTHING.slice(7), 'You are enrolled');
      // Each answer counts once, in its order.
      const lines = await enrolling.readsHistory(visitor);
      await expect(lines).toHaveCount(1 + NOTHING.length);
      const told = ['Ada Lovelace signed the consent', ...NOTHING.map(([question]) => question)];
      for (const [at, words] of told.reverse().entries()) {
        await expect(lines.nth(at)).toContainText(words);
      }
      await visitor.opens('/registry/me');
      await expect(lines).toHaveCount(1 + NOTHING.length);
    });
  });
}

test.describe('Enrolling on a bad connection', () => {
  test('goes on while there is none, and saves everything afterwards', async ({ visitor }) => {
    await begins(visitor);
    await picks(visitor, 'Myself', QUESTIONS[1]);
    await visitor.settles();
    const { page } = visitor;
    await page.context().setOffline(true);
    visitor.mayHearOften(/ERR_INTERNET_DISCONNECTED/);
    await picks(visitor, 'Diagnosed with a rare condition', QUESTIONS[2]);
    const note = visitor.main.locator('.saving');
    await expect(note).toContainText('Not saved yet. Trying again.');
    await fills(visitor, { 'Name of the condition': 'Kahler disease' });
    await presses(visitor, NEXT);
    await expect(heading(visitor)).toHaveText(QUESTIONS[3]);
    // What is wrong is said all the same.
    await fills(visitor, { Day: '31', Month: '2', Year: '1984' });
    await presses(visitor, NEXT);
    await expect(visitor.main.getByRole('alert')).toContainText('Enter a day, a month and a year');
    await fills(visitor, { Day: '27', Month: '3' });
    await presses(visitor, NEXT);
    await expect(heading(visitor)).toHaveText(QUESTIONS[4]);
    await expect(note).toContainText('Not saved yet');
    // Nothing of it is in the browser's storage.
    const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
    expect(stored).not.toContain('Kahler');
    // Back, and the answer is there.
    await visitor.main.getByRole('link', { name: 'Back to the question before' }).click();
    await expect(heading(visitor)).toHaveText(QUESTIONS[3]);
    await expect(visitor.main.getByLabel('Year')).toHaveValue('1984');
    await page.context().setOffline(false);
    await expect(note).toContainText('Everything is saved.', { timeout: 30_000 });
    await visitor.opens(ENROL);
    await visitor.main.getByRole('link', { name: 'Yourself' }).click();
    await expect(visitor.main).toContainText('4 of 9 questions are answered');
    await expect(visitor.main).toContainText('27 March 1984');
    await expect(visitor.main).toContainText('Multiple myeloma');
  });

  test('asks before it is left with something unsaved', async ({ visitor }) => {
    await begins(visitor);
    const { page } = visitor;
    await page.context().setOffline(true);
    visitor.mayHearOften(/ERR_INTERNET_DISCONNECTED/);
    await picks(visitor, 'Myself', QUESTIONS[1]);
    await expect(visitor.main.locator('.saving')).toContainText('Not saved yet');
    const asked = page.waitForEvent('dialog');
    const left = page.close({ runBeforeUnload: true });
    const dialog = await asked;
    expect(dialog.type()).toBe('beforeunload');
    await dialog.dismiss();
    await left;
    await page.context().setOffline(false);
    await expect(visitor.main.locator('.saving')).toContainText('Everything is saved.', { timeout: 30_000 });
  });

  test('loses nothing where the server was replaced meanwhile', async ({ visitor }) => {
    await begins(visitor);
    const { page } = visitor;
    await picks(visitor, 'Myself', QUESTIONS[1]);
    await visitor.settles();
    await visitor.marksTheDocument();
    await answersOffline(visitor);
    await expect(visitor.main.locator('.saving')).toContainText('Not saved yet');
    // As if this page were of another build than the server.
    await page.route('**/build/**', (route) =>
      route.continue({ url: route.request().url().replace(/build\/\w+/, 'build/000000000000') }),
    );
    // Which is not ready at once.
    let busy = true;
    await page.route('**/registry/enrol/*/status', (route) => {
      if (!busy || route.request().method() !== 'POST') return route.continue();
      busy = false;
      visitor.expectsOneMessage(/^Failed to load resource: .* 503 /);
      return route.fulfill({ status: 503 });
    });
    await page.context().setOffline(false);
    await expect(async () =>
      expect(await page.evaluate(() => 'stillHere' in window), 'it is a new document').toBe(false),
    ).toPass({ timeout: 30_000 });
    await page.unroute('**/build/**');
    await expect(heading(visitor)).toHaveText(QUESTIONS[3]);
    await visitor.settles();
    await visitor.opens(ENROL);
    await visitor.main.getByRole('link', { name: 'Yourself' }).click();
    await expect(visitor.main).toContainText('3 of 9 questions are answered');
  });

  test('keeps what waits where the next page cannot be loaded', async ({ visitor }) => {
    await begins(visitor);
    const { page } = visitor;
    const overview = page.url().replace('/for-whom', '');
    await page.route(/\/api\/registry\/answer$|split_participant/, (route) => route.abort());
    visitor.mayHearOften(/ERR_FAILED|Failed to fetch/);
    await picks(visitor, 'Myself', QUESTIONS[1]);
    await expect(visitor.main.locator('.saving')).toContainText('Not saved yet');
    await visitor.main.getByRole('link', { name: 'All your answers' }).click();
    await expect(heading(visitor)).toHaveText('No connection');
    await page.unroute(/\/api\/registry\/answer$|split_participant/);
    await expect
      .poll(async () => (await page.request.get(overview)).text(), { timeout: 30_000 })
      .toContain('1 of 9 questions');
  });

  test('leads back where the server says no', async ({ visitor }) => {
    await begins(visitor);
    const { page } = visitor;
    const told = page.url().replace('/for-whom', '');
    // On another device the enrolment is deleted meanwhile.
    await picks(visitor, 'Myself', QUESTIONS[1]);
    await visitor.settles();
    const other = await page.context().newPage();
    await other.goto(told);
    await other.getByRole('button', { name: 'Delete' }).click();
    await expect(other.getByText('The answers are deleted.')).toBeVisible();
    await other.close();
    await visitor.main.getByLabel('Diagnosed with a rare condition', { exact: true }).check();
    await presses(visitor, NEXT);
    await expect(heading(visitor)).toHaveText('Page not found');
  });

  test('replaces no answer that was given elsewhere and not seen', async ({ visitor }) => {
    await begins(visitor);
    const { page } = visitor;
    await picks(visitor, 'Myself', QUESTIONS[1]);
    await visitor.settles();
    const participant = page.url().split('/').at(-2)!;
    const answered = await page.request.post(page.url(), {
      form: { form: 'registry/answer', participant, question: 'status', status: 'undiagnosed' },
      headers: { origin: visitor.origin },
      maxRedirects: 0,
    });
    expect(answered.status()).toBe(303);
    const suspected = visitor.main.getByLabel('A doctor suspects a rare condition', { exact: true });
    await suspected.check();
    await presses(visitor, NEXT);
    // The page after it was shown for a moment.
    await expect(heading(visitor)).toHaveText(QUESTIONS[1]);
    await expect(visitor.main.getByRole('alert')).toContainText('It is now: No diagnosis yet.');
    await expect(suspected).toBeChecked();
    await visitor.settles();
    const saved = page.waitForResponse(/\/api\/registry\/answer$/);
    await presses(visitor, NEXT);
    await expect(heading(visitor)).toHaveText(QUESTIONS[2]);
    await (await saved).finished();
    await visitor.settles();
    await visitor.opens(`/registry/enrol/${participant}`);
    await expect(visitor.main).toContainText('A doctor suspects a rare condition');
  });

  test('signs in again, with what was answered', async ({ visitor }) => {
    const email = await begins(visitor);
    const { page } = visitor;
    // The next question is there before the answer to the first is saved.
    const saved = page.waitForResponse(/\/api\/registry\/answer$/);
    await picks(visitor, 'Myself', QUESTIONS[1]);
    await (await saved).finished();
    await visitor.settles();
    await page.context().clearCookies();
    await visitor.main.getByLabel('Diagnosed with a rare condition', { exact: true }).check();
    await presses(visitor, NEXT);
    await expect(heading(visitor)).toHaveText('Sign in');
    visitor.expectsOneMessage(SIGNED_OUT_MESSAGE);
    await fills(visitor, { Password: PASSWORD, 'Email address': email });
    await presses(visitor, 'Sign in');
    await expect(heading(visitor)).toHaveText(QUESTIONS[1]);
    await visitor.settles();
    await expect(
      visitor.main.getByLabel('Diagnosed with a rare condition', { exact: true }),
    ).toBeChecked();
    await presses(visitor, NEXT);
    await expect(heading(visitor)).toHaveText(QUESTIONS[2]);
  });

  test('saves what waits once one has signed in on another tab', async ({ visitor }) => {
    const email = await begins(visitor);
    const { page } = visitor;
    await picks(visitor, 'Myself', QUESTIONS[1]);
    await visitor.settles();
    await answersOffline(visitor);
    await page.context().clearCookies();
    await page.context().setOffline(false);
    const note = visitor.main.locator('.saving');
    await expect(note).toContainText('you are signed out', { timeout: 30_000 });
    const other = await page.context().newPage();
    await other.goto(`${visitor.origin}/sign-in`);
    await other.getByLabel('Email address', { exact: true }).fill(email);
    await other.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await other.getByRole('button', { name: 'Sign in', exact: true }).click();
    await other.waitForURL((url) => url.pathname !== '/sign-in');
    await expect(note).toContainText('Everything is saved.', { timeout: 40_000 });
    await other.close();
    await visitor.opens(ENROL);
    await visitor.main.getByRole('link', { name: 'Yourself' }).click();
    await expect(visitor.main).toContainText('3 of 9 questions are answered');
  });
});
