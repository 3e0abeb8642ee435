import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { TransientFailure } from '../../digest/failure/failure.js';
import type { SourceEvent } from '../../digest/ports/mail-source.js';
import { bringUpToDate } from './git-epoch.js';
import type { GitMirror } from './git-mirror.js';
import { type GitSetup, requireGit } from './git-process.js';
import { epochUrl, noSuchList } from './git-refs.js';
import { judge, junkFailure, textOf } from './http-answer.js';
import { createHttpClient, type HttpClient, type HttpTimeouts } from './http-client.js';
import { type LoreAddress, parseLoreAddress } from './lore-address.js';

export interface LoreGitOptions {
  /** The folder for mirrors, next to the database; created if it is missing. One process at a time uses it. */
  readonly folder: string;
  /** `covernote/VERSION (+CONTACT)`. */
  readonly userAgent: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly timeouts?: HttpTimeouts;
  /** Which git; `git` where absent. */
  readonly program?: string;
}

/** One list over git: its address, its mirrors, and what is remembered from one reading to the next. */
export interface GitList {
  readonly source: string;
  readonly address: LoreAddress;
  readonly client: HttpClient;
  readonly now: () => number;
  mirrorOf(epoch: number): GitMirror;
  /** The epochs of which there is a mirror, oldest first. */
  mirrored(): Promise<number[]>;
  /** What the archive says of the list; requested once. Throws UserError if there is none. */
  about(signal: AbortSignal): Promise<ListAtArchive>;
  /** Brings an epoch's mirror up to date; gives whether anything was fetched. */
  update(epoch: number, wish: Wish, signal: AbortSignal): AsyncGenerator<SourceEvent, boolean>;
  /** Throws a mirror away: it is only a copy. */
  forget(epoch: number): Promise<void>;
  /** When the epoch after the newest was last checked for and missing; null: check. */
  nextCheckedAt: number | null;
}

interface Wish {
  readonly head: string;
  readonly after: string | null;
  readonly since: string | null;
}

/** Failed fetches in a row after which a mirror is thought to be damaged: it is made again from where reading had come to. */
const MAX_FAILED_FETCHES = 5;

/** Makes what reading a list needs. Throws UserError if the address is wrong; sends no request yet. */
export function createGitList(source: string, options: LoreGitOptions): GitList {
  const address = parseLoreAddress(source);
  const client = createHttpClient(options);
  const protocol = address.baseUrl.startsWith('http:') ? 'http' : 'https';
  const setup: GitSetup = { program: options.program ?? 'git', userAgent: options.userAgent, protocol };
  const folder = join(options.folder, address.baseUrl.replace(/[^A-Za-z0-9.-]+/g, '_'), address.list);
  const mirrorOf = (epoch: number): GitMirror => ({
    folder: join(folder, `${epoch}.git`),
    url: epochUrl(address, epoch),
    setup,
  });
  const forget = (epoch: number): Promise<void> =>
    rm(mirrorOf(epoch).folder, { recursive: true, force: true, maxRetries: 3 });
  let known: ListAtArchive | null = null;
  let gitIsHere = false;
  let failedFetches = 0;
  return {
    source,
    address,
    client,
    now: options.now,
    mirrorOf,
    forget,
    nextCheckedAt: null,
    async mirrored() {
      const names = await readdir(folder).catch(() => []);
      const epochs = names.flatMap((name) =>
        /^\d{1,5}\.git$/.test(name) ? [Number.parseInt(name, 10)] : [],
      );
      return epochs.sort((a, b) => a - b);
    },
    async about(signal) {
      known ??= await fetchList(client, address, signal);
      if (known === null) throw noSuchList(address);
      return known;
    },
    async *update(epoch, wish, signal) {
      if (!gitIsHere) await requireGit(setup, source, signal);
      gitIsHere = true;
      let fetched = false;
      try {
        for await (const event of bringUpToDate(mirrorOf(epoch), { ...wish, now: options.now() }, signal)) {
          fetched = true;
          yield event;
        }
        failedFetches = 0;
      } catch (error) {
        if (error instanceof TransientFailure && error.code === 'git-failed') failedFetches++;
        if (failedFetches >= MAX_FAILED_FETCHES) {
          failedFetches = 0;
          await forget(epoch);
        }
        throw error;
      }
      return fetched;
    },
  };
}

/** What an archive says of a list, as `/LIST/_/text/config/raw` gives it: it answers for an empty list too. */
interface ListAtArchive {
  /** Lower case: `kvm@vger.kernel.org`; null if it does not say, and the mails must tell. */
  readonly address: string | null;
}

/** Asks for a list; null if there is none of that name. Throws TransientFailure. */
async function fetchList(
  client: HttpClient,
  { baseUrl, list }: LoreAddress,
  signal: AbortSignal,
): Promise<ListAtArchive | null> {
  const judged = await judge(await client({ url: `${baseUrl}/${list}/_/text/config/raw`, signal }), 'text');
  if (judged.kind === 'junk') {
    if (judged.code === 'not-found') return null;
    throw junkFailure(judged);
  }
  return { address: readAddress(await textOf(judged.body)) };
}

/** The first `address =` of a snippet of configuration. Pure. */
function readAddress(config: string): string | null {
  const line = config
    .split('\n')
    .find((candidate) => /^\s{0,20}address\s{0,20}=/.test(candidate.slice(0, 300)));
  const address =
    line
      ?.slice(line.indexOf('=') + 1)
      .trim()
      .toLowerCase() ?? '';
  return /^[^\s@<>]{1,64}@[^\s@<>]{1,200}$/.test(address) ? address : null;
}
