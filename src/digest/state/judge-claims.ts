import type { StateClaim } from '../claims/claim.js';
import { words } from '../claims/patch-numbers.js';
import type { JoinFacts, Revision } from '../revision/revision.js';
import { gapMs, HOUR_MS } from '../time/iso.js';
import { findPlace, type Places, placesOf, timeOf } from './claim-places.js';
import { pullClaim, pulledPlaces } from './listed-in-pull.js';
import { type Deciders, isAuthorOf, versionsIn, weighClaim } from './weigh-claim.js';

/** A claim that counts: which posting and which of its patches it is about, and how certain it is now that the sender is known. */
export interface JudgedClaim {
  readonly claim: StateClaim;
  readonly fact: JoinFacts;
  readonly revision: Revision;
  /** Positions in `revision.slots`; null for the whole posting. */
  readonly slots: ReadonlySet<number> | null;
  readonly confidence: number;
  /** It is the author's claim. */
  readonly isAuthor: boolean;
  /** When it was claimed: received, else the mail's own date; '' if neither is known. */
  readonly at: string;
}

export interface ClaimSetting {
  /** Of one series, oldest first. */
  readonly revisions: readonly Revision[];
  readonly facts: ReadonlyMap<string, JoinFacts>;
  readonly targets: ReadonlyMap<string, string>;
  readonly deciders: Deciders;
  /** Pull requests that may list the patches. */
  readonly pulls?: readonly JoinFacts[] | undefined;
}

/** A claim that does not count, and why: for people who ask. */
export interface DisbelievedClaim {
  readonly claim: StateClaim;
  readonly fact: JoinFacts;
  readonly reason: 'not-entitled' | 'not-authenticated';
}

export interface Judgement {
  readonly believed: readonly JudgedClaim[];
  readonly disbelieved: readonly DisbelievedClaim[];
}

/** Every claim of the series' threads, in the order of time: those that count, and those that would decide something and do not. */
export function judgeClaims(setting: ClaimSetting): Judgement {
  const places = placesOf(setting.revisions);
  const believed: JudgedClaim[] = [];
  const disbelieved: DisbelievedClaim[] = [];
  for (const fact of setting.facts.values()) {
    for (const claim of fact.claims) {
      const below = findPlace(setting, places, fact, claim);
      if (below === null) continue;
      const place = promisedOf(claim, fact, setting) ?? outdatedBy(claim, fact, setting) ?? below;
      const { revision } = place;
      const context = { fact, revision, facts: setting.facts, deciders: setting.deciders };
      const isAuthor = isAuthorOf(context);
      if (!isAuthor && claim.says === 'withdrawn' && asksForChange(fact)) continue;
      if (claim.direct === true && !answers(fact, revision, isAuthor, claim)) continue;
      const confidence = weighClaim(claim, context);
      if (confidence > 0 && fact.unauthenticated !== true) {
        const own = isAuthor ? asAuthors(claim, setting.facts.get(revision.id)) : claim;
        believed.push({ claim: own, fact, ...place, confidence, isAuthor, at: timeOf(fact) });
      } else if (DECISIVE.has(claim.says) && !(isAuthor && claim.says === 'will-apply'))
        disbelieved.push({ claim, fact, reason: confidence > 0 ? 'not-authenticated' : 'not-entitled' });
    }
  }
  believed.push(...judgePulls(setting, places));
  const order = (a: { fact: JoinFacts }, b: { fact: JoinFacts }) =>
    compare(timeOf(a.fact), timeOf(b.fact)) || compare(a.fact.id, b.fact.id);
  return { believed: believed.sort(order), disbelieved: disbelieved.sort(order) };
}

/**
 * What pull requests list, by title and author: maintainers apply their own work, and often that of others, without a word in the thread. Of a
 * posting of which they list less than half, the next version is still to come. Requests that are not believed are not reported as doubts.
 */
function judgePulls({ pulls = [], facts, revisions, deciders }: ClaimSetting, places: Places): JudgedClaim[] {
  const found = new Map<Revision, { slots: Set<number>; claims: JudgedClaim[] }>();
  const members = new Set(revisions.flatMap((revision) => revision.members));
  for (const fact of pulls) {
    if (members.has(fact.id) || fact.bot || fact.unauthenticated === true) continue;
    const claim = pullClaim(fact);
    for (const [revision, slots] of pulledPlaces(fact, places.byTitle)) {
      const context = { fact, revision, facts, deciders };
      const confidence = weighClaim(claim, context);
      if (confidence === 0) continue;
      const own = found.get(revision) ?? { slots: new Set<number>(), claims: [] };
      found.set(revision, own);
      for (const slot of slots) own.slots.add(slot);
      const isAuthor = isAuthorOf(context);
      own.claims.push({ claim, fact, revision, slots, confidence, isAuthor, at: timeOf(fact) });
    }
  }
  return [...found].flatMap(([revision, { slots, claims }]) => {
    const total = Math.max(revision.total, revision.slots.length);
    return slots.size * 2 < total ? [] : claims;
  });
}

/** Their author takes a posting back, and others say that it is not needed, in a direct answer to it. */
function answers(
  { inReplyTo }: JoinFacts,
  { members }: Revision,
  isAuthor: boolean,
  { says }: StateClaim,
): boolean {
  return isAuthor === (says === 'withdrawn') && inReplyTo !== null && members.includes(inReplyTo);
}

/** Within this time after sending a new version authors still answer the review of the one before: `Will send v3.` */
const JUST_SENT_MS = HOUR_MS;
/** `Done.` and `Fixed.` are less certain than a promise. */
const PROMISE = 0.65;

/**
 * An author who promises a change below an older version, long after the newest was sent, promises another one. Not `Done.`, nor `Fixed in v3`
 * where v3 is the newest: they say what was sent. null for other claims.
 */
function promisedOf(
  { says, confidence, quote }: StateClaim,
  fact: JoinFacts,
  { revisions, facts, deciders }: ClaimSetting,
): { readonly revision: Revision; readonly slots: null } | null {
  const revision = revisions.at(-1);
  if (revision === undefined || revisions.length < 2) return null;
  if (says !== 'author-will-change' || confidence < PROMISE) return null;
  if (!isLongAfter(fact, revision) || !isAuthorOf({ fact, revision, facts, deciders })) return null;
  return words(quote).includes(`v${revision.version}`) ? null : { revision, slots: null };
}

/**
 * An author who says below an older version that one is out which is newer than all that are here says it of the newest. null for other claims,
 * and before the newest was sent: it may be the one that they mean.
 */
function outdatedBy(
  { says, source, quote }: StateClaim,
  fact: JoinFacts,
  { revisions, facts, deciders }: ClaimSetting,
): { readonly revision: Revision; readonly slots: null } | null {
  const revision = revisions.at(-1);
  if (revision === undefined || revisions.length < 2 || says !== 'superseded' || source !== 'person')
    return null;
  if (Math.max(...versionsIn(quote)) <= Math.max(...revisions.map(({ version }) => version))) return null;
  const isAfter = timeOf(fact) > (revision.received ?? revision.date ?? '');
  return isAfter && isAuthorOf({ fact, revision, facts, deciders }) ? { revision, slots: null } : null;
}

/** By the author's clock as by the list's, which may get a mail hours after it was sent. */
function isLongAfter(fact: JoinFacts, revision: Revision): boolean {
  const gaps = [gapMs(fact.date, revision.date), gapMs(fact.received, revision.received)].filter(
    (gap) => gap !== null,
  );
  return gaps.length > 0 && gaps.every((gap) => gap >= JUST_SENT_MS);
}

/** `Please drop this patch and inline the helper`: someone who says what to do instead asks for a change. */
function asksForChange({ claims }: JoinFacts): boolean {
  return claims.some(({ says }) => says === 'changes-requested');
}

/** Authors do not reject what they sent: `NAK, this is broken` withdraws it. A backport that another person sends, they can reject. */
function asAuthors(claim: StateClaim, root: JoinFacts | undefined): StateClaim {
  const isSender = root === undefined || root.senderEmail === root.author.email.toLowerCase();
  return claim.says === 'rejected' && isSender ? { ...claim, says: 'withdrawn' } : claim;
}

/** What is worth reporting although it is not believed. */
const DECISIVE: ReadonlySet<string> = new Set([
  'applied',
  'merged',
  'will-apply',
  'rejected',
  'unapplied',
  'withdrawn',
]);

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
