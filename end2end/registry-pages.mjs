// Pages of the registry to look at: those of enrolments, and how somebody takes over when a child has grown up.

import { enrolChild, birthday, GROWN_UP } from './enrolment.mjs';
import { member } from './members.mjs';
import { moveClock, PUBLIC_URL } from './rareshare.mjs';

const ENROL = '/registry/enrol';

/** Pages of an enrolment, named by what they are. */
const enrolment = (address, pages) =>
  Object.fromEntries(
    pages.map((page) => [`enrolment-${page || 'overview'}`, `${ENROL}/${address}${page && `/${page}`}`]),
  );

/** What people see of their enrolments, by whom it is. */
export const registryPagesOf = ({ enrolled, looked }) => ({
  ada: {
    enrol: ENROL,
    'enrolment-begun': `${ENROL}/${enrolled.begun}`,
    'enrolment-ready': `${ENROL}/${enrolled.ready}`,
    ...enrolment(enrolled.ready, [
      'for-whom',
      'status',
      'condition',
      'birth-date',
      'country',
      'contact',
      'other-registry',
      'heard-from',
      'consent',
    ]),
    'enrolment-left': `${ENROL}/${enrolled.left}`,
    'enrolment-left-ledger': `${ENROL}/${enrolled.left}/ledger`,
    'enrolment-left-data': `${ENROL}/${enrolled.left}/data`,
    'enrolment-child': `${ENROL}/${enrolled.child}`,
    'enrolment-assent-signed': `${ENROL}/${enrolled.child}/assent`,
    'registry-me': '/registry/me',
  },
  nils: {
    ...enrolment(enrolled.whole, [
      '',
      'research',
      'region',
      'duration',
      'organisations',
      'contact-ways',
      'ledger',
      'data',
      'leave',
    ]),
    'enrolment-consent-signed': `${ENROL}/${enrolled.whole}/consent`,
    'registry-me-one': '/registry/me',
  },
  newcomer: { 'enrol-none': ENROL, 'registry-me-none': '/registry/me' },
  hera: {
    'registry-desk': '/admin/registry',
    'registry-desk-participant': looked.closed,
    'registry-desk-participant-open': looked.open,
  },
});

/** A parent whose child grows up, and the child with an account of their own. */
export async function family(server, password) {
  const parent = await member(server, 'Augusta King');
  const young = await member(server, 'Byron King');
  const overview = `${ENROL}/${await enrolChild(parent, 'grows-up', password)}`;
  return { parent, young, overview };
}

/** The birthday passes. */
export async function growUp(server, { parent, overview }) {
  await moveClock(server.data, GROWN_UP);
  while (!(await parent.see(overview)).includes('is an adult now')) {
    await new Promise((done) => setTimeout(done, 200));
  }
}

/**
 * The choice of the parent, the link that they pass on, and where the young adult takes over, up to the last step.
 * @param {(who: object) => Promise<import('@playwright/test').Page>} open a browser of somebody
 * @param {(page: import('@playwright/test').Page) => Promise<void>} hydrated
 * @param {(page: import('@playwright/test').Page, name: string) => Promise<void>} shoot
 */
export async function shootHandOver({ parent, young, overview }, open, hydrated, shoot) {
  let page = await open(parent);
  const visit = async (path, name) => {
    await page.goto(path);
    await hydrated(page);
    await shoot(page, name);
  };
  const press = (name) => page.getByRole('main').getByRole('button', { name }).click();
  const refused = (words) => page.getByRole('alert').filter({ hasText: words }).waitFor();
  await visit(ENROL, 'enrol-adult-now');
  await visit(overview, 'enrolment-adult-now');
  await press('Go on as their representative');
  await refused('Confirm');
  await shoot(page, 'enrolment-represent-refused');
  await page.goto(overview);
  await hydrated(page);
  await page.getByLabel('Their email address').fill('nobody');
  await press('Make a link');
  await refused('name@example.org');
  await shoot(page, 'enrolment-link-refused');
  await page.getByLabel('Their email address').fill('');
  await press('Make a link');
  const link = await page.locator('.secret').textContent();
  await shoot(page, 'enrolment-link');
  const path = link.trim().replace(PUBLIC_URL, '');
  await visit(path, 'take-over-someone-else');
  await page.close();
  page = await open(young);
  await visit(`/take-over/${'a'.repeat(43)}`, 'take-over-not-good');
  await visit(path, 'take-over');
  const { day, month, year } = birthday();
  await page.getByLabel('Day').fill(day);
  await page.getByLabel('Month').fill(month);
  await page.getByLabel('Year').fill(String(Number(year) - 1));
  await press('Take over');
  await refused('You can try');
  await shoot(page, 'take-over-refused');
  await page.close();
}
