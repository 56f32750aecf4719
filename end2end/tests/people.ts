import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import { picture } from '../pictures.mjs';
import { grantRole } from '../rareshare.mjs';
import { setUpSecondFactor } from '../second-factor.mjs';
import { expect, fromAnotherNetwork, PUBLIC_URL, Visitor } from './visitor';

/** What Chromium writes to the console where a form comes back with what is wrong. */
export const REFUSED_MESSAGE = /^Failed to load resource: .* 422 \(Unprocessable (Entity|Content)\)$/;

/** Where the session has ended meanwhile, and where somebody may not write. */
export const SIGNED_OUT_MESSAGE = /^Failed to load resource: .* 401 \(Unauthorized\)$/;
/** Where somebody else was faster. */
export const CONFLICT_MESSAGE = /^Failed to load resource: .* 409 \(Conflict\)$/;
export const FORBIDDEN_MESSAGE = /^Failed to load resource: .* 403 \(Forbidden\)$/;

/** And what it writes where somebody signs out. */
export const CLEARED_MESSAGE = /^Clear-Site-Data header .* Cleared data types: "cache", "storage"\.$/;

export const PASSWORD = 'four gardens without a fence';

let counted = 0;

/** A name that no other test uses. */
export function unique(name: string): string {
  counted += 1;
  return `${name}.${process.pid}.${Date.now()}.${counted}`;
}

/** An address that no other test uses. */
export function address(name: string): string {
  return `${unique(name)}@example.org`;
}

/** Waits for a letter to an address, and returns the path of the link in it. */
export async function linkFor(recipient: string, subject: RegExp): Promise<string> {
  let path = '';
  await expect
    .poll(async () => {
      path = (await letters(recipient)).filter(({ head }) => subject.test(head)).at(-1)?.path ?? '';
      return path;
    }, `a letter like ${subject} to ${recipient}`)
    .not.toBe('');
  return path;
}

interface Letter {
  head: string;
  subject?: string;
  /** Of its first link. */
  path: string;
}

/** A letter never changes, and there are thousands in the end. */
const read = new Map<string, Letter>();

/** All letters to an address, the oldest first. */
export async function letters(recipient: string): Promise<Letter[]> {
  const outbox = process.env.RARESHARE_OUTBOX!;
  const names = (await readdir(outbox).catch(() => [])).filter((name) => name.endsWith('.eml'));
  const found = [];
  // Names are numbers that grow with time.
  for (const name of names.sort()) {
    const letter = read.get(name) ?? opened(await readFile(join(outbox, name), 'utf8'));
    read.set(name, letter);
    if (letter.head.includes(`To: ${recipient}`)) found.push(letter);
  }
  return found;
}

function opened(text: string): Letter {
  const head = text.slice(0, text.indexOf('\r\n\r\n'));
  const body = text.replaceAll('=\r\n', '').replaceAll('=3D', '=');
  return {
    head,
    subject: /^Subject: (.*)$/m.exec(head)?.[1]?.trim(),
    path: body.split(PUBLIC_URL)[1]?.split(/[\s"<]/)[0] ?? '',
  };
}

/** What people may say of themselves when they join. */
interface More {
  condition?: string;
  country?: string;
}

/** Fills in the form by which one joins, and sends it. */
export async function joins(visitor: Visitor, email: string, name: string, more: More = {}) {
  await visitor.opens('/join');
  await fills(visitor, { 'Email address': email, 'Name to show': name, Password: PASSWORD });
  if (more.condition) {
    await fills(visitor, { 'The condition that brings you here (optional)': more.condition });
  }
  if (more.country) await chooses(visitor, { 'Country (optional)': more.country });
  await visitor.main.getByLabel('I am at least 13 years old').check();
  await visitor.main.getByLabel('I have read how my data is treated').check();
  await presses(visitor, 'Join');
}

/** Joins and confirms, page by page: afterwards the visitor is signed in and on the settings. */
export async function joinsAndConfirms(visitor: Visitor, name: string, more?: More) {
  const email = addressOf(name);
  await joins(visitor, email, name, more);
  await expect(heading(visitor)).toHaveText('Check your email');
  await visitor.opens(await linkFor(email, /Confirm your address/));
  await fills(visitor, { Password: PASSWORD });
  await presses(visitor, 'Confirm and sign in');
  await expect(heading(visitor)).toHaveText('Settings');
  await visitor.settles();
  return email;
}

/** The part before the @ may have 64 characters (RFC 5321, 4.5.3.1.1). */
function addressOf(name: string): string {
  return address(name.toLowerCase().replaceAll(/\W/g, '').slice(0, 20));
}

/** Sends forms without opening their pages, and says where each leads. */
export function sender(visitor: Visitor) {
  const send = async (path: string, form: Record<string, string>): Promise<string> => {
    const { origin } = visitor;
    const options = { form, headers: { origin }, maxRedirects: 0 };
    const answer = await visitor.page.request.post(`${origin}${path}`, options);
    expect(answer.status(), `${path} leads on`).toBe(303);
    return answer.headers().location;
  };
  return { send };
}

/**
 * Joins and confirms by the same forms, sent without opening their pages, which have tests of their
 * own: afterwards the visitor is signed in, and on no page yet.
 */
export async function becomesMember(
  visitor: Visitor,
  name: string,
  { condition = '' }: { condition?: string } = {},
): Promise<string> {
  const email = addressOf(name);
  const { send } = sender(visitor);
  await send('/join', {
    ...{ form: 'account/join', key: email, email, name, password: PASSWORD },
    ...{ relation: '', condition, country: '', age: 'yes', terms: 'yes' },
  });
  const link = await linkFor(email, /Confirm your address/);
  const token = link.split('/').at(-1)!;
  await send(link, { form: 'account/confirm', token, password: PASSWORD });
  return email;
}

export async function fills(visitor: Visitor, fields: Record<string, string>) {
  for (const [label, value] of Object.entries(fields)) {
    await visitor.main.getByLabel(label, { exact: true }).fill(value);
  }
}

/** Chooses from lists, by the words in them. */
export async function chooses(visitor: Visitor, choices: Record<string, string>) {
  for (const [label, words] of Object.entries(choices)) {
    await visitor.main.getByLabel(label, { exact: true }).selectOption({ label: words });
  }
}

export async function presses(visitor: Visitor, button: string | RegExp) {
  await visitor.main.getByRole('button', { name: button, exact: true }).click();
}

export function heading(visitor: Visitor) {
  return visitor.page.getByRole('heading', { level: 1 });
}

/** Sends a form that has just been opened, and waits until the page says that it is done. */
export async function saves(visitor: Visitor, button = 'Save') {
  await expect(visitor.main.getByRole('status')).toHaveCount(0);
  await presses(visitor, button);
  await expect(visitor.main.getByRole('status')).toHaveText('Saved.');
  await visitor.settles();
}

/** The form of a page that has this button. */
export function formWith(visitor: Visitor, button: string | RegExp) {
  const named = visitor.page.getByRole('button', { name: button, exact: true });
  return visitor.main.locator('form').filter({ has: named });
}

/** The address of somebody's own page. */
export async function ownPage(visitor: Visitor): Promise<string> {
  const answer = await visitor.page.request.get(`${visitor.origin}/settings/what-others-see`);
  return /"(\/members\/\w+)"/.exec(await answer.text())![1];
}

/** Text in which everything stands that takes room. */
const LONG_TEXT = [
  'I collect *moss*, and a word like Pneumonoultramicroscopicsilicovolcanoconiosis-Selbsthilfe.',
  'https://example.org/a/very/long/address/that/has/no/place/to/break/0123456789abcdefghijklmnop',
  '### A heading of mine\n\n- one\n- two\n\n> What somebody said',
  '| Year | What I was told | By whom |\n|---|---|---|\n| 2019 | Wait-and-see-for-now | Somebody |',
].join('\n\n');

/** Makes a profile that everyone sees, with everything on it. */
export async function showsEverything(visitor: Visitor) {
  await visitor.opens('/settings/profile');
  await fills(visitor, { 'About me (optional)': LONG_TEXT });
  await chooses(visitor, {
    'Who sees your name?': 'Everyone',
    'Who sees this text?': 'Everyone',
    'Who finds you in lists of members?': 'Everyone',
  });
  await visitor.main.getByLabel('Search engines may list my profile').check();
  await saves(visitor);
  await visitor.opens('/settings/picture');
  await visitor.main.getByLabel('Picture', { exact: true }).setInputFiles(picture());
  await chooses(visitor, { 'Who sees it?': 'Everyone' });
  await saves(visitor, 'Upload picture');
  for (const condition of [
    'Chronic inflammatory demyelinating polyneuropathy',
    'Huntington disease',
  ]) {
    await visitor.opens('/settings/communities');
    const form = formWith(visitor, 'Join community');
    await form.getByLabel('Condition', { exact: true }).fill(condition);
    await form.getByLabel('Who sees that').selectOption('everyone');
    await saves(visitor, 'Join community');
  }
}

/** Pages on which people set what others see, and on which others see it. */
export function pagesOf(own: string): Record<string, string> {
  return {
    settings: '/settings',
    'a profile to change': '/settings/profile',
    'a picture to change': '/settings/picture',
    'conditions to change': '/settings/communities',
    'what a visitor sees': '/settings/what-others-see',
    'what members of communities see': '/settings/what-others-see?by=community',
    'what a search engine sees': '/settings/what-others-see?by=search-engine',
    'one’s own page': own,
    'a list of members': '/communities/huntington-disease/members',
  };
}

/**
 * Is given a role by the operator, and sets up the second factor that it needs.
 * @returns the key of the second factor, unless there was one
 */
export async function isGiven(
  visitor: Visitor,
  email: string,
  role: string,
  data = process.env.RARESHARE_DATA!,
): Promise<string | undefined> {
  await grantRole(data, email, role);
  return setsUpSecondFactor(visitor);
}

/**
 * Sets up a second factor.
 * @returns its key, unless there was one
 */
export async function setsUpSecondFactor(visitor: Visitor): Promise<string | undefined> {
  const { origin, page } = visitor;
  const path = `${origin}/settings/second-factor`;
  const { request } = page;
  const see = async () => (await request.get(path)).text();
  if ((await see()).includes('has been on since')) return undefined;
  const headers = { origin };
  const send = async (form: Record<string, string>) =>
    (await request.post(path, { form, headers })).text();
  return setUpSecondFactor(send, see, PASSWORD);
}

/** Joins, and is made an administrator by the operator. */
export async function becomesAdministrator(visitor: Visitor): Promise<string> {
  const email = await becomesMember(visitor, 'Root');
  await isGiven(visitor, email, 'administrator');
  return email;
}

/** Another browser: the same person's second device, or somebody else. */
export async function elsewhere(browser: Browser, visitor: Visitor, baseURL: string) {
  const context = await browser.newContext({
    baseURL,
    javaScriptEnabled: visitor.scripted,
    viewport: visitor.page.viewportSize(),
    extraHTTPHeaders: fromAnotherNetwork(),
  });
  const other = new Visitor(await context.newPage(), baseURL, visitor.scripted);
  await other.watch();
  return other;
}

/** Somebody else, who has joined, in another browser. */
export async function comesWith(name: string, browser: Browser, visitor: Visitor, baseURL: string) {
  const other = await elsewhere(browser, visitor, baseURL);
  await becomesMember(other, name);
  return other;
}

/** A moderator, in another browser. */
export async function moderates(
  browser: Browser,
  visitor: Visitor,
  baseURL: string,
  name = 'Grace',
) {
  const moderator = await elsewhere(browser, visitor, baseURL);
  await isGiven(moderator, await becomesMember(moderator, name), 'moderator');
  return moderator;
}

/** Closes another browser, which has to have kept quiet. */
export async function leaves(other: Visitor) {
  await other.idle();
  other.heardNothingElse();
  await other.page.context().close();
}

/** The menu in the header that bears the member's name. */
export async function signsOut(visitor: Visitor, name: string) {
  visitor.mayHear(CLEARED_MESSAGE);
  const banner = visitor.page.getByRole('banner');
  await banner.getByText(name, { exact: true }).click();
  await banner.getByRole('button', { name: 'Sign out' }).click();
  await expect(banner.getByRole('link', { name: 'Sign in' })).toBeVisible();
  await visitor.settles();
}

export async function signsIn(visitor: Visitor, email: string, password = PASSWORD) {
  await visitor.opens('/sign-in');
  await fills(visitor, { 'Email address': email, Password: password });
  await presses(visitor, 'Sign in');
}
