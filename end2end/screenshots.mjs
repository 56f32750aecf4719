// Key pages at three widths, light and dark, for looking at: npm run screenshots -- FOLDER

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium as browsers } from '@playwright/test';
import { chromium } from './chromium.mjs';
import { startRareShare } from './rareshare.mjs';

const PAGES = {
  home: '/',
  'condition-full': '/communities/multiple-myeloma',
  'condition-empty': '/communities/kawasaki-disease',
  'condition-long-name': '/communities/chronic-inflammatory-demyelinating-polyneuropathy',
  conditions: '/conditions',
  'conditions-letter': '/conditions?letter=m',
  'conditions-letter-empty': '/conditions?letter=q',
  'conditions-next': '/conditions?after=narcolepsy-type-1',
  families: '/conditions/families',
  family: '/conditions/families/syndromes-that-affect-several-parts-of-the-body',
  'search-typing-error': '/search?q=mutiple+mieloma',
  'search-many': '/search?q=disease',
  'search-nothing-found': '/search?q=zzzqqqxx',
  'search-empty': '/search?q=',
  about: '/about',
  sources: '/sources',
  help: '/help',
  'not-found': '/nowhere',
};

const folder = process.argv[2];
if (!folder) {
  console.error('Where to? npm run screenshots -- FOLDER');
  process.exit(2);
}
await mkdir(folder, { recursive: true });

const server = await startRareShare();
const browser = await browsers.launch(chromium());
try {
  for (const width of [360, 768, 1280]) {
    for (const colorScheme of ['light', 'dark']) {
      const page = await browser.newPage({
        baseURL: server.origin,
        viewport: { width, height: width < 500 ? 740 : 900 },
        colorScheme,
        reducedMotion: 'reduce',
      });
      const hydrated = () => page.locator('#q[role=combobox]').waitFor({ state: 'attached' });
      const shoot = (name, fullPage = false) =>
        page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`), fullPage });

      for (const [name, path] of Object.entries(PAGES)) {
        await page.goto(path);
        await hydrated();
        await shoot(name, true);
      }

      await page.goto('/conditions');
      await hydrated();
      await page.locator('#q').pressSequentially('myel');
      await page.getByRole('option').first().waitFor();
      await page.keyboard.press('ArrowDown');
      await shoot('suggestions');

      await page.keyboard.press('Escape');
      await page.keyboard.press('Tab');
      await shoot('focus');

      await page.goto('/communities/multiple-myeloma');
      await hydrated();
      await page.keyboard.press('Tab');
      await shoot('skip-link');
      await page.locator('.contents summary, .contents a').locator('visible=true').first().click();
      await shoot('condition-contents');
      await page.close();
    }
  }
} finally {
  await browser.close();
  await server.stop();
}
