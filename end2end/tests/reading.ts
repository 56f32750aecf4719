import { expectsASoundPage } from './axe';
import { expect, type Visitor } from './visitor';

/** School years that a page of the registry may take. */
const HIGHEST = 8;

/** What is no sentence of ours: names in lists, what somebody has answered, dates, codes and addresses. */
const NOT_OURS = 'select, datalist, time, code, script, .secret, .answers dd, [role=listbox], [hidden]';

/** The words of a page, one line for each block. */
async function linesOf(visitor: Visitor): Promise<string[]> {
  return visitor.main.evaluate((main, notOurs) => {
    const lines: string[] = [];
    let [line, block]: [string, Element | null] = ['', null];
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const around = walker.currentNode.parentElement!;
      if (around.closest(notOurs)) continue;
      let own: Element = around;
      while (getComputedStyle(own).display.startsWith('inline') && own !== main) {
        own = own.parentElement!;
      }
      if (own !== block) {
        lines.push(line);
        [line, block] = ['', own];
      }
      line += walker.currentNode.textContent;
    }
    return [...lines, line];
  }, NOT_OURS);
}

/** As `domain::wiki::readability` has it: what ends with a sign and a space, or with its line, of three words. */
const sentencesOf = (line: string) =>
  line
    .trim()
    .split(/(?<=[.!?])\s+/)
    .map((sentence) => sentence.split(/[^\p{L}\p{N}'’]+/u).filter((word) => /\p{L}/u.test(word)))
    .filter((words) => words.length >= 3);

function syllablesOf(word: string): number {
  const groups = word.toLowerCase().match(/[aeiouy]+/g)?.length ?? 0;
  const silent = /e$/i.test(word) && !/le$/i.test(word) && groups > 1;
  return Math.max(1, groups - Number(silent));
}

/** Kincaid et al. 1975, "Derivation of new readability formulas". */
function gradeOf(sentences: string[][]): number {
  const words = sentences.flat();
  const syllables = words.map(syllablesOf).reduce((sum, count) => sum + count, 0);
  return 0.39 * (words.length / sentences.length) + 11.8 * (syllables / words.length) - 15.59;
}

/** Expects that somebody with eight years of school reads the page at ease. */
export async function readsPlainly(visitor: Visitor) {
  const sentences = (await linesOf(visitor)).flatMap(sentencesOf);
  expect(sentences.length, 'sentences on the page').toBeGreaterThan(0);
  const hardest = sentences
    .map((words): [number, string] => [Math.round(gradeOf([words])), words.join(' ')])
    .sort(([one], [other]) => other - one);
  const told = hardest.slice(0, 4).map(([grade, words]) => `${grade}: ${words}`);
  const grade = Math.round(gradeOf(sentences));
  expect(grade, `the grade of ${visitor.page.url()}:\n${told.join('\n')}`).toBeLessThanOrEqual(HIGHEST);
}

/** Expects a page of the registry that is sound and reads plainly. */
export async function expectsAPlainPage(visitor: Visitor) {
  await expectsASoundPage(visitor);
  await readsPlainly(visitor);
}
