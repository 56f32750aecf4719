import { expectsASoundPage } from './axe';
import { becomesMember, elsewhere, fills, heading, leaves, presses, unique } from './people';
import { expect, test, VIEWPORTS, Visitor } from './visitor';

const CONDITION = '/communities/fabry-disease';
const FEED = `${CONDITION}/feed`;

/** Joins the community from the page where discussions are started, and starts one. */
async function startsDiscussion(visitor: Visitor, title: string) {
  await visitor.opens(`${CONDITION}/discussions/new`);
  const join = visitor.main.getByRole('button', { name: 'Join this community', exact: true });
  if (await join.isVisible()) {
    await join.click();
    await expect(visitor.main.getByLabel('Title')).toBeVisible();
    await visitor.settles();
  }
  await fills(visitor, { Title: title, 'Your text': 'A lark sings.' });
  await visitor.main.getByLabel('Who can read it?').selectOption('everyone');
  await presses(visitor, 'Start discussion');
  await expect(heading(visitor)).toHaveText(title);
  await visitor.settles();
  return new URL(visitor.page.url()).pathname;
}

async function replies(visitor: Visitor, topic: string, text: string) {
  await visitor.opens(topic);
  const form = visitor.main.getByRole('region', { name: 'Write a reply' });
  await form.getByLabel('Your reply', { exact: true }).fill(text);
  await form.getByRole('button', { name: 'Reply', exact: true }).click();
  await expect(visitor.main).toContainText(text);
  await visitor.settles();
}

test.describe('What is new', { tag: '@either' }, () => {
  test('is in the feed of the community and of its members', async ({ visitor }) => {
    const title = unique('A walk');
    await becomesMember(visitor, 'Ada');
    const topic = await startsDiscussion(visitor, title);
    await visitor.opens(CONDITION);
    await visitor.main.getByRole('link', { name: 'What is new', exact: true }).click();
    await expect(heading(visitor)).toHaveText('What is new: Fabry disease');
    await visitor.settles();
    const link = visitor.main.getByRole('link', { name: title, exact: true });
    await expect(link).toHaveAttribute('href', topic);
    await visitor.main.getByRole('link', { name: 'Page changes', exact: true }).click();
    await expect(link).toHaveCount(0);
    await visitor.settles();
    await visitor.opens('/feed');
    await expect(heading(visitor)).toHaveText('Your feed');
    await link.click();
    await expect(heading(visitor)).toHaveText(title);
    await visitor.settles();
  });

  test('comes page by page', async ({ visitor }) => {
    await becomesMember(visitor, 'Ada');
    await startsDiscussion(visitor, unique('The newest'));
    await visitor.opens(FEED);
    const older = visitor.main.getByRole('link', { name: 'Show more', exact: true });
    if ((await older.count()) > 0) {
      await expect(older).toHaveAttribute('href', /\/feed\?after=/);
    }
    await visitor.settles();
  });
});

test.describe('A page that is open', () => {
  test('says that there is a reply, and shows it', async ({ visitor, browser, baseURL }) => {
    const [title, text] = [unique('A question'), unique('An answer')];
    await becomesMember(visitor, 'Ada');
    const topic = await startsDiscussion(visitor, title);
    const other = await elsewhere(browser, visitor, baseURL!);
    await becomesMember(other, 'Grace');
    await other.opens(`${CONDITION}/discussions/new`);
    await presses(other, 'Join this community');
    await expect(other.main.getByLabel('Title')).toBeVisible();
    await other.settles();
    await other.opens(`${CONDITION}/discussions`);

    // One's own reply is no news.
    await replies(visitor, topic, unique('Something else'));
    const news = visitor.main.getByRole('status').filter({ hasText: 'new repl' });
    await visitor.page.waitForTimeout(1500);
    await expect(news).toHaveCount(0);
    await expect(other.main.getByRole('status').filter({ hasText: 'new post' })).toBeVisible();

    await replies(other, topic, text);
    await expect(news).toContainText('1 new reply.');
    await expect(visitor.main).not.toContainText(text);
    await news.getByRole('button', { name: 'Show it' }).click();
    await expect(visitor.main).toContainText(text);
    await expect(visitor.page.locator('#post-3')).toBeFocused();
    await expect(news).toHaveCount(0);
    await visitor.settles();

    await visitor.opens(FEED);
    await replies(other, topic, unique('One more'));
    // Others may write there at the same time.
    const status = visitor.main.getByRole('status').filter({ hasText: /\d+ new\./ });
    await expect(status).toBeVisible();
    await status.getByRole('button', { name: /^Show (it|them)$/ }).click();
    await expect(visitor.main).toContainText(`3 replies in “${title}”`);
    await visitor.settles();
    await leaves(other);
  });

  test('grows its list, and is as it was when one comes back', async ({ visitor, browser, baseURL }) => {
    test.slow();
    // More lines than a page has: nobody starts so many discussions in an hour.
    for (let person = 0; person < 8; person += 1) {
      const writer = await elsewhere(browser, visitor, baseURL!);
      await becomesMember(writer, `Ada ${person}`);
      for (let number = 0; number < 4; number += 1) {
        await startsDiscussion(writer, unique('A walk'));
      }
      await leaves(writer);
    }
    await visitor.opens(FEED);
    const lines = visitor.page.locator('#news > li');
    await expect(lines).toHaveCount(30);
    await visitor.main.getByRole('link', { name: 'Show more', exact: true }).click();
    await expect.poll(() => lines.count()).toBeGreaterThan(30);
    expect(new URL(visitor.page.url()).search).toBe('');
    const count = await lines.count();
    const link = lines.nth(30).getByRole('link').first();
    await link.scrollIntoViewIfNeeded();
    const before = await visitor.page.evaluate(() => window.scrollY);
    await link.click();
    await expect(heading(visitor)).not.toContainText('What is new');
    await visitor.settles();
    await visitor.page.goBack();
    await expect(heading(visitor)).toContainText('What is new');
    await expect(lines).toHaveCount(count);
    await expect.poll(() => visitor.page.evaluate(() => window.scrollY)).toBeCloseTo(before, -2);
    await visitor.settles();
  });
});

test.describe('Pages of what is new', { tag: '@either' }, () => {
  for (const viewport of VIEWPORTS) {
    test.describe(`at ${viewport.width} px`, () => {
      test.use({ viewport });
      test('are accessible and fit', async ({ visitor }) => {
        await becomesMember(visitor, 'Ada');
        await startsDiscussion(visitor, unique('A walk'));
        for (const path of [FEED, `${FEED}?kind=resources`, '/feed']) {
          await visitor.opens(path);
          await expectsASoundPage(visitor);
        }
      });
    });
  }
});
