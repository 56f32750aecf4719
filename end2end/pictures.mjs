// Small pictures, made here: no file that is not text is in the repository.

import { crc32, deflateSync } from 'node:zlib';

/**
 * A PNG of one colour, as a person chooses it (PNG, third edition, 5: signature and chunks).
 * @param {number[]} colour red, green and blue
 * @returns {{ name: string, mimeType: string, buffer: Buffer }}
 */
export function picture(colour = [20, 130, 110]) {
  const [width, height] = [60, 40];
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8); // bits for each part of a colour, and three parts
  // Each row begins with its filter, none here.
  const row = [0, ...Array(width).fill(colour).flat()];
  const rows = Buffer.from(Array(height).fill(row).flat());
  const buffer = Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  return { name: 'me.png', mimeType: 'image/png', buffer };
}

function chunk(kind, content) {
  const named = Buffer.concat([Buffer.from(kind, 'latin1'), content]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}
