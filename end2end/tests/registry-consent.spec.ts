import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { enrolWhole } from '../enrolment.mjs';
import { startRareShare } from '../rareshare.mjs';
import { comesTo, continues, ENROL, readsHistory, signs, UNDERSTOOD } from './enrolling';
import { test } from './own-server';
import { becomesMember, heading, PASSWORD, presses, sender } from './people';
import { expectsAPlainPage } from './reading';
import { expect, VIEWPORTS, type Visitor } from './visitor';

/** The templates, as an operator takes them, and what one of them says in its second version. */
const TEMPLATES = join(import.meta.dirname, '../../server/consent');
const ADDED = 'We tell you within three days if someone has seen your data.';

/** A folder with texts of an operator's own. */
async function newTexts(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rareshare-consent-'));
  await cp(TEMPLATES, folder, { recursive: true });
  const file = join(folder, 'adult.toml');
  const text = await readFile(file, 'utf8');
  const risks = /(element = "risks"\n.*\ntext = """\n)/;
  await writeFile(file, text.replace('version = 1', 'version = 2').replace(risks, `$1- ${ADDED}\n`));
  return folder;
}

/** Enrols an adult by the forms that have tests of their own, sent without opening their pages. */
async function enrolsThemselves(visitor: Visitor): Promise<string> {
  const { send } = sender(visitor);
  const participant = await enrolWhole({ send }, 'consent', 'Ada Lovelace', PASSWORD);
  return `${ENROL}/${participant}`;
}

/** Takes the agreement back, two clicks from the overview. */
async function leaves(visitor: Visitor, overview: string, button: string) {
  await visitor.opens(overview);
  await visitor.main.getByRole('link', { name: 'Leave the registry' }).click();
  await comesTo(visitor, 'Leave the registry', expectsAPlainPage);
  await presses(visitor, button);
  await expect(visitor.main.getByRole('status').first()).toContainText('Done.');
  await visitor.settles();
  await expectsAPlainPage(visitor);
}

for (const viewport of VIEWPORTS) {
  test.describe(`A consent, ${viewport.width} px`, { tag: '@either' }, () => {
    test.use({ viewport });

    test('is asked for again in a new version, and taken back by degrees', async ({
      visitor,
      server,
    }) => {
      test.slow();
      await becomesMember(visitor, 'Ada');
      const overview = await enrolsThemselves(visitor);
      await visitor.opens(overview);
      await expect(heading(visitor)).toHaveText('You are enrolled');

      await server.end();
      const texts = await newTexts();
      const options = ['--trusted-proxy', '127.0.0.1', '--consent-dir', texts];
      const again = await startRareShare(options, server.data);
      visitor.origin = again.origin;
      const at = (path: string) => `${again.origin}${path}`;
      try {
        await visitor.opens(at(overview));
        await expect(visitor.main).toContainText('has a new version');
        await expectsAPlainPage(visitor);
        await continues(visitor, 'Consent');
        const changed = visitor.main.getByRole('region', { name: 'What has changed since it was signed' });
        await expect(changed).toContainText(ADDED);
        await expectsAPlainPage(visitor);
        await signs(visitor, UNDERSTOOD.adult, 'Ada King');
        await comesTo(visitor, 'You are enrolled');

        await leaves(visitor, at(overview), 'Stop all contact');
        await expect(heading(visitor)).toHaveText('You are enrolled');
        await expect(visitor.main).toContainText('We do not contact you any more.');
        await leaves(visitor, at(overview), 'Stop new use');
        await expect(visitor.main).toContainText('no one new gets your data');
        const lines = await readsHistory(visitor, expectsAPlainPage);
        for (const [place, words] of [
          'Stopped all new use.',
          'Asked for no more contact.',
          'Ada King signed the consent, version 2.',
        ].entries()) {
          await expect(lines.nth(place)).toContainText(words);
        }
        await expect(lines.last()).toContainText('Ada Lovelace signed the consent, version 1.');
      } finally {
        await again.stop();
        await rm(texts, { recursive: true });
      }
    });
  });
}
