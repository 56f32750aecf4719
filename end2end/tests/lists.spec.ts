import { expectsASoundPage } from './axe';
import {
  becomesMember,
  CONFLICT_MESSAGE,
  elsewhere,
  fills,
  formWith,
  heading,
  isGiven,
  leaves,
  PASSWORD,
  presses,
  REFUSED_MESSAGE,
  SIGNED_OUT_MESSAGE,
  unique,
} from './people';
import { expect, test, VIEWPORTS, type Visitor } from './visitor';

/** All tests share a server: each way of running them has a condition of its own. */
function condition({ scripted, page }: Visitor): string {
  const narrow = page.viewportSize()!.width < 500;
  if (scripted) return narrow ? 'alport-syndrome' : 'fabry-disease';
  return narrow ? 'addison-disease' : 'gaucher-disease';
}

type Kind = 'synonyms' | 'tips' | 'references';

const TITLES = { synonyms: 'Synonyms', tips: 'Tips or suggestions', references: 'References' };

/** Somebody whose changes are shown at once. */
async function becomesModerator(visitor: Visitor, name: string) {
  const email = await becomesMember(visitor, name);
  await isGiven(visitor, email, 'moderator');
  return email;
}

/** Waits until the page that was led to can be used, and looks it over. */
async function rests(visitor: Visitor) {
  await visitor.settles();
  await expectsASoundPage(visitor);
}

async function opensPage(visitor: Visitor) {
  await visitor.opens(`/communities/${condition(visitor)}`);
}

async function opensList(visitor: Visitor, kind: Kind) {
  await visitor.opens(`/communities/${condition(visitor)}/sections/${kind}/edit`);
  await expect(heading(visitor)).toContainText(`Edit: ${TITLES[kind]} of `);
}

/** An entry in its list. */
function listed(visitor: Visitor, title: string) {
  return visitor.main.locator('.history > li').filter({ hasText: title });
}

async function opensEntry(visitor: Visitor, kind: Kind, title: string) {
  await opensList(visitor, kind);
  await listed(visitor, title).getByRole('link', { name: title, exact: true }).click();
  await expect(heading(visitor)).toHaveText(title);
  await visitor.settles();
}

/** Sends a form about an entry, which leads to the list. */
async function changes(visitor: Visitor, button: string) {
  await presses(visitor, button);
  await expect(heading(visitor)).toContainText('Edit: ');
  await expect(visitor.main.getByRole('status')).toContainText('Done.');
  await rests(visitor);
}

/** Sends a form that comes back with what is wrong. */
async function isRefused(visitor: Visitor, button: string, words: string) {
  // A script is told in an answer of its own.
  if (!visitor.scripted) visitor.expectsOneMessage(REFUSED_MESSAGE);
  await presses(visitor, button);
  await expect(visitor.main.getByRole('alert')).toContainText(words);
  await expect(visitor.main.getByRole('alert')).toBeFocused();
  await rests(visitor);
}

/** A section of the page of the condition. */
function shown(visitor: Visitor, kind: string) {
  return visitor.page.locator(`section#${kind}`);
}

/** A tip on the page of the condition. */
function tip(visitor: Visitor, name: string) {
  const term = visitor.page.getByRole('term').getByText(name, { exact: true });
  return shown(visitor, 'tips').locator('dl > div').filter({ has: term });
}

/** The button of a tip, which says its name to those who cannot see where it stands. */
function helpButton(visitor: Visitor, name: string, words: string) {
  return tip(visitor, name).getByRole('button', { name: new RegExp(`${words}\\s*: ${name}`) });
}

async function addsTip(visitor: Visitor, name: string, description: string) {
  await opensList(visitor, 'tips');
  await fills(visitor, { Name: name, Description: description });
  await changes(visitor, 'Add it');
}

for (const viewport of VIEWPORTS) {
  test.describe(`At ${viewport.width} pixels`, { tag: '@either' }, () => {
    // The dark colours on one screen, the light ones on the other.
    test.use({ viewport, colorScheme: viewport.width < 500 ? 'dark' : 'light' });

    test('a tip is added, changed, found helpful, hidden and shown again', async ({
      visitor,
      browser,
      baseURL,
    }) => {
      test.slow();
      const name = unique('Rest in the shade');
      await becomesModerator(visitor, 'Ada');
      await opensPage(visitor);
      const way = new RegExp(`(Add the first|Add or change)\\s*: ${TITLES.tips}`);
      await shown(visitor, 'tips').getByRole('link', { name: way }).click();
      await expect(heading(visitor)).toContainText(`Edit: ${TITLES.tips}`);
      await visitor.main.getByText('What belongs here').click();
      await rests(visitor);
      await fills(visitor, { Name: name, Description: 'It *cools* you.' });
      await changes(visitor, 'Add it');
      await opensPage(visitor);
      await expect(tip(visitor, name).locator('em')).toHaveText('cools');
      await rests(visitor);

      await opensEntry(visitor, 'tips', name);
      await rests(visitor);
      await fills(visitor, { Description: 'It cools you, and **costs nothing**.' });
      await changes(visitor, 'Save');

      const other = await elsewhere(browser, visitor, baseURL!);
      const email = await becomesMember(other, 'Grace');
      await other.page.context().clearCookies({ name: '__Host-session' });
      await opensPage(other);
      await expect(tip(other, name).locator('strong')).toHaveText('costs nothing');
      await expect(tip(other, name)).not.toContainText('Helped');
      // Who has helped is asked to sign in, and what they said is kept.
      other.expectsOneMessage(SIGNED_OUT_MESSAGE);
      await helpButton(other, name, 'This helped me').click();
      await expect(heading(other)).toHaveText('Sign in');
      await expect(other.main.getByRole('status')).toContainText('What you entered is kept');
      await rests(other);
      await fills(other, { 'Email address': email, Password: PASSWORD });
      await presses(other, 'Sign in');
      await expect(tip(other, name)).toContainText('You are signed in again.');
      await rests(other);
      await helpButton(other, name, 'This helped me').click();
      await expect(tip(other, name)).toContainText('Helped one person');
      await expect(other.page).toHaveURL(/#tip-/);
      await rests(other);
      // And now from the page itself.
      await helpButton(other, name, 'Undo').click();
      await expect(helpButton(other, name, 'This helped me')).toBeVisible();
      await expect(tip(other, name)).not.toContainText('Helped one person');
      await expect(shown(other, 'tips')).toBeInViewport();
      await other.settles();
      await helpButton(other, name, 'This helped me').click();
      await expect(tip(other, name)).toContainText('Helped one person');
      await rests(other);

      await opensEntry(visitor, 'tips', name);
      await isRefused(visitor, 'Hide it', 'Say why.');
      await fills(visitor, { Reason: 'It is said twice.' });
      await changes(visitor, 'Hide it');
      await expect(listed(visitor, name)).toContainText('It is said twice.');
      await opensPage(other);
      await expect(shown(other, 'tips')).not.toContainText(name);
      await leaves(other);
      await opensEntry(visitor, 'tips', name);
      await expect(visitor.main).toContainText('It is hidden. Reason: It is said twice.');
      await rests(visitor);
      await changes(visitor, 'Show it again');
      await opensPage(visitor);
      await expect(tip(visitor, name)).toContainText('Helped one person');
      await visitor.opens(`/communities/${condition(visitor)}/sections/tips/history`);
      for (const line of ['Added', 'Changed', 'Hidden', 'Shown again']) {
        await expect(visitor.main).toContainText(`${line}: ${name}`);
      }
      await rests(visitor);
    });

    test('a reference is added, cited in a text, and leads back to where it is cited', async ({
      visitor,
    }) => {
      test.slow();
      const { page } = visitor;
      const title = unique('A study of shade');
      await becomesModerator(visitor, 'Ada');
      await opensList(visitor, 'references');
      await rests(visitor);
      const fields = {
        Title: title,
        'Journal, book or publisher (optional)': 'The Journal of Shade',
        'Year (optional)': '2021',
      };
      const identifiers = 'DOI, PMID, ISBN or web address (optional)';
      await fills(visitor, { ...fields, [identifiers]: '10.1002/ajh.27422 PMID:18A' });
      await isRefused(visitor, 'Add it', '“PMID:18A” is no DOI, PMID, ISBN or web address.');
      for (const [label, value] of Object.entries(fields)) {
        await expect(visitor.main.getByLabel(label, { exact: true })).toHaveValue(value);
      }
      await fills(visitor, { [identifiers]: 'https://doi.org/10.1002/ajh.27422' });
      await changes(visitor, 'Add it');
      const cite = await listed(visitor, title).locator('code').innerText();
      const key = /^\[@([\w.:-]+)\]$/.exec(cite)?.[1];
      expect(key, cite).toContain('study');

      await visitor.opens(`/communities/${condition(visitor)}/sections/cause/edit`);
      await visitor.main.getByText('What belongs here').click();
      await expect(visitor.main.locator('.guide')).toContainText(key!);
      const text = `Shade is rare.${cite}\n\nIt is **rarer** at noon.${cite}`;
      await visitor.main.getByLabel('Cause', { exact: true }).fill(text);
      await presses(visitor, 'Save');
      const marks = shown(visitor, 'cause').getByRole('link', { name: /^Reference \d+$/ });
      await expect(marks).toHaveCount(2);
      await rests(visitor);
      await visitor.marksTheDocument();
      await marks.last().click();
      const entry = page.locator(`[id="reference-${key}"]`);
      await expect(page).toHaveURL(new RegExp(`#reference-${key}$`));
      await expect(entry).toBeInViewport();
      await expect(entry).toContainText(`${title}. The Journal of Shade, 2021.`);
      await expect(entry.getByRole('link', { name: title })).toHaveAttribute(
        'href',
        'https://doi.org/10.1002/ajh.27422',
      );
      await expect(entry.locator('.cited')).toHaveText(/^Cited in Cause\s+Cause \(2\)\s*$/);
      await visitor.restsAt();
      await entry.getByRole('link', { name: 'Cause (2)' }).click();
      await expect(page).toHaveURL(/#cited-cause-/);
      const cited = page.locator(`[id="${new URL(page.url()).hash.slice(1)}"]`);
      await expect(cited.and(marks.last())).toBeInViewport();
      await visitor.expectsTheSameDocument();
      await rests(visitor);

      // It keeps its number: the texts that cite it stay right.
      await opensEntry(visitor, 'references', title);
      await rests(visitor);
      await fills(visitor, { Reason: 'It was withdrawn.' });
      await changes(visitor, 'Hide it');
      await opensPage(visitor);
      await expect(entry).toContainText('Hidden: It was withdrawn.');
      await expect(marks).toHaveCount(2);
      await rests(visitor);
    });

    test('a name is added and found, and a name of a source is hidden', async ({ visitor }) => {
      test.slow();
      const name = unique('Kestrel illness');
      await becomesModerator(visitor, 'Ada');
      await opensList(visitor, 'synonyms');
      await rests(visitor);
      await formWith(visitor, 'Add it').nth(1).getByLabel('Code', { exact: true }).fill('C90');
      if (!visitor.scripted) visitor.expectsOneMessage(REFUSED_MESSAGE);
      await formWith(visitor, 'Add it').nth(1).getByRole('button', { name: 'Add it' }).click();
      await expect(visitor.main.getByRole('alert')).toContainText('with its system');
      await rests(visitor);
      await expect(visitor.main.getByLabel('Code', { exact: true })).toHaveValue('C90');
      const form = formWith(visitor, 'Add it').first();
      await form.getByLabel('Name', { exact: true }).fill(name);
      await form.getByLabel('What does the name mean?').selectOption({ label: 'A part of it' });
      await form.getByRole('button', { name: 'Add it' }).click();
      await expect(visitor.main.getByRole('status')).toContainText('Done.');
      await rests(visitor);

      await visitor.opens(`/search?q=${encodeURIComponent(name)}`);
      const found = visitor.main.getByRole('listitem').first();
      await expect(found).toContainText(`Also called: ${name}`);
      await found.getByRole('link').click();
      await expect(visitor.page).toHaveURL(`/communities/${condition(visitor)}`);
      await expect(shown(visitor, 'synonyms')).toContainText(`${name} a part of it`);
      await rests(visitor);

      await opensList(visitor, 'synonyms');
      const given = listed(visitor, 'From ').filter({ hasNotText: 'Hidden' }).first();
      const link = given.getByRole('link');
      const old = await link.innerText();
      await link.click();
      await expect(heading(visitor)).toHaveText(old);
      await expect(visitor.main).toContainText('It comes from');
      await rests(visitor);
      await fills(visitor, { Reason: 'Nobody says so.' });
      await changes(visitor, 'Hide it');
      await expect(listed(visitor, old).filter({ hasText: 'Nobody says so.' })).toHaveCount(1);
      await opensPage(visitor);
      await expect(shown(visitor, 'synonyms').getByText(old, { exact: true })).toHaveCount(0);
      await expect(shown(visitor, 'synonyms')).toContainText(name);
    });

    test('the tips of somebody new wait: one is amended and accepted, one declined', async ({
      visitor,
      browser,
      baseURL,
    }) => {
      test.slow();
      const moderator = await elsewhere(browser, visitor, baseURL!);
      await becomesModerator(moderator, 'Quill');
      await becomesMember(visitor, 'Newcomer');
      const [accepted, declined] = [unique('Sleep'), unique('Buy this')];
      const proposes = async (name: string) => {
        await opensList(visitor, 'tips');
        await expect(visitor.main).toContainText('is published once an experienced member has checked it');
        await rests(visitor);
        await fills(visitor, { Name: name, Description: `${name}: it helps.` });
        await presses(visitor, 'Send for review');
        await expect(visitor.main.getByRole('status')).toContainText('waiting for review');
        await rests(visitor);
        return new URL(visitor.page.url()).pathname;
      };
      const first = await proposes(accepted);
      const second = await proposes(declined);
      await opensPage(visitor);
      await expect(shown(visitor, 'tips')).not.toContainText(accepted);

      await moderator.opens(first);
      await expect(moderator.main.locator('.seen')).toContainText(accepted);
      await expect(moderator.main.locator('ins').first()).toContainText('it helps.');
      await rests(moderator);
      await fills(moderator, { Description: '### How\n\nSleep helps *many*.' });
      await presses(moderator, 'Accept it');
      await expect(moderator.main.getByRole('status')).toHaveText('Done. The author can see your decision.');
      await rests(moderator);
      await moderator.opens(second);
      await formWith(moderator, 'Decline it').getByLabel('Reason').fill('This advertises.');
      await presses(moderator, 'Decline it');
      await expect(moderator.main.getByRole('status')).toHaveText('Done. The author can see your decision.');
      await rests(moderator);
      await leaves(moderator);

      // Tips have headings, on every page that shows them.
      await opensEntry(visitor, 'tips', accepted);
      await expect(visitor.main.locator('.seen').getByRole('heading')).toHaveText('How');
      await rests(visitor);
      await visitor.opens(`/communities/${condition(visitor)}/sections/tips/history`);
      const line = visitor.main.getByRole('listitem').filter({ hasText: `Added: ${accepted}` });
      await line.getByRole('link').first().click();
      await expect(visitor.main).toContainText('What changed: ');
      await rests(visitor);
      await opensPage(visitor);
      await expect(tip(visitor, accepted).locator('em')).toHaveText('many');
      await expect(shown(visitor, 'tips')).not.toContainText(declined);
      await visitor.opens(second);
      await expect(visitor.main).toContainText('It was declined.');
      await expect(visitor.main).toContainText('This advertises.');
      await rests(visitor);
    });

    test('an entry that two people change is shown to the second as it is now', async ({
      visitor,
      browser,
      baseURL,
    }) => {
      test.slow();
      const other = await elsewhere(browser, visitor, baseURL!);
      await becomesModerator(visitor, 'Ada');
      await becomesModerator(other, 'Grace');
      const name = unique('Walk');
      await addsTip(visitor, name, 'It helps.');
      await opensEntry(visitor, 'tips', name);
      await opensEntry(other, 'tips', name);
      await fills(other, { Description: 'It helps, says Grace.' });
      await changes(other, 'Save');
      await leaves(other);
      await fills(visitor, { Description: 'It helps, says Ada.' });
      if (!visitor.scripted) visitor.expectsOneMessage(CONFLICT_MESSAGE);
      await presses(visitor, 'Save');
      await expect(visitor.main.getByRole('alert')).toContainText('Nothing of yours is lost');
      await expect(visitor.main.locator('pre')).toContainText('It helps, says Grace.');
      const field = visitor.main.getByLabel('Description', { exact: true });
      await expect(field).toHaveValue('It helps, says Ada.');
      await rests(visitor);
      await changes(visitor, 'Save');
      await opensPage(visitor);
      await expect(tip(visitor, name)).toContainText('It helps, says Ada.');
      await expect(tip(visitor, name)).not.toContainText('Grace');
    });

    test('an acknowledgement is saved once everybody in it has agreed', async ({ visitor }) => {
      await becomesModerator(visitor, 'Ada');
      const text = `With thanks to ${unique('everybody')}.`;
      await visitor.opens(`/communities/${condition(visitor)}/sections/acknowledgement/edit`);
      const field = visitor.main.getByLabel('Acknowledgement', { exact: true });
      const tick = visitor.main.getByLabel('Everyone who is named here has agreed to it');
      await expect(tick).not.toBeChecked();
      await field.fill(text);
      await isRefused(visitor, 'Save', 'Ask the people whom you name');
      await expect(field).toHaveValue(text);
      await tick.check();
      await presses(visitor, 'Save');
      await expect(shown(visitor, 'acknowledgement')).toContainText(text);
      await rests(visitor);
    });
  });
}
