// The system's Chromium. Nothing here ever downloads a browser.

/** @returns {{ executablePath: string, args: string[] }} launch options for Playwright */
export function chromium() {
  return {
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
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
