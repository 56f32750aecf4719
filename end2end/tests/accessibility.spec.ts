import { expectsNoFindings } from './axe';
import {
  becomesAdministrator,
  becomesMember,
  fills,
  formWith,
  isGiven,
  ownPage,
  pagesOf,
  presses,
  REFUSED_MESSAGE,
  showsEverything,
  SIGNED_OUT_MESSAGE,
  unique,
} from './people';
import { expect, NOT_FOUND_MESSAGE, NOWHERE, PAGES, test } from './visitor';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`axe finds nothing, ${colorScheme}`, () => {
    test.use({ colorScheme });

    for (const [name, path] of Object.entries(PAGES)) {
      test(`on ${name}`, async ({ visitor }) => {
        await visitor.opens(path);
        await expectsNoFindings(visitor);
      });
    }

    test('on a page that is not there', async ({ visitor }) => {
      visitor.expectsOneMessage(NOT_FOUND_MESSAGE);
      await visitor.opens(NOWHERE);
      await expectsNoFindings(visitor);
    });

    test('with suggestions open and one of them chosen', async ({ visitor, page }) => {
      await visitor.opens('/conditions');
      await visitor.asksForSuggestions('my');
      await visitor.headerSearch.press('ArrowDown');
      await expect(page.getByRole('option', { selected: true })).toBeVisible();
      await expectsNoFindings(visitor);
    });

    test('on the pages of an account, and on a form that is wrong', async ({ visitor, page }) => {
      test.slow();
      await becomesMember(visitor, 'Ada');
      await visitor.opens('/settings');
      await page.getByRole('banner').getByText('Ada', { exact: true }).click();
      await expectsNoFindings(visitor);
      for (const path of ['password', 'address', 'devices', 'delete']) {
        await visitor.opens(`/settings/${path}`);
        await expectsNoFindings(visitor);
      }
      await presses(visitor, 'Delete my account');
      await expect(visitor.main.getByRole('alert')).toBeFocused();
      await expectsNoFindings(visitor);
    });

    test('on the pages of a profile, and on its forms where they are wrong', async ({
      visitor,
      page,
    }) => {
      test.slow();
      await becomesMember(visitor, 'Ada', { condition: 'Kahler disease' });
      const own = await ownPage(visitor);
      await visitor.opens('/settings/what-others-see');
      await expectsNoFindings(visitor);
      await showsEverything(visitor);
      for (const [name, path] of Object.entries(pagesOf(own))) {
        await test.step(name, async () => {
          await visitor.opens(path);
          await expectsNoFindings(visitor);
        });
      }
      await visitor.opens('/settings/profile');
      await fills(visitor, { 'Name to show': '', 'About me (optional)': 'a'.repeat(5_001) });
      await presses(visitor, 'Save');
      await expect(visitor.main.getByRole('alert')).toBeFocused();
      await expectsNoFindings(visitor);
      await visitor.opens('/settings/picture');
      await presses(visitor, 'Upload picture');
      await expect(visitor.main.getByRole('alert')).toBeFocused();
      await expectsNoFindings(visitor);
      await visitor.opens('/settings/communities');
      await fills(visitor, { Condition: 'plasma cell' });
      await presses(visitor, 'Join community');
      await expect(visitor.main.getByRole('alert')).toBeFocused();
      await expectsNoFindings(visitor);
      // Where the session has ended.
      await visitor.opens('/settings/profile');
      await page.context().clearCookies({ name: '__Host-session' });
      visitor.expectsOneMessage(SIGNED_OUT_MESSAGE);
      await presses(visitor, 'Save');
      await expect(visitor.main.getByRole('status')).toContainText('What you entered is kept');
      await expectsNoFindings(visitor);
      for (const path of [own, '/communities/huntington-disease/members']) {
        await visitor.opens(path);
        await expect(visitor.main).toContainText('Ada');
        await expectsNoFindings(visitor);
      }
    });

    test('on the pages for looking after accounts', async ({ visitor }) => {
      const name = unique('Ada');
      await becomesMember(visitor, name);
      const person = (await ownPage(visitor)).replace('/members/', '/admin/people/');
      await visitor.page.context().clearCookies();
      await becomesAdministrator(visitor);
      for (const path of ['/admin/people', '/admin/people?q=zzzqqq&show=suspended', person]) {
        await visitor.opensPlain(path);
        await expectsNoFindings(visitor);
      }
      visitor.expectsOneMessage(REFUSED_MESSAGE);
      await presses(visitor, 'Suspend');
      await expect(visitor.main.getByRole('alert')).toBeFocused();
      await expectsNoFindings(visitor);
      await formWith(visitor, 'Suspend').getByLabel('Reason').fill('Advertises');
      await presses(visitor, 'Suspend');
      await expect(visitor.main.getByRole('status')).toHaveText('Done.');
      await expectsNoFindings(visitor);
    });

    test('on the pages for writing, with a preview, a proposal and a review', async ({ visitor }) => {
      test.slow();
      const condition = '/communities/stargardt-disease';
      const edit = `${condition}/sections/cause/edit`;
      const email = await becomesMember(visitor, 'Ada');
      await visitor.opens(edit);
      await visitor.main.getByText('What belongs here').click();
      await expectsNoFindings(visitor);
      await visitor.main.getByLabel('Cause', { exact: true }).fill(`A text: ${unique('proposed')}.`);
      await presses(visitor, 'Preview');
      await expect(visitor.main.getByRole('heading', { name: 'Preview', exact: true })).toBeFocused();
      await visitor.main.getByText('What you changed').click();
      await expectsNoFindings(visitor);
      await presses(visitor, 'Send for review');
      await expect(visitor.main.getByRole('status')).toContainText('waiting for review');
      await expectsNoFindings(visitor);
      await visitor.opens('/proposals');
      await expectsNoFindings(visitor);
      for (const role of ['expert', 'moderator']) {
        await isGiven(visitor, email, role);
      }
      for (const text of ['one', 'other']) {
        await visitor.opens(edit);
        const field = visitor.main.getByLabel('Cause', { exact: true });
        await field.fill(`The ${text} text, ${unique(text)}.`);
        await presses(visitor, 'Save');
        await expect(visitor.page.locator('section#cause')).toContainText(`The ${text} text`);
        await visitor.settles();
      }
      await expectsNoFindings(visitor);
      for (const path of ['/history', '/sections/cause/history', '/sections/cause/protect']) {
        await visitor.opens(condition + path);
        await expectsNoFindings(visitor);
      }
      await visitor.opens(`${condition}/sections/cause/history`);
      await presses(visitor, 'Compare the two');
      await visitor.settles();
      await expectsNoFindings(visitor);
      await visitor.opens(`${condition}/sections/cause/history`);
      await visitor.main.getByRole('listitem').first().getByRole('link').first().click();
      await expect(visitor.main).toContainText('This is the current version');
      await expectsNoFindings(visitor);
      await visitor.main.getByRole('link', { name: 'Review this version' }).click();
      await expect(visitor.main.getByLabel('Conflicts of interest')).toBeVisible();
      await expectsNoFindings(visitor);
      await visitor.opens('/reviews');
      await expectsNoFindings(visitor);
    });

    test('on a phone, after moving to a page', async ({ visitor, page }) => {
      await page.setViewportSize({ width: 360, height: 740 });
      await visitor.opens('/conditions');
      await visitor.main.getByRole('link', { name: 'Multiple myeloma' }).click();
      await visitor.arrivesAt('Multiple myeloma');
      await page.getByRole('navigation', { name: 'On this page' }).getByText('On this page').click();
      await expectsNoFindings(visitor);
    });
  });
}

test.describe('The keyboard', { tag: '@either' }, () => {
  test('reaches the text by the skip link', async ({ visitor, page }) => {
    await visitor.opens('/communities/multiple-myeloma');
    await page.keyboard.press('Tab');
    const skip = page.getByRole('link', { name: 'Skip to the text' });
    await expect(skip).toBeFocused();
    await expect(skip).toBeInViewport();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL('/communities/multiple-myeloma#main');
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus');
    await expect(visitor.main.locator(':focus'), 'the next stop is in the text').toHaveCount(1);
    await expect(focused).toBeInViewport();
  });

  test('shows where it is at every stop', async ({ visitor, page }) => {
    await visitor.opens('/conditions?letter=m');
    const stops = new Set<string>();
    for (let stop = 0; stop < 60; stop += 1) {
      await page.keyboard.press('Tab');
      const focus = await page.evaluate(() => {
        const element = document.activeElement;
        if (!element || element === document.body) return null;
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        return {
          name: element.outerHTML.slice(0, 90),
          outlined: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2,
        };
      });
      if (!focus) break;
      expect(focus.outlined, `${focus.name} has a visible focus`).toBe(true);
      stops.add(focus.name);
    }
    expect(stops.size).toBeGreaterThan(35);
  });
});

// What only the style decides is looked at without scripts: nothing else differs, and it is quicker.

test.describe('Everything to tap', { tag: '@plain' }, () => {
  for (const path of ['/', '/conditions?letter=m', '/search?q=disease', '/about']) {
    test(`leaves room for a finger on ${path}`, async ({ visitor, page }) => {
      await page.setViewportSize({ width: 360, height: 740 });
      await visitor.opens(path);
      const small = await page.evaluate(() => {
        const targets = document.querySelectorAll<HTMLElement>(
          'button, input, summary, nav a, .index a, .card a, .brand',
        );
        return [...targets]
          .map((target) => ({ target, box: target.getBoundingClientRect() }))
          .filter(({ target, box }) => box.width > 0 && !target.matches('.skip, .crumbs a'))
          .filter(({ box, target }) => {
            const whole = target.matches('.ways a') // the card is the target
              ? target.closest('li')!.getBoundingClientRect()
              : box;
            return whole.height < 43.5 || whole.width < 24;
          })
          .map(({ target, box }) => `${target.outerHTML.slice(0, 80)} ${box.width}×${box.height}`);
      });
      expect(small).toEqual([]);
    });
  }
});

test.describe('Nothing scrolls sideways', () => {
  const everywhere = Object.entries(PAGES);

  test('at 320 pixels', { tag: '@either' }, async ({ visitor, page }) => {
    test.slow();
    await page.setViewportSize({ width: 320, height: 640 });
    for (const [name, path] of everywhere) {
      await test.step(name, async () => {
        await visitor.opens(path);
        await visitor.expectsNoSidewaysScrolling();
      });
    }
    visitor.expectsOneMessage(NOT_FOUND_MESSAGE);
    await visitor.opens(NOWHERE);
    await visitor.expectsNoSidewaysScrolling();
  });

  test('on the pages of members, in either direction and with text at twice its size', {
    tag: '@either',
  }, async ({ visitor, page }) => {
    test.setTimeout(180_000);
    const name = 'Donaudampfschifffahrtsgesellschaftskapitaensmuetze';
    await becomesMember(visitor, name, { condition: 'Kahler disease' });
    const own = await ownPage(visitor);
    await showsEverything(visitor);
    for (const [width, size] of [
      [320, '100%'],
      [640, '200%'],
    ] as const) {
      await page.setViewportSize({ width, height: 640 });
      for (const [name, path] of Object.entries(pagesOf(own))) {
        await test.step(`${name}, at ${width} pixels`, async () => {
          await visitor.opens(path);
          for (const direction of ['ltr', 'rtl']) {
            await page.evaluate(
              ([direction, size]) => {
                document.documentElement.dir = direction;
                document.documentElement.style.fontSize = size;
              },
              [direction, size] as const,
            );
            await visitor.expectsNoSidewaysScrolling();
          }
        });
      }
    }
  });

  test('on the pages for looking after accounts', { tag: '@plain' }, async ({ visitor, page }) => {
    const name = 'Donaudampfschifffahrtsgesellschaftskapitaensmuetze';
    await becomesMember(visitor, name);
    const person = (await ownPage(visitor)).replace('/members/', '/admin/people/');
    await page.context().clearCookies();
    await becomesAdministrator(visitor);
    await visitor.opensPlain(person);
    await formWith(visitor, 'Suspend').getByLabel('Reason').fill(name.repeat(3));
    await presses(visitor, 'Suspend');
    await expect(visitor.main.getByRole('status')).toHaveText('Done.');
    for (const width of [320, 640]) {
      await page.setViewportSize({ width, height: 640 });
      for (const path of ['/admin/people', `/admin/people?q=${name}`, person]) {
        await visitor.opensPlain(path);
        await page.evaluate((size) => {
          document.documentElement.style.fontSize = size;
        }, width === 640 ? '200%' : '100%');
        await visitor.expectsNoSidewaysScrolling();
      }
    }
  });

  for (const width of [320, 1280]) {
    test(`where text runs from right to left, at ${width} pixels`, { tag: '@plain' }, async ({
      visitor,
      page,
    }) => {
      test.slow();
      await page.setViewportSize({ width, height: 700 });
      for (const [name, path] of everywhere) {
        await test.step(name, async () => {
          await visitor.opens(path);
          await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'));
          await visitor.expectsNoSidewaysScrolling();
        });
      }
    });

    test(`with text at twice its size, at ${width * 2} pixels`, { tag: '@plain' }, async ({
      visitor,
      page,
    }) => {
      test.slow();
      await page.setViewportSize({ width: width * 2, height: 700 });
      for (const [name, path] of everywhere) {
        await test.step(name, async () => {
          await visitor.opens(path);
          await page.evaluate(() => {
            document.documentElement.style.fontSize = '200%';
          });
          await visitor.expectsNoSidewaysScrolling();
          const cut = await page.evaluate(() =>
            [...document.querySelectorAll('h1, h2, h3, p, li, a, button, dd, dt')]
              .filter((element) => !element.closest('.unseen'))
              .filter((element) => getComputedStyle(element).overflow === 'hidden')
              .filter((element) => element.scrollHeight > element.clientHeight + 1)
              .map((element) => element.outerHTML.slice(0, 80)),
          );
          expect(cut, 'no text is cut off').toEqual([]);
        });
      }
    });
  }
});

test('nothing scrolls sideways with suggestions open at 320 pixels', async ({ visitor, page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await visitor.opens('/conditions');
  await visitor.asksForSuggestions('disease');
  await visitor.expectsNoSidewaysScrolling();
  await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'));
  await visitor.expectsNoSidewaysScrolling();
});

test('nothing moves for somebody who prefers less motion', { tag: '@plain' }, async ({
  visitor,
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await visitor.opens('/communities/multiple-myeloma');
  const moving = await page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('*')]
      .filter((element) => {
        const style = getComputedStyle(element);
        return (
          style.scrollBehavior === 'smooth' ||
          style.animationName !== 'none' ||
          style.transitionDuration.split(', ').some((time) => parseFloat(time) > 0)
        );
      })
      .map((element) => element.outerHTML.slice(0, 80)),
  );
  expect(moving).toEqual([]);
});

test.describe('In colours that the reader chose', () => {
  test.use({ forcedColors: 'active' });

  test('fields, buttons and cards keep an outline', async ({ visitor, page }) => {
    await visitor.opens('/');
    for (const thing of [
      visitor.pageSearch,
      visitor.main.getByRole('button', { name: 'Find' }),
      page.locator('.card').first(),
    ]) {
      await expect(thing).toHaveCSS('border-top-style', 'solid');
      const [line, ground] = await thing.evaluate((element) => {
        const style = getComputedStyle(element);
        return [style.borderTopColor, style.backgroundColor];
      });
      expect(line, 'the outline differs from what it outlines').not.toBe(ground);
    }
  });

  test('the chosen suggestion stands out', async ({ visitor, page }) => {
    await visitor.opens('/conditions');
    await visitor.asksForSuggestions('my');
    await visitor.headerSearch.press('ArrowDown');
    const chosen = page.getByRole('option', { selected: true });
    await expect(chosen).toHaveCSS('outline-style', 'solid');
    await expect(page.getByRole('option', { selected: false }).first()).toHaveCSS(
      'outline-style',
      'none',
    );
  });

  test('the letter that is open stands out', async ({ visitor, page }) => {
    await visitor.opens('/conditions?letter=m');
    const letters = page.getByRole('navigation', { name: 'Letters' });
    await expect(letters.locator('[aria-current=page]')).toHaveCSS('outline-style', 'solid');
  });
});

test('on paper only the text remains', async ({ visitor, page }) => {
  await visitor.opens('/communities/multiple-myeloma');
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Treatment', exact: true })).toBeVisible();
  await expect(page.locator('#q')).toBeHidden();
  await expect(page.locator('.contents')).toBeHidden();
});
