import { readFile } from 'node:fs/promises';

/** A page of the former RareShare as text, a file of the real data. */
export const SEED = 'seed/multiple-myeloma.txt';

/** The sections of such a page, in their order: `SectionKind::ALL` of `domain`. */
const KINDS = [
  ['description', 'Description'],
  ['acknowledgement', 'Acknowledgement'],
  ['synonyms', 'Synonyms'],
  ['cause', 'Cause'],
  ['symptoms', 'Symptoms'],
  ['diagnosis', 'Diagnosis'],
  ['diagnostic-tests', 'Diagnostic tests'],
  ['treatment', 'Treatment'],
  ['prognosis', 'Prognosis'],
] as const;

const EMPTY = /has not been added yet\.?$/;
/** The head of the table of tips. */
const TIPS = 'Name Description';

export interface Seed {
  /** Sections that have a text. */
  texts: { kind: string; title: string; text: string }[];
  tips: { name: string; description: string }[];
}

/** Reads such a page. What does not look like one is a fault, and never half of a page. */
export async function readSeed(file: string): Promise<Seed> {
  const blocks = (await readFile(file, 'utf8')).split(/\n\s*\n/);
  const lines = (blocks.find((block) => block.includes(`\n${TIPS}\n`)) ?? '').trim().split('\n');
  const table = lines.indexOf(TIPS);
  if (table !== KINDS.length) {
    throw new Error(`${file}: ${table} lines stand above the tips, and not ${KINDS.length}`);
  }
  const texts = KINDS.map(([kind, title], line) => ({ kind, title, text: lines[line] }));
  const references = lines.at(-1)!;
  if (!EMPTY.test(references)) throw new Error(`${file}: references that nobody has read before`);
  return {
    texts: texts.filter(({ text }) => !EMPTY.test(text)),
    tips: lines
      .slice(table + 1, -1)
      .filter((row) => !EMPTY.test(row))
      .map((row) => {
        // The columns were lost when the page became text: a name was one word.
        const [name, ...description] = row.split(' ');
        return { name, description: description.join(' ') };
      }),
  };
}
