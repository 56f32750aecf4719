// Key pages at three widths, light and dark, for looking at: npm run screenshots -- FOLDER
// Some screens alone: npm run screenshots -- FOLDER 360-light 1280-dark
// Pages alone whose names begin so: npm run screenshots -- FOLDER 360-light registry enrol take-over

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium as browsers } from '@playwright/test';
import { chromium } from './chromium.mjs';
import { PASSWORD, populate } from './members.mjs';
import { startRareShare } from './rareshare.mjs';
import { family, growUp, registryPagesOf, shootHandOver } from './registry-pages.mjs';

const PAGES = {
  home: '/',
  'condition-full': '/communities/multiple-myeloma',
  'condition-empty': '/communities/kawasaki-disease',
  'condition-long-name': '/communities/chronic-inflammatory-demyelinating-polyneuropathy',
  conditions: '/conditions',
  'conditions-letter': '/conditions?letter=m',
  'conditions-letter-empty': '/conditions?letter=q',
  'conditions-next': '/conditions?after=narcolepsy-type-1',
  families: '/conditions/families',
  family: '/conditions/families/syndromes-that-affect-several-parts-of-the-body',
  'search-typing-error': '/search?q=mutiple+mieloma',
  'search-many': '/search?q=disease',
  'search-nothing-found': '/search?q=zzzqqqxx',
  'search-empty': '/search?q=',
  'search-with-texts': '/search?q=cells',
  'search-texts': '/search?q=pain&in=texts',
  'search-discussions': '/search?q=bakery&in=discussions',
  'search-discussions-none': '/search?q=zzzqqqxx&in=discussions&community=multiple-myeloma',
  about: '/about',
  sources: '/sources',
  help: '/help',
  'help-found': '/help?q=anonymous',
  'help-nothing-found': '/help?q=zzzqqqxx',
  registry: '/registry',
  'registry-researchers': '/registry/researchers',
  'registry-ask': '/registry/researchers/ask',
  'registry-ask-sent': '/registry/researchers/ask?done=sent',
  'not-found': '/nowhere',
  join: '/join',
  members: '/communities/multiple-myeloma/members',
  'members-none': '/communities/wilson-disease/members',
  'discussions-everywhere': '/discussions',
  'discussions-none': '/communities/wilson-disease/discussions',
  'questions-none': '/communities/wilson-disease/questions',
  'resources-none': '/communities/wilson-disease/resources',
  'resources-everywhere': '/resources',
  trials: '/communities/multiple-myeloma/trials',
  'trials-filtered': '/communities/multiple-myeloma/trials?status=open&country=Japan',
  'trials-filtered-none': '/communities/multiple-myeloma/trials?status=planned&age=child',
  'trials-none': '/communities/wilson-disease/trials',
  'feed-none': '/communities/wilson-disease/feed',
  communities: '/communities',
  leaders: '/leaders',
  'start-community': '/start',
  'start-community-found': '/start?q=myeloma',
};

const SECTIONS = '/communities/multiple-myeloma/sections';

/** What members see, by whom it is. */
const pagesOf = ({ ada, newcomer, long, topic, questions, written, request, report, moderated, first }) => ({
  ada: {
    'first-posts': first.waiting,
    'discussion-alias': first.alias,
    settings: '/settings?done=saved',
    'settings-second-factor': '/settings/second-factor',
    'settings-profile': '/settings/profile?done=saved',
    'settings-picture': '/settings/picture',
    'settings-communities': '/settings/communities',
    'condition-joined': '/communities/multiple-myeloma#community',
    discussions: '/communities/multiple-myeloma/discussions',
    'discussion-start': '/communities/multiple-myeloma/discussions/new',
    'discussion-start-not-joined': '/communities/wilson-disease/discussions/new',
    'discussion-joined': topic,
    notifications: '/notifications',
    'settings-notifications': '/settings/notifications?done=saved',
    'unsubscribe-not-good': '/unsubscribe/nothing',
    questions: '/communities/multiple-myeloma/questions',
    'question-ask': '/communities/multiple-myeloma/questions/new',
    'question-ask-not-joined': '/communities/wilson-disease/questions/new',
    'question-open-expert': questions.open,
    'question-declined-expert': questions.declined,
    'question-answer': `${questions.question}/answer`,
    feed: '/communities/multiple-myeloma/feed',
    'feed-own': '/feed',
    lead: '/communities/multiple-myeloma/lead',
    'start-request': '/start/request',
    'start-request-own': request,
    report: report.subject,
    reports: '/reports',
    resources: '/communities/multiple-myeloma/resources',
    'resource-new': '/communities/multiple-myeloma/resources/new',
    decisions: '/decisions',
    decision: moderated.decision,
    'discussion-locked-own-hidden': moderated.topic,
    reply: `${topic}/reply?to=2`,
    'post-edit': `${topic}/posts/4/edit`,
    'post-history': `${topic}/posts/2/history`,
    'post-delete': `${topic}/posts/4/delete`,
    'post-react': `${topic}/posts/2/react`,
    'post-mute': `${topic}/posts/2/mute`,
    'settings-muted': '/settings/muted',
    'settings-drafts': '/settings/drafts',
    'seen-by-visitor': '/settings/what-others-see',
    'seen-by-community': '/settings/what-others-see?by=community',
    'seen-by-search-engine': '/settings/what-others-see?by=search-engine',
    'member-own': `/members/${ada.handle}`,
    'member-long-name': `/members/${long.handle}`,
    'list-tips': `${SECTIONS}/tips/edit?done=saved`,
    'list-references': `${SECTIONS}/references/edit`,
    'list-synonyms': `${SECTIONS}/synonyms/edit`,
    'list-history': `${SECTIONS}/tips/history`,
    'entry-tip': written.rest,
    'entry-tip-hidden': written.tea,
    'entry-reference': written.reference,
    'proposal-tip': written.proposal,
    'acknowledgement-edit': `${SECTIONS}/acknowledgement/edit`,
  },
  nils: {
    'first-posts-own': first.waiting,
    'notifications-new': '/notifications',
    'settings-muted-none': '/settings/muted',
    'decisions-none': '/decisions',
    'reports-none': '/reports',
    'feed-own-new': '/feed',
    'settings-notifications-new': '/settings/notifications',
    'discussion-start-first': '/communities/multiple-myeloma/discussions/new',
  },
  newcomer: {
    'settings-suspended': '/settings',
    'decisions-suspended': '/decisions',
    'settings-picture-none': '/settings/picture',
    'settings-communities-none': '/settings/communities',
    'seen-by-visitor-nothing': '/settings/what-others-see',
  },
  root: {
    'resources-waiting': '/communities/multiple-myeloma/resources',
    'admin-people': '/admin/people',
    'admin-waiting': '/admin/waiting',
    'admin-alias': `/admin/aliases/${first.alias.split('/')[2]}/1`,
    'admin-post': moderated.post,
    'admin-appeals': '/admin/appeals',
    'admin-appeals-none': '/admin/appeals?show=decided',
    'admin-appeal': moderated.appeal,
    'discussion-locked-moderator': moderated.topic,
    'admin-reports': '/admin/reports',
    'admin-reports-closed': '/admin/reports?show=closed',
    'admin-report': report.open,
    'admin-report-closed': report.closed,
    'admin-requests': '/admin/requests',
    'admin-request': request.replace('/start', '/admin'),
    'admin-people-none': '/admin/people?q=zzzqqq&show=suspended',
    'admin-person': `/admin/people/${ada.handle}`,
    'admin-person-measures': `/admin/people/${long.handle}`,
    'admin-person-suspended': `/admin/people/${newcomer.handle}`,
  },
});

/** Forms that are wrong, suggestions while a name is typed, and the end of a session. */
async function shootForms(page, hydrated, shoot, long, form) {
  const refused = () => page.getByRole('alert').waitFor();
  await page.goto('/settings/profile');
  await hydrated();
  await page.getByRole('banner').getByText('Ada Lovelace').click();
  await shoot('account-menu');
  await page.getByLabel('Name to show').fill('');
  await page.getByLabel('About me').fill('a'.repeat(5_001));
  await page.getByRole('button', { name: 'Save' }).click();
  await refused();
  await shoot('settings-profile-refused', true);
  await page.goto('/settings/picture');
  await hydrated();
  await page.getByRole('button', { name: 'Upload picture' }).click();
  await refused();
  await shoot('settings-picture-refused', true);
  await page.goto('/settings/communities');
  await hydrated();
  await page.getByLabel('Condition', { exact: true }).fill('plasma cell');
  await page.getByRole('button', { name: 'Join community' }).click();
  await refused();
  await shoot('settings-communities-refused', true);
  await page.goto(`${SECTIONS}/references/edit`);
  await hydrated();
  await page.getByLabel('Title').fill('A study');
  await page.getByLabel('DOI, PMID').fill('PMID:18A');
  await page.getByRole('button', { name: 'Add it' }).click();
  await refused();
  await shoot('list-references-refused', true);
  for (const [name, path, button] of [
    ['discussion-start', '/communities/multiple-myeloma/discussions/new', 'Start discussion'],
    ['question-ask', '/communities/multiple-myeloma/questions/new', 'Continue'],
    ['resource-new', '/communities/multiple-myeloma/resources/new', 'Suggest resource'],
    ['start-request', '/start/request', 'Send request'],
    ['enrolment', form, 'Save and continue'],
    ['report', '/report/member/' + long, 'Send report'],
  ]) {
    await page.goto(path);
    await hydrated();
    await page.getByRole('main').getByRole('button', { name: button }).first().click();
    await refused();
    await shoot(`${name}-refused`, true);
  }
  await page.goto('/settings/profile');
  await hydrated();
  await page.context().clearCookies();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('What you entered is kept').waitFor();
  await shoot('signed-out-meanwhile', true);
  await page.goto('/join');
  await hydrated();
  await page.getByRole('button', { name: 'Join' }).click();
  await refused();
  await shoot('join-refused', true);
}

const [folder, ...more] = process.argv.slice(2);
const screens = more.filter((argument) => /^\d+-(light|dark)$/.test(argument));
const beginnings = more.filter((argument) => !screens.includes(argument));
/** Whether a picture was asked for. */
const wanted = (name) => beginnings.length === 0 || beginnings.some((word) => name.startsWith(word));
const chosen = (pages) => Object.entries(pages).filter(([name]) => wanted(name));
if (!folder) {
  console.error('Where to? npm run screenshots -- FOLDER');
  process.exit(2);
}
await mkdir(folder, { recursive: true });

const server = await startRareShare();
const browser = await browsers.launch(chromium());

const SCREENS = [360, 768, 1280]
  .flatMap((width) => ['light', 'dark'].map((colorScheme) => ({ width, colorScheme })))
  .filter(({ width, colorScheme }) => screens.length === 0 || screens.includes(`${width}-${colorScheme}`))
  .map(({ width, colorScheme }) => ({
    name: `${width}-${colorScheme}`,
    options: {
      baseURL: server.origin,
      viewport: { width, height: width < 500 ? 740 : 900 },
      colorScheme,
      reducedMotion: 'reduce',
    },
  }));

const hydrate = (page) => page.locator('#q[role=combobox]').waitFor({ state: 'attached' });
const picture = (page, name, screen, fullPage = true) =>
  page.screenshot({ path: join(folder, `${name}-${screen}.png`), fullPage });

/** What a visitor does in the header and on a long page. */
async function shootMoves(page, hydrated, shoot) {
  await page.goto('/conditions');
  await hydrated();
  await page.locator('#q').pressSequentially('myel');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await shoot('suggestions');

  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await shoot('focus');

  await page.goto('/communities/multiple-myeloma');
  await hydrated();
  await page.keyboard.press('Tab');
  await shoot('skip-link');
  await page.locator('.contents summary, .contents a').locator('visible=true').first().click();
  await shoot('condition-contents');
}

/** All pages on one screen. */
async function shootAll(people, { name: screen, options }) {
  let page;
  const hydrated = () => hydrate(page);
  const shoot = (name, fullPage = false) => picture(page, name, screen, fullPage);
  const visit = async (pages) => {
    for (const [name, path] of chosen(pages)) {
      await page.goto(path);
      if (!path.startsWith('/admin')) await hydrated();
      await shoot(name, true);
    }
  };
  page = await browser.newPage(options);
  await visit(PAGES);
  if (beginnings.length === 0) await shootMoves(page, hydrated, shoot);
  await page.close();
  const [pages, registry] = [pagesOf(people), registryPagesOf(people)];
  for (const who of new Set([...Object.keys(pages), ...Object.keys(registry)])) {
    page = await browser.newPage({ ...options, storageState: people[who].cookies });
    await visit({ ...pages[who], ...registry[who] });
    if (who === 'ada' && beginnings.length === 0) {
      const form = `/registry/enrol/${people.enrolled.begun}/birth-date`;
      await shootForms(page, hydrated, shoot, people.long.handle, form);
    }
    await page.close();
  }
}

try {
  const people = await populate(server);
  PAGES['discussion-locked'] = people.moderated.topic;
  PAGES.member = `/members/${people.ada.handle}`;
  PAGES.discussion = people.topic;
  PAGES.question = people.questions.question;
  for (const screen of SCREENS) await shootAll(people, screen);
  // Last, as it moves the clock.
  const handsOver = beginnings.some((beginning) => /^(enrol|take)/.test(beginning));
  if (beginnings.length === 0 || handsOver) {
    const kin = await family(server, PASSWORD);
    await growUp(server, kin);
    for (const { name: screen, options } of SCREENS) {
      const open = ({ cookies }) => browser.newPage({ ...options, storageState: cookies });
      const shoot = async (page, name) => {
        if (wanted(name)) await picture(page, name, screen);
      };
      await shootHandOver(kin, open, hydrate, shoot);
    }
  }
} finally {
  await browser.close();
  await server.stop();
}
