import { readFile } from 'node:fs/promises';
import { comesTo, ENROL, enrolsThemselves, readsHistory } from './enrolling';
import { becomesMember, heading } from './people';
import { expectsAPlainPage } from './reading';
import { expect, test, VIEWPORTS, type Visitor } from './visitor';

/** What a link downloads, under which name. The page stays. */
async function downloads(visitor: Visitor, link: string): Promise<[string, any]> {
  const begun = visitor.page.waitForEvent('download');
  await visitor.main.getByRole('link', { name: link, exact: true }).click();
  const download = await begun;
  const text = await readFile(await download.path(), 'utf8');
  return [download.suggestedFilename(), JSON.parse(text)];
}

for (const viewport of VIEWPORTS) {
  test.describe(`Data in the registry, ${viewport.width} px`, { tag: '@either' }, () => {
    test.use({ viewport });

    test('are read, downloaded, and all of them', async ({ visitor }) => {
      test.slow();
      await becomesMember(visitor, 'Ada');
      const overview = await enrolsThemselves(visitor);

      await visitor.main.getByRole('link', { name: 'All data in the registry' }).click();
      await comesTo(visitor, 'All data in the registry', expectsAPlainPage);
      for (const told of [
        'RS-',
        '27 March 1984',
        'Multiple myeloma',
        'By email: ',
        'Ada Lovelace',
        'Your data may not be used for research.',
        'The agreement was not taken back.',
      ]) {
        await expect(visitor.main).toContainText(told);
      }
      const [file, bundle] = await downloads(visitor, 'Download the data');
      expect(file).toBe('data.json');
      expect(bundle.resourceType).toBe('Bundle');
      const kinds = bundle.entry.map((entry: any) => entry.resource.resourceType);
      expect(kinds).toEqual(['Patient', 'Condition', 'Consent', 'Consent']);
      expect(bundle.entry[0].resource.birthDate).toBe('1984-03-27');
      await expect(heading(visitor)).toHaveText('All data in the registry');

      const lines = await readsHistory(visitor, expectsAPlainPage);
      const [name, history] = await downloads(visitor, 'Download the history');
      expect(name).toBe('history.json');
      await expect(lines).toHaveCount(history.rows.length);
      expect(history.rows[0].what).toBe('Ada Lovelace signed the consent, version 1.');
      expect(history.rows[0].hash).toMatch(/^[0-9a-f]{64}$/);

      // Everything of everybody, from the list of people.
      await visitor.opens(ENROL);
      await visitor.main.getByRole('link', { name: 'Full history' }).click();
      await comesTo(visitor, 'Full history', expectsAPlainPage);
      await expect(lines).toHaveCount(history.rows.length);
      await expect(lines.last()).toContainText('Yourself');
      await expect(lines.last()).toContainText('Ada Lovelace signed the consent');
      await lines.last().getByRole('link', { name: 'Yourself' }).click();
      await expect(heading(visitor)).toHaveText('You are enrolled');
      expect(new URL(visitor.page.url()).pathname).toBe(overview);
    });
  });
}
