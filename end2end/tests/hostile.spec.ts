import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { grantRole } from '../rareshare.mjs';
import { becomesMember } from './people';
import { expect, test, type Visitor } from './visitor';

// Without the policy that would stop it anyway: nothing of what people write may run by itself.
test.use({ bypassCSP: true });

const CONDITION = '/communities/sickle-cell-disease';
const EDIT = `${CONDITION}/sections/prognosis/edit`;

/** Attacks of our own, and those of DOMPurify where they lie beside the repository. */
async function vectors(): Promise<string[]> {
  const own = [
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
  ];
  const file = join(import.meta.dirname, '../../../shared/data/hostile/xss.json');
  const more = await readFile(file, 'utf8').catch(() => null);
  if (more === null) {
    console.log(`ABSENT: ${file}, so this test checks less`);
    return own;
  }
  return [...own, ...JSON.parse(more).map(({ payload }: { payload: string }) => payload)];
}

/** Saves a text as a browser without scripts does. */
async function saves(visitor: Visitor, origin: string, text: string, summary: string) {
  const { request } = visitor.page.context();
  const page = await (await request.get(EDIT)).text();
  const hidden = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? '';
  const answer = await request.post(EDIT, {
    headers: { origin },
    form: { form: 'edit', key: hidden('key'), base: hidden('base'), text, summary },
    maxRedirects: 0,
  });
  expect([303, 422], `${answer.status()} for ${text}`).toContain(answer.status());
  return answer.status() === 303;
}

test('Nothing that people write runs on any page that shows it', async ({ visitor, page, baseURL }) => {
  test.setTimeout(240_000);
  const ran: string[] = [];
  page.on('dialog', (dialog) => {
    ran.push(dialog.message());
    void dialog.dismiss();
  });
  await page.exposeFunction('ran', () => ran.push('ran'));
  const email = await becomesMember(visitor, 'Mallory');
  await grantRole(process.env.RARESHARE_DATA!, email, 'moderator');
  const all = await vectors();
  let saved = 0;
  for (const vector of all) {
    // What cannot stand in the history is tried as a text all the same.
    const summary = vector.replaceAll(/\s+/g, ' ').slice(0, 200);
    if (!(await saves(visitor, baseURL!, vector, summary))) {
      if (!(await saves(visitor, baseURL!, vector, ''))) continue;
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
  const revisions = await visitor.main
    .locator('li a[href*="/revisions/"]')
    .evaluateAll((links) => [...new Set(links.map((link) => link.getAttribute('href')!))]);
  const numbers = revisions.map((path) => path.split('/').at(-1)!);
  for (const [index, path] of revisions.slice(0, 25).entries()) {
    await visitor.opens(path);
    const other = numbers[index + 1] ?? numbers[0];
    await visitor.opens(
      `${CONDITION}/sections/prognosis/compare?from=${other}&to=${numbers[index]}`,
    );
    expect(ran, path).toEqual([]);
  }
});
