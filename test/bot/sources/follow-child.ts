/**
 * Run by kill.test.ts as a separate process: `tsx follow-child.ts DATABASE SOURCE`; follows a list until it is killed. Prints a line
 * whenever it is about to store mails or a cursor, and when it did.
 */

import { Readable } from 'node:stream';
import { inlineParser } from '../../../src/bot/ingest/inline-parser.js';
import { openMailStore } from '../../../src/bot/ingest/open-mail-store.js';
import { pause } from '../../../src/bot/pause.js';
import { followSources } from '../../../src/bot/sources/follow-sources.js';
import { readSource } from '../../../src/bot/sources/read-source.js';
import { describing } from '../../adapters/store/written-mail.js';

const [path = '', text = ''] = process.argv.slice(2);
const store = await openMailStore(path, describing);
const source = readSource(text);
const tell = () => process.stdout.write('.\n');
const reported =
  <Given extends unknown[], Result>(act: (...given: Given) => Promise<Result>) =>
  async (...given: Given): Promise<Result> => {
    tell();
    const result = await act(...given);
    tell();
    return result;
  };
const { sources } = store;
await followSources({
  sources: [{ ...source, transport: { ...source.transport, intervalMs: 20 } }],
  store: {
    ...store,
    ingestBatch: reported(store.ingestBatch),
    sources: { ...sources, setCursor: reported(sources.setCursor) },
  },
  batchSize: 8,
  settings: { folder: `${path}.data`, userAgent: 'covernote-test', stdin: Readable.from([]), now: Date.now },
  signal: new AbortController().signal,
  nowMs: Date.now,
  random: Math.random,
  // Failures are retried immediately: a kill should interrupt work, not a wait.
  sleep: (delayMs, signal) => pause(Math.min(delayMs, 50), signal),
  parser: inlineParser(),
});
