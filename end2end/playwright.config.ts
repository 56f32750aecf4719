import { defineConfig, devices } from '@playwright/test';
import { chromium } from './chromium.mjs';

// Tests without a tag run with JavaScript. Tagged `@either` they run with and without,
// tagged `@plain` only without.
export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  globalSetup: './server.ts',
  fullyParallel: true,
  workers: 2,
  // A machine that is busy elsewhere can be late once; a fault is one twice. `retried.ts` names
  // the tests that needed it.
  retries: process.env.CI ? 1 : 0,
  forbidOnly: true,
  timeout: 40_000,
  expect: { timeout: 8_000 },
  reporter: [['list', { printSteps: false }], ['./retried.ts']],
  use: {
    ...devices['Desktop Chrome'],
    viewport: { width: 1280, height: 800 },
    launchOptions: chromium(),
    actionTimeout: 8_000,
    navigationTimeout: 15_000,
    locale: 'en-GB',
    timezoneId: 'Pacific/Auckland', // no date on a page may depend on where the reader is
    screenshot: 'only-on-failure',
    trace: 'off',
  },
  projects: [
    { name: 'with JavaScript', grepInvert: /@plain/ },
    {
      name: 'without JavaScript',
      grep: /@plain|@either/,
      use: { javaScriptEnabled: false },
    },
  ],
});
