import { appendFileSync } from 'node:fs';
import type { FullConfig, Reporter, Suite } from '@playwright/test/reporter';

/** Names the tests that passed only on a retry, so that a retry hides no fault. */
export default class Retried implements Reporter {
  private all: Suite | undefined;

  onBegin(_: FullConfig, all: Suite) {
    this.all = all;
  }

  onEnd() {
    const tests = this.all?.allTests() ?? [];
    const names = tests
      .filter((test) => test.outcome() === 'flaky')
      .map((test) => test.titlePath().filter(Boolean).join(' › '));
    if (names.length === 0) return;
    const lines = names.map((name) => `${name}\n`);
    console.log(`\nPassed only on a retry:\n  ${lines.join('  ')}`);
    // `cargo xtask test` prints them again at its end.
    const list = process.env.RARESHARE_RETRIED;
    if (list) appendFileSync(list, lines.join(''));
  }
}
