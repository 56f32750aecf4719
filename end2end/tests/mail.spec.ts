import { once } from 'node:events';
import { type AddressInfo, type Server } from 'node:net';
import type { APIRequestContext } from '@playwright/test';
import { SMTPServer } from 'smtp-server';
import { startRareShare } from '../rareshare.mjs';
import { expect, test } from './visitor';

interface Received {
  from: string;
  to: string[];
  text: string;
}

/** A real mail server on a free port of this machine. */
async function mailServer() {
  const received: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part) => parts.push(part));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          text: Buffer.concat(parts).toString('utf8'),
        });
        done();
      });
    },
  });
  server.on('error', () => {}); // a client that goes away is no fault of the server's
  const listening: Server = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  return { received, port: (listening.address() as AddressInfo).port, server };
}

/** Sends the form by which one joins, as a browser without scripts does. */
async function joins(request: APIRequestContext, origin: string) {
  return request.post(`${origin}/join`, {
    headers: { origin },
    maxRedirects: 0,
    form: {
      form: 'account/join',
      key: 'one',
      email: 'ada@example.org',
      name: 'Ada',
      password: 'four gardens without a fence',
      relation: '',
      condition: '',
      country: '',
      age: 'yes',
      terms: 'yes',
    },
  });
}

test('Letters go out over SMTP, once, as plain text and HTML', async ({ request }) => {
  const mail = await mailServer();
  const { origin, stop } = await startRareShare([
    '--smtp-url',
    `smtp://127.0.0.1:${mail.port}`,
    '--mail-from',
    'RareShare <hello@rareshare.example>',
  ]);
  try {
    const joined = await joins(request, origin);
    expect(joined.status()).toBe(303);
    await expect.poll(() => mail.received.length, 'a letter arrives').toBe(1);
    const [letter] = mail.received;
    expect(letter.from).toBe('hello@rareshare.example');
    expect(letter.to).toEqual(['ada@example.org']);
    for (const line of [
      /^From: RareShare <hello@rareshare\.example>/m,
      /^Subject: Confirm your address for RareShare/m,
      /^Message-ID: <[0-9a-f-]{36}@rareshare\.example>/m,
      /^Auto-Submitted: auto-generated/m,
      /^Content-Type: text\/plain/m,
      /^Content-Type: text\/html/m,
    ]) {
      expect(letter.text).toMatch(line);
    }
    expect(letter.text.replaceAll('=\r\n', '')).toMatch(
      /https:\/\/rareshare\.example\/confirm\/[\w-]{43}\r\n/,
    );
    await new Promise((later) => setTimeout(later, 1_500));
    expect(mail.received, 'it is sent once').toHaveLength(1);
  } finally {
    await stop();
    await new Promise<void>((closed) => mail.server.close(() => closed()));
  }
});

test('A mail server that is away does not keep anybody from joining', async ({ request }) => {
  const { origin, stop } = await startRareShare(['--smtp-url', 'smtp://127.0.0.1:9']);
  try {
    const joined = await joins(request, origin);
    expect(joined.status()).toBe(303);
    expect((await request.get(`${origin}/readyz`)).status()).toBe(200);
  } finally {
    await stop();
  }
});
