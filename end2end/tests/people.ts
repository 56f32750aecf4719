import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, PUBLIC_URL, type Visitor } from './visitor';

/** What Chromium writes to the console where a form comes back with what is wrong. */
export const REFUSED_MESSAGE = /^Failed to load resource: .* 422 \(Unprocessable (Entity|Content)\)$/;

/** And what it writes where somebody signs out. */
export const CLEARED_MESSAGE = /^Clear-Site-Data header .* Cleared data types: "cache", "storage"\.$/;

export const PASSWORD = 'four gardens without a fence';

let counted = 0;

/** An address that no other test uses. */
export function address(name: string): string {
  counted += 1;
  return `${name}.${process.pid}.${Date.now()}.${counted}@example.org`;
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

/** All letters to an address, the oldest first: heads, and the paths of their links. */
export async function letters(recipient: string) {
  const outbox = process.env.RARESHARE_OUTBOX!;
  const names = (await readdir(outbox).catch(() => [])).filter((name) => name.endsWith('.eml'));
  const found = [];
  // Names are numbers that grow with time.
  for (const name of names.sort()) {
    const text = await readFile(join(outbox, name), 'utf8');
    const head = text.slice(0, text.indexOf('\r\n\r\n'));
    if (!head.includes(`To: ${recipient}`)) continue;
    const body = text.replaceAll('=\r\n', '').replaceAll('=3D', '=');
    const link = body.split(PUBLIC_URL)[1]?.split(/[\s"<]/)[0] ?? '';
    found.push({ head, path: link });
  }
  return found;
}

/** Fills in the form by which one joins, and sends it. */
export async function joins(visitor: Visitor, email: string, name: string, password = PASSWORD) {
  await visitor.opens('/join');
  await fills(visitor, { 'E-mail address': email, 'Name to show': name, Password: password });
  await visitor.main.getByLabel('I am at least 13 years old').check();
  await visitor.main.getByLabel('I have read how my data is treated').check();
  await presses(visitor, 'Join');
}

/** Joins and confirms: afterwards the visitor is signed in and on the settings. */
export async function becomesMember(visitor: Visitor, name: string): Promise<string> {
  const email = address(name.toLowerCase().replaceAll(/\W/g, ''));
  await joins(visitor, email, name);
  await expect(heading(visitor)).toHaveText('Look into your mail');
  await visitor.opens(await linkFor(email, /Confirm your address/));
  await fills(visitor, { Password: PASSWORD });
  await presses(visitor, 'Begin');
  await expect(heading(visitor)).toHaveText('Settings');
  await visitor.settles();
  return email;
}

export async function fills(visitor: Visitor, fields: Record<string, string>) {
  for (const [label, value] of Object.entries(fields)) {
    await visitor.main.getByLabel(label, { exact: true }).fill(value);
  }
}

export async function presses(visitor: Visitor, button: string) {
  await visitor.main.getByRole('button', { name: button, exact: true }).click();
}

export function heading(visitor: Visitor) {
  return visitor.page.getByRole('heading', { level: 1 });
}

/** The menu in the header that bears the member's name. */
export async function signsOut(visitor: Visitor, name: string) {
  visitor.expectsOneMessage(CLEARED_MESSAGE);
  const banner = visitor.page.getByRole('banner');
  await banner.getByText(name, { exact: true }).click();
  await banner.getByRole('button', { name: 'Sign out' }).click();
  await expect(banner.getByRole('link', { name: 'Sign in' })).toBeVisible();
  await visitor.settles();
}

export async function signsIn(visitor: Visitor, email: string, password = PASSWORD) {
  await visitor.opens('/sign-in');
  await fills(visitor, { 'E-mail address': email, Password: password });
  await presses(visitor, 'Sign in');
}
