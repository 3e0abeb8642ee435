import { assembleRevisions } from '../../src/digest/revision/assemble.js';
import type { JoinFacts } from '../../src/digest/revision/revision.js';
import { changedPaths } from '../../src/digest/series/changed-paths.js';
import type { SeriesGroup } from '../../src/digest/series/group.js';
import { linkRevisions } from '../../src/digest/series/link.js';
import type { PostingFacts } from '../../src/digest/series/posting-facts.js';
import { decideState, revisionStates } from '../../src/digest/state/decide-state.js';
import type { StateOutcome } from '../../src/digest/state/outcome.js';
import type { Catalog } from '../../src/digest/subsystem/catalog.js';
import { maintainersOf } from '../../src/digest/subsystem/maintainers-of.js';
import type { NoticeKind } from './state-recall.js';

/** A series, what became of it, and of each of its postings. */
export interface MeasuredSeries {
  readonly group: SeriesGroup;
  readonly state: StateOutcome;
  readonly revisions: ReadonlyMap<string, StateOutcome>;
}

/** A notice whose posting does not show as applied, and why as far as it can be told. */
interface MissedNotice {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly why: string;
}

interface Recall {
  readonly total: number;
  readonly shown: number;
  readonly series: number;
}

export interface StateMeasure {
  readonly series: readonly MeasuredSeries[];
  /** Notices; those whose posting shows as applied or merged; those whose series does, its later postings considered. */
  readonly recall: ReadonlyMap<NoticeKind, Recall>;
  readonly missed: readonly MissedNotice[];
  /** Notices that answer to nothing that is here: no posting could show them. */
  readonly orphans: readonly string[];
}

/**
 * Joins all facts into series, decides their states and holds them against the notices. `messages` holds at least the
 * covers and patches; who maintains what they touch may decide.
 */
export function measureStates(
  facts: ReadonlyMap<string, JoinFacts>,
  notices: ReadonlyMap<string, NoticeKind>,
  messages: ReadonlyMap<string, PostingFacts>,
  catalog: Catalog,
): StateMeasure {
  const { revisions, targets } = assembleRevisions([...facts.values()]);
  const groups = linkRevisions(revisions, facts, []);
  const home = new Map<string, MeasuredSeries>();
  const clusters = factsByGroup(groups, facts, targets);
  const series = groups.map((group, at) => {
    const mayDecide = deciders(group, messages, catalog);
    const input = { revisions: group.revisions, facts: clusters[at] ?? new Map(), targets, mayDecide };
    const measured = { group, state: decideState(input), revisions: revisionStates(input) };
    for (const revision of group.revisions) for (const id of revision.members) home.set(id, measured);
    return measured;
  });
  const recall = new Map<NoticeKind, Recall>();
  const missed: MissedNotice[] = [];
  const orphans: string[] = [];
  for (const [id, kind] of notices) {
    const fact = facts.get(id);
    const target = targets.get(id);
    const found = home.get(target ?? '');
    if (fact === undefined || target === undefined || found === undefined) {
      orphans.push(id);
      continue;
    }
    const revision = found.group.revisions.find((one) => one.members.includes(target));
    if (kind === 'applied-thanks' && fact.author.email === revision?.author.email) continue;
    const count = recall.get(kind) ?? { total: 0, shown: 0, series: 0 };
    const shown = isApplied(found.state) || isApplied(found.revisions.get(revision?.id ?? ''));
    recall.set(kind, {
      total: count.total + 1,
      shown: count.shown + (shown ? 1 : 0),
      series: count.series + (isApplied(found.state) ? 1 : 0),
    });
    if (!shown) missed.push({ id, kind, why: whyMissed(fact, found.state) });
  }
  return { series, recall, missed, orphans };
}

function deciders(group: SeriesGroup, messages: ReadonlyMap<string, PostingFacts>, catalog: Catalog) {
  const paths = changedPaths(group.revisions, messages).map(({ path }) => path);
  const people = maintainersOf(catalog, paths);
  const emails = new Set(people.map(({ email }) => email.toLowerCase()));
  const names = new Set(people.map(({ name }) => name.toLowerCase()));
  return (email: string, name: string) => emails.has(email.toLowerCase()) || names.has(name.toLowerCase());
}

function isApplied(state: StateOutcome | undefined): boolean {
  return state?.name === 'applied' || state?.name === 'merged';
}

function whyMissed(fact: JoinFacts, state: StateOutcome): string {
  if (!fact.claims.some((claim) => claim.state === 'applied' || claim.state === 'merged'))
    return 'no claim was read';
  return `read, but the state is ${state.name}`;
}

/** The members of each series, the replies to them, and every notice that answers to nothing (-mm, stable). */
function factsByGroup(
  groups: readonly SeriesGroup[],
  facts: ReadonlyMap<string, JoinFacts>,
  targets: ReadonlyMap<string, string>,
): ReadonlyMap<string, JoinFacts>[] {
  const place = new Map<string, number>();
  const found = groups.map((group, at) => {
    for (const revision of group.revisions) for (const id of revision.members) place.set(id, at);
    return new Map<string, JoinFacts>();
  });
  const loose: JoinFacts[] = [];
  for (const fact of facts.values()) {
    const at = place.get(fact.id) ?? place.get(targets.get(fact.id) ?? '');
    if (at !== undefined) found[at]?.set(fact.id, fact);
    else if (fact.claims.some((claim) => ['mm', 'stable', 'tip-bot'].includes(claim.source)))
      loose.push(fact);
  }
  for (const map of found) for (const fact of loose) map.set(fact.id, fact);
  return found;
}
