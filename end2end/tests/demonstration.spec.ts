import { makeDemonstration, startRareShare } from '../rareshare.mjs';
import { expectsASoundPage } from './axe';
import { heading } from './people';
import { expect, test as shared, VIEWPORTS } from './visitor';

type Server = Awaited<ReturnType<typeof startRareShare>>;

/** Each has a demonstration of its own. */
const test = shared.extend<{ server: Server }>({
  server: async ({}, use) => {
    const server = await startRareShare([], await makeDemonstration());
    await use(server);
    await server.stop();
  },
  baseURL: async ({ server }, use) => use(server.origin),
});

const BANNER = 'This is a demonstration. All people and conversations are invented.';

test.describe('The demonstration', { tag: '@either' }, () => {
  test('is a living site that says on every page what it is', async ({ visitor }) => {
    test.slow();
    const banner = visitor.page.getByRole('complementary', { name: 'Demonstration' });
    for (const viewport of VIEWPORTS) {
      await visitor.page.setViewportSize(viewport);
      await visitor.opens('/communities/phelan-mcdermid-syndrome/discussions');
      await expect(heading(visitor)).toHaveText('Discussions: Phelan-McDermid syndrome');
      await expect(banner).toHaveText(BANNER);
      await expectsASoundPage(visitor);
    }
    await visitor.main.getByRole('link', { name: 'A tablet at school: how did you get it accepted?' }).click();
    await expect(heading(visitor)).toHaveText('A tablet at school: how did you get it accepted?');
    await visitor.settles();
    await expect(visitor.main).toContainText('Chiara (invented)');
    await expect(visitor.main).toContainText('Then the teacher got up and fetched the bag.');
    await expect(banner).toHaveText(BANNER);
    await expectsASoundPage(visitor);
    await visitor.opens('/communities/multiple-myeloma/trials');
    await expect(visitor.main).toContainText('Short walks after breakfast for tiredness during treatment (invented)');
    await expect(visitor.main).toContainText('NCT99990001 (invented, in no register)');
    await expect(visitor.main).toContainText('These trials are invented for the demonstration.');
    await expect(visitor.main.locator('a[href*="/study/"]')).toHaveCount(0);
    await expectsASoundPage(visitor);
    await visitor.opens('/search?q=puddle');
    await expect(visitor.main.getByRole('link', { name: 'Favourite things' }).first()).toBeVisible();
  });
});
