import { sameWriter } from '../mail/person-key.js';
import { timeOf } from './cluster-keys.js';
import { postedInFiles } from './posted-in-files.js';
import type { JoinFacts } from './revision.js';
import type { Thread } from './thread.js';
import { titleKey } from './title-key.js';

/** A message as a piece of a posting: what it says about itself, corrected by what answers it. */
export interface Part {
  readonly facts: JoinFacts;
  readonly role: 'cover' | 'patch';
  /** 0 for a cover; null for a patch without a counter. */
  readonly index: number | null;
  /** N; null if neither the mail nor its neighbors say. */
  readonly total: number | null;
  readonly version: number;
  readonly versionInferred: boolean;
  /** In ms since 1970, null if undated. */
  readonly time: number | null;
  readonly titleKey: string;
  /** Why a mail without a counter counts as this; '' for one that has it. */
  readonly why: string;
}

/**
 * The covers and patches of a cluster. Three mails are known only by what answers to them: a letter without 0/N
 * (naked cover), a pull request with patches beneath, and a root `[PATCH]` with 2/3 and 3/3 beneath.
 */
export function findParts(facts: readonly JoinFacts[], thread: Thread): readonly Part[] {
  const children = new Map<string, JoinFacts[]>();
  for (const one of facts) {
    if (one.kind !== 'patch' || (one.total ?? 1) < 2) continue;
    const parent = thread.parentOf(one);
    if (parent === null || !sameWriter(parent, one)) continue;
    const list = children.get(parent.id);
    if (list === undefined) children.set(parent.id, [one]);
    else list.push(one);
  }
  const posted = postedInFiles(facts, thread);
  return facts.flatMap((one) => {
    const isPosted = one.files === undefined ? answersOwn(one, thread) : posted.has(one.id);
    if (one.inAnswer && !isPosted) return [];
    return toPart(one, children.get(one.id) ?? []) ?? [];
  });
}

/**
 * A patch marked as a reply is a posting if its writer posted the mail that it answers, or that mail is not here; else it is a reviewer's
 * proposal.
 */
function answersOwn(one: JoinFacts, thread: Thread): boolean {
  const posted = thread.ancestorsOf(one).find(({ kind, inAnswer }) => kind !== 'reply' && !inAnswer);
  return posted === undefined || sameWriter(posted, one);
}

function toPart(facts: JoinFacts, children: readonly JoinFacts[]): Part | null {
  const common = {
    facts,
    version: facts.version,
    versionInferred: facts.versionInferred,
    time: timeOf(facts),
    titleKey: titleKey(facts.title),
    why: '',
  };
  if (facts.kind === 'reply') return null;
  if (facts.kind === 'patch' && facts.index !== null && facts.total !== null)
    return { ...common, role: 'patch', index: facts.index, total: facts.total };
  if (facts.kind === 'cover' && facts.total !== null)
    return { ...common, role: 'cover', index: 0, total: facts.total };

  const kin = children.filter((child) => versionsMix(facts, child));
  const total = commonTotal(kin);
  if (facts.kind === 'patch' && facts.hasDiff) {
    const isFirst = total !== null && !kin.some((child) => child.total === total && child.index === 1);
    return isFirst
      ? { ...common, role: 'patch', index: 1, total, why: `it is the root that 2/${total} answers to` }
      : { ...common, role: 'patch', index: facts.index, total: facts.total };
  }
  if (facts.kind === 'cover' || facts.kind === 'pull')
    return { ...common, role: 'cover', index: 0, total, why: total === null ? '' : 'patches answer to it' };
  if (facts.kind === 'patch' && total === null)
    return { ...common, role: 'patch', index: facts.index, total: facts.total };
  if (total === null || facts.bot) return null;
  return {
    ...common,
    role: 'cover',
    index: 0,
    total,
    why: 'it has no counter, but its patches answer to it',
  };
}

/** Versions that can be in one posting: equal, or one of them missing (the version on the cover alone). */
export function versionsMix(
  a: { version: number; versionInferred: boolean },
  b: { version: number; versionInferred: boolean },
): boolean {
  return a.version === b.version || a.versionInferred || b.versionInferred;
}

/** The N that most of the patches say; the larger one of two equally frequent ones. */
function commonTotal(children: readonly JoinFacts[]): number | null {
  const votes = new Map<number, number>();
  for (const { total } of children) if (total !== null) votes.set(total, (votes.get(total) ?? 0) + 1);
  let best: number | null = null;
  for (const [total, count] of votes) {
    const bestCount = best === null ? 0 : (votes.get(best) ?? 0);
    if (best === null || count > bestCount || (count === bestCount && total > best)) best = total;
  }
  return best;
}
