import { startRareShare } from '../rareshare.mjs';
import { expectsASoundPage } from './axe';
import { accepts, invites, joins } from './leading';
import { test } from './own-server';
import {
  becomesMember,
  elsewhere,
  fills,
  formWith,
  heading,
  leaves,
  moderates,
  ownPage,
  presses,
  REFUSED_MESSAGE,
  sender,
  setsUpSecondFactor,
} from './people';
import { readsPlainly } from './reading';
import { expect, VIEWPORTS, type Visitor } from './visitor';

const COMMUNITY = '/communities/wilson-disease';
const OTHER = '/communities/rett-syndrome';
/** A name that takes room. */
const NAME = 'The Donaudampfschifffahrtsgesellschaftskapitänsregister';
const OWN = 'https://wilson.example.org/enrol';
const BIG = 'https://registry.example.org/';

/** The block of a condition. */
function block(visitor: Visitor) {
  return visitor.main.getByRole('region', { name: 'Patient registry' });
}

/** Expects that a page leads to a registry on another site, and to none here. */
async function leadsTo(visitor: Visitor, name: string, link: string) {
  const visit = block(visitor).getByRole('link');
  await expect(visit).toHaveText(`Visit ${name} to enrol`);
  await expect(visit).toHaveAttribute('href', link);
  await expect(visit).toHaveAttribute('rel', 'nofollow noopener external');
}

/** Sets a registry on the open page of who leads a community. */
async function sets(visitor: Visitor, name: string, link: string) {
  await fills(visitor, {
    'Name of the registry (optional)': name,
    'Address of the registry (optional)': link,
  });
  await presses(visitor, 'Save registry');
}

for (const viewport of VIEWPORTS) {
  test.describe(`A registry elsewhere, ${viewport.width} px`, { tag: '@either' }, () => {
    test.use({ viewport });

    test('is a community’s own, set and taken away by a leader', async ({
      visitor,
      browser,
      baseURL,
    }) => {
      test.slow();
      await becomesMember(visitor, 'Ada');
      await setsUpSecondFactor(visitor);
      await joins(visitor, 'Wilson disease');
      const handle = (await ownPage(visitor)).split('/').pop()!;
      const moderator = await moderates(browser, visitor, baseURL!);
      await invites(moderator, COMMUNITY, handle);
      await leaves(moderator);
      await accepts(visitor, '');
      const stranger = await elsewhere(browser, visitor, baseURL!);
      await stranger.opens(COMMUNITY);
      await expect(block(stranger).getByRole('link')).toHaveText('About the patient registry');

      await visitor.opens(`${COMMUNITY}/lead`);
      if (!visitor.scripted) visitor.expectsOneMessage(REFUSED_MESSAGE);
      await sets(visitor, NAME, 'http://wilson.example.org/enrol');
      const form = formWith(visitor, 'Save registry');
      await expect(form.getByRole('alert')).toContainText('has to begin with https://');
      await expect(form.getByLabel('Name of the registry')).toHaveValue(NAME);
      await visitor.settles();
      await expectsASoundPage(visitor);
      await sets(visitor, NAME, OWN);
      await expect(visitor.main.getByRole('status')).toContainText('Saved');
      await visitor.settles();
      await expectsASoundPage(visitor);
      await visitor.expectsNoSidewaysScrolling();

      await stranger.opens(COMMUNITY);
      await leadsTo(stranger, NAME, OWN);
      await expectsASoundPage(stranger);
      await stranger.expectsNoSidewaysScrolling();
      await stranger.opens(OTHER);
      await expect(block(stranger).getByRole('link')).toHaveText('About the patient registry');

      await visitor.opens(`${COMMUNITY}/lead`);
      await expect(form.getByLabel('Address of the registry')).toHaveValue(OWN);
      await sets(visitor, '', '');
      await expect(visitor.main.getByRole('status')).toContainText('Saved');
      await visitor.settles();
      await stranger.opens(COMMUNITY);
      await expect(block(stranger).getByRole('link')).toHaveText('About the patient registry');
      await leaves(stranger);
    });

    test('takes the place of the site’s, and who has begun here goes on', async ({
      visitor,
      server,
    }) => {
      test.slow();
      await becomesMember(visitor, 'Ada');
      const { send } = sender(visitor);
      const key = { form: 'registry/begin-enrolment', key: `begin-${viewport.width}` };
      const first = await send('/registry/enrol', key);
      const enrolment = first.split('/').slice(0, 4).join('/');

      await server.end();
      const options = ['--trusted-proxy', '127.0.0.1', '--registry-url', BIG, '--registry-name', NAME];
      const again = await startRareShare(options, server.data);
      visitor.origin = again.origin;
      const at = (path: string) => `${again.origin}${path}`;
      try {
        await visitor.opens(at('/registry'));
        await expect(heading(visitor)).toHaveText('Patient registry');
        const visits = visitor.main.getByRole('link', { name: `Visit ${NAME} to enrol` });
        await expect(visits).toHaveCount(2);
        await expect(visits.first()).toHaveAttribute('href', BIG);
        await expect(visitor.main.getByRole('link', { name: 'Take part' })).toHaveCount(0);
        await expect(visitor.main).toContainText('No one new can enrol here.');
        await expectsASoundPage(visitor);
        await readsPlainly(visitor);
        await visitor.expectsNoSidewaysScrolling();
        await visitor.opens(at(COMMUNITY));
        await leadsTo(visitor, NAME, BIG);

        await visitor.opens(at('/registry/enrol'));
        await expect(visitor.main).toContainText('New people enrol in a registry on another site.');
        await expect(visits).toHaveAttribute('href', BIG);
        await expect(visitor.main.getByRole('button')).toHaveCount(0);
        await expectsASoundPage(visitor);
        const refused = await visitor.page.request.post(at('/registry/enrol'), {
          form: { form: 'registry/begin-enrolment', key: 'another' },
          headers: { origin: again.origin },
        });
        expect(refused.status()).toBe(403);
        await visitor.main.locator(`a[href="${enrolment}"]`).click();
        await expect(heading(visitor)).toHaveText('Enrolment');
        await visitor.settles();
        await visitor.main.getByRole('link', { name: 'Continue' }).click();
        await expect(visitor.main).toContainText('Step 1 of 3');
        await visitor.settles();

        await visitor.opens(at('/registry/researchers'));
        await expect(visitor.main).toContainText('we do not pass requests on');
        await expectsASoundPage(visitor);
        await readsPlainly(visitor);
        await visitor.opens(at('/registry/researchers/ask'));
        await expect(visitor.main).toContainText('Ask the staff of that registry');
        const visit = visitor.main.getByRole('link', { name: `Visit ${NAME}` });
        await expect(visit).toHaveAttribute('href', BIG);
        await expect(visitor.main.getByRole('textbox')).toHaveCount(0);
        await expectsASoundPage(visitor);
        await visitor.expectsNoSidewaysScrolling();
      } finally {
        await again.stop();
      }
    });
  });
}
