import type { StateClaim } from '../claims/claim.js';
import { samePerson } from '../mail/same-person.js';
import type { JoinFacts, Revision } from '../revision/revision.js';
import { sharedIds } from '../revision/shared-ids.js';
import { tellingWords, titleKey } from '../revision/title-key.js';
import { oncePerObject } from '../text/once-per-object.js';

/** Notices that name a patch by title and author: they often answer no known mail. */
const BY_TITLE = new Set(['mm', 'stable', 'tip-bot', 'commit']);

/** The claims of a notice that names a patch by title and author; empty for other mail. */
export function titledClaims({ claims }: JoinFacts): readonly StateClaim[] {
  return claims.filter(({ source, patches }) => BY_TITLE.has(source) && patches[0]?.author !== undefined);
}

/** Whether a notice names a patch by its title, because it may answer no known mail. */
export function namesByTitle(facts: JoinFacts): boolean {
  return titledClaims(facts).length > 0 || reportedTitle(facts) !== null;
}

/** The key of the title of the commit that a program reports on, if it is distinctive enough: the author is not named. */
export function reportedTitle({ report }: JoinFacts): string | null {
  const key = report === undefined || report.title === null ? '' : titleKey(report.title);
  return tellingWords(key) >= TELLING_REPORT ? key : null;
}

/** As many words as make a title distinctive in `link-keys.ts`. */
const TELLING_REPORT = 4;

/**
 * The mail of the patch that a notice names by title and author, the first known one if it names several: the latest posting of
 * it before the notice; null if it is none of these.
 */
export function noticedPatch(
  notice: JoinFacts,
  revisions: readonly Revision[],
  facts: ReadonlyMap<string, JoinFacts>,
): string | null {
  const places = placesOf(revisions);
  for (const claim of titledClaims(notice)) {
    const linked = claim.patches[0]?.messageId;
    if (linked !== undefined && places.byId.has(linked)) return linked;
    const found = findByTitle(facts, places, notice, claim);
    const [slot] = found?.slots ?? [];
    const id = slot === undefined ? null : (found?.revision.slots[slot]?.id ?? null);
    if (id !== null) return id;
  }
  return reportedPatch(notice, places);
}

/** The latest posting, before a report, of the patch that it names by title. */
function reportedPatch(notice: JoinFacts, places: Places): string | null {
  const key = reportedTitle(notice);
  const at = timeOf(notice);
  const found = (key === null ? [] : (places.byTitle.get(key) ?? [])).findLast(
    ({ revision }) => at === '' || (revision.received ?? revision.date ?? '') <= at,
  );
  return found?.revision.slots[found.slot]?.id ?? null;
}

/** Received, else the mail's own date, which may be wrong; '' if neither is known. */
export function timeOf(fact: JoinFacts): string {
  return fact.received ?? fact.date ?? '';
}

/** Where the patches of some postings are. */
export interface Places {
  readonly byId: ReadonlyMap<string, Revision>;
  readonly byTitle: ReadonlyMap<string, readonly { revision: Revision; slot: number }[]>;
  readonly slotsOf: (revision: Revision) => SlotIndex;
}

/** Where the patches of one posting are, the first of each title, number and mail. */
interface SlotIndex {
  readonly byTitle: ReadonlyMap<string, number>;
  readonly byNumber: ReadonlyMap<number, number>;
  readonly byId: ReadonlyMap<string, number>;
}

function indexSlots(revision: Revision): SlotIndex {
  const several = sharedIds(revision);
  const found = {
    byTitle: new Map<string, number>(),
    byNumber: new Map<number, number>(),
    byId: new Map<string, number>(),
  };
  const note = <Key>(map: Map<Key, number>, key: Key, at: number): void => {
    if (!map.has(key)) map.set(key, at);
  };
  for (const [at, { title, index, id }] of revision.slots.entries()) {
    note(found.byTitle, titleKey(title), at);
    if (index !== null) note(found.byNumber, index, at);
    if (id !== null && !several.has(id)) note(found.byId, id, at);
  }
  return found;
}

export function placesOf(revisions: readonly Revision[]): Places {
  const byId = new Map<string, Revision>();
  const byTitle = new Map<string, { revision: Revision; slot: number }[]>();
  for (const revision of revisions) {
    for (const id of revision.members) byId.set(id, revision);
    for (const [slot, { title }] of revision.slots.entries()) {
      const key = titleKey(title);
      const found = byTitle.get(key);
      if (found === undefined) byTitle.set(key, [{ revision, slot }]);
      else found.push({ revision, slot });
    }
  }
  return { byId, byTitle, slotsOf: oncePerObject(indexSlots) };
}

/** Which posting, and which of its patches, a claim is about; null if none of these, or if it says nothing of a posting. */
export function findPlace(
  {
    facts,
    targets,
  }: { readonly facts: ReadonlyMap<string, JoinFacts>; readonly targets: ReadonlyMap<string, string> },
  places: Places,
  fact: JoinFacts,
  claim: StateClaim,
): { revision: Revision; slots: ReadonlySet<number> | null } | null {
  // The only thing that a posting says about itself is that it is already in: `[pushed] title`.
  const own = places.byId.get(fact.id);
  if (own !== undefined && claim.source !== 'announced') return null;
  // A push lists commits of several series: each is its own patch alone.
  if (claim.source === 'commit') return findByTitle(facts, places, fact, claim);
  const target = own === undefined ? targets.get(fact.id) : fact.id;
  const revision = target === undefined ? undefined : places.byId.get(target);
  if (target !== undefined && revision !== undefined) {
    const slots = coveredSlots(revision, places.slotsOf(revision), claim, target);
    return slots?.size === 0 ? null : { revision, slots };
  }
  return target === undefined && BY_TITLE.has(claim.source) ? findByTitle(facts, places, fact, claim) : null;
}

/** The posting that the notice links to, else the latest before it that holds a patch of that title by that author. */
function findByTitle(
  facts: ReadonlyMap<string, JoinFacts>,
  places: Places,
  fact: JoinFacts,
  claim: StateClaim,
): { revision: Revision; slots: ReadonlySet<number> | null } | null {
  const patch = claim.patches[0];
  if (patch === undefined) return null;
  const linked = places.byId.get(patch.messageId ?? '');
  if (linked !== undefined)
    return {
      revision: linked,
      slots: coveredSlots(linked, places.slotsOf(linked), claim, patch.messageId ?? ''),
    };
  const at = timeOf(fact);
  const found = (places.byTitle.get(titleKey(patch.title)) ?? []).filter(({ revision, slot }) => {
    const id = revision.slots[slot]?.id;
    const writer = (id ? facts.get(id)?.author : undefined) ?? revision.author;
    const early = at === '' || (revision.received ?? revision.date ?? '') <= at;
    return early && patch.author !== undefined && samePerson(patch.author, writer);
  });
  const last = found.at(-1);
  return last === undefined ? null : { revision: last.revision, slots: new Set([last.slot]) };
}

/**
 * Which patches a claim is about: those that it lists (by title, else by number), all where it says so or answers to
 * the cover, else the one patch it answers to. None if it names patches by numbers that do not exist.
 */
function coveredSlots(
  revision: Revision,
  index: SlotIndex,
  claim: StateClaim,
  target: string,
): ReadonlySet<number> | null {
  const listed = new Set<number>();
  for (const patch of claim.patches) {
    const key = titleKey(patch.title);
    // b4 cuts titles that begin with a bracket and people retitle while applying: the number still holds.
    const slot =
      (key === '' ? undefined : index.byTitle.get(key)) ??
      (patch.index === null ? undefined : index.byNumber.get(patch.index));
    if (slot !== undefined) listed.add(slot);
  }
  if (listed.size > 0) return listed.size >= revision.total ? null : listed;
  if (claim.patches.length > 0 && claim.patches.every(({ title }) => title === '')) return listed;
  if (claim.whole === true || target === revision.coverId || revision.total <= 1) return null;
  const own = index.byId.get(target);
  if (own !== undefined) return new Set([own]);
  // A second copy of a patch: its number is found through its title alone, else it represents the posting.
  return null;
}
