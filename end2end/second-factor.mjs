// What a person's phone does with the key that a site gives it (RFC 6238).

import { createHmac } from 'node:crypto';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * The code that the app shows.
 * @param {string} key in base32, with spaces or without
 * @param {number} [steps] so many half minutes from now
 */
export function codeOf(key, steps = 0) {
  const bits = [...key.replaceAll(' ', '')]
    .map((digit) => BASE32.indexOf(digit).toString(2).padStart(5, '0'))
    .join('');
  const bytes = bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const mac = createHmac('sha1', Buffer.from(bytes)).update(counter).digest();
  const number = mac.readUInt32BE(mac[19] & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

/**
 * Sets a second factor up for who is signed in, by its page's own forms.
 * @param {(form: Record<string, string>) => Promise<string>} send answers with the page
 * @param {() => Promise<string>} see the page
 * @param {string} password
 * @returns {Promise<string>} the key
 */
export async function setUpSecondFactor(send, see, password) {
  await send({ form: 'account/second-factor-begin', present: password });
  const [, key] = /class="secret"><code>([A-Z2-7 ]+)</.exec((await see()).replaceAll('<!---->', ''));
  // The code of half a minute ago: the present one is left for signing in.
  const former = codeOf(key, -1);
  const setUp = (code) => send({ form: 'account/second-factor-set-up', code });
  const isDone = (shown) => shown.includes('Keep your recovery codes');
  let shown = await setUp(former);
  // Where the half minute ended on the way, that code was too old.
  const next = codeOf(key, -1);
  if (!isDone(shown) && next !== former) shown = await setUp(next);
  if (!isDone(shown)) throw new Error(shown);
  return key;
}
