import { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { parseMaintainers } from '../digest/subsystem/parse-maintainers.js';
import { DAY_MS, HOUR_MS, toIso } from '../digest/time/iso.js';
import type { Config } from './config.js';
import { type DataPlace, dataFolder, userAgent } from './sources/source-settings.js';

/** What refreshing MAINTAINERS came to. `kept` and `missing` say why the URL could not be read. */
export type Refreshed =
  /** It is a file, or unset. */
  | { readonly kind: 'none' }
  /** Looked at less than a day ago. */
  | { readonly kind: 'fresh' }
  | { readonly kind: 'fetched'; readonly entries: number }
  | { readonly kind: 'unchanged' }
  /** The last good copy, from `since` (ISO UTC), stays in use. */
  | { readonly kind: 'kept'; readonly since: string; readonly reason: string }
  | { readonly kind: 'missing'; readonly reason: string };

export interface Refreshing {
  readonly nowMs: number;
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  readonly maxBytes?: number;
}

type Place = DataPlace & Pick<Config, 'maintainers'>;

const TIMEOUT_MS = 30_000;
/** The kernel's has 0.9 MB. */
const MAX_BYTES = 16 * 1024 * 1024;

const noteSchema = z.object({
  url: z.string(),
  etag: z.string().nullable(),
  /** When the copy was made, and when the URL was last checked; ISO UTC. */
  fetchedAt: z.string(),
  checkedAt: z.string(),
  /** Why the URL could not be read since; null if it could. */
  problem: z.string().nullable(),
});
type Note = z.infer<typeof noteSchema>;

function isUrl(maintainers: string): boolean {
  return /^https?:\/\//i.test(maintainers);
}

/** The file to read MAINTAINERS from: the one that is named, or the kept copy of a URL; null if there is none. */
export function maintainersFile(place: Place): string | null {
  if (place.maintainers === null || !isUrl(place.maintainers)) return place.maintainers;
  const { copy } = paths(place);
  return readNote(place) !== null && existsSync(copy) ? copy : null;
}

/** Changes when a newer copy of a URL has come; a file that is named is read once. */
export function maintainersVersion(place: Place): number {
  if (place.maintainers === null || !isUrl(place.maintainers)) return 0;
  return statSync(paths(place).copy, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** Since when a kept copy is used because the URL can't be read, and why; null if all is well. */
export function maintainersTrouble(place: Place): { readonly since: string; readonly reason: string } | null {
  if (place.maintainers === null || !isUrl(place.maintainers)) return null;
  const note = readNote(place);
  return note === null || note.problem === null ? null : { since: note.fetchedAt, reason: note.problem };
}

/**
 * Brings the kept copy of a MAINTAINERS URL up to date, at most once a day. A copy is replaced only by a good one: whatever fails, the last
 * good one stays. Never rejects.
 */
export async function refreshMaintainers(
  config: Place & Pick<Config, 'contact'>,
  refreshing: Refreshing,
): Promise<Refreshed> {
  const url = config.maintainers;
  if (url === null || !isUrl(url)) return { kind: 'none' };
  const note = maintainersFile(config) === null ? null : readNote(config);
  if (note !== null && refreshing.nowMs - Date.parse(note.checkedAt) < DAY_MS) return { kind: 'fresh' };
  try {
    return await fetchCopy(url, config, note, refreshing);
  } catch (error) {
    const reason = error instanceof Error ? reasonOf(error) : String(error);
    if (note === null) return { kind: 'missing', reason };
    await writeSafely(paths(config).note, JSON.stringify({ ...note, problem: reason })).catch(
      () => undefined,
    );
    return { kind: 'kept', since: note.fetchedAt, reason };
  }
}

export interface KeepingFresh {
  readonly nowMs: () => number;
  readonly signal: AbortSignal;
  /** Resolves after this time, or as soon as the signal is given. */
  readonly sleep: (delayMs: number, signal: AbortSignal) => Promise<void>;
  readonly onRefreshed: (refreshed: Refreshed) => void;
}

const LOOK_MS = HOUR_MS;

/** Looks after MAINTAINERS until the signal ends: once a day where all is well, hourly where the URL can't be read. Never rejects. */
export async function keepMaintainersFresh(
  config: Place & Pick<Config, 'contact'>,
  { nowMs, signal, sleep, onRefreshed }: KeepingFresh,
): Promise<void> {
  if (config.maintainers === null || !isUrl(config.maintainers)) return;
  while (!signal.aborted) {
    onRefreshed(await refreshMaintainers(config, { nowMs: nowMs(), signal }));
    await sleep(LOOK_MS, signal);
  }
}

async function fetchCopy(
  url: string,
  config: Place & Pick<Config, 'contact'>,
  note: Note | null,
  { nowMs, signal, timeoutMs = TIMEOUT_MS, maxBytes = MAX_BYTES }: Refreshing,
): Promise<Refreshed> {
  const late = AbortSignal.timeout(timeoutMs);
  const headers: Record<string, string> = { 'user-agent': userAgent(config) };
  if (note?.etag) headers['if-none-match'] = note.etag;
  const answer = await fetch(url, { headers, signal: signal ? AbortSignal.any([signal, late]) : late });
  const checkedAt = toIso(nowMs);
  if (answer.status === 304 && note !== null) {
    await answer.body?.cancel();
    await writeSafely(paths(config).note, JSON.stringify({ ...note, checkedAt, problem: null }));
    return { kind: 'unchanged' };
  }
  if (answer.status !== 200) {
    await answer.body?.cancel();
    throw new Error(`it answered ${answer.status}`);
  }
  const text = await textOf(answer, maxBytes);
  const entries = parseMaintainers(text).entries.length;
  if (entries === 0) throw new Error('what it answered is no MAINTAINERS file');
  const { folder, copy, note: notePath } = paths(config);
  await mkdir(folder, { recursive: true });
  await writeSafely(copy, text);
  const written: Note = {
    url,
    etag: answer.headers.get('etag'),
    fetchedAt: checkedAt,
    checkedAt,
    problem: null,
  };
  await writeSafely(notePath, JSON.stringify(written));
  return { kind: 'fetched', entries };
}

async function textOf(answer: Response, maxBytes: number): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of answer.body ?? []) {
    bytes += part.byteLength;
    if (bytes > maxBytes) throw new Error(`it is larger than ${maxBytes} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** A kill leaves the old file or the new one. */
async function writeSafely(path: string, text: string): Promise<void> {
  await writeFile(`${path}.new`, text);
  await rename(`${path}.new`, path);
}

function paths(place: Place) {
  const folder = dataFolder(place);
  return { folder, copy: join(folder, 'MAINTAINERS'), note: join(folder, 'MAINTAINERS.json') };
}

/** null if there is none, or it is about another URL. */
function readNote(place: Place): Note | null {
  try {
    const note = noteSchema.safeParse(JSON.parse(readFileSync(paths(place).note, 'utf8'))).data ?? null;
    return note?.url === place.maintainers ? note : null;
  } catch {
    return null;
  }
}

/** The error of fetch is only `fetch failed`; its cause says why. */
function reasonOf(error: Error): string {
  if (error.name === 'TimeoutError') return 'it did not answer in time';
  const { cause } = error;
  return cause instanceof Error && cause.message !== '' ? cause.message : error.message;
}

/** For people: never a password. */
export function withoutPassword(url: string): string {
  return url.replace(/^(https?:\/\/)[^/?#]*@/i, '$1');
}
