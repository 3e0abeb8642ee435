import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { inlineParser } from '../../../src/bot/ingest/inline-parser.js';
import { openMailStore } from '../../../src/bot/ingest/open-mail-store.js';
import { reindex } from '../../../src/bot/ingest/reindex.js';
import { readLiveSource } from '../../../src/bot/sources/read-live-source.js';
import { readSource } from '../../../src/bot/sources/read-source.js';
import { describing, NOW } from '../../adapters/store/written-mail.js';
import { SUITE_LIST, writeListMail } from '../../contract/list-mail.js';
import { publicInboxMissing, skippedBecause, usePublicInbox } from '../../lib/public-inbox.js';

/** A hundred take some minutes: `KILLS=100`. */
const KILLS = Number(process.env.KILLS ?? 8);
const BURST = 25;
/** Storing a burst takes some ten steps. */
const MOST_STEPS = 20;
const MOST_MS = 12;

const child = fileURLToPath(new URL('./follow-child.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'covernote-kill-'));
const running = new Set<ChildProcess>();
afterAll(() => {
  // Where the test fails, nothing that it started outlives it.
  for (const process_ of running) process_.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** Follows in a separate process, and kills it a moment after a number of steps of storing. */
function followAndKill(path: string, source: string, steps: number): Promise<NodeJS.Signals | null> {
  return new Promise((resolve, reject) => {
    const process_ = spawn(process.execPath, ['--import', 'tsx', child, path, source], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    running.add(process_);
    process_.on('error', reject);
    let taken = 0;
    process_.stdout.on('data', (text: Buffer) => {
      taken += text.toString().split('\n').length - 1;
      if (taken >= steps) setTimeout(() => process_.kill('SIGKILL'), Math.random() * MOST_MS);
    });
    process_.on('exit', (_, signal) => {
      running.delete(process_);
      resolve(signal);
    });
  });
}

describe.skipIf(publicInboxMissing !== null)(`following a list${skippedBecause}`, () => {
  const server = usePublicInbox({ lists: { kvm: SUITE_LIST } });

  it(
    `loses no mail and takes none twice, killed ${KILLS} times while mail keeps arriving`,
    async () => {
      const path = join(folder, 'killed.db');
      const text = `nntp://127.0.0.1:${server().nntpPort}/${server().group('kvm')}`;
      // Older mail would be left alone by a first reading.
      const lately = new Date().toISOString();
      let delivered = 0;
      let done = false;
      const arriving = (async () => {
        while (!done) {
          const mails = Array.from({ length: BURST }, () => writeListMail(delivered++, lately));
          await server().deliverMany('kvm', mails);
        }
      })();
      // It is waited for below; where the test ends before that, the server's end is its end.
      arriving.catch(() => undefined);
      const signals: (NodeJS.Signals | null)[] = [];
      for (let kill = 0; kill < KILLS; kill++)
        signals.push(await followAndKill(path, text, 1 + Math.random() * MOST_STEPS));
      done = true;
      await arriving;
      expect(signals).toEqual(Array(KILLS).fill('SIGKILL'));

      const store = await openMailStore(path, describing);
      const source = readSource(text).open({
        folder,
        userAgent: 'test',
        stdin: Readable.from([]),
        now: Date.now,
      });
      const signal = new AbortController().signal;
      const before = (await store.counts()).messages;
      const now = () => NOW;
      // Under load the server lists a mail some time before it gives it: then the next reading has it.
      const kept = async () => (await store.counts()).messages + (await store.readings.quarantine.count());
      for (let tries = 0; tries < 100 && (await kept()) < delivered; tries++) {
        await readLiveSource(source, { store, signal, since: null, now, parser: inlineParser() });
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      // A mail that was at hand alone when the process was killed twice is kept in quarantine, and read again by reindex.
      await reindex(store, { parser: inlineParser(), now, quarantinedOnly: true });
      // The killed ones did read: it is not this last reading that brings all.
      expect(before).toBeGreaterThan(0);
      await store.close();

      const ids: string[] = [];
      for await (const { messageId } of source.audit?.ids({ cursor: null, since: null, signal }) ?? [])
        ids.push(messageId);
      expect(ids).toHaveLength(delivered);
      const database = new Database(path, { readonly: true });
      const all = (sql: string) => database.prepare(sql).pluck().all();
      expect(all('select key from message order by key')).toEqual(ids.sort());
      expect(all('select count(*) from raw')).toEqual([delivered]);
      expect(all('select count(*) from copy')).toEqual([delivered]);
      database.close();
    },
    60_000 + KILLS * 45_000,
  );
});
