import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Visitor } from './visitor';

/** WCAG 2.2 up to AA, and what axe holds for good practice. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export async function expectsNoFindings(visitor: Visitor) {
  const { violations } = await new AxeBuilder({ page: visitor.page })
    .options({ resultTypes: ['violations'] }) // what is sound need not be listed
    .withTags(RULES)
    .setLegacyMode() // no frames here, so no second page for their results
    .analyze();
  const findings = violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}: ${node.html.slice(0, 160)}`),
  );
  expect(findings).toEqual([]);
}

/** Expects that the page fits the screen, and that axe finds nothing on it. */
export async function expectsASoundPage(visitor: Visitor) {
  await visitor.expectsNoSidewaysScrolling();
  // Axe waits for timers, and without scripts none runs. The markup is the server's in both.
  if (visitor.scripted) await expectsNoFindings(visitor);
}
