import type { StateName } from '../claims/claim.js';
import { samePerson } from '../mail/same-person.js';
import type { RevisionRecord, SeriesRecord } from '../series/record.js';
import type { StateEvidence } from '../state/outcome.js';
import { SURE } from '../state/weigh-claim.js';

/** The revision that represents a series today: its last. */
export function latestRevision(series: SeriesRecord): RevisionRecord | null {
  return series.revisions.at(-1) ?? null;
}

/** `applied to kvm.git (queue) by Paolo Example`, `1 of 3 patches probably applied`: the newest evidence in words; null if the state needs none. */
export function stateText(series: SeriesRecord, evidence: readonly StateEvidence[]): string | null {
  const state = series.state.name;
  if (state === 'new' || state === 'under-review') return null;
  if (state === 'stale') return 'stale: no mail for 90 days';
  const last = original(evidence.at(-1), series.state.evidence);
  if (last?.says === 'author-will-change' || (last?.says === 'withdrawn' && state === 'changes-requested'))
    return `waiting for a new version${byline(last)}`;
  const doubt = last !== undefined && last.confidence < SURE && isDecided(state) ? 'probably ' : '';
  const word = `${partly(series.applied)}${doubt}${state.replace('-', ' ')}`;
  if (last === undefined) return word;
  const where = last.tree ?? last.branch;
  const branch = last.tree !== null && last.branch !== null ? ` (${last.branch})` : '';
  return `${word}${where === null ? '' : ` to ${where}${branch}`}${byline(last)}`;
}

/**
 * Each list's patchwork reports a commit once it reaches the tree that it watches, also by a merge, and names who committed it: they applied it
 * where it was reported first. `known`: all evidence, of which the newest may be shown alone.
 */
function original(
  newest: StateEvidence | undefined,
  known: readonly StateEvidence[],
): StateEvidence | undefined {
  if (newest?.source !== 'patchwork-bot') return newest;
  const earlier = (one: StateEvidence) =>
    one.tree !== null &&
    one.confidence >= SURE &&
    (one.says === 'applied' || one.says === 'merged') &&
    samePerson(one.by, newest.by) &&
    (one.date ?? '') < (newest.date ?? '');
  return known
    .filter(earlier)
    .reduce((first, one) => ((one.date ?? '') < (first.date ?? '') ? one : first), newest);
}

function byline({ by }: StateEvidence): string {
  const person = by.name || by.email;
  return person === '' ? '' : ` by ${person}`;
}

/** A wrong one costs trust, so an uncertain one is marked. */
function isDecided(state: StateName): boolean {
  return state === 'applied' || state === 'merged' || state === 'rejected';
}

/** `3 of 5 patches `: a series that is only partly in a tree is not called applied. */
function partly(applied: SeriesRecord['applied']): string {
  return applied === null || applied.patches >= applied.total
    ? ''
    : `${applied.patches} of ${applied.total} patches `;
}
