// The system's Chromium. Nothing here ever downloads a browser.

import { existsSync } from 'node:fs';

// As `cargo xtask` looks for it.
const programs = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];

/** @returns {{ executablePath: string, args: string[] }} launch options for Playwright */
export function chromium() {
  return {
    executablePath: process.env.CHROMIUM || programs.find((program) => existsSync(program)),
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  };
}
