import { promisify } from 'node:util';
import { crc32, deflate } from 'node:zlib';

/** Pixels from the upper left, row by row: red, green, blue and opacity, the first three multiplied by the last as renderers keep them. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** 8 bits each of red, green, blue and opacity; the only compression, filter and order of rows that matter here. */
const FORMAT = [8, 6, 0, 0, 0];

/**
 * Pixels as a PNG (W3C, third edition). The renderer's own encoder holds up the event loop for 20 to 35 ms a picture, which is most of the
 * work of one; here that is compressing, which zlib does in a thread of its own. Rows are not filtered: flat colours compress better so.
 */
export async function encodePng({ width, height, pixels }: Raster): Promise<Uint8Array> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set(FORMAT, 8);
  const compressed = await promisify(deflate)(rowsOf({ width, height, pixels }));
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', compressed),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Each row behind a byte that names its filter: none. */
function rowsOf({ width, height, pixels }: Raster): Buffer {
  const row = 4 * width;
  const rows = Buffer.alloc(height * (row + 1));
  for (let y = 0; y < height; y++) rows.set(pixels.subarray(y * row, (y + 1) * row), y * (row + 1) + 1);
  for (let y = 0; y < height; y++)
    for (let at = y * (row + 1) + 1; at < (y + 1) * (row + 1); at += 4) unmultiply(rows, at);
  return rows;
}

/** Only at round corners and the edges of what lies there is a pixel neither opaque nor clear. */
function unmultiply(rows: Buffer, at: number): void {
  const opacity = rows[at + 3] ?? 0;
  if (opacity === 255 || opacity === 0) return;
  for (let i = at; i < at + 3; i++) rows[i] = Math.min(255, Math.round(((rows[i] ?? 0) * 255) / opacity));
}

function chunk(name: string, content: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  const made = Buffer.alloc(4 + named.length + 4);
  made.writeUInt32BE(content.length, 0);
  made.set(named, 4);
  made.writeUInt32BE(crc32(named), 4 + named.length);
  return made;
}
