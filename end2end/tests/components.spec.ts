import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { enrolChild } from '../enrolment.mjs';
import {
  becomesMember,
  fills,
  heading,
  isGiven,
  ownPage,
  PASSWORD,
  presses,
  sender,
  unique,
} from './people';
import { expect, test, type Visitor } from './visitor';

// The browser runs the same components as the server: it gets data, never markup, and every page
// lives after hydration.

const CONDITION = '/communities/multiple-myeloma';
const TOKEN = 'a'.repeat(43);

/** One address for each row of the table of routes. */
function addresses(
  member: string,
  revision: string,
  entry: string,
  topic: string,
  resource: string,
  question: string,
  request: string,
  enrolment: string,
  child: string,
): Record<string, string> {
  return {
    '/': '/',
    '/sources': '/sources',
    '/about': '/about',
    '/privacy': '/privacy',
    '/accessibility': '/accessibility',
    '/help': '/help',
    '/conditions': '/conditions?letter=m',
    '/conditions/families': '/conditions/families',
    '/conditions/families/:slug':
      '/conditions/families/syndromes-that-affect-several-parts-of-the-body',
    '/communities/:slug': CONDITION,
    '/search': '/search?q=kahler',
    '/orpha/:value': '/orpha/29073',
    '/mondo/:value': '/mondo/0009693',
    '/omim/:value': '/omim/254500',
    '/communities/:slug/history': `${CONDITION}/history`,
    '/communities/:slug/sections/:kind/history': `${CONDITION}/sections/cause/history`,
    '/communities/:slug/sections/:kind/compare': `${CONDITION}/sections/cause/compare?from=${revision}&to=${revision}`,
    '/communities/:slug/revisions/:number': `${CONDITION}/revisions/${revision}`,
    '/communities/:slug/revisions/:number/review': `${CONDITION}/revisions/${revision}/review`,
    '/communities/:slug/sections/:kind/edit': `${CONDITION}/sections/cause/edit`,
    '/communities/:slug/sections/:kind/entries/:id': entry,
    '/communities/:slug/sections/:kind/protect': `${CONDITION}/sections/cause/protect`,
    '/communities/:slug/members': `${CONDITION}/members`,
    '/communities/:slug/discussions': `${CONDITION}/discussions`,
    '/communities/:slug/discussions/new': `${CONDITION}/discussions/new`,
    '/discussions': '/discussions',
    '/notifications': '/notifications',
    '/communities/:slug/feed': `${CONDITION}/feed`,
    '/feed': '/feed',
    '/communities/:slug/questions': `${CONDITION}/questions`,
    '/communities/:slug/questions/new': `${CONDITION}/questions/new`,
    '/questions/:id': question.split('/').slice(0, 3).join('/'),
    '/questions/:id/:words': question,
    '/questions/:id/:words/answer': `${question}/answer`,
    '/communities': '/communities',
    '/communities/:slug/lead': `${CONDITION}/lead`,
    '/communities/:slug/first-posts': `${CONDITION}/first-posts`,
    '/leaders': '/leaders',
    '/start': '/start?q=kahler',
    '/start/request': '/start/request',
    '/start/requests/:id': request,
    '/communities/:slug/resources': `${CONDITION}/resources`,
    '/communities/:slug/resources/new': `${CONDITION}/resources/new`,
    '/communities/:slug/resources/:id': resource,
    '/communities/:slug/trials': `${CONDITION}/trials`,
    '/resources': '/resources',
    '/topics/:id': topic.split('/').slice(0, 3).join('/'),
    '/topics/:id/:words': topic,
    '/topics/:id/:words/reply': `${topic}/reply?to=1`,
    '/topics/:id/:words/posts/:number/history': `${topic}/posts/1/history`,
    '/topics/:id/:words/posts/:number/edit': `${topic}/posts/1/edit`,
    '/topics/:id/:words/posts/:number/delete': `${topic}/posts/1/delete`,
    '/topics/:id/:words/posts/:number/react': `${topic}/posts/1/react`,
    '/topics/:id/:words/posts/:number/note': `${topic}/posts/1/note`,
    '/topics/:id/:words/posts/:number/mute': `${topic}/posts/1/mute`,
    '/report/:kind/:value': `/report/post/${topic.split('/')[2]}-1`,
    '/reports': '/reports',
    '/decisions': '/decisions',
    '/decisions/:id': '/decisions/0000000000',
    '/reviews': '/reviews',
    '/proposals': '/proposals',
    '/proposals/:id': '/proposals/0000000000',
    '/members/:handle': member,
    '/join': '/join',
    '/confirm/:token': `/confirm/${TOKEN}`,
    '/sign-in': '/sign-in',
    '/sign-out': '/sign-out',
    '/forgotten-password': '/forgotten-password',
    '/new-password/:token': `/new-password/${TOKEN}`,
    '/new-address/:token': `/new-address/${TOKEN}`,
    '/settings': '/settings',
    '/settings/password': '/settings/password',
    '/settings/address': '/settings/address',
    '/settings/second-factor': '/settings/second-factor',
    '/settings/devices': '/settings/devices',
    '/settings/delete': '/settings/delete',
    '/settings/profile': '/settings/profile',
    '/settings/picture': '/settings/picture',
    '/settings/communities': '/settings/communities',
    '/settings/notifications': '/settings/notifications',
    '/settings/muted': '/settings/muted',
    '/settings/drafts': '/settings/drafts',
    '/unsubscribe/:token': `/unsubscribe/${TOKEN}`,
    '/settings/what-others-see': '/settings/what-others-see?by=member',
    '/registry': '/registry',
    '/registry/researchers': '/registry/researchers',
    '/registry/researchers/ask': '/registry/researchers/ask',
    '/registry/enrol': '/registry/enrol',
    '/registry/me': '/registry/me',
    '/registry/enrol/:random': enrolment.split('/').slice(0, 4).join('/'),
    '/registry/enrol/:random/data': `${child}/data`,
    '/registry/enrol/:random/ledger': `${child}/ledger`,
    '/registry/enrol/:random/leave': `${child}/leave`,
    '/registry/enrol/:random/consent': `${child}/consent`,
    '/registry/enrol/:random/assent': `${child}/assent`,
    '/registry/enrol/:random/:step': enrolment,
    '/take-over/:token': `/take-over/${TOKEN}`,
    '/*any': '/nowhere',
  };
}

/** The fields that hold what the sanitiser has written. */
const TEXTS = ['html', 'about', 'welcome'];

/** Where a value holds markup, although it is no text of the sanitiser. */
function markup(value: unknown, at = ''): string[] {
  if (typeof value === 'string') {
    const field = at.split('.').at(-1)!;
    return /<\/?[a-z][^>]*>/i.test(value) && !TEXTS.includes(field) ? [`${at}: ${value}`] : [];
  }
  if (value && typeof value === 'object') {
    return Object.entries(value).flatMap(([key, inside]) => markup(inside, `${at}.${key}`));
  }
  return [];
}

/** Follows a link to an address that no page happens to have. */
async function follows(visitor: Visitor, path: string) {
  await visitor.page.evaluate((href) => {
    // The page that one is on already is not announced again.
    const here = location.pathname + location.search;
    if (href !== here) document.getElementById('announcer')!.textContent = '';
    const link = document.createElement('a');
    link.href = href;
    document.body.append(link);
    link.click();
    link.remove();
  }, path);
}

/** What has the focus once the page has been announced; until then the page before may still have it. */
function arrivedAt(): string | undefined {
  const announced = document.getElementById('announcer')!.textContent;
  return announced ? document.activeElement?.tagName : 'no announcement yet';
}

/** The routes of both halves; what the server alone has comes after them. */
async function routes(): Promise<string[]> {
  const table = await readFile(join(import.meta.dirname, '../../app/src/routes.rs'), 'utf8');
  const shared = table.split('fn PlainApp')[0];
  return [...shared.matchAll(/path!\("([^"]+)"\)/g)].map(([, path]) => path);
}

async function knowsEverything(visitor: Visitor) {
  const email = await becomesMember(visitor, 'Ada', { condition: 'Kahler disease' });
  for (const role of ['moderator', 'expert']) {
    await isGiven(visitor, email, role);
  }
  const member = await ownPage(visitor);
  await visitor.opens(`${CONDITION}/sections/cause/history`);
  const revision = visitor.main.locator('a[href*="/revisions/"]').first();
  const number = (await revision.getAttribute('href'))!.split('/').at(-1)!;
  await visitor.opens(`${CONDITION}/sections/tips/edit`);
  const entry = visitor.main.locator('a[href*="/entries/"]').first();
  const path = (await entry.getAttribute('href'))!;
  await visitor.opens(`${CONDITION}/discussions/new`);
  await fills(visitor, { Title: unique('What helps you'), 'Your text': 'I walk a lot.' });
  await presses(visitor, 'Start discussion');
  await expect(visitor.main.locator('#post-1')).toBeVisible();
  await visitor.settles();
  const topic = new URL(visitor.page.url()).pathname;
  await visitor.opens(`${CONDITION}/resources/new`);
  await fills(visitor, {
    Title: unique('A book'),
    Link: `https://example.org/${unique('book')}`,
  });
  await presses(visitor, 'Suggest resource');
  await expect(visitor.main.getByRole('status')).toContainText('waiting for review');
  await visitor.settles();
  const resource = new URL(visitor.page.url()).pathname;
  await visitor.opens(`${CONDITION}/questions/new`);
  await fills(visitor, { 'Your question': `${unique('May I swim')}?` });
  await presses(visitor, 'Continue');
  await expect(visitor.main.getByLabel('Details (optional)')).toBeVisible();
  await visitor.settles();
  await presses(visitor, 'Ask question');
  await expect(visitor.main.getByRole('heading', { name: 'Answers' })).toBeVisible();
  await visitor.settles();
  const question = new URL(visitor.page.url()).pathname;
  await visitor.opens('/start/request');
  await fills(visitor, {
    'Name of the condition': unique('Zyqvoxitis'),
    'Why should there be a community?': 'We are nine families.',
  });
  await presses(visitor, 'Send request');
  await expect(visitor.main.getByRole('status')).toContainText('Thank you.');
  await visitor.settles();
  const request = new URL(visitor.page.url()).pathname;
  await visitor.opens('/registry/enrol');
  await presses(visitor, 'Start');
  await expect(heading(visitor)).toHaveText('Who do you want to enrol?');
  await visitor.settles();
  const enrolment = new URL(visitor.page.url()).pathname;
  const enrolled = await enrolChild(sender(visitor), unique('child'), PASSWORD);
  const child = `/registry/enrol/${enrolled}`;
  return addresses(member, number, path, topic, resource, question, request, enrolment, child);
}

test('Every page of the table is reached without loading a document, by data without markup', async ({
  visitor,
  page,
}) => {
  test.setTimeout(180_000);
  const table = await knowsEverything(visitor);
  expect(Object.keys(table).sort(), 'the test knows every route').toEqual((await routes()).sort());
  const found: string[] = [];
  const answers: Promise<void>[] = [];
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (!pathname.includes('/api/')) return;
    answers.push(
      response.json().then(
        (answer) => void found.push(...markup(answer, pathname)),
        () => undefined,
      ),
    );
  });
  await visitor.opens('/accessibility');
  await visitor.marksTheDocument();
  for (const [route, path] of Object.entries(table)) {
    await test.step(route, async () => {
      const before = await heading(visitor).innerText();
      await follows(visitor, path);
      await expect
        .poll(() => page.evaluate(arrivedAt), `${route} arrives`)
        .toBe('H1');
      await visitor.idle();
      expect(await heading(visitor).innerText(), before).not.toBe('');
      // It shows what it is for, and does not lead elsewhere.
      if (path.startsWith('/registry/')) await expect(page).toHaveURL(path);
      await visitor.expectsTheSameDocument();
    });
  }
  await Promise.all(answers);
  expect(answers.length).toBeGreaterThan(30);
  expect(found).toEqual([]);
});

/** What a page does by itself: a field that is left empty says so at once. */
const ASKS: Record<string, string> = {
  '/join': 'Name to show',
  '/settings/profile': 'Name to show',
  '/settings/password': 'New password',
  '/settings/address': 'New email address',
  '/settings/delete': 'Current password',
  [`${CONDITION}/discussions/new`]: 'Title',
  [`${CONDITION}/resources/new`]: 'Title',
  [`${CONDITION}/sections/cause/edit`]: 'Cause',
  [`${CONDITION}/sections/cause/protect`]: 'For how many days?',
};

test('Every page lives: what is left wrong is said at once, without a navigation', async ({
  visitor,
  page,
}) => {
  test.setTimeout(120_000);
  await visitor.opens('/join');
  const asks = async (path: string, label: string) =>
    test.step(path, async () => {
      await visitor.opens(path);
      await visitor.marksTheDocument();
      const field = visitor.main.getByLabel(label, { exact: true });
      await field.fill('');
      await field.blur();
      await expect(field).toHaveAttribute('aria-invalid', 'true');
      await expect(field).toHaveAccessibleDescription(/\.$/);
      await visitor.expectsTheSameDocument();
    });
  await asks('/join', ASKS['/join']);
  await knowsEverything(visitor);
  for (const [path, label] of Object.entries(ASKS).slice(1)) await asks(path, label);
  // And where nothing is asked: the search of every page offers names.
  for (const path of ['/sources', CONDITION, '/conditions', `${CONDITION}/history`, '/settings/devices']) {
    await visitor.opens(path);
    await visitor.asksForSuggestions('kahl');
    await expect(page.getByRole('option').first()).toBeVisible();
  }
});

test('A text that was loaded with its page is there again after the way back', async ({
  visitor,
  page,
}) => {
  await visitor.opens(CONDITION);
  const text = page.locator('section#cause .provenance');
  const words = await page.locator('section#cause').innerText();
  await text.scrollIntoViewIfNeeded();
  const read = await page.evaluate(() => Math.round(scrollY));
  expect(read).toBeGreaterThan(300);
  await page.locator('section#cause').getByRole('link', { name: /History/ }).click();
  await visitor.arrivesAt('History: Cause of Multiple myeloma');
  await page.goBack();
  await expect(heading(visitor)).toHaveText('Multiple myeloma');
  await expect(page.locator('section#cause')).toHaveText(words.replaceAll(/\s+/g, ' '), {
    useInnerText: true,
  });
  await expect.poll(() => page.evaluate(() => Math.round(scrollY))).toBe(read);
});

test('An editor that was loaded with its page can be left, and has the text again', async ({
  visitor,
  page,
}) => {
  await becomesMember(visitor, 'Ada');
  const path = '/communities/cystinosis/sections/cause/edit';
  await visitor.opens(path);
  const field = visitor.main.getByLabel('Cause', { exact: true });
  const before = await field.inputValue();
  await visitor.main.getByRole('link', { name: 'History of this section' }).click();
  await expect(heading(visitor)).toContainText('History');
  await page.goBack();
  await expect(heading(visitor)).toContainText('Edit');
  await expect(field).toHaveValue(before);
  await fills(visitor, { Cause: 'Not saved, only looked at: *here*.' });
  await presses(visitor, 'Preview');
  await expect(visitor.main.locator('.seen em')).toHaveText('here');
  await expect(field).toHaveValue('Not saved, only looked at: *here*.');
  await presses(visitor, 'Delete draft');
  await expect(field).toHaveValue(before);
});

test('A page that was opened before an update gives way to the present one', async ({
  visitor,
  page,
}) => {
  // As a tab does that has been open since another build was served.
  await page.route('**/build/**', (route) =>
    route.continue({ url: route.request().url().replace(/build\/\w+/, 'build/000000000000') }),
  );
  await visitor.opens('/conditions');
  await visitor.marksTheDocument();
  await visitor.main.getByRole('link', { name: 'browse by family' }).click();
  await expect(heading(visitor)).toHaveText('Families of conditions');
  await expect(page).toHaveURL('/conditions/families');
  await visitor.hydrated();
  await expect(visitor.expectsTheSameDocument(), 'it is a new document').rejects.toThrow();
  // And what is sent is not lost.
  await visitor.opens('/forgotten-password');
  await fills(visitor, { 'Email address': 'nobody@example.org' });
  await presses(visitor, 'Send the link');
  await expect(heading(visitor)).toHaveText('Check your email');
  await visitor.hydrated();
});
