import { test as base, expect, type Locator, type Page, type Response } from '@playwright/test';

export { expect };
export { PUBLIC_URL } from '../rareshare.mjs';

/** One address of each kind of page that answers 200. */
export const PAGES = {
  'the first page': '/',
  'a condition with every section': '/communities/multiple-myeloma',
  'a condition without texts': '/communities/kawasaki-disease',
  'the list of conditions': '/conditions',
  'a letter of the list': '/conditions?letter=m',
  'a letter without conditions': '/conditions?letter=q',
  'the families': '/conditions/families',
  'a family': '/conditions/families/syndromes-that-affect-several-parts-of-the-body',
  'the members of a condition, where nobody is listed': '/communities/wilson-disease/members',
  'results of a search': '/search?q=kahler',
  'many results of a search': '/search?q=disease',
  'a search that finds nothing': '/search?q=zzzqqqxx',
  'a search for nothing': '/search?q=',
  about: '/about',
  sources: '/sources',
  privacy: '/privacy',
  accessibility: '/accessibility',
  help: '/help',
  'the registry': '/registry',
  'the registry for researchers': '/registry/researchers',
  joining: '/join',
  'joining, after it was sent': '/join?done=mail',
  'signing in': '/sign-in',
  'a forgotten password': '/forgotten-password',
  'a link that has been used': `/confirm/${'a'.repeat(43)}`,
};

/** An address that no page has, and what Chromium writes to the console about it. */
export const NOWHERE = '/nowhere';
export const NOT_FOUND_MESSAGE = /^Failed to load resource: .* 404 \(Not Found\)$/;

/** A phone and a desk. */
export const VIEWPORTS = [
  { width: 360, height: 740 },
  { width: 1280, height: 800 },
];

/** The screens that key pages are tried on. */
export const SCREENS = VIEWPORTS.flatMap((viewport) =>
  (['light', 'dark'] as const).map((colorScheme) => ({
    screen: `${viewport.width} px, ${colorScheme}`,
    use: { viewport, colorScheme },
  })),
);

/** Somebody who reads the site, and sees more than people do: every complaint of the browser. */
export class Visitor {
  private readonly complaints: string[] = [];
  private readonly expected: RegExp[] = [];
  private readonly possible: RegExp[] = [];
  private readonly repeated: RegExp[] = [];

  constructor(
    readonly page: Page,
    /** Where the site is: elsewhere, once its server was started again. */
    public origin: string,
    /** Whether the browser runs scripts. */
    readonly scripted: boolean,
  ) {}

  /** Listens to the console, to faults, to the content security policy and to the network. */
  async watch() {
    const context = this.page.context();
    context.on('console', (message) => this.complaints.push(message.text()));
    context.on('weberror', (fault) => this.complaints.push(String(fault.error())));
    context.on('request', (request) => {
      if (new URL(request.url()).origin !== this.origin) {
        this.complaints.push(`request to another origin: ${request.url()}`);
      }
    });
    await context.exposeBinding('complain', (_, text: string) => {
      this.complaints.push(text);
    });
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (report) => {
        const { complain } = window as unknown as { complain(text: string): void };
        complain(`content security policy: ${report.violatedDirective}: ${report.blockedURI}`);
      });
    });
  }

  /** One message that this test brings about, to be seen exactly once. */
  expectsOneMessage(pattern: RegExp) {
    this.expected.push(pattern);
  }

  /** One message that the browser brings about, and leaves out where the page is gone by then. */
  mayHear(pattern: RegExp) {
    this.possible.push(pattern);
  }

  /** A message that the browser brings about again and again, or not at all. */
  mayHearOften(pattern: RegExp) {
    this.repeated.push(pattern);
  }

  /** Messages of the browser come a moment after what brings them about. */
  async waitsForMessages() {
    const heard = (pattern: RegExp) => this.complaints.some((text) => pattern.test(text));
    for (let tries = 0; tries < 20 && !this.expected.every(heard); tries += 1) {
      await new Promise((done) => setTimeout(done, 100));
    }
  }

  /** Fails on every complaint that was not expected, and on every expected one that did not come. */
  heardNothingElse() {
    const left = [...this.complaints];
    for (const pattern of this.expected) {
      const found = left.findIndex((text) => pattern.test(text));
      expect(found, `a message like ${pattern} among ${JSON.stringify(left)}`).not.toBe(-1);
      left.splice(found, 1);
    }
    for (const pattern of this.possible) {
      const found = left.findIndex((text) => pattern.test(text));
      if (found >= 0) left.splice(found, 1);
    }
    const others = left.filter((text) => !this.repeated.some((pattern) => pattern.test(text)));
    expect(others, 'messages of the browser').toEqual([]);
  }

  /** Loads an address, as when it is typed, and waits until the page can be used. */
  async opens(path: string): Promise<Response> {
    const response = await this.page.goto(path);
    if (this.scripted) await this.hydrated();
    return response!;
  }

  /** Loads a page that comes without a script, so that there is nothing to wait for. */
  async opensPlain(path: string): Promise<Response> {
    return (await this.page.goto(path))!;
  }

  /** Waits until the browser has taken over the page that the server made. */
  async hydrated() {
    await this.page.locator('html[data-hydrated] #q[role=combobox]').waitFor({ state: 'attached' });
    await this.idle();
  }

  /** Waits until the page that a form has led to can be used. */
  async settles() {
    if (this.scripted) await this.hydrated();
  }

  /** Lets the browser finish what it has to do, so that no complaint comes after the test. */
  async idle() {
    if (this.scripted && !this.page.isClosed()) {
      await this.page.evaluate(
        () => new Promise((done) => requestIdleCallback(done, { timeout: 100 })),
      );
    }
  }

  /** Leaves a mark that only lasts as long as the document does. */
  async marksTheDocument() {
    await this.page.evaluate(() => Object.assign(window, { stillHere: true }));
  }

  /** Whether all pages since the mark came without loading a document. */
  async expectsTheSameDocument() {
    expect(await this.page.evaluate(() => 'stillHere' in window), 'still the same document').toBe(
      true,
    );
  }

  /**
   * Expects to be on the page with this heading. Where a script brought it, the focus is on the
   * heading and the title was announced, as a browser does after a load.
   */
  async arrivesAt(heading: string, title = heading) {
    const { page } = this;
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading);
    await expect(page).toHaveTitle(`${title} · RareShare`);
    if (this.scripted) {
      await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
      await expect(page.locator('#announcer')).toHaveText(`${title} · RareShare`);
    }
  }

  get main(): Locator {
    return this.page.getByRole('main');
  }

  /** The field in the header, a combobox where scripts run. */
  get headerSearch(): Locator {
    return this.page.getByLabel('Find a condition by name or code');
  }

  /** Types into the header and waits for the list that answers all of it. */
  async asksForSuggestions(typed: string) {
    // Every letter asks anew: a list that opens early answers a shorter text, and is replaced.
    const answer = this.page.waitForResponse((response) => {
      const { pathname, searchParams } = new URL(response.url());
      return pathname === '/api/search/suggest' && searchParams.get('q') === typed;
    });
    await this.headerSearch.pressSequentially(typed);
    const hits: { name: string }[] = await (await answer).json();
    const list = this.page.getByRole('listbox', { name: 'Conditions' });
    await expect(list).toBeVisible();
    await expect(list.getByRole('option')).toHaveCount(hits.length);
    await expect(list.getByRole('option')).toContainText(hits.map(({ name }) => name));
    await this.idle();
  }

  /** The large field in a page. */
  get pageSearch(): Locator {
    return this.page.getByLabel('Name or code of a condition');
  }

  /** How far the page has been scrolled. */
  async scrolled(): Promise<number> {
    return this.page.evaluate(() => window.scrollY);
  }

  /** Waits until a smooth scroll has come to rest, and tells where. */
  async restsAt(): Promise<number> {
    let before = -1;
    await expect
      .poll(async () => {
        const last = before;
        before = await this.scrolled();
        return before === last;
      }, 'the page comes to rest')
      .toBe(true);
    return before;
  }

  /** Expects that the page is no wider than the screen. */
  async expectsNoSidewaysScrolling() {
    const { content, screen, widest } = await this.page.evaluate(() => {
      const screen = document.documentElement.clientWidth;
      const beyond = [...document.body.querySelectorAll('*')].filter((element) => {
        const box = element.getBoundingClientRect();
        return box.right > screen + 0.5 || box.left < -0.5;
      });
      return {
        screen,
        content: document.documentElement.scrollWidth,
        widest: beyond.slice(0, 5).map((element) => element.outerHTML.slice(0, 80)),
      };
    });
    expect(content, `beyond the edge: ${widest.join(' | ')}`).toBeLessThanOrEqual(screen);
  }
}

let networks = 0;

/**
 * What a proxy would say of somebody who comes from a network of their own (RFC 3849). From one
 * network only so many people may join in an hour, and all tests run on one machine.
 */
export function fromAnotherNetwork() {
  networks += 1;
  // A /48 for each, which is the widest that counts: a worker brings more people than one may.
  const own = Number(process.env.TEST_WORKER_INDEX) * 2048 + networks;
  return { 'x-forwarded-for': `2001:db8:${(own % 65536).toString(16)}::1` };
}

export const test = base.extend<{ visitor: Visitor }>({
  baseURL: async ({}, use) => use(process.env.RARESHARE_ORIGIN),
  extraHTTPHeaders: async ({}, use) => use(fromAnotherNetwork()),
  // Automatic: no test can forget to listen.
  visitor: [
    async ({ page, baseURL, javaScriptEnabled }, use) => {
      const visitor = new Visitor(page, baseURL!, javaScriptEnabled !== false);
      await visitor.watch();
      await use(visitor);
      await visitor.idle();
      await visitor.waitsForMessages();
      visitor.heardNothingElse();
    },
    { auto: true },
  ],
});
