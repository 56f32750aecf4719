import { readFile } from 'node:fs/promises';
import { test } from './own-server';
import { becomesMember, isGiven } from './people';
import { notTested, REAL_DATA, realData } from './real-data';
import { expect, type Visitor } from './visitor';

// Without the policy that would stop it anyway: nothing of what people write may run by itself.
test.use({ bypassCSP: true });

const CONDITION = '/communities/sickle-cell-disease';
const EDIT = `${CONDITION}/sections/prognosis/edit`;

/** Attacks of our own. Each calls `ran`. */
const OWN = [
  '<script>ran()</script>',
  '<img src=x onerror=ran()>',
  '<svg onload=ran()>',
  '"><script>ran()</script>',
  '</textarea><script>ran()</script>',
  '</title><script>ran()</script>',
  '[x](javascript:ran())',
  '<a href="javascript:ran()" autofocus onfocus=ran()>x</a>',
  '<details open ontoggle=ran()>',
  '<iframe srcdoc="<script>parent.ran()</script>">',
  '<!--><img src=x onerror=ran()>-->',
  '<svg><script>ran()</script></svg>',
  '<noscript><p title="</noscript><img src=x onerror=ran()>">',
  '<math><mtext><style><img src=x onerror=ran()></style></mtext></math>',
  '<input autofocus onfocus=ran()>',
  '<video><source onerror=ran()></video>',
  '<object data="javascript:ran()"></object>',
  '<a href="java&#115;cript:ran()">x</a>',
  "' autofocus onfocus=ran() x='",
  '" autofocus onfocus="ran()',
  '![x](x "\\" onerror=ran()")',
  '<p style="animation: spin 1s" onanimationstart=ran()>x</p>',
  '<scr<script>ipt>ran()</scr</script>ipt>',
  '```\n</code></pre><script>ran()</script>\n```',
];

/** Saves a text as a browser without scripts does. */
async function saves(visitor: Visitor, origin: string, text: string, summary: string) {
  const { request } = visitor.page.context();
  const page = await (await request.get(EDIT)).text();
  const hidden = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? '';
  const answer = await request.post(EDIT, {
    headers: { origin },
    form: {
      ...{ form: 'wiki/edit', ...parts(EDIT) },
      ...{ key: hidden('key'), base: hidden('base'), text, summary },
    },
    maxRedirects: 0,
  });
  expect([303, 422], `${answer.status()} for ${text}`).toContain(answer.status());
  return answer.status() === 303;
}

/** What the hidden fields of a form say of the address of its page. */
function parts(path: string): Record<string, string> {
  const [, , slug, , kind, , id] = path.split('/');
  return { slug, kind, ...(id && { id }) };
}

/** Somebody whose texts are shown at once, and what has run by itself in their browser. */
async function attacks(visitor: Visitor): Promise<string[]> {
  const { page } = visitor;
  const ran: string[] = [];
  page.on('dialog', (dialog) => {
    ran.push(dialog.message());
    void dialog.dismiss();
  });
  await page.exposeFunction('ran', () => ran.push('ran'));
  const email = await becomesMember(visitor, 'Mallory');
  await isGiven(visitor, email, 'moderator');
  return ran;
}

/** Most characters of a name or title. */
const LINE = 200;

/** Several attacks to a line: names, titles and reasons are one line each. */
function lines(all: string[]): string[] {
  const found: string[] = [];
  for (const vector of all.map((vector) => vector.replaceAll(/\s+/g, ' ').trim())) {
    // What cannot be seen is refused.
    if (vector.length > LINE || /\p{C}/u.test(vector)) continue;
    const last = found.at(-1);
    if (last && last.length + vector.length < LINE) found[found.length - 1] += ` ${vector}`;
    else found.push(vector);
  }
  return found;
}

type Fields = Record<string, string>;

/** An address, and what is sent to it. */
type Sending = [string, Fields];

/** Sends forms of a list as a browser without scripts does, and tells how many were taken. */
async function sends(visitor: Visitor, origin: string, forms: Sending[]): Promise<number> {
  const { request } = visitor.page.context();
  let taken = 0;
  for (const [index, [path, fields]] of forms.entries()) {
    const form = { key: `${path}${fields.form}${index}`, ...parts(path), ...fields };
    const answer = await request.post(path, { headers: { origin }, form, maxRedirects: 0 });
    expect([303, 422], `${answer.status()} for ${JSON.stringify(fields)}`).toContain(answer.status());
    taken += answer.status() === 303 ? 1 : 0;
  }
  return taken;
}

/** The addresses on the present page that contain some text, each once. */
async function links(visitor: Visitor, within: string): Promise<string[]> {
  const found = await visitor.main
    .locator(`li a[href*="${within}"]`)
    .evaluateAll((links) => links.map((link) => link.getAttribute('href')!));
  return [...new Set(found)];
}

async function triesTexts(visitor: Visitor, origin: string, all: string[]) {
  const { page } = visitor;
  const ran = await attacks(visitor);
  let saved = 0;
  for (const vector of all) {
    // What cannot stand in the history is tried as a text all the same.
    const summary = vector.replaceAll(/\s+/g, ' ').slice(0, 200);
    if (!(await saves(visitor, origin, vector, summary))) {
      if (!(await saves(visitor, origin, vector, ''))) continue;
    }
    saved += 1;
    await page.goto(CONDITION, { waitUntil: 'load' });
    expect(ran, vector).toEqual([]);
  }
  expect(saved).toBeGreaterThan(5);
  for (const path of [
    `${CONDITION}/history`,
    `${CONDITION}/sections/prognosis/history`,
    EDIT,
  ]) {
    await visitor.opens(path);
    expect(ran, path).toEqual([]);
  }
  await visitor.opens(`${CONDITION}/sections/prognosis/history`);
  const revisions = await links(visitor, '/revisions/');
  const numbers = revisions.map((path) => path.split('/').at(-1)!);
  for (const [index, path] of revisions.slice(0, 25).entries()) {
    await visitor.opens(path);
    const other = numbers[index + 1] ?? numbers[0];
    await visitor.opens(
      `${CONDITION}/sections/prognosis/compare?from=${other}&to=${numbers[index]}`,
    );
    expect(ran, path).toEqual([]);
  }
}

async function triesLists(visitor: Visitor, origin: string, all: string[]) {
  const { page } = visitor;
  const ran = await attacks(visitor);
  const attempts = lines(all);
  const list = (kind: string) => `${CONDITION}/sections/${kind}`;
  const adds = (kind: string, of: (line: string, index: number) => Fields): Sending[] =>
    attempts.map((line, index) => [`${list(kind)}/edit`, of(line, index)]);
  const opens = async (path: string) => {
    await visitor.opens(path);
    expect(ran, path).toEqual([]);
  };
  // All of them stand in the descriptions, however long they are.
  const part = (index: number) => all.filter((_, at) => at % attempts.length === index).join('\n\n');
  await sends(visitor, origin, [
    ...adds('tips', (name, at) => ({ form: 'wiki/add-tip', name, description: `${name}\n\n${part(at)}` })),
    ...adds('references', (title) => ({ form: 'wiki/add-reference', title, source: title })),
    ...adds('synonyms', (name) => ({ form: 'wiki/add-name', name, scope: 'related' })),
  ]);
  for (const identifiers of ['javascript:ran()', 'https://example.org/"onfocus="ran()']) {
    const form: Sending = [
      `${list('references')}/edit`,
      { form: 'wiki/add-reference', title: 'A work', identifiers },
    ];
    expect(await sends(visitor, origin, [form]), identifiers).toBe(0);
  }

  const entries: Record<string, string[]> = {};
  await opens(CONDITION);
  for (const kind of ['tips', 'references', 'synonyms']) {
    await expect(page.locator(`section#${kind}`), 'as text').toContainText(attempts[0]);
  }
  for (const [third, kind] of ['tips', 'references', 'synonyms'].entries()) {
    await opens(`${list(kind)}/edit`);
    entries[kind] = await links(visitor, '/entries/');
    expect(entries[kind].length, kind).toBeGreaterThan(attempts.length * 0.9);
    // Every line has an entry page in one of the lists.
    for (const path of entries[kind].filter((_, index) => index % 3 === third)) await opens(path);
  }

  // Hidden ones show the reason in place of what they were.
  await opens(entries.references[0]);
  const base = await page.locator('input[name=base]').first().inputValue();
  const hidden = await sends(
    visitor,
    origin,
    entries.references.map((path, at) => [
      path,
      { form: 'wiki/hide-entry', reason: attempts[at % attempts.length], base },
    ]),
  );
  expect(hidden).toBe(entries.references.length);
  await opens(CONDITION);
  await opens(`${list('references')}/edit`);
  for (const path of entries.references.slice(0, 10)) await opens(path);
  for (const kind of ['tips', 'references', 'synonyms']) {
    await opens(`${list(kind)}/history`);
    const revisions = await links(visitor, '/revisions/');
    await opens(revisions[0]);
    const numbers = revisions.map((path) => path.split('/').at(-1)!);
    await opens(`${list(kind)}/compare?from=${numbers.at(-1)}&to=${numbers[0]}`);
  }
  await opens(`/search?q=${encodeURIComponent(attempts[0])}`);
}

/** Both tests, on attacks that are read when they begin. */
function nothingRuns(read: () => Promise<string[]>) {
  test('Nothing that people write runs on any page that shows it', async ({ visitor, baseURL }) => {
    test.setTimeout(240_000);
    await triesTexts(visitor, baseURL!, await read());
  });

  test('Nothing in a list runs, on any page that shows it', async ({ visitor, baseURL }) => {
    test.setTimeout(240_000);
    await triesLists(visitor, baseURL!, await read());
  });
}

nothingRuns(async () => OWN);

const VECTORS = 'hostile/xss.json';
const file = realData(VECTORS);
if (file) {
  test.describe('With the vectors of others', { tag: REAL_DATA }, () => {
    nothingRuns(async () => {
      const vectors: { payload: string }[] = JSON.parse(await readFile(file, 'utf8'));
      return [...OWN, ...vectors.map(({ payload }) => payload)];
    });
  });
} else {
  notTested(`on real data: ${VECTORS}`);
}
