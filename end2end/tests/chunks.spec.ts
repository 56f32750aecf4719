import { fills, heading, presses } from './people';
import { expect, test, type Visitor } from './visitor';

// The browser loads the code of a page with the first page of its kind. What cannot be loaded must
// never be a dead page.

/** Addresses of the WebAssembly that is loaded from here on, in their order. */
function modules(visitor: Visitor): string[] {
  const names: string[] = [];
  visitor.page.on('request', (request) => {
    const name = /\/assets\/(.+)-[0-9a-f]{16}\.wasm$/.exec(request.url())?.[1];
    if (name) names.push(name);
  });
  return names;
}

/** How many documents are loaded from here on. */
function documents(visitor: Visitor): () => number {
  let count = 0;
  visitor.page.on('request', (request) => {
    if (request.isNavigationRequest()) count += 1;
  });
  return () => count;
}

/** The server has no such file any more. */
async function isGone(visitor: Visitor, chunk: string) {
  await visitor.page.route(`**/assets/split_${chunk}-*.wasm`, (route) =>
    route.fulfill({ status: 404, body: 'There is no such file.' }),
  );
}

/** What Chromium and the loader say of a file that is not there, at most so many times. */
function mayHearOfIt(visitor: Visitor, times: number) {
  for (let time = 0; time < times; time += 1) {
    visitor.mayHear(/^Failed to load resource: .* 404 \(Not Found\)$/);
    visitor.mayHear(/TypeError: Failed to execute 'compile' on 'WebAssembly'|CompileError|Incorrect response MIME type|HTTP status code is not ok/);
  }
}

test('A page that people read loads the main module alone, and a chunk comes once', async ({
  visitor,
  page,
}) => {
  const loaded = modules(visitor);
  await visitor.opens('/communities/multiple-myeloma');
  await visitor.marksTheDocument();
  await visitor.main.getByRole('link', { name: /^All in the family/ }).click();
  await expect(heading(visitor)).toHaveText('Plasma cell cancers and related growths');
  expect(loaded).toEqual(['frontend']);
  await page.getByRole('link', { name: 'Sign in' }).first().click();
  await expect(heading(visitor)).toHaveText('Sign in');
  expect(loaded.filter((name) => name.startsWith('split_'))).toEqual(['split_account']);
  await visitor.main.getByRole('link', { name: 'Join' }).click();
  await expect(heading(visitor)).toHaveText('Join');
  expect(loaded.filter((name) => name.startsWith('split_'))).toEqual(['split_account']);
  await visitor.expectsTheSameDocument();
});

test('A chunk that is gone leads to the whole page, which works without it', async ({
  visitor,
  page,
}) => {
  mayHearOfIt(visitor, 8);
  await isGone(visitor, 'account');
  await visitor.opens('/conditions');
  const loads = documents(visitor);
  await page.getByRole('link', { name: 'Sign in' }).first().click();
  await expect(page).toHaveURL(/\/sign-in/);
  await expect(heading(visitor)).toHaveText('Sign in');
  expect(loads()).toBe(1);
  // Its links and forms are the browser's own.
  await visitor.main.getByRole('link', { name: 'I have forgotten my password' }).click();
  await expect(heading(visitor)).toHaveText('Forgotten password');
  expect(loads()).toBe(2);
  await fills(visitor, { 'Email address': 'nobody@example.org' });
  await presses(visitor, 'Send the link');
  await expect(heading(visitor)).toHaveText('Check your email');
  // And where no chunk is missing, the page lives again.
  await page.getByRole('link', { name: 'Conditions' }).first().click();
  await visitor.hydrated();
  await visitor.marksTheDocument();
  await visitor.main.getByRole('link', { name: 'browse by family' }).click();
  await expect(heading(visitor)).toHaveText('Families of conditions');
  await visitor.expectsTheSameDocument();
});

test('While a chunk is on its way, links are the browser’s own', async ({ visitor, page }) => {
  let release = () => {};
  const held = new Promise<void>((go) => (release = go));
  await page.route('**/assets/split_account-*.wasm', async (route) => {
    await held;
    await route.continue().catch(() => {});
  });
  await page.goto('/sign-in');
  // The header listens already.
  await page.locator('#q[role=combobox]').waitFor();
  const loads = documents(visitor);
  await page.getByRole('link', { name: 'Conditions' }).first().click();
  await expect(heading(visitor)).toHaveText('Conditions A to Z');
  expect(loads()).toBe(1);
  release();
  await visitor.hydrated();
});

test('Without a connection a page whose chunk is not there says so, and comes with it', async ({
  visitor,
  page,
}) => {
  mayHearOfIt(visitor, 2);
  // Once for each file of the chunk.
  visitor.mayHearOften(/ERR_INTERNET_DISCONNECTED|Failed to fetch/);
  await visitor.opens('/conditions');
  await page.context().setOffline(true);
  await page.getByRole('link', { name: 'Sign in' }).first().click();
  await expect(heading(visitor)).toHaveText('No connection');
  await page.context().setOffline(false);
  await visitor.main.getByRole('link', { name: 'Try again' }).click();
  await expect(heading(visitor)).toHaveText('Sign in');
  await visitor.hydrated();
});
