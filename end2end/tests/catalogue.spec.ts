import { expect, SCREENS, test } from './visitor';

const FAMILY = 'Syndromes that affect several parts of the body';
const FAMILY_PATH = '/conditions/families/syndromes-that-affect-several-parts-of-the-body';

test.describe('From the first page to a neighbour and back', { tag: '@either' }, () => {
  for (const { screen, use } of SCREENS) {
    test.describe(screen, () => {
      test.use(use);

      test('a misspelled name leads to the condition, its family and a neighbour', async ({
        visitor,
        page,
      }) => {
        await visitor.opens('/');
        await visitor.marksTheDocument();

        await visitor.pageSearch.fill('mutiple mieloma');
        await visitor.pageSearch.press('Enter');
        await visitor.arrivesAt('Search', 'Search: mutiple mieloma');
        await expect(page).toHaveURL(/\/search\?q=mutiple(\+|%20)mieloma$/);

        await visitor.main.getByRole('link', { name: 'Multiple myeloma' }).click();
        await visitor.arrivesAt('Multiple myeloma');
        await expect(page).toHaveURL('/communities/multiple-myeloma');
        await visitor.expectsNoSidewaysScrolling();

        const toFamily = visitor.main.getByRole('link', { name: /^All in the family: / });
        const family = (await toFamily.innerText()).replace('All in the family: ', '');
        await toFamily.click();
        await visitor.arrivesAt(family);
        const familyAddress = page.url();

        const toNeighbour = visitor.main
          .locator('a[href^="/communities/"]')
          .filter({ hasNotText: 'Multiple myeloma' })
          .first();
        const neighbour = await toNeighbour.innerText();
        await toNeighbour.click();
        await visitor.arrivesAt(neighbour);
        await visitor.expectsNoSidewaysScrolling();

        await page.goBack();
        await visitor.arrivesAt(family);
        expect(page.url()).toBe(familyAddress);
        await page.goBack();
        await visitor.arrivesAt('Multiple myeloma');
        await page.goBack();
        await visitor.arrivesAt('Search', 'Search: mutiple mieloma');
        await expect(visitor.pageSearch).toHaveValue('mutiple mieloma');
        await page.goForward();
        await visitor.arrivesAt('Multiple myeloma');
        if (visitor.scripted) await visitor.expectsTheSameDocument();
      });
    });
  }
});

test('back and forward return to where one had read', { tag: '@either' }, async ({
  visitor,
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await visitor.opens('/communities/phelan-mcdermid-syndrome');
  const neighbour = visitor.main.getByRole('link', { name: 'Prader-Willi syndrome' });
  await neighbour.scrollIntoViewIfNeeded();
  const left = await visitor.scrolled();
  expect(left).toBeGreaterThan(1_000);

  await neighbour.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Prader-Willi syndrome');
  await expect.poll(() => visitor.scrolled(), 'a new page begins at its top').toBe(0);
  await page.mouse.wheel(0, 300);
  await expect.poll(() => visitor.scrolled()).toBe(300);

  await page.goBack();
  await visitor.arrivesAt('Phelan-McDermid syndrome');
  await expect.poll(() => visitor.scrolled()).toBeGreaterThan(left - 5);
  expect(await visitor.scrolled()).toBeLessThan(left + 5);

  await page.goForward();
  await visitor.arrivesAt('Prader-Willi syndrome');
  await expect.poll(() => visitor.scrolled()).toBe(300);
});

test.describe('Other names and codes of a condition', () => {
  for (const address of [
    '/communities/plasma-cell-myeloma',
    '/communities/kahler-disease',
    '/orpha/29073',
    '/mondo/0009693',
    '/omim/254500',
  ]) {
    test(`${address} redirects for good`, async ({ request }) => {
      const response = await request.get(address, { maxRedirects: 0 });
      expect(response.status()).toBe(301);
      expect(response.headers().location).toBe('/communities/multiple-myeloma');
    });
  }

  test('an old name opens the page under its own address', { tag: '@either' }, async ({
    visitor,
    page,
  }) => {
    await visitor.opens('/communities/plasma-cell-myeloma');
    await expect(page).toHaveURL('/communities/multiple-myeloma');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Multiple myeloma');
  });

  for (const address of ['/orpha/999999999', '/omim/abc', '/mondo/', '/communities/no-such']) {
    test(`${address} is not found`, async ({ request }) => {
      expect((await request.get(address)).status()).toBe(404);
    });
  }
});

test.describe('A condition', { tag: '@either' }, () => {
  test('says what it is, its other names and its codes', async ({ visitor, page }) => {
    await visitor.opens('/communities/multiple-myeloma');
    await expect(page.getByRole('heading', { name: 'What is multiple myeloma?' })).toBeVisible();
    await expect(visitor.main).toContainText('A cancer of plasma cells, the white blood cells');
    await expect(page.locator('.also')).toHaveText(
      /^Also called plasma cell myeloma, Myeloma, Myelomatosis \+ \d+ more$/,
    );

    const codes = page.getByRole('region', { name: 'Codes' });
    const shown = await codes.locator('dt').allInnerTexts();
    expect(shown.slice(0, 4)).toEqual(['ORPHA', 'MONDO', 'OMIM', 'ICD-10']);
    for (const [code, source] of [
      ['29073', 'https://www.orpha.net/'],
      ['0009693', 'https://monarchinitiative.org/'],
      ['254500', 'https://omim.org/'],
      ['C90.0', 'https://icd.who.int/'],
      ['D009101', 'https://meshb.nlm.nih.gov/'],
    ]) {
      const link = codes.getByRole('link', { name: code, exact: true });
      expect(await link.getAttribute('href')).toContain(source);
    }
  });

  test('names the source of its names and codes', async ({ visitor, page }) => {
    await visitor.opens('/communities/multiple-myeloma');
    const source = page.locator('.source').last();
    await expect(source).toContainText('Names, codes and hierarchy: Mondo Disease Ontology');
    await source.getByRole('link', { name: 'All sources' }).click();
    await visitor.arrivesAt('Sources');
    await expect(visitor.main).toContainText('Mondo Disease Ontology');
  });

  test('shows the way from the whole catalogue to itself', async ({ visitor, page }) => {
    await visitor.opens('/communities/phelan-mcdermid-syndrome');
    const crumbs = page.getByRole('navigation', { name: 'You are here' });
    await expect(crumbs.getByRole('link')).toHaveText(['Conditions', FAMILY]);
    await expect(crumbs.locator('[aria-current=page]')).toHaveText('Phelan-McDermid syndrome');
    await crumbs.getByRole('link', { name: FAMILY }).click();
    await visitor.arrivesAt(FAMILY);
    await expect(page).toHaveURL(FAMILY_PATH);
  });

  test('lists its families and the conditions close to it', async ({ visitor, page }) => {
    await visitor.opens('/communities/phelan-mcdermid-syndrome');
    const relatives = page.getByRole('region', { name: 'In the family' });
    await expect(relatives.getByRole('heading', { level: 3 })).toHaveText([
      'Belongs to',
      'Related conditions',
    ]);
    await expect(relatives.getByRole('link', { name: 'Prader-Willi syndrome' })).toBeVisible();
    await expect(
      relatives.getByRole('link', { name: 'Phelan-McDermid syndrome' }),
      'no condition is close to itself',
    ).toHaveCount(0);
  });

  test('of the starter catalogue always has another one close to it', async ({ visitor, page }) => {
    await visitor.opens('/communities/multiple-myeloma');
    const relatives = page.getByRole('region', { name: 'In the family' });
    await expect(relatives.locator('a[href^="/communities/"]')).not.toHaveCount(0);
  });
});

test.describe('The list of conditions', { tag: '@either' }, () => {
  test('runs from A to Z', async ({ visitor }) => {
    await visitor.opens('/conditions');
    const names = await visitor.main.locator('.index a').allInnerTexts();
    expect(names.length).toBeGreaterThan(40);
    expect(names).toEqual(names.toSorted(new Intl.Collator('en').compare));
    expect(names).toContain('Behçet disease');
  });

  test('opens at a letter', async ({ visitor, page }) => {
    await visitor.opens('/conditions');
    const letters = page.getByRole('navigation', { name: 'Letters' });
    await expect(letters.getByRole('link')).toHaveCount(27);
    await letters.getByRole('link', { name: 'M', exact: true }).click();
    await visitor.arrivesAt('Conditions: M');
    await expect(page).toHaveURL('/conditions?letter=m');
    await expect(letters.locator('[aria-current=page]')).toHaveText('M');
    await expect(visitor.main.locator('.index a')).toHaveText([
      'Marfan syndrome',
      'Multiple myeloma',
      'Myasthenia gravis',
    ]);
  });

  test('says that no name begins with a letter', async ({ visitor }) => {
    await visitor.opens('/conditions?letter=q');
    await expect(visitor.main).toContainText('No condition begins with this letter.');
  });

  test('can be entered anywhere and left for its first page', async ({ visitor, page }) => {
    await visitor.opens('/conditions?after=sarcoidosis');
    const names = visitor.main.locator('.index a');
    await expect(names.first()).toHaveText('Sickle cell disease');
    const pages = page.getByRole('navigation', { name: 'Pages' });
    await expect(pages.getByRole('link', { name: 'Next page' })).toHaveCount(0);
    await pages.getByRole('link', { name: 'First page' }).click();
    await visitor.arrivesAt('Conditions A to Z');
    await expect(page).toHaveURL('/conditions');
    await expect(names.first()).toHaveText('Achondroplasia');
  });

  for (const address of ['/conditions?letter=xx', '/conditions?after=no-such-condition']) {
    test(`${address} is not found`, async ({ visitor, page }) => {
      visitor.expectsOneMessage(/404/);
      expect((await page.goto(address))?.status()).toBe(404);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Page not found');
    });
  }
});

test.describe('The tree of families', { tag: '@either' }, () => {
  test('begins with families that belong to no other', async ({ visitor }) => {
    await visitor.opens('/conditions/families');
    const tops = visitor.main.getByRole('heading', { level: 2 });
    for (const top of [
      'Blood disorders',
      'Brain, nerve and muscle-control disorders',
      'Cancers and tumors',
      'Eye disorders',
      'Metabolic disorders',
    ]) {
      await expect(tops.filter({ hasText: new RegExp(`^${top}$`) })).toHaveCount(1);
    }
    await expect(tops.filter({ hasText: 'Phenylalanine disorders' })).toHaveCount(0);
  });

  test('is walked down to a condition and up again', async ({ visitor, page }) => {
    await visitor.opens('/conditions');
    await visitor.main.getByRole('link', { name: 'browse by family' }).click();
    await visitor.arrivesAt('Families of conditions');
    await visitor.main.getByRole('link', { name: FAMILY, exact: true }).click();
    await visitor.arrivesAt(FAMILY);
    await expect(visitor.main.getByRole('heading', { level: 2 })).toHaveText([
      'Families in it',
      'Conditions in it',
      'Codes',
    ]);
    await visitor.main.getByRole('link', { name: 'Phelan-McDermid syndrome' }).click();
    await visitor.arrivesAt('Phelan-McDermid syndrome');
    const crumbs = page.getByRole('navigation', { name: 'You are here' });
    await crumbs.getByRole('link', { name: FAMILY }).click();
    await visitor.arrivesAt(FAMILY);
    await crumbs.getByRole('link', { name: 'Families', exact: true }).click();
    await visitor.arrivesAt('Families of conditions');
  });

  test('shows every family that a family belongs to', async ({ visitor }) => {
    await visitor.opens('/conditions/families/blood-and-lymph-cancers');
    await expect(visitor.main.getByRole('heading', { name: 'Belongs to' })).toBeVisible();
    await expect(visitor.main.locator('.index').first().getByRole('link')).toHaveText([
      'Blood disorders',
      'Cancers and tumors',
    ]);
  });
});
