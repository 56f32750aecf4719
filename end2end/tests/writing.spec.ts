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
  presses,
  unique,
} from './people';
import { expect, test, VIEWPORTS, type Visitor } from './visitor';

/** All tests share a server: each way of running them has a section of its own. */
function section({ scripted, page }: Visitor) {
  const narrow = page.viewportSize()!.width < 500;
  if (scripted) {
    return narrow ? { kind: 'diagnosis', title: 'Diagnosis' } : { kind: 'cause', title: 'Cause' };
  }
  return narrow
    ? { kind: 'treatment', title: 'Treatment' }
    : { kind: 'symptoms', title: 'Symptoms' };
}

/** Somebody whose texts are shown at once. */
async function becomesModerator(visitor: Visitor, name: string) {
  const email = await becomesMember(visitor, name);
  await isGiven(visitor, email, 'moderator');
  return email;
}

async function opensEditor(visitor: Visitor, slug: string) {
  const { kind, title } = section(visitor);
  await visitor.opens(`/communities/${slug}/sections/${kind}/edit`);
  await expect(heading(visitor)).toContainText(`Edit: ${title}`);
  return visitor.main.getByLabel(title, { exact: true });
}

/** Waits until the page that was led to can be used, and looks it over. */
async function rests(visitor: Visitor) {
  await visitor.settles();
  await expectsASoundPage(visitor);
}

/** The text of a section on the page of its condition. */
function shown(visitor: Visitor) {
  return visitor.page.locator(`section#${section(visitor).kind}`);
}

/** Saves, and arrives at the section with the new text: whoever has written wants to see it. */
async function savesAndSees(visitor: Visitor, text: string) {
  await presses(visitor, 'Save');
  await expect(shown(visitor)).toContainText(text);
  await visitor.restsAt();
  await expect(shown(visitor)).toBeInViewport();
  if (visitor.scripted) await expect(shown(visitor)).toBeFocused();
  await rests(visitor);
}

for (const viewport of VIEWPORTS) {
  test.describe(`At ${viewport.width} pixels`, { tag: '@either' }, () => {
    test.use({ viewport });

    test('a section is edited, previewed, saved, compared and restored', async ({ visitor }) => {
      test.slow();
      const slug = 'cystinosis';
      const { kind, title } = section(visitor);
      const [first, second] = [unique('first'), unique('second')];
      await becomesModerator(visitor, 'Ada');
      await visitor.opens(`/communities/${slug}`);
      const way = new RegExp(`(Edit|Add it)\\s*: ${title}`);
      await shown(visitor).getByRole('link', { name: way }).click();
      await expect(heading(visitor)).toContainText(`Edit: ${title}`);
      await rests(visitor);
      const field = visitor.main.getByLabel(title, { exact: true });
      await field.fill(`The *${first}* text. It is short. You can read it.`);
      await fills(visitor, { 'What did you change, and why? (optional)': 'A first text' });
      await presses(visitor, 'Preview');
      await expect(visitor.main.getByRole('heading', { name: 'Preview', exact: true })).toBeVisible();
      await expect(visitor.main.locator('.seen em')).toHaveText(first);
      await expect(visitor.main).toContainText('It reads at school grade');
      await expect(field, 'what was typed is still there').toHaveValue(
        `The *${first}* text. It is short. You can read it.`,
      );
      await rests(visitor);
      await savesAndSees(visitor, `The ${first} text.`);

      await (await opensEditor(visitor, slug)).fill(`The *${second}* text. It is short.`);
      await savesAndSees(visitor, second);

      await shown(visitor).getByRole('link', { name: new RegExp(`History\\s*of ${title}`) }).click();
      await expect(heading(visitor)).toContainText('History');
      await expect(visitor.main.getByRole('listitem').first()).toContainText('Current version');
      await expect(visitor.main.getByText('A first text').first()).toBeVisible();
      await rests(visitor);
      await presses(visitor, 'Compare the two');
      await expect(heading(visitor)).toContainText('What changed');
      const sides = visitor.main.locator('del:visible, ins:visible');
      await expect(sides.filter({ hasText: first }).first()).toBeVisible();
      await expect(sides.filter({ hasText: second }).first()).toBeVisible();
      await rests(visitor);

      await visitor.opens(`/communities/${slug}/sections/${kind}/history`);
      await visitor.main.getByRole('listitem').nth(1).getByRole('link').first().click();
      await expect(visitor.main).toContainText('It is not on the page now');
      await expect(visitor.page.locator('meta[name=robots]')).toHaveAttribute('content', 'noindex');
      await rests(visitor);
      await fills(visitor, { 'Why? (optional)': 'It was right' });
      await presses(visitor, 'Restore');
      await expect(shown(visitor)).toContainText(first);
      await rests(visitor);
    });

    test('a section that two people change at once keeps what both have written', async ({
      visitor,
      browser,
      baseURL,
    }) => {
      test.slow();
      const slug = 'wilson-disease';
      const other = await elsewhere(browser, visitor, baseURL!);
      await becomesModerator(visitor, 'Ada');
      await becomesModerator(other, 'Grace');
      const mark = unique('text');
      const field = await opensEditor(visitor, slug);
      await field.fill(`One ${mark}.\n\nTwo.\n\nThree.`);
      await savesAndSees(visitor, mark);

      // Other lines: merged by themselves.
      const mine = await opensEditor(visitor, slug);
      const theirs = await opensEditor(other, slug);
      await theirs.fill(`One ${mark}.\n\nTwo.\n\nThree, by Grace.`);
      await savesAndSees(other, 'Three, by Grace.');
      await mine.fill(`One ${mark}, by Ada.\n\nTwo.\n\nThree.`);
      await savesAndSees(visitor, `${mark}, by Ada.`);
      await expect(shown(visitor)).toContainText('Three, by Grace.');

      // The same line: finished by hand.
      const again = await opensEditor(visitor, slug);
      const beside = await opensEditor(other, slug);
      await beside.fill(`One ${mark}, by Ada.\n\nTwo, by Grace.\n\nThree, by Grace.`);
      await savesAndSees(other, 'Two, by Grace.');
      await again.fill(`One ${mark}, by Ada.\n\nTwo, by Ada.\n\nThree, by Grace.`);
      if (!visitor.scripted) visitor.expectsOneMessage(CONFLICT_MESSAGE);
      await presses(visitor, 'Save');
      await expect(visitor.main.getByRole('alert')).toContainText('Nothing is lost');
      await expect(again).toHaveValue(/Two, by Ada\.\n=======\nTwo, by Grace\./);
      await rests(visitor);
      await again.fill(`One ${mark}, by Ada.\n\nTwo, by both.\n\nThree, by Grace.`);
      await savesAndSees(visitor, 'Two, by both.');
      await leaves(other);
    });

    test('the first text of somebody new waits, and is accepted or declined with a reason', async ({
      visitor,
      browser,
      baseURL,
    }) => {
      test.slow();
      const slug = 'phenylketonuria';
      const moderator = await elsewhere(browser, visitor, baseURL!);
      await becomesModerator(moderator, 'Quill');
      await becomesMember(visitor, 'Newcomer');
      const [declined, accepted] = [unique('declined'), unique('accepted')];
      const proposes = async (text: string) => {
        const field = await opensEditor(visitor, slug);
        await field.fill(`A proposal: ${text}.`);
        await presses(visitor, 'Send for review');
        await expect(visitor.main.getByRole('status')).toContainText('waiting for review');
        await rests(visitor);
        return new URL(visitor.page.url()).pathname;
      };
      let path = await proposes(declined);
      await moderator.opens('/proposals');
      await expect(moderator.main.locator(`a[href="${path}"]`)).toBeVisible();
      await rests(moderator);
      await moderator.opens(path);
      await expect(moderator.main.locator('.seen')).toContainText(declined);
      await rests(moderator);
      await formWith(moderator, 'Decline it').getByLabel('Reason').fill('This names no source.');
      await presses(moderator, 'Decline it');
      await expect(moderator.main.getByRole('status')).toHaveText('Done. The author can see your decision.');
      await rests(moderator);
      await visitor.opens(path);
      await expect(visitor.main).toContainText('This names no source.');
      await rests(visitor);

      path = await proposes(accepted);
      await moderator.opens(path);
      await presses(moderator, 'Accept it');
      await expect(moderator.main.getByRole('status')).toHaveText('Done. The author can see your decision.');
      await rests(moderator);
      await visitor.opens(`/communities/${slug}`);
      await expect(shown(visitor)).toContainText(accepted);
      await expect(shown(visitor)).not.toContainText(declined);
      await leaves(moderator);
    });

    test('an expert reviews a text, and the page says so', async ({ visitor }) => {
      test.slow();
      const slug = 'cystic-fibrosis';
      const email = await becomesMember(visitor, 'Doctor');
      await isGiven(visitor, email, 'expert');
      // A text of their own they could not review.
      await visitor.opens(`/communities/${slug}`);
      await shown(visitor).getByRole('link', { name: /History/ }).click();
      await expect(heading(visitor)).toContainText('History');
      await visitor.main.getByRole('listitem').first().getByRole('link').first().click();
      await visitor.main.getByRole('link', { name: 'Review this version as an expert' }).click();
      await expect(heading(visitor)).toContainText('Review');
      await rests(visitor);
      await fills(visitor, {
        'Conflicts of interest': 'None',
      });
      await presses(visitor, 'I have read it, and it is correct');
      await expect(visitor.main.getByRole('status')).toContainText('Your review is on the page');
      await rests(visitor);
      await visitor.opens(`/communities/${slug}`);
      await expect(shown(visitor)).toContainText('Reviewed by Doctor');
      await expect(shown(visitor)).toContainText('Next review due');
      await rests(visitor);
      await visitor.opens('/reviews');
      await expect(visitor.main).toContainText('No reviews are due.');
      await rests(visitor);
    });
  });
}

test('A section is kept as a draft that is offered again', { tag: '@either' }, async ({ visitor }) => {
  const slug = 'turner-syndrome';
  await becomesMember(visitor, 'Ada');
  const field = await opensEditor(visitor, slug);
  const text = unique('begun');
  await field.fill(text);
  await presses(visitor, 'Save draft');
  await expect(visitor.main.getByRole('status')).toHaveText('Draft saved. You will find it here again.');
  await visitor.settles();
  await expect(await opensEditor(visitor, slug)).toHaveValue(text);
  await expect(visitor.main.getByRole('status')).toContainText('You began this text');
  await presses(visitor, 'Delete draft');
  await expect(visitor.main.getByRole('status')).toHaveCount(0);
  await expect(visitor.main.getByLabel(section(visitor).title, { exact: true })).not.toHaveValue(text);
  await visitor.settles();
});

test('The buttons for marks put them around what is selected', async ({ visitor }) => {
  await becomesMember(visitor, 'Ada');
  const field = await opensEditor(visitor, 'turner-syndrome');
  await field.fill('a bold word');
  await field.evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(2, 6));
  await presses(visitor, 'Bold');
  await expect(field).toHaveValue('a **bold** word');
  await expect(field).toBeFocused();
});

test('What is typed is kept without a button', async ({ visitor }) => {
  await becomesMember(visitor, 'Ada');
  const field = await opensEditor(visitor, 'turner-syndrome');
  const text = unique('typed');
  const kept = visitor.page.waitForResponse((response) => response.request().method() === 'POST');
  await field.pressSequentially(` ${text}`);
  await kept;
  await expect(await opensEditor(visitor, 'turner-syndrome')).toHaveValue(new RegExp(text));
});
