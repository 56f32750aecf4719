import { expectsASoundPage } from './axe';
import { test } from './own-server';
import {
  becomesMember,
  elsewhere,
  fills,
  heading,
  isGiven,
  leaves,
  presses,
} from './people';
import { notTested, REAL_DATA, realData } from './real-data';
import { readSeed, SEED, type Seed } from './seed';
import { expect, VIEWPORTS, type Visitor } from './visitor';

const CONDITION = '/communities/multiple-myeloma';

/** A text as it is read: how its lines are broken is up to the browser. */
function words(text: string): string {
  return text.trim().split(/\s+/).join(' ');
}

/** The present text of a section, without its heading and what is said about it. */
function shown(visitor: Visitor, kind: string) {
  return visitor.page.locator(`section#${kind} > div`).first();
}

/** Puts a text into a section as it stands, as somebody would who has it in the clipboard. */
async function enters(visitor: Visitor, { kind, title, text }: Seed['texts'][number]) {
  await visitor.opens(`${CONDITION}/sections/${kind}/edit`);
  await expect(heading(visitor)).toHaveText(`Edit: ${title} of Multiple myeloma`);
  await expectsASoundPage(visitor);
  const field = visitor.main.getByLabel(title, { exact: true });
  await expect(field, 'the starter text is there to be replaced').not.toHaveValue('');
  await field.fill(text);
  await fills(visitor, {
    'What did you change, and why? (optional)': 'As it stood on the former RareShare',
  });
  await presses(visitor, 'Save');
  await expect(visitor.page).toHaveURL(`${CONDITION}#${kind}`);
  await visitor.settles();
}

/** Adds a tip to those of the starter text, which stay. */
async function addsTip(visitor: Visitor, { name, description }: Seed['tips'][number]) {
  await visitor.opens(`${CONDITION}/sections/tips/edit`);
  await expect(heading(visitor)).toHaveText('Edit: Tips or suggestions of Multiple myeloma');
  await expectsASoundPage(visitor);
  await fills(visitor, { Name: name, Description: description });
  await presses(visitor, 'Add it');
  await expect(visitor.main.getByRole('status')).toHaveText('Done. It is on the page now.');
  await visitor.settles();
}

async function expectsTip(visitor: Visitor, { name, description }: Seed['tips'][number]) {
  const tip = visitor.page.locator('section#tips dl > div').filter({
    has: visitor.page.getByRole('term').getByText(name, { exact: true }),
  });
  // Behind the description stands whom it has helped.
  const told = tip.getByRole('definition').first();
  expect(words(await told.innerText()), name).toBe(words(description));
}

const file = realData(SEED);
if (file) {
  // Each way of running it has a server and a screen of its own.
  test.use({
    viewport: async ({ javaScriptEnabled }, use) => {
      await use(VIEWPORTS[javaScriptEnabled === false ? 0 : 1]);
    },
  });

  test('A page of the former RareShare, entered section by section, reads back identically', {
    tag: ['@either', REAL_DATA],
  }, async ({ visitor, browser, baseURL }) => {
    test.setTimeout(120_000);
    const { texts, tips } = await readSeed(file);
    expect(texts.map(({ kind }) => kind)).toEqual([
      'description',
      'cause',
      'symptoms',
      'diagnosis',
      'treatment',
    ]);
    const email = await becomesMember(visitor, 'Joseph');
    await isGiven(visitor, email, 'moderator');
    for (const entry of texts) {
      await test.step(entry.title, () => enters(visitor, entry));
    }
    expect(tips.map(({ name }) => name)).toEqual(['Joseph']);
    for (const tip of tips) {
      await test.step(`a tip: ${tip.name}`, () => addsTip(visitor, tip));
    }

    const reader = await elsewhere(browser, visitor, baseURL!);
    await reader.opens(CONDITION);
    await expect(reader.page.getByRole('banner').getByRole('link', { name: 'Sign in' })).toBeVisible();
    for (const { kind, title, text } of texts) {
      expect(words(await shown(reader, kind).innerText()), title).toBe(words(text));
    }
    for (const tip of tips) await expectsTip(reader, tip);
    await expectsASoundPage(reader);
    await leaves(reader);
  });
} else {
  notTested(`on real data: ${SEED}`);
}
