/**
 * Run by nntps.test.ts as a separate process, since Node reads NODE_EXTRA_CA_CERTS when it starts: `tsx nntps-child.ts nntps://HOST:PORT/GROUP`.
 * Reads the source as SOURCES names it, and prints what came of it.
 */

import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { readSource } from '../../../src/bot/sources/read-source.js';
import { UserError } from '../../../src/digest/failure/failure.js';

const [text = ''] = process.argv.slice(2);
const source = readSource(text).open({
  folder: '',
  userAgent: 'test',
  stdin: Readable.from([]),
  now: Date.now,
});
const mails = createHash('sha256');
let count = 0;
let failure: object | null = null;
try {
  for await (const event of source.read()) {
    if (event.kind !== 'mail') continue;
    count++;
    mails.update(event.raw);
  }
} catch (error) {
  if (!(error instanceof Error)) throw error;
  const { name, message } = error;
  failure = { name, message, ...(error instanceof UserError ? { remedy: error.remedy } : {}) };
}
process.stdout.write(JSON.stringify({ count, mails: mails.digest('hex'), failure }));
