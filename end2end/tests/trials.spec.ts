import { importTrials } from '../rareshare.mjs';
import { expectsASoundPage } from './axe';
import { test } from './own-server';
import { heading } from './people';
import { expect, VIEWPORTS } from './visitor';

const CONDITION = '/communities/pompe-disease';
const TRIALS = `${CONDITION}/trials`;

/** A study as the register gives it. */
function study(number: number, title: string, status: string, countries: string[], ages: string[]) {
  return {
    protocolSection: {
      identificationModule: { nctId: `NCT${String(number).padStart(8, '0')}`, briefTitle: title },
      statusModule: {
        overallStatus: status,
        lastUpdatePostDateStruct: { date: '2025-05-17' },
      },
      sponsorCollaboratorsModule: { leadSponsor: { name: 'A hospital' } },
      conditionsModule: { conditions: ['POMPE Disease'] },
      designModule: { studyType: 'INTERVENTIONAL', phases: ['PHASE2'] },
      eligibilityModule: { sex: 'ALL', minimumAge: '2 Years', stdAges: ages },
      contactsLocationsModule: { locations: countries.map((country) => ({ country })) },
    },
  };
}

test.describe('Clinical trials', { tag: '@either' }, () => {
  test('are read in, listed and filtered', async ({ visitor, server }) => {
    test.slow();
    await visitor.opens(TRIALS);
    await expect(heading(visitor)).toHaveText('Clinical trials: Pompe disease');
    await expect(visitor.main).toContainText('No trials are listed here yet.');
    await expect(
      visitor.main.getByRole('link', { name: 'Search ClinicalTrials.gov for Pompe disease', exact: true }),
    ).toHaveAttribute('href', 'https://clinicaltrials.gov/search?cond=Pompe+disease');
    await expectsASoundPage(visitor);

    const lands = Array.from({ length: 40 }, (_, number) => `Far and distant country ${number}`);
    const said = await importTrials(server.data, [
      study(1, 'A walk every day', 'COMPLETED', ['South Korea'], ['ADULT']),
      study(2, 'A new enzyme', 'RECRUITING', ['Japan', 'South Korea'], ['CHILD', 'ADULT']),
      study(3, 'W'.repeat(300), 'NOT_YET_RECRUITING', lands, ['OLDER_ADULT']),
      study(4, 'x', 'RECRUITING', [], []),
      { protocolSection: {} },
      { protocolSection: { identificationModule: { nctId: 'NCT00000005' } } },
    ]);
    expect(said).toMatch(/new\s+5\n/);
    expect(said).toMatch(/without a condition\s+1\n/);
    expect(said).toMatch(/refused\s+1\n/);
    expect(said).toContain('study 5: no number: it has no nctId');

    // The server of another process notices within a second or two.
    await expect(async () => {
      await visitor.opens(CONDITION);
      const trials = visitor.page.locator('section#trials');
      await expect(trials.getByRole('link', { name: 'A new enzyme' })).toHaveAttribute(
        'href',
        'https://clinicaltrials.gov/study/NCT00000002',
      );
    }).toPass();
    await visitor.page.locator('section#trials').getByRole('link', { name: 'All clinical trials' }).click();
    await expect(heading(visitor)).toHaveText('Clinical trials: Pompe disease');
    await visitor.settles();
    // This one was kept from before.
    await expect(async () => {
      await visitor.opens(TRIALS);
      await expect(visitor.main.locator('ol.topics > li')).toHaveCount(4, { timeout: 500 });
    }).toPass();
    await expect(visitor.main).toContainText('Talk to your doctor');

    for (const viewport of VIEWPORTS) {
      await visitor.page.setViewportSize(viewport);
      await visitor.opens(TRIALS);
      await expectsASoundPage(visitor);
    }

    await visitor.main.getByLabel('Status').selectOption({ label: 'Recruiting' });
    await visitor.main.getByLabel('Country').selectOption({ label: 'South Korea' });
    await visitor.main.getByLabel('Age').selectOption({ label: 'Children (under 18)' });
    await visitor.main.getByRole('button', { name: 'Show trials' }).click();
    await expect(visitor.main.locator('ol.topics > li')).toHaveCount(1);
    await expect(visitor.main).toContainText('A new enzyme');
    expect(new URL(visitor.page.url()).search).toBe('?status=open&country=South+Korea&age=child');
    await expect(visitor.main.getByLabel('Country')).toHaveValue('South Korea');
    await visitor.settles();
    await expectsASoundPage(visitor);

    await visitor.main.getByLabel('Status').selectOption({ label: 'Ended' });
    await visitor.main.getByRole('button', { name: 'Show trials' }).click();
    await expect(visitor.main).toContainText('No trials fit these filters.');
    await visitor.settles();
    await visitor.main.getByRole('link', { name: 'Clear filters' }).click();
    await expect(visitor.main.locator('ol.topics > li')).toHaveCount(4);
    await visitor.settles();
  });
});
