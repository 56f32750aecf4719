import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from '@playwright/test';

/** The tag of tests that need real data: `cargo xtask test --only real-data` runs them alone. */
export const REAL_DATA = '@real-data';

/** A file of the real data, which is never part of the repository, or nothing without such data. */
export function realData(path: string): string | undefined {
  const folder = process.env.RARESHARE_TEST_DATA;
  return folder ? join(folder, path) : undefined;
}

/** Takes the place of a test that cannot run here. `cargo xtask test` prints it at its end. */
export function notTested(what: string) {
  test(`NOT TESTED ${what}`, () => {
    console.warn(`NOT TESTED ${what}`);
    const list = process.env.RARESHARE_NOT_TESTED;
    if (list) appendFileSync(list, `${what}\n`);
  });
}
