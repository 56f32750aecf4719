import { brotliDecompressSync } from 'node:zlib';
import { get, type IncomingMessage } from 'node:http';
import type { APIRequestContext } from '@playwright/test';
import { expect, NOWHERE, PAGES, PUBLIC_URL, test } from './visitor';

const CONDITION = '/communities/multiple-myeloma';

/** The content of a `meta` element, a `link`'s address, or null. */
async function head(request: APIRequestContext, path: string) {
  const html = await (await request.get(path)).text();
  const one = (pattern: RegExp) => pattern.exec(html)?.[1] ?? null;
  return {
    title: one(/<title>([^<]*)<\/title>/),
    description: one(/<meta name="description" content="([^"]*)">/),
    canonical: one(/<link rel="canonical" href="([^"]*)">/),
    robots: one(/<meta name="robots" content="([^"]*)">/),
    og: (property: string) =>
      one(new RegExp(`<meta property="og:${property}" content="([^"]*)">`)),
    structured: [...html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)].map(
      ([, json]) => JSON.parse(json),
    ),
  };
}

test.describe('The head of a page', () => {
  test('of a condition says all that search engines read', async ({ request }) => {
    const { title, description, canonical, robots, og } = await head(request, CONDITION);
    expect(title).toBe('Multiple myeloma · RareShare');
    expect(description).toContain('A cancer of plasma cells');
    expect(description!.length).toBeLessThanOrEqual(201);
    expect(canonical).toBe(PUBLIC_URL + CONDITION);
    expect(robots).toBeNull();
    expect(og('title')).toBe(title);
    expect(og('description')).toBe(description);
    expect(og('url')).toBe(canonical);
    expect(og('type')).toBe('article');
    expect(og('site_name')).toBe('RareShare');
  });

  test('of a condition describes it by schema.org', async ({ request }) => {
    const { structured } = await head(request, CONDITION);
    const page = structured.find((data) => data['@type'] === 'MedicalWebPage');
    expect(page['@context']).toBe('https://schema.org');
    expect(page.url).toBe(PUBLIC_URL + CONDITION);
    expect(page.dateModified).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    const condition = page.about;
    expect(condition['@type']).toBe('MedicalCondition');
    expect(condition.name).toBe('Multiple myeloma');
    expect(condition.alternateName).toContain('Kahler disease');
    for (const [codingSystem, codeValue] of [
      ['ORPHA', '29073'],
      ['MONDO', '0009693'],
      ['OMIM', '254500'],
      ['ICD-10', 'C90.0'],
      ['MeSH', 'D009101'],
    ]) {
      expect(condition.code).toContainEqual({ '@type': 'MedicalCode', codingSystem, codeValue });
    }
    const crumbs = structured.find((data) => data['@type'] === 'BreadcrumbList');
    const steps = crumbs.itemListElement as { position: number; name: string; item: string }[];
    expect(steps.map((step) => step.position)).toEqual([1, 2, 3]);
    expect(steps.at(0)).toMatchObject({ name: 'Conditions', item: `${PUBLIC_URL}/conditions` });
    expect(steps.at(-1)).toMatchObject({
      name: 'Multiple myeloma',
      item: PUBLIC_URL + CONDITION,
    });
  });

  test('of the first page tells how to search', async ({ request }) => {
    const { structured, canonical } = await head(request, '/');
    expect(canonical).toBe(`${PUBLIC_URL}/`);
    const site = structured.find((data) => data['@type'] === 'WebSite');
    expect(site.url).toBe(`${PUBLIC_URL}/`);
    expect(site.potentialAction['@type']).toBe('SearchAction');
    expect(site.potentialAction.target.urlTemplate).toBe(
      `${PUBLIC_URL}/search?q={search_term_string}`,
    );
    expect(site.potentialAction['query-input']).toBe('required name=search_term_string');
  });

  test('is different on every page', async ({ request }) => {
    const titles = new Map<string, string>();
    for (const path of Object.values(PAGES)) {
      const { title } = await head(request, path);
      expect(title, path).toMatch(/RareShare/);
      expect(titles.get(title!), `${path} has a title of its own`).toBeUndefined();
      titles.set(title!, path);
    }
  });

  test('of every page to be listed has a description and one address', async ({ request }) => {
    for (const path of Object.values(PAGES)) {
      const { canonical, description, robots } = await head(request, path);
      if (robots === 'noindex') continue;
      expect(description, path).toBeTruthy();
      expect(canonical, path).toBe(PUBLIC_URL + path);
    }
  });

  for (const path of ['/search?q=myeloma', '/search?q=', NOWHERE, '/conditions?after=sarcoidosis']) {
    test(`of ${path} asks not to be listed`, async ({ request }) => {
      expect((await head(request, path)).robots).toBe('noindex');
    });
  }

  test('never takes its address from the request', async ({ request }) => {
    const response = await request.get(CONDITION, { headers: { host: 'elsewhere.example' } });
    expect(await response.text()).not.toContain('elsewhere.example');
  });
});

test.describe('For search engines', () => {
  test('robots.txt names the sitemap and keeps them from searching', async ({ request }) => {
    const response = await request.get('/robots.txt');
    expect(response.headers()['content-type']).toBe('text/plain; charset=utf-8');
    const text = await response.text();
    expect(text).toContain(`Sitemap: ${PUBLIC_URL}/sitemap.xml`);
    expect(text).toContain('Disallow: /search');
  });

  test('the sitemap leads to every page with a text, with dates', async ({ request }) => {
    const index = await request.get('/sitemap.xml');
    expect(index.headers()['content-type']).toBe('application/xml; charset=utf-8');
    const parts = [...(await index.text()).matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, url]) => url);
    expect(parts.length).toBeGreaterThan(1);
    const pages: string[] = [];
    for (const part of parts) {
      expect(part.startsWith(PUBLIC_URL)).toBe(true);
      const xml = await (await request.get(part.replace(PUBLIC_URL, ''))).text();
      const entries = [...xml.matchAll(/<url>(.*?)<\/url>/gs)].map(([, entry]) => entry);
      for (const entry of entries) {
        const url = /<loc>([^<]*)<\/loc>/.exec(entry)![1];
        pages.push(url);
        if (url.includes('/communities/')) {
          expect(entry, url).toMatch(/<lastmod>\d{4}-\d{2}-\d{2}<\/lastmod>/);
        }
      }
    }
    expect(new Set(pages).size).toBe(pages.length);
    for (const path of ['/', '/conditions', '/about', CONDITION, '/communities/kawasaki-disease']) {
      expect(pages).toContain(PUBLIC_URL + path);
    }
    expect(pages.filter((url) => url.includes('/search'))).toEqual([]);
    for (const url of pages) {
      const { robots, canonical } = await head(request, url.replace(PUBLIC_URL, ''));
      expect(robots, url).toBeNull();
      expect(canonical, url).toBe(url);
    }
  });

  test('a part of the sitemap that does not exist is not found', async ({ request }) => {
    for (const part of ['conditions-999.xml', 'conditions-0.xml', 'nothing.xml']) {
      expect((await request.get(`/sitemaps/${part}`)).status(), part).toBe(404);
    }
  });
});

test.describe('Security headers', () => {
  for (const path of [
    '/',
    CONDITION,
    '/search?q=x',
    '/orpha/29073',
    NOWHERE,
    '/api/search/suggest?q=my',
    '/api/no-such-function',
    '/assets/no-such-file.js',
    '/robots.txt',
    '/sitemap.xml',
    '/favicon.svg',
  ]) {
    test(`are on ${path}`, async ({ request }) => {
      const headers = (await request.get(path, { maxRedirects: 0 })).headers();
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'same-origin',
        'x-frame-options': 'DENY',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'strict-transport-security': expect.stringMatching(/^max-age=\d{8,}/), // the public URL is https
      });
      expect(headers['permissions-policy']).toContain('geolocation=()');
      const policy = headers['content-security-policy'];
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain("'unsafe-inline'");
      expect(policy).not.toContain("'unsafe-eval'");
      expect(policy).not.toMatch(/https?:|\*/);
      expect(headers['set-cookie'], 'a visitor gets no cookie').toBeUndefined();
      expect(headers.server).toBeUndefined();
    });
  }

  test('an address that no server function has is not found', async ({ request }) => {
    expect((await request.get('/api/no-such-function')).status()).toBe(404);
  });

  test('the policy of a page allows its scripts by their hashes', async ({ request }) => {
    const policy = (await request.get(CONDITION)).headers()['content-security-policy'];
    expect(policy).toMatch(/script-src 'self' 'wasm-unsafe-eval'( 'sha256-[\w+/=]{44}')+/);
    for (const rest of ["style-src 'self'", "connect-src 'self'", "form-action 'self'", "base-uri 'none'"]) {
      expect(policy).toContain(rest);
    }
  });
});

test.describe('A page that the browser has', () => {
  for (const path of ['/', CONDITION, '/conditions', '/search?q=myeloma']) {
    test(`is not sent again: ${path}`, async ({ request }) => {
      const first = await request.get(path);
      const { etag, 'cache-control': caching } = first.headers();
      expect(etag).toMatch(/^"[^"]+"$/);
      expect(caching).toContain('no-cache');
      const second = await request.get(path, { headers: { 'if-none-match': etag } });
      expect(second.status()).toBe(304);
      expect(second.headers().etag).toBe(etag);
      expect(await second.body()).toHaveLength(0);
      const other = await request.get(path, { headers: { 'if-none-match': '"other"' } });
      expect(other.status()).toBe(200);
    });
  }
});

/** The answer as it comes over the wire, which the request fixture would unpack. */
function fetched(url: string, headers: Record<string, string>) {
  return new Promise<{ headers: IncomingMessage['headers']; body: Buffer }>((done, failed) => {
    get(url, { headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => done({ headers: response.headers, body: Buffer.concat(chunks) }));
    }).on('error', failed);
  });
}

test.describe('Compression', () => {
  test('a page comes as brotli to who takes it', async ({ request, baseURL }) => {
    const plain = await (await request.get(CONDITION)).text();
    const { headers, body } = await fetched(baseURL + CONDITION, { 'accept-encoding': 'gzip, br' });
    expect(headers['content-encoding']).toBe('br');
    expect(headers.vary).toContain('accept-encoding');
    expect(brotliDecompressSync(body).toString()).toBe(plain);
    expect(body.length).toBeLessThan(plain.length / 2);
  });

  test('a page comes as it is to who takes nothing else', async ({ baseURL }) => {
    const { headers, body } = await fetched(baseURL + CONDITION, {});
    expect(headers['content-encoding']).toBeUndefined();
    expect(body.toString()).toMatch(/^<!DOCTYPE html>/);
  });

  test('a page and the style together are small', async ({ request, baseURL }) => {
    const html = await (await request.get(CONDITION)).text();
    const style = /<link rel="stylesheet" href="([^"]+)">/.exec(html)![1];
    let bytes = 0;
    for (const path of [CONDITION, style]) {
      bytes += (await fetched(baseURL + path, { 'accept-encoding': 'br' })).body.length;
    }
    expect(bytes).toBeLessThanOrEqual(25_000);
  });
});

test.describe('Files for the browser', () => {
  test('never need to be asked for again', async ({ request, baseURL }) => {
    const html = await (await request.get('/')).text();
    const files = [...new Set(html.match(/\/assets\/[\w.-]+/g))];
    expect(files.map((file) => file.split('.').at(-1)).toSorted()).toEqual(['css', 'js', 'wasm']);
    for (const file of files) {
      const { headers } = await fetched(baseURL + file, { 'accept-encoding': 'br' });
      expect(headers['cache-control'], file).toBe('public, max-age=31536000, immutable');
      expect(headers['content-encoding'], file).toBe('br');
      expect(headers['content-type'], file).toMatch(/^(text\/css|text\/javascript|application\/wasm)/);
    }
  });

  test('that do not exist are not found', async ({ request }) => {
    for (const path of ['/assets/none.js', '/assets/../Cargo.toml', '/assets/%2e%2e/x']) {
      expect((await request.get(path)).status(), path).toBe(404);
    }
  });
});

test('the server tells that it lives and is ready', async ({ request }) => {
  for (const path of ['/healthz', '/readyz']) {
    expect((await request.get(path)).status(), path).toBe(200);
  }
});
