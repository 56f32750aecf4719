import { importSections } from '../rareshare.mjs';
import { expectsASoundPage } from './axe';
import { test } from './own-server';
import {
  becomesMember,
  fills,
  formWith,
  heading,
  isGiven,
  leaves,
  presses,
  REFUSED_MESSAGE,
} from './people';
import { elsewhere } from './people';
import { expect, VIEWPORTS } from './visitor';

/** A page of a source about something else, filed under a condition whose sections are empty. */
function filed(focus: string, answer: string) {
  return {
    mondo: 'MONDO:0009693',
    focus,
    source: 'GARD',
    url: `https://example.org/${encodeURIComponent(focus)}`,
    sections: [{ type: 'outlook', answer }],
  };
}

test('Texts that are about something else wait for a moderator, who decides', {
  tag: '@either',
}, async ({ visitor, server, browser }) => {
  test.slow();
  const said = await importSections(server.data, [
    filed('Smoldering myeloma', 'This is about smoldering myeloma.'),
    filed('Cystic fibrosis', 'This is about cystic fibrosis.'),
    filed('Multiple Myeloma', 'Some people live 1015 years.'),
    filed('Nothing known', 'This is about nothing.'),
  ]);
  expect(said).toMatch(/held\s+4\n/);
  expect(said).toContain('characters are missing ("1015 years")');
  await isGiven(visitor, await becomesMember(visitor, 'Quill'), 'moderator', server.data);
  await visitor.opens('/settings');
  await visitor.main.getByRole('link', { name: 'Texts held back' }).click();
  await expect(heading(visitor)).toHaveText('Texts held back');
  await expect(visitor.main).toContainText('4 texts are held back.');
  for (const viewport of VIEWPORTS) {
    await visitor.page.setViewportSize(viewport);
    await visitor.opensPlain('/admin/held-texts');
    await expectsASoundPage(visitor);
    await visitor.expectsNoSidewaysScrolling();
    await visitor.main.getByRole('link', { name: 'Cystic fibrosis' }).click();
    await expect(heading(visitor)).toHaveText('Held back: Cystic fibrosis');
    await expect(visitor.main).toContainText('This is about cystic fibrosis.');
    await expectsASoundPage(visitor);
    await visitor.expectsNoSidewaysScrolling();
  }

  await test.step('a name that no condition has comes back', async () => {
    await fills(visitor, { 'Which condition is it about?': 'Nobody’s disease' });
    visitor.expectsOneMessage(REFUSED_MESSAGE);
    await presses(visitor, 'Show it there');
    await expect(visitor.main.getByRole('alert')).toContainText('no condition by this name');
    await expect(visitor.main.getByLabel('Which condition is it about?')).toHaveValue(
      'Nobody’s disease',
    );
  });

  await test.step('attached to another condition', async () => {
    await fills(visitor, { 'Which condition is it about?': 'Cystic fibrosis' });
    await presses(visitor, 'Show it there');
    await expect(visitor.main.getByRole('status')).toContainText('all its sections');
    await visitor.main.getByRole('link', { name: 'Nothing known' }).click();
    await formWith(visitor, 'Discard it').getByRole('button').click();
    await expect(visitor.main.getByRole('status')).toContainText('It will not be held again.');
    await expect(visitor.main).toContainText('2 texts are held back.');
    expect(await importSections(server.data, [filed('Nothing known', 'Again.')])).toMatch(
      /held\s+0\n/,
    );
  });

  await test.step('members do not find them', async () => {
    const member = await elsewhere(browser, visitor, server.origin);
    await becomesMember(member, 'Ada');
    await member.opens('/settings');
    await expect(member.main.getByRole('link', { name: 'Texts held back' })).toHaveCount(0);
    await leaves(member);
  });
});
