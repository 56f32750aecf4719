import { expect, NOT_FOUND_MESSAGE, NOWHERE, PAGES, test } from './visitor';

test.describe('The first page', { tag: '@either' }, () => {
  test('offers the search first, then three ways in', async ({ visitor, page }) => {
    await visitor.opens('/');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Find a rare condition');
    await expect(page).toHaveTitle('RareShare: what is known about rare diseases');
    await expect(page.getByRole('searchbox')).toHaveCount(1);
    await expect(visitor.main).toContainText(/It knows \d[\d,]* conditions/);
    for (const [name, heading] of [
      ['Find a condition by name', 'Conditions A to Z'],
      ['Browse by family', 'Families of conditions'],
      ['How it works', 'About RareShare'],
    ]) {
      await visitor.main.getByRole('link', { name }).click();
      await visitor.arrivesAt(heading);
      await page.getByRole('banner').getByRole('link', { name: 'RareShare' }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Find a rare condition');
      await expect(page, 'the same title as after a load').toHaveTitle(
        'RareShare: what is known about rare diseases',
      );
    }
  });

  test('shows that names and codes can be searched', async ({ visitor }) => {
    await visitor.opens('/');
    await visitor.main.getByRole('link', { name: 'ORPHA:29073' }).click();
    await visitor.arrivesAt('Multiple myeloma');
  });

  test('leads to the conditions with a text in every section', async ({ visitor, page }) => {
    await visitor.opens('/');
    const pages = visitor.main.locator('.results a');
    await expect(pages).toHaveCount(6);
    await pages.filter({ hasText: 'Huntington disease' }).click();
    await visitor.arrivesAt('Huntington disease');
    await expect(page.locator('.sections')).not.toContainText('has not been added yet');
  });
});

test.describe('The texts about the site', { tag: '@either' }, () => {
  for (const [link, heading, sentence] of [
    ['About', 'About RareShare', 'This is information, not medical advice.'],
    ['Sources', 'Sources', 'Mondo Disease Ontology'],
    ['Privacy', 'Privacy', 'cookie'],
    ['Accessibility', 'Accessibility', 'WCAG'],
    ['Help', 'Help', 'emergency'],
  ]) {
    test(`${link} is linked from the foot of every page`, async ({ visitor, page }) => {
      await visitor.opens('/conditions');
      await page.getByRole('contentinfo').getByRole('link', { name: link, exact: true }).click();
      await visitor.arrivesAt(heading);
      await expect(page).toHaveURL(`/${link.toLowerCase()}`);
      await expect(visitor.main).toContainText(sentence);
    });
  }

  test('links in a text stay inside the page', async ({ visitor, page }) => {
    await visitor.opens('/about');
    await visitor.marksTheDocument();
    await visitor.main.getByRole('link', { name: 'sources page' }).click();
    await visitor.arrivesAt('Sources');
    await expect(page).toHaveURL('/sources');
    if (visitor.scripted) await visitor.expectsTheSameDocument();
  });
});

test.describe('Every page', { tag: '@either' }, () => {
  for (const [name, path] of Object.entries(PAGES)) {
    test(`${name} has one heading, its landmarks, and says what it is not`, async ({
      visitor,
      page,
    }) => {
      expect((await visitor.opens(path)).status()).toBe(200);
      await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
      for (const landmark of ['banner', 'main', 'contentinfo'] as const) {
        await expect(page.getByRole(landmark)).toHaveCount(1);
      }
      await expect(page.getByRole('contentinfo')).toContainText(
        'This is information, not medical advice.',
      );
      await expect(page.getByRole('main').locator('a[href=""], a:not([href])')).toHaveCount(0);
    });
  }

  test('marks where one is in the header', async ({ visitor, page }) => {
    await visitor.opens('/conditions');
    const site = page.getByRole('navigation', { name: 'Site', exact: true });
    await expect(site.locator('[aria-current=page]')).toHaveText('Conditions');
    await site.getByRole('link', { name: 'Help' }).click();
    await visitor.arrivesAt('Help');
    await expect(site.locator('[aria-current=page]')).toHaveText('Help');
  });
});

test.describe('An address that no page has', { tag: '@either' }, () => {
  test.beforeEach(async ({ visitor }) => {
    visitor.expectsOneMessage(NOT_FOUND_MESSAGE);
  });

  for (const path of [NOWHERE, '/communities/no-such-condition', '/conditions/families/no-such']) {
    test(`${path} says so and helps on`, async ({ visitor, page }) => {
      expect((await visitor.opens(path)).status()).toBe(404);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Page not found');
      await expect(page).toHaveTitle('Page not found · RareShare');
      await visitor.pageSearch.fill('wilson');
      await visitor.pageSearch.press('Enter');
      await visitor.arrivesAt('Search', 'Search: wilson');
    });
  }
});

test.describe('Hydration', () => {
  for (const [name, path] of Object.entries(PAGES)) {
    test(`leaves every word of ${name} as it was`, async ({ visitor, page }) => {
      let release = () => {};
      const held = new Promise<void>((go) => (release = go));
      await page.route('**/*.wasm', async (route) => {
        await held;
        await route.continue();
      });
      await page.goto(path);
      const made = await page.locator('body').innerText();
      const markup = await visitor.main.innerHTML();
      await expect(page.locator('#q')).not.toHaveAttribute('role');
      release();
      await visitor.hydrated();
      expect(await page.locator('body').innerText()).toBe(made);
      expect(await visitor.main.innerHTML()).toBe(markup);
    });
  }

  test('keeps what was typed before it', async ({ visitor, page }) => {
    let release = () => {};
    const held = new Promise<void>((go) => (release = go));
    await page.route('**/*.wasm', async (route) => {
      await held;
      await route.continue();
    });
    await page.goto('/about');
    await visitor.headerSearch.fill('wilson');
    release();
    await visitor.hydrated();
    await expect(visitor.headerSearch).toHaveValue('wilson');
    await expect(visitor.headerSearch).toBeFocused();
    await visitor.headerSearch.press('Enter');
    await visitor.arrivesAt('Search', 'Search: wilson');
  });
});

test('without the WebAssembly links and search still work', async ({ visitor, page }) => {
  // One for the request, one for the module that waits for it, on each of the three pages.
  for (let load = 0; load < 3; load += 1) {
    visitor.expectsOneMessage(/^Failed to load resource: net::ERR_FAILED$/);
    visitor.expectsOneMessage(/Failed to fetch/);
  }
  await page.route('**/*.wasm', (route) => route.abort());
  await page.goto('/communities/multiple-myeloma');
  await visitor.main.getByRole('link', { name: /^All in the family/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Plasma cell cancers and related growths');
  await visitor.headerSearch.fill('mutiple mieloma');
  await visitor.headerSearch.press('Enter');
  await expect(visitor.main.getByRole('link', { name: 'Multiple myeloma' })).toBeVisible();
  await page.waitForLoadState('networkidle');
});

test.describe('Moving from page to page', () => {
  test('never loads a document again', async ({ visitor, page }) => {
    await visitor.opens('/');
    await visitor.marksTheDocument();
    const documents: string[] = [];
    page.on('request', (request) => {
      if (request.resourceType() === 'document') documents.push(request.url());
    });
    const header = page.getByRole('navigation', { name: 'Site', exact: true });
    await header.getByRole('link', { name: 'Conditions' }).click();
    await visitor.arrivesAt('Conditions A to Z');
    await visitor.main.getByRole('link', { name: 'Wilson disease' }).click();
    await visitor.arrivesAt('Wilson disease');
    await header.getByRole('link', { name: 'About' }).click();
    await visitor.arrivesAt('About RareShare');
    await page.getByRole('contentinfo').getByRole('link', { name: 'Privacy' }).click();
    await visitor.arrivesAt('Privacy');
    await visitor.expectsTheSameDocument();
    expect(documents).toEqual([]);
  });

  test('shows the next page only when it is there, and says nothing meanwhile', async ({
    visitor,
    page,
  }) => {
    await visitor.opens('/conditions');
    let release = () => {};
    const held = new Promise<void>((go) => (release = go));
    await page.route('**/api/**', async (route) => {
      await held;
      await route.continue();
    });
    await visitor.main.getByRole('link', { name: 'Wilson disease' }).click();
    await page.waitForTimeout(300);
    await expect(visitor.main, 'no empty page while the data is on its way').not.toBeEmpty();
    release();
    await visitor.arrivesAt('Wilson disease');
  });

  test('says when the server cannot be reached, and tries again', async ({ visitor, page }) => {
    visitor.expectsOneMessage(/^Failed to load resource: net::ERR_FAILED$/);
    await visitor.opens('/conditions');
    await page.route('**/api/**', (route) => route.abort());
    await visitor.main.getByRole('link', { name: 'Wilson disease' }).click();
    await visitor.arrivesAt('No connection');
    await page.unroute('**/api/**');
    await visitor.main.getByRole('link', { name: 'Try again' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Wilson disease');
  });

  test('leaves a click with Control to the browser', async ({ visitor, page, context }) => {
    await visitor.opens('/conditions');
    const opened = context.waitForEvent('page');
    await visitor.main
      .getByRole('link', { name: 'Wilson disease' })
      .click({ modifiers: ['Control'] });
    const tab = await opened;
    await expect(tab.getByRole('heading', { level: 1 })).toHaveText('Wilson disease');
    await expect(page).toHaveURL('/conditions');
  });
});
