import { expectsASoundPage } from './axe';
import { becomesMember, chooses, elsewhere, fills, heading, leaves, presses, unique } from './people';
import { expect, test, VIEWPORTS } from './visitor';

const SUGGESTIONS = '**/api/search/suggest?*';

test.describe('Searching', { tag: '@either' }, () => {
  for (const [typed, why] of [
    ['Multiple myeloma', null],
    ['mutiple mieloma', null],
    ['kahlers', 'Also called: Kahler'],
    ['Morbus Kahler', 'Also called: Kahler'],
    ['C90', 'Code: ICD-10:C90.0'],
    ['MULTIPLE   MYELOMA ', null],
  ] as const) {
    test(`“${typed}” finds multiple myeloma first`, async ({ visitor }) => {
      await visitor.opens('/');
      await visitor.pageSearch.fill(typed);
      await visitor.main.getByRole('button', { name: 'Find' }).click();
      await visitor.arrivesAt('Search', `Search: ${typed.trim().replace(/ +/g, ' ')}`);
      const first = visitor.main.getByRole('listitem').first();
      await expect(first.getByRole('link')).toHaveText('Multiple myeloma');
      await expect(first).toContainText('A cancer of plasma cells');
      if (why) await expect(first).toContainText(why);
    });
  }

  for (const code of ['ORPHA:29073', '254500']) {
    test(`“${code}” leads straight to multiple myeloma`, async ({ visitor, page }) => {
      await visitor.opens('/');
      await visitor.pageSearch.fill(code);
      await visitor.main.getByRole('button', { name: 'Find' }).click();
      await visitor.arrivesAt('Multiple myeloma');
      await expect(page).toHaveURL('/communities/multiple-myeloma');
    });
  }

  test('an accent may be left out', async ({ visitor }) => {
    await visitor.opens('/search?q=behcet');
    await expect(visitor.main.getByRole('link', { name: 'Behçet disease' })).toBeVisible();
  });

  test('says that nothing fits, and what to try', async ({ visitor, page }) => {
    await visitor.opens('/search?q=zzzqqqxx');
    await expect(visitor.main).toContainText('No results for “zzzqqqxx”.');
    await expect(visitor.main).toContainText('not symptoms');
    await expect(visitor.main).toContainText('Check the spelling');
    await visitor.main.getByRole('link', { name: 'all conditions from A to Z' }).click();
    await visitor.arrivesAt('Conditions A to Z');
    await expect(page).toHaveURL('/conditions');
  });

  test('for nothing asks for a name or a code', async ({ visitor }) => {
    await visitor.opens('/search?q=');
    await expect(visitor.main).toContainText('Type the name of a condition or a code.');
    await expect(visitor.main.getByRole('listitem')).toHaveCount(0);
  });

  test('many results come in pages', async ({ visitor, page }) => {
    await visitor.opens('/search?q=disease');
    const results = visitor.main.getByRole('list', { name: 'Conditions' }).getByRole('listitem');
    await expect(results).toHaveCount(20);
    const first = await results.getByRole('link').allInnerTexts();
    const pages = page.getByRole('navigation', { name: 'Pages' });
    await pages.getByRole('link', { name: 'Next page' }).click();
    await expect(page).toHaveURL('/search?q=disease&from=20');
    await visitor.arrivesAt('Search', 'Search: disease');
    const second = await results.getByRole('link').allInnerTexts();
    expect(second.filter((name) => first.includes(name)), 'nothing comes twice').toEqual([]);
    await pages.getByRole('link', { name: 'First page' }).click();
    await expect(results.getByRole('link')).toHaveText(first);
  });

  test('a second search on the page of results shows other results', async ({ visitor }) => {
    await visitor.opens('/search?q=marfan');
    await expect(visitor.main.getByRole('link', { name: 'Marfan syndrome' })).toBeVisible();
    await visitor.pageSearch.fill('wilson');
    await visitor.pageSearch.press('Enter');
    await visitor.arrivesAt('Search', 'Search: wilson');
    await expect(visitor.main.getByRole('link', { name: 'Wilson disease' })).toBeVisible();
    await expect(visitor.main.getByRole('link', { name: 'Marfan syndrome' })).toHaveCount(0);
  });

  for (const typed of ['<script>alert(1)</script>', '"\'&%00\\', 'a'.repeat(200), '٣ 多发 🦠']) {
    test(`takes “${typed.slice(0, 30)}” for text`, async ({ visitor }) => {
      await visitor.opens(`/search?q=${encodeURIComponent(typed)}`);
      await expect(visitor.main.getByRole('heading', { level: 1 })).toHaveText('Search');
      await expect(visitor.main).toContainText(/results? for “/);
    });
  }
});

test.describe('What is written', { tag: '@either' }, () => {
  test('is found by its words, beside conditions and alone', async ({ visitor, page }) => {
    await visitor.opens('/search?q=plasma+cells');
    const texts = visitor.main.getByRole('region', { name: 'Texts about conditions' });
    const hit = texts.getByRole('listitem').first();
    await expect(hit.getByRole('mark').first()).toHaveText(/plasma/i);
    for (const viewport of VIEWPORTS) {
      await page.setViewportSize(viewport);
      await expectsASoundPage(visitor);
    }
    await visitor.main
      .getByRole('navigation', { name: 'What to search' })
      .getByRole('link', { name: 'Texts' })
      .click();
    await expect(page).toHaveURL(/\/search\?q=plasma(\+|%20)cells&in=texts$/);
    await expect(visitor.main.getByRole('status')).toContainText('in texts.');
    await expect(visitor.main.locator('[aria-current=page]')).toHaveText('Texts');
    await expectsASoundPage(visitor);
    await visitor.main.getByRole('listitem').first().getByRole('link').click();
    await expect(page).toHaveURL(/\/communities\/[a-z-]+#[a-z-]+$/);
  });

  test('is searched for in one kind of text again', async ({ visitor, page }) => {
    await visitor.opens('/search?q=plasma&in=texts');
    await visitor.main.getByRole('searchbox').fill('zzzqqqxx');
    await visitor.main.getByRole('button', { name: 'Find' }).click();
    await expect(page).toHaveURL('/search?q=zzzqqqxx&in=texts');
    await expect(visitor.main.getByRole('status')).toHaveText('No results for “zzzqqqxx” in texts.');
    await expect(visitor.main).toContainText('Try fewer words');
  });

  test('in a discussion is found by those who read it', async ({ visitor, browser, baseURL }) => {
    const word = `qx${unique('z').replaceAll(/[^a-z0-9]/gi, '').toLowerCase()}`;
    const discussions = '/communities/pompe-disease/discussions';
    await becomesMember(visitor, 'Ada');
    await visitor.opens('/communities/pompe-disease');
    await presses(visitor, 'Join this community');
    await expect(visitor.main.locator('#community')).toContainText('You are in this community.');
    await visitor.settles();
    for (const [title, audience] of [
      ['Open to all', 'Everyone'],
      ['Among members', 'All members'],
    ]) {
      await visitor.opens(`${discussions}/new`);
      await fills(visitor, { Title: title, 'Your text': `We speak of <b>${word}</b> here.` });
      await chooses(visitor, { 'Who can read it?': audience });
      await presses(visitor, 'Start discussion');
      await expect(heading(visitor)).toHaveText(title);
      await visitor.settles();
    }
    await visitor.opens(discussions);
    await visitor.main.getByRole('searchbox', { name: 'Search these discussions' }).fill(word);
    await visitor.main.getByRole('button', { name: 'Find' }).click();
    await expect(visitor.main.getByRole('status')).toHaveText(
      `Results for “${word}” in discussions of Pompe disease.`,
    );
    const hits = visitor.main.getByRole('listitem');
    await expect(hits.getByRole('link')).toHaveText(['Among members', 'Open to all']);
    await expect(hits.first().getByRole('mark')).toHaveText(word);
    await expectsASoundPage(visitor);
    await visitor.settles();
    await hits.first().getByRole('link').click();
    await expect(heading(visitor)).toHaveText('Among members');
    const stranger = await elsewhere(browser, visitor, baseURL!);
    await stranger.opens(`/search?q=${word}`);
    await expect(stranger.main.getByRole('mark')).toHaveCount(1);
    await expect(stranger.main).not.toContainText('Among members');
    await leaves(stranger);
  });
});

test.describe('The field in the header', { tag: '@either' }, () => {
  test('finds what was typed when Enter is pressed', async ({ visitor }) => {
    await visitor.opens('/about');
    await visitor.marksTheDocument();
    await visitor.headerSearch.fill('mutiple mieloma');
    await visitor.headerSearch.press('Enter');
    await visitor.arrivesAt('Search', 'Search: mutiple mieloma');
    await expect(visitor.main.getByRole('link', { name: 'Multiple myeloma' })).toBeVisible();
    if (visitor.scripted) await visitor.expectsTheSameDocument();
  });

  test('finds what was typed when its button is pressed', async ({ visitor, page }) => {
    await visitor.opens('/about');
    await visitor.headerSearch.fill('wilson');
    await page.getByRole('banner').getByRole('button', { name: 'Find' }).click();
    await visitor.arrivesAt('Search', 'Search: wilson');
  });
});

test('without scripts the field is an ordinary field', { tag: '@plain' }, async ({
  visitor,
  page,
}) => {
  await visitor.opens('/about');
  const field = visitor.headerSearch;
  await expect(field).toHaveRole('searchbox');
  for (const promise of ['aria-expanded', 'aria-controls', 'aria-autocomplete']) {
    expect(await field.getAttribute(promise), promise).toBeNull();
  }
  await expect(page.getByRole('listbox')).toHaveCount(0);
});

test.describe('Suggestions', () => {
  test.beforeEach(async ({ visitor }) => {
    await visitor.opens('/conditions');
    await visitor.marksTheDocument();
  });

  test('are announced to be there', async ({ visitor }) => {
    const field = visitor.headerSearch;
    await expect(field).toHaveRole('combobox');
    await expect(field).toHaveAttribute('aria-autocomplete', 'list');
    await expect(field).toHaveAttribute('aria-expanded', 'false');
    expect(await field.getAttribute('aria-activedescendant')).toBeNull();
  });

  test('show names, and the other name that fits', async ({ visitor, page }) => {
    await visitor.headerSearch.pressSequentially('kahl');
    const list = page.getByRole('listbox', { name: 'Conditions' });
    await expect(list.getByRole('option').first()).toHaveText(
      /^Multiple myeloma also called Kahler/,
    );
    await expect(visitor.headerSearch).toHaveAttribute('aria-expanded', 'true');
    const controlled = await visitor.headerSearch.getAttribute('aria-controls');
    await expect(list).toHaveAttribute('id', controlled!);
    await expect(page.getByRole('banner').getByRole('status')).toContainText('1 suggestion');
  });

  test('are walked by arrow keys and opened by Enter', async ({ visitor, page }) => {
    const field = visitor.headerSearch;
    await visitor.asksForSuggestions('mar');
    const options = page.getByRole('option');
    const names = await options.allInnerTexts();
    expect(names[0]).toContain('Marfan syndrome');

    const isActive = async (index: number) => {
      await expect(page.getByRole('option', { selected: true })).toHaveText([names[index]]);
      const active = await options.nth(index).getAttribute('id');
      await expect(field).toHaveAttribute('aria-activedescendant', active!);
      await expect(field).toBeFocused();
    };
    await expect(page.getByRole('option', { selected: true })).toHaveCount(0);
    await field.press('ArrowDown');
    await isActive(0);
    await field.press('ArrowUp');
    await isActive(names.length - 1);
    await field.press('ArrowDown');
    await isActive(0);

    await field.press('Enter');
    await visitor.arrivesAt('Marfan syndrome');
    await expect(page).toHaveURL('/communities/marfan-syndrome');
    await visitor.expectsTheSameDocument();
    await expect(page.getByRole('listbox')).toBeHidden();
    await expect(field, 'the field is empty on the next page').toHaveValue('');
  });

  test('close on Escape and leave what was typed; a second Escape clears it', async ({
    visitor,
    page,
  }) => {
    const field = visitor.headerSearch;
    await visitor.asksForSuggestions('mar');
    await field.press('ArrowDown');
    await field.press('Escape');
    await expect(page.getByRole('listbox')).toBeHidden();
    await expect(field).toHaveAttribute('aria-expanded', 'false');
    expect(await field.getAttribute('aria-activedescendant')).toBeNull();
    await expect(field).toHaveValue('mar');
    await expect(field).toBeFocused();
    await field.press('Escape');
    await expect(field).toHaveValue('');
  });

  test('close when the field is left', async ({ visitor, page }) => {
    await visitor.asksForSuggestions('mar');
    await visitor.headerSearch.press('Tab');
    await expect(page.getByRole('listbox')).toBeHidden();
    await expect(page.getByRole('banner').getByRole('button', { name: 'Find' })).toBeFocused();
  });

  test('close when the field is emptied', async ({ visitor, page }) => {
    await visitor.asksForSuggestions('mar');
    await visitor.headerSearch.fill('');
    await expect(page.getByRole('listbox')).toBeHidden();
  });

  test('are opened by a click', async ({ visitor, page }) => {
    await visitor.asksForSuggestions('wils');
    await page.getByRole('option', { name: 'Wilson disease' }).click();
    await visitor.arrivesAt('Wilson disease');
    await visitor.expectsTheSameDocument();
    await expect(page.getByRole('listbox')).toBeHidden();
  });

  test('do not stand in the way of Enter', async ({ visitor, page }) => {
    await visitor.asksForSuggestions('marfan');
    await visitor.headerSearch.press('Enter');
    await visitor.arrivesAt('Search', 'Search: marfan');
    await expect(page.getByRole('listbox')).toBeHidden();
  });

  test('say when no name fits', async ({ visitor, page }) => {
    await visitor.headerSearch.pressSequentially('zzzqqqxx');
    await expect(page.getByRole('banner').getByRole('status')).toHaveText(
      'No such name or code. We search names, not symptoms. Press Enter to see what you can do.',
    );
    await expect(page.getByRole('listbox')).toBeHidden();
    await expect(visitor.headerSearch).toHaveAttribute('aria-expanded', 'false');
  });

  test('that come too late are cancelled and never shown', async ({ visitor, page }) => {
    let answerTheFirst = () => {};
    const held = new Promise<void>((answer) => (answerTheFirst = answer));
    await page.route(SUGGESTIONS, async (route) => {
      const first = new URL(route.request().url()).searchParams.get('q') === 'w';
      if (first) await held;
      // The browser may have given up meanwhile: then there is nobody to answer.
      await route.continue().catch(() => {});
    });
    const cancelled = page.waitForEvent('requestfailed', (request) => /q=w$/.test(request.url()));
    await visitor.headerSearch.press('w');
    await visitor.headerSearch.press('i');
    expect((await cancelled).failure()?.errorText).toBe('net::ERR_ABORTED');
    await expect(page.getByRole('option', { name: 'Wilson disease' })).toBeVisible();
    const shown = await page.getByRole('option').allInnerTexts();
    answerTheFirst();
    await page.waitForTimeout(200);
    await expect(page.getByRole('option')).toHaveText(shown);
  });

  test('do not open over the results when they come after Enter', async ({ visitor, page }) => {
    let answer = () => {};
    const held = new Promise<void>((go) => (answer = go));
    await page.route(SUGGESTIONS, async (route) => {
      await held;
      await route.continue().catch(() => {});
    });
    await visitor.headerSearch.fill('wilson');
    await visitor.headerSearch.press('Enter');
    await visitor.arrivesAt('Search', 'Search: wilson');
    answer();
    await page.waitForTimeout(200);
    await expect(page.getByRole('listbox')).toBeHidden();
  });

  test('that fail are left out, and the search still works', async ({ visitor, page }) => {
    visitor.expectsOneMessage(/^Failed to load resource: net::ERR_FAILED$/);
    await page.route(SUGGESTIONS, (route) => route.abort());
    await visitor.headerSearch.fill('wilson');
    await visitor.headerSearch.press('Enter');
    await visitor.arrivesAt('Search', 'Search: wilson');
  });
});

test.describe('The help', { tag: '@either' }, () => {
  test('shows what has the words that were looked for', async ({ visitor }) => {
    await visitor.opens('/help');
    await visitor.main.getByLabel('What do you need help with?').fill('I forgot my password');
    await visitor.main.getByRole('button', { name: 'Search help' }).click();
    await expect(visitor.main.getByRole('status')).toContainText('for “I forgot my password”');
    await visitor.settles();
    await expect(visitor.main).toContainText('The link works for one hour.');
    await expect(visitor.main.getByRole('heading', { level: 2 })).toHaveText(['Your account']);
    await expectsASoundPage(visitor);
    await visitor.opens('/help?q=zebra+crossing');
    await expect(visitor.main.getByRole('status')).toContainText('Nothing here has all of the words');
    await visitor.main.getByRole('link', { name: 'Show all of the help' }).click();
    await expect(visitor.page).toHaveURL('/help');
    await expect(visitor.main.getByRole('heading', { level: 2 }).first()).toHaveText('In an emergency');
    await visitor.settles();
  });
});
