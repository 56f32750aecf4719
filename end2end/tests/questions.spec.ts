import type { Browser } from '@playwright/test';
import { expectsASoundPage } from './axe';
import {
  becomesMember,
  chooses,
  comesWith,
  elsewhere,
  fills,
  formWith,
  heading,
  isGiven,
  leaves,
  presses,
  REFUSED_MESSAGE,
  unique,
} from './people';
import { expect, NOT_FOUND_MESSAGE, test, VIEWPORTS, Visitor } from './visitor';

const CONDITION = '/communities/gaucher-disease';
const QUESTIONS = `${CONDITION}/questions`;

/** Joins from the page where one asks, which is there afterwards. */
async function joinsToAsk(visitor: Visitor, questions = QUESTIONS) {
  await visitor.opens(`${questions}/new`);
  await presses(visitor, 'Join this community');
  await expect(visitor.main.getByLabel('Your question')).toBeVisible();
  await visitor.settles();
}

/** Fills in the first step on the open page, and comes to the second. */
async function begins(visitor: Visitor, question: string) {
  await fills(visitor, { 'Your question': question });
  await presses(visitor, 'Continue');
  await expect(visitor.main.getByLabel('Details (optional)')).toBeVisible();
  await expect(visitor.main.getByLabel('Your question')).toHaveValue(question);
  await visitor.settles();
}

/** Asks on the open page, and returns the address of the question. */
async function asks(visitor: Visitor, question: string, audience = 'Everyone') {
  await begins(visitor, question);
  await fills(visitor, { 'Details (optional)': 'I am *forty*.' });
  await chooses(visitor, { 'Who can read it?': audience });
  await presses(visitor, 'Ask question');
  await expect(heading(visitor)).toHaveText(question);
  await visitor.settles();
  return new URL(visitor.page.url()).pathname;
}

/** Somebody who has just become an expert, in another browser. */
async function expert(browser: Browser, visitor: Visitor, baseURL: string) {
  const other = await elsewhere(browser, visitor, baseURL);
  const email = await becomesMember(other, 'Wren');
  await isGiven(other, email, 'expert');
  return other;
}

/** Answers a question that is open. */
async function answers(visitor: Visitor, label: string, button: string, text: string) {
  const form = formWith(visitor, button);
  await form.getByLabel(label).fill(text);
  await presses(visitor, button);
  await expect(visitor.main.locator('.posts')).toContainText(text);
  await visitor.settles();
}

function answer(visitor: Visitor, place: number) {
  return visitor.main.locator('.posts > li').nth(place);
}

test.describe('A question', { tag: '@either' }, () => {
  test('is answered by an expert, who comes first, and its author is told', async ({
    visitor,
    browser,
    baseURL,
  }) => {
    const question = unique('May I swim in the sea');
    await becomesMember(visitor, 'Ada');
    await joinsToAsk(visitor);
    const path = await asks(visitor, question);
    await expect(visitor.main.locator('#post-1 em')).toHaveText('forty');
    await expect(visitor.main).toContainText('No one has answered yet.');
    await expect(visitor.main).toContainText('This is information, not medical advice.');
    await expect(visitor.main).toContainText('You follow this question.');

    const grace = await comesWith('Grace', browser, visitor, baseURL!);
    await grace.opens(path);
    await presses(grace, 'Join this community');
    await expect(grace.main.getByRole('textbox', { name: 'Your experience' })).toBeVisible();
    await grace.settles();
    await answers(grace, 'Your experience', 'Publish experience', 'I swim every day.');
    await expect(answer(grace, 0)).toContainText('Experience of a member');
    await leaves(grace);

    // Who has not joined is an expert there, too.
    const wren = await expert(browser, visitor, baseURL!);
    await wren.opens(path);
    await answers(wren, 'Your answer', 'Publish answer', 'Most people can.');
    await expect(answer(wren, 0)).toContainText('Most people can.');
    await expect(answer(wren, 0).locator('.mark')).toHaveText('Expert');
    await expect(answer(wren, 1)).toContainText('I swim every day.');
    await expect(wren.main).toContainText('Answered by an expert');
    await expect(wren.main.getByRole('button', { name: 'Decline', exact: true })).toHaveCount(0);
    await leaves(wren);

    await expect(async () => {
      await visitor.opens('/notifications');
      await expect(visitor.main).toContainText('Wren answered as an expert a question that you follow', {
        timeout: 100,
      });
    }).toPass({ timeout: 15_000 });
    await visitor.main.getByRole('link', { name: question }).first().click();
    await expect(heading(visitor)).toHaveText(question);
    await visitor.settles();
    for (const at of [CONDITION, QUESTIONS]) {
      await visitor.opens(at);
      await expect(visitor.main.getByRole('link', { name: question })).toBeVisible();
      await expect(visitor.main).toContainText('Answered by an expert');
    }
    await visitor.opens('/discussions');
    await expect(visitor.main).not.toContainText(question);
  });

  test('is compared with those that are there, and nothing is lost on the way', async ({
    visitor,
  }) => {
    const word = unique('Zebrafish').replaceAll('.', '');
    await becomesMember(visitor, 'Ada');
    await joinsToAsk(visitor);
    const there = `Are ${word} good for me?`;
    await asks(visitor, there);
    await visitor.opens(`${QUESTIONS}/new`);
    if (!visitor.scripted) visitor.expectsOneMessage(REFUSED_MESSAGE);
    await fills(visitor, { 'Your question': 'So?' });
    await presses(visitor, 'Continue');
    await expect(visitor.main.getByRole('alert')).toContainText('Use 5 to 150 characters');
    await expect(visitor.main.getByLabel('Details (optional)')).toHaveCount(0);
    await visitor.settles();
    await begins(visitor, `How often do ${word} bite?`);
    const similar = visitor.main.getByRole('region', { name: 'Is this already answered?' });
    await expect(similar.getByRole('link', { name: there })).toBeVisible();
    await fills(visitor, { 'Details (optional)': 'They have *stripes*.' });
    await presses(visitor, 'Preview');
    await expect(visitor.main.locator('.seen em')).toHaveText('stripes');
    await visitor.settles();
    await expect(visitor.main.getByLabel('Details (optional)')).toHaveValue('They have *stripes*.');
    if (!visitor.scripted) visitor.expectsOneMessage(REFUSED_MESSAGE);
    await fills(visitor, { 'Your question': 'So?' });
    await presses(visitor, 'Ask question');
    await expect(visitor.main.getByRole('alert')).toContainText('Use 5 to 150 characters');
    await expect(visitor.main.getByLabel('Details (optional)')).toHaveValue('They have *stripes*.');
    await visitor.settles();
    await fills(visitor, { 'Your question': `How often do ${word} bite?` });
    await presses(visitor, 'Ask question');
    await expect(heading(visitor)).toHaveText(`How often do ${word} bite?`);
  });

  test('is declined with a reason, and opened again', async ({ visitor, browser, baseURL }) => {
    await becomesMember(visitor, 'Ada');
    await joinsToAsk(visitor);
    const path = await asks(visitor, unique('Is it my kidney'), 'All members');
    await expect(visitor.main.getByRole('button', { name: 'Decline', exact: true })).toHaveCount(0);
    const wren = await expert(browser, visitor, baseURL!);
    await wren.opens(path);
    if (!wren.scripted) wren.expectsOneMessage(REFUSED_MESSAGE);
    await presses(wren, 'Decline');
    await expect(wren.main.getByRole('alert')).toContainText('Say why.');
    await wren.settles();
    await formWith(wren, 'Decline').getByLabel('Why?').fill('This needs your own doctor.');
    await presses(wren, 'Decline');
    await expect(wren.main.locator('.deleted')).toContainText('This needs your own doctor.');
    await wren.settles();
    await visitor.opens(path);
    await expect(visitor.main.locator('.deleted')).toContainText('This needs your own doctor.');
    await expect(visitor.main.getByLabel('What you add')).toHaveCount(0);
    await presses(wren, 'Open again');
    await expect(wren.main.getByLabel('Your answer')).toBeVisible();
    await wren.settles();
    await leaves(wren);
    await visitor.opens(path);
    await expect(visitor.main).toContainText('Waiting for an expert');
    await expect(visitor.main.getByLabel('What you add')).toBeVisible();
  });

  test('among members is on no page of a visitor', async ({ visitor, browser, baseURL }) => {
    const question = unique('A quiet question');
    await becomesMember(visitor, 'Ada');
    await joinsToAsk(visitor);
    const path = await asks(visitor, question, 'All members');
    const other = await elsewhere(browser, visitor, baseURL!);
    for (const at of [CONDITION, QUESTIONS]) {
      await other.opens(at);
      expect(await other.page.content()).not.toContain(question);
    }
    other.expectsOneMessage(NOT_FOUND_MESSAGE);
    expect((await other.opens(path)).status()).toBe(404);
    await leaves(other);
  });
});

test.describe('Pages of questions', { tag: '@either' }, () => {
  for (const viewport of VIEWPORTS) {
    test.describe(`at ${viewport.width} px`, () => {
      test.use({ viewport });
      test('are accessible and fit', async ({ visitor, browser, baseURL }) => {
        const questions = '/communities/fabry-disease/questions';
        await becomesMember(visitor, 'Ada');
        await visitor.opens(questions);
        await expectsASoundPage(visitor);
        await visitor.opens(`${questions}/new`);
        await expectsASoundPage(visitor);
        await joinsToAsk(visitor, questions);
        await expectsASoundPage(visitor);
        const long = unique('Pneumonoultramicroscopicsilicovolcanoconiosis-Selbsthilfegruppe');
        const path = await asks(visitor, long);
        await expectsASoundPage(visitor);
        await visitor.opens(`${questions}/new`);
        await begins(visitor, long);
        await expectsASoundPage(visitor);
        const wren = await expert(browser, visitor, baseURL!);
        await wren.opens(path);
        await expectsASoundPage(wren);
        await answers(wren, 'Your answer', 'Publish answer', 'It depends.');
        for (const at of [path, `${path}/answer`, questions, '/communities/fabry-disease']) {
          await wren.opens(at);
          await expectsASoundPage(wren);
        }
        await leaves(wren);
      });
    });
  }
});
