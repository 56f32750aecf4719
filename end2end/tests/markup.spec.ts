import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { becomesMember, ownPage, pagesOf, showsEverything } from './people';
import { expect, NOT_FOUND_MESSAGE, NOWHERE, PAGES, test } from './visitor';

/** Pages of the wiki, as a member has them. */
const WIKI = {
  'a history': '/communities/multiple-myeloma/history',
  'the history of a section': '/communities/multiple-myeloma/sections/cause/history',
  'a text to edit': '/communities/multiple-myeloma/sections/cause/edit',
  'tips to edit': '/communities/multiple-myeloma/sections/tips/edit',
  'names to edit': '/communities/multiple-myeloma/sections/synonyms/edit',
  'references to edit': '/communities/multiple-myeloma/sections/references/edit',
  'reviews that are due': '/reviews',
  proposals: '/proposals',
};

/** Pages of an account. */
const ACCOUNT = {
  'a password to change': '/settings/password',
  'an address to change': '/settings/address',
  'two-step sign-in': '/settings/second-factor',
  devices: '/settings/devices',
  'the end of an account': '/settings/delete',
  'signing out': '/sign-out',
};

/** What the Nu HTML checker says about files, each message with the name of its file. */
async function messages(files: string[]): Promise<string[]> {
  const package_ = createRequire(import.meta.url).resolve('vnu-jar/package.json');
  const jar = join(package_, '../build/dist/vnu.jar');
  const options = ['--format', 'json', '--stdout', '--exit-zero-always'];
  const { stdout } = await promisify(execFile)('java', ['-jar', jar, ...options, ...files], {
    maxBuffer: 64 * 1024 * 1024,
  });
  const found: { url: string; message: string; extract?: string }[] =
    JSON.parse(stdout).messages;
  return found.map(({ url, message, extract }) => `${url}: ${message} ${extract ?? ''}`);
}

/** What the server sends; the document that a browser has made of it would be mended. */
test('the Nu HTML checker finds nothing on any kind of page @plain', async ({
  visitor,
}, testInfo) => {
  test.slow();
  const files: string[] = [];
  const keeps = async (pages: Record<string, string>) => {
    for (const [name, path] of Object.entries(pages)) {
      const response = await visitor.opens(path);
      const file = testInfo.outputPath(`${name.replaceAll(/\W+/g, '-')}.html`);
      await writeFile(file, await response.text());
      files.push(file);
    }
  };
  await keeps(PAGES);
  visitor.expectsOneMessage(NOT_FOUND_MESSAGE);
  await keeps({ 'a page that is not there': NOWHERE });
  await becomesMember(visitor, 'Ada', { condition: 'Kahler disease' });
  await showsEverything(visitor);
  await keeps({ ...WIKI, ...ACCOUNT, ...pagesOf(await ownPage(visitor)) });
  expect(files.length).toBeGreaterThanOrEqual(40);
  expect(await messages(files)).toEqual([]);
});
