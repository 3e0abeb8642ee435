import { writerKeys } from '../mail/person-key.js';
import { timeOf } from './cluster-keys.js';
import type { JoinFacts } from './revision.js';
import type { Thread } from './thread.js';

/** What a thread has of postings, up to a time. */
interface Posted {
  readonly writers: Set<string>;
  version: number;
}

/**
 * The replies whose attached patches are a posting: their writer posted in the thread before; or their files, named as `git format-patch
 * -v3` does, have a higher version than any before, as on PostgreSQL's lists, where work changes hands; or the posting that they
 * answer is not here. What else is attached to a reply is a reviewer's proposal.
 */
export function postedInFiles(facts: readonly JoinFacts[], thread: Thread): ReadonlySet<string> {
  const accepted = new Set<string>();
  if (!facts.some(isAnswer)) return accepted;
  const threads = new Map<string, Posted>();
  const postings = facts.filter((one) => isAnswer(one) || isPosting(one));
  for (const one of postings.sort(byTime)) {
    const root = thread.rootIdOf(one);
    const known = threads.get(root) ?? { writers: new Set(), version: -1 };
    threads.set(root, known);
    const keys = writerKeys(one);
    if (isAnswer(one)) {
      const own = keys.some((key) => known.writers.has(key));
      const isFirst = known.writers.size === 0;
      const newer = one.files?.formatted === true && one.version > known.version;
      if (!own && !newer && !(isFirst && !thread.byId.has(root))) continue;
      accepted.add(one.id);
    }
    for (const key of keys) known.writers.add(key);
    known.version = Math.max(known.version, one.version);
  }
  return accepted;
}

function isAnswer({ inAnswer, files }: JoinFacts): boolean {
  return inAnswer && files !== undefined;
}

function isPosting({ kind, inAnswer }: JoinFacts): boolean {
  return !inAnswer && (kind === 'patch' || kind === 'cover' || kind === 'pull');
}

function byTime(a: JoinFacts, b: JoinFacts): number {
  const [left, right] = [timeOf(a) ?? Number.POSITIVE_INFINITY, timeOf(b) ?? Number.POSITIVE_INFINITY];
  if (left !== right) return left < right ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
