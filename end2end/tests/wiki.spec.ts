import { expect, test } from './visitor';

const SECTIONS = [
  'Description',
  'Acknowledgement',
  'Synonyms',
  'Cause',
  'Symptoms',
  'Diagnosis',
  'Diagnostic tests',
  'Treatment',
  'Prognosis',
  'Tips or suggestions',
  'References',
];

/** What the page lists after them. */
const CONTENTS = [
  ...SECTIONS,
  'Discussions',
  'Questions to experts',
  'Resources',
  'Clinical trials',
  'Patient registry',
];

test.describe('The eleven sections', { tag: '@either' }, () => {
  for (const slug of ['multiple-myeloma', 'kawasaki-disease']) {
    test(`of ${slug} stand in their order`, async ({ visitor, page }) => {
      await visitor.opens(`/communities/${slug}`);
      await expect(page.locator('.sections > section > h2')).toHaveText(CONTENTS);
    });
  }

  test('are full for multiple myeloma', async ({ visitor, page }) => {
    await visitor.opens('/communities/multiple-myeloma');
    await expect(visitor.main).not.toContainText('has not been added yet');
    for (const title of SECTIONS) {
      const section = page.getByRole('region', { name: title, exact: true });
      expect((await section.innerText()).length, title).toBeGreaterThan(title.length + 40);
    }
  });

  test('say who wrote them, when, and that nobody has reviewed them', async ({ visitor, page }) => {
    await visitor.opens('/communities/multiple-myeloma');
    const section = page.getByRole('region', { name: 'Treatment', exact: true });
    await expect(section).toContainText(
      /Written by the RareShare project, \d{1,2} [A-Z][a-z]+ \d{4}\.\s+Not reviewed by an expert yet\./,
    );
    const date = section.locator('time');
    expect(await date.getAttribute('datetime'), 'a date for machines as well').toMatch(
      /^\d{4}-\d{2}-\d{2}$/,
    );
  });

  test('that are empty say so', async ({ visitor, page }) => {
    await visitor.opens('/communities/kawasaki-disease');
    for (const title of SECTIONS.filter((title) => title !== 'Synonyms')) {
      const section = page.getByRole('region', { name: title, exact: true });
      await expect(section.getByRole('paragraph')).toHaveText(
        new RegExp(`^${title} (of|for) Kawasaki disease has not been added yet\\.$`),
      );
    }
    await expect(visitor.main).toContainText('Symptoms of Kawasaki disease has not been added yet.');
  });
});

test.describe('A section', { tag: '@either' }, () => {
  test('lists every other name, and how far a name fits', async ({ visitor, page }) => {
    await visitor.opens('/communities/multiple-myeloma');
    const names = page.getByRole('region', { name: 'Synonyms', exact: true }).getByRole('listitem');
    await expect(names).toHaveText([
      /^plasma cell myeloma$/i,
      'Myeloma',
      'Myelomatosis',
      'Kahler disease',
      "Kahler's disease",
      'myeloma, multiple',
      'Kahler-Krankheit',
      'Plasmozytom',
      'Multiples Myelom',
      'Myélome multiple',
      'Mieloma múltiple',
      'Plasmacytic myeloma related name',
      'MM related name',
    ]);
  });

  test('gives each tip a name and a description', async ({ visitor, page }) => {
    await visitor.opens('/communities/multiple-myeloma');
    const tips = page.getByRole('region', { name: 'Tips or suggestions' });
    await expect(tips.getByRole('term').first()).toHaveText('Carry a one-page summary');
    await expect(tips.getByRole('definition').first()).toContainText('List your diagnosis');
    await expect(tips.getByRole('term')).toHaveCount(5);
  });

  test('points from a sentence to its reference', async ({ visitor, page }) => {
    await visitor.opens('/communities/multiple-myeloma');
    await visitor.marksTheDocument();
    const description = page.getByRole('region', { name: 'Description', exact: true });
    await description.getByRole('link', { name: 'Reference 2' }).click();
    await expect(page).toHaveURL('/communities/multiple-myeloma#reference-imwg-2014');
    const reference = page.locator('#reference-imwg-2014');
    await expect(reference).toBeInViewport();
    await expect(reference).toContainText('The Lancet Oncology, 2014');
    expect(await reference.getByRole('link').first().getAttribute('href')).toBe(
      'https://doi.org/10.1016/S1470-2045(14)70442-5',
    );
    await visitor.expectsTheSameDocument();
    await visitor.restsAt();
    await page.goBack();
    await expect(page).toHaveURL('/communities/multiple-myeloma');
    await expect(description.getByRole('link', { name: 'Reference 2' })).toBeInViewport();
  });

  test('is reached from the list of sections', async ({ visitor, page }) => {
    await visitor.opens('/communities/multiple-myeloma');
    await visitor.marksTheDocument();
    const contents = page.getByRole('navigation', { name: 'On this page' });
    const treatment = contents.getByRole('link', { name: 'Treatment' });
    if (!(await treatment.isVisible())) await contents.getByText('On this page').click();
    await treatment.click();
    await expect(page).toHaveURL('/communities/multiple-myeloma#treatment');
    await expect(page.getByRole('heading', { name: 'Treatment', exact: true })).toBeInViewport();
    await visitor.expectsTheSameDocument();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Multiple myeloma');
  });

  test('is reached by its own address', async ({ visitor, page }) => {
    await visitor.opens('/communities/multiple-myeloma#prognosis');
    await expect(page.getByRole('heading', { name: 'Prognosis' })).toBeInViewport();
  });
});

test.describe('The list of sections', { tag: '@either' }, () => {
  test('names every section', async ({ visitor, page }) => {
    await visitor.opens('/communities/multiple-myeloma');
    await expect(page.locator('nav[aria-label="On this page"] a')).toHaveText(CONTENTS, {
      useInnerText: false,
    });
  });

  test('is folded on a phone', async ({ visitor, page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await visitor.opens('/communities/multiple-myeloma');
    const contents = page.getByRole('navigation', { name: 'On this page' });
    await expect(contents.getByRole('link', { name: 'Cause' })).toBeHidden();
    await contents.getByText('On this page').click();
    await expect(contents.getByRole('link', { name: 'Cause' })).toBeVisible();
  });

  test('stands open beside the text on a wide screen and stays in sight', async ({
    visitor,
    page,
  }) => {
    await visitor.opens('/communities/multiple-myeloma');
    const cause = page.getByRole('navigation', { name: 'On this page' }).getByRole('link', {
      name: 'Cause',
    });
    await expect(cause).toBeVisible();
    await page.getByRole('heading', { name: 'Prognosis' }).scrollIntoViewIfNeeded();
    await expect(cause).toBeInViewport();
  });
});

test('a table scrolls inside itself on a phone', { tag: '@either' }, async ({ visitor, page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await visitor.opens('/communities/multiple-myeloma');
  const table = page.getByRole('region', { name: 'Symptoms', exact: true }).getByRole('table');
  await expect(table).toContainText('bones that break easily');
  await visitor.expectsNoSidewaysScrolling();
});
