import { expectsASoundPage } from './axe';
import {
  becomesMember,
  chooses,
  comesWith,
  fills,
  heading,
  leaves,
  moderates,
  presses,
  REFUSED_MESSAGE,
  unique,
} from './people';
import { expect, NOT_FOUND_MESSAGE, test, VIEWPORTS, Visitor } from './visitor';

const DISCUSSIONS = '/communities/cystic-fibrosis/discussions';

/** Joins, starts a discussion that everyone reads, and returns its address. */
async function starts(visitor: Visitor, title: string, text = 'So it goes.') {
  await visitor.opens(`${DISCUSSIONS}/new`);
  await presses(visitor, 'Join this community');
  await expect(visitor.main.getByLabel('Title')).toBeVisible();
  await visitor.settles();
  await fills(visitor, { Title: title, 'Your text': text });
  await chooses(visitor, { 'Who can read it?': 'Everyone' });
  await presses(visitor, 'Start discussion');
  await expect(heading(visitor)).toHaveText(title);
  await visitor.settles();
  return new URL(visitor.page.url()).pathname;
}

/** Joins from a discussion, which is there afterwards. */
async function joinsAt(visitor: Visitor, topic: string) {
  await visitor.opens(topic);
  await presses(visitor, 'Join this community');
  await expect(visitor.main.getByLabel('Your reply').first()).toBeAttached();
  await visitor.settles();
}

function post(visitor: Visitor, number: number) {
  return visitor.main.locator(`#post-${number}`);
}

function button(visitor: Visitor, name: RegExp, number = 1) {
  return post(visitor, number).getByRole('button', { name });
}

test.describe('A reaction', { tag: '@either' }, () => {
  test('is given by one press and taken back by another', async ({ visitor, browser, baseURL }) => {
    await becomesMember(visitor, 'Ada');
    const topic = await starts(visitor, unique('The third day'));
    // One's own post has no buttons.
    await expect(button(visitor, /^Hugs/)).toHaveCount(0);

    const grace = await comesWith('Grace', browser, visitor, baseURL!);
    await joinsAt(grace, topic);
    await expect(button(grace, /^Hugs/)).toHaveAttribute('aria-pressed', 'false');
    await expect(button(grace, /^Thank you/)).toHaveText(/^Thank you\s*$/);
    for (const name of ['Hugs', 'Thank you']) {
      await button(grace, new RegExp(`^${name}`)).click();
      await expect(button(grace, new RegExp(`^${name} 1`))).toHaveAttribute('aria-pressed', 'true');
      await grace.settles();
    }
    if (grace.scripted) {
      // It stays where it is, and so does the focus.
      await expect(button(grace, /^Thank you/)).toBeFocused();
      await expect(grace.page).toHaveURL(new RegExp(`${topic}$`));
    }
    await visitor.opens(topic);
    await expect(post(visitor, 1)).toContainText('Thank you 1 · Hugs 1');
    await expect(visitor.main).not.toContainText('Grace');

    await button(grace, /^Hugs/).click();
    await expect(button(grace, /^Hugs\s*$/)).toHaveAttribute('aria-pressed', 'false');
    await grace.settles();
    await grace.opens(topic);
    await expect(button(grace, /^Hugs\s*$/)).toHaveAttribute('aria-pressed', 'false');
    await expect(button(grace, /^Thank you 1/)).toHaveAttribute('aria-pressed', 'true');
    await leaves(grace);
    await visitor.opens(topic);
    await expect(post(visitor, 1)).toContainText('Thank you 1');
    await expect(post(visitor, 1)).not.toContainText('Hugs');
  });

  test('is refused with words, and put back', async ({ visitor, browser, baseURL }) => {
    await becomesMember(visitor, 'Ada');
    const topic = await starts(visitor, unique('Gone again'));
    const grace = await comesWith('Grace', browser, visitor, baseURL!);
    await joinsAt(grace, topic);
    await visitor.opens(topic);
    await visitor.main.getByRole('link', { name: 'Delete post 1' }).click();
    await expect(heading(visitor)).toHaveText('Delete this post');
    await visitor.settles();
    await presses(visitor, 'Delete post');
    await expect(post(visitor, 1)).toContainText('Deleted by its author');
    await visitor.settles();
    if (!grace.scripted) grace.expectsOneMessage(NOT_FOUND_MESSAGE);
    await button(grace, /^Me too/).click();
    if (grace.scripted) {
      await expect(post(grace, 1).getByRole('alert')).toBeFocused();
      await expect(button(grace, /^Me too\s*$/)).toHaveAttribute('aria-pressed', 'false');
    } else {
      await expect(heading(grace)).toHaveText(/Page not found|not there any more/);
    }
    await grace.settles();
    await leaves(grace);
  });
});

test.describe('A content note', { tag: '@either' }, () => {
  test('hides a post until its reader asks for it', async ({ visitor, browser, baseURL }) => {
    await becomesMember(visitor, 'Ada');
    const title = unique('My brother');
    const topic = await starts(visitor, title);
    await visitor.main.getByRole('link', { name: 'Edit post 1' }).click();
    await expect(heading(visitor)).toHaveText('Edit your post');
    await visitor.settles();
    await visitor.main.getByText('Warn readers before this post').click();
    await fills(visitor, {
      'Your text': 'He died in May.',
      'Content note (optional)': 'a'.repeat(61),
    });
    if (!visitor.scripted) visitor.expectsOneMessage(REFUSED_MESSAGE);
    await presses(visitor, 'Save');
    await expect(visitor.main.getByRole('alert')).toContainText('at most 60 characters');
    await visitor.settles();
    await expect(visitor.main.getByLabel('Content note (optional)')).toBeVisible();
    await fills(visitor, { 'Content note (optional)': 'mentions death' });
    await presses(visitor, 'Save');
    const summary = post(visitor, 1).getByText('Content note: mentions death. Show the post');
    await expect(summary).toBeVisible();
    await visitor.settles();
    const other = await comesWith('Grace', browser, visitor, baseURL!);
    await other.opens(topic);
    const text = post(other, 1).getByText('He died in May.');
    await expect(text).toBeHidden();
    await post(other, 1).getByText('Content note: mentions death').click();
    await expect(text).toBeVisible();
    await other.opens(`/search?q=${encodeURIComponent(title)}&in=discussions`);
    await expect(other.main).toContainText('Content note: mentions death');
    await expect(other.main).not.toContainText('He died');
    await leaves(other);
  });

  test('is put there by a moderator, and stays', async ({ visitor, browser, baseURL }) => {
    await becomesMember(visitor, 'Ada');
    const topic = await starts(visitor, unique('My sister'), 'She died in June.');
    const moderator = await moderates(browser, visitor, baseURL!);
    await moderator.opens(topic);
    await post(moderator, 1).getByRole('link', { name: 'Content note for post 1' }).click();
    await expect(heading(moderator)).toHaveText('Content note for post 1');
    await moderator.settles();
    await expectsASoundPage(moderator);
    await fills(moderator, { 'Content note (optional)': 'mentions death' });
    await presses(moderator, 'Save');
    await expect(post(moderator, 1)).toContainText('A moderator or leader added this content note');
    await moderator.settles();
    await leaves(moderator);
    await visitor.opens(topic);
    await expect(post(visitor, 1).getByText('She died in June.')).toBeHidden();
    await visitor.opens(`${topic}/posts/1/edit`);
    await expect(visitor.main).toContainText('Only they can change it.');
    await visitor.opens('/decisions');
    await expect(visitor.main).toContainText('A content note was added to your post');
    await expect(visitor.main).toContainText('mentions death');
  });
});

test.describe('Pages with reactions and notes', { tag: '@either' }, () => {
  for (const viewport of VIEWPORTS) {
    test.describe(`at ${viewport.width} px`, () => {
      test.use({ viewport });
      test('are accessible and fit', async ({ visitor, browser, baseURL }) => {
        await becomesMember(visitor, 'Ada');
        await visitor.opens(`${DISCUSSIONS}/new`);
        const topic = await starts(visitor, unique('The fourth day'));
        await visitor.opens(`${DISCUSSIONS}/new`);
        await visitor.main.getByText('Warn readers before this post').click();
        await expectsASoundPage(visitor);
        const grace = await comesWith('Grace', browser, visitor, baseURL!);
        await joinsAt(grace, topic);
        await button(grace, /^Hugs/).click();
        await expect(button(grace, /^Hugs 1/)).toBeVisible();
        await grace.settles();
        for (const at of [topic, `${topic}/posts/1/react`]) {
          await grace.opens(at);
          await expectsASoundPage(grace);
        }
        await leaves(grace);
        await visitor.opens(topic);
        await expectsASoundPage(visitor);
      });
    });
  }
});
