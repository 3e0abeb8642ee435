import type { StateClaim } from '../claims/claim.js';
import { samePerson } from '../mail/same-person.js';
import type { JoinFacts, Revision } from '../revision/revision.js';
import { titleKey } from '../revision/title-key.js';
import { oncePerObject } from '../text/once-per-object.js';

/** A claim that counts: which posting and which of its places it speaks of, and how sure it is now that the speaker is known. */
export interface JudgedClaim {
  readonly claim: StateClaim;
  readonly fact: JoinFacts;
  readonly revision: Revision;
  /** Positions in `revision.slots`; null for the whole posting. */
  readonly slots: ReadonlySet<number> | null;
  readonly confidence: number;
  /** When it was said: received, else the mail's own date; '' where neither is known. */
  readonly at: string;
}

export interface ClaimSetting {
  /** Of one series, oldest first. */
  readonly revisions: readonly Revision[];
  readonly facts: ReadonlyMap<string, JoinFacts>;
  readonly targets: ReadonlyMap<string, string>;
  readonly mayDecide: (email: string, name: string) => boolean;
}

/** Notices that name a patch by title and author: they often answer to no mail that is here. */
const BY_TITLE = new Set(['mm', 'stable', 'tip-bot']);
const NOTICE_SENDERS: Readonly<Record<string, readonly string[]>> = {
  'patchwork-bot': ['patchwork-bot+'],
  'tip-bot': ['tip-bot2@', 'tip-bot@', 'irqchip-bot@'],
  'pr-tracker': ['pr-tracker-bot@kernel.org'],
  mm: ['akpm@', 'mm-commits@'],
  stable: ['gregkh@linuxfoundation.org', 'gregkh@kernel.org', 'sashal@kernel.org'],
};

/** They decide whatever the paths: Linus, and the maintainers of -mm and stable, whose entries name no files. */
const EVERYWHERE = new Set([
  'torvalds@linux-foundation.org',
  'akpm@linux-foundation.org',
  'gregkh@linuxfoundation.org',
  'sashal@kernel.org',
]);

/** Every claim of the series' threads that counts, in the order in which it was said. */
export function judgeClaims(setting: ClaimSetting): JudgedClaim[] {
  const places = placesOf(setting.revisions);
  const judged: JudgedClaim[] = [];
  for (const fact of setting.facts.values()) {
    if (fact.claims.length === 0 || places.byId.has(fact.id)) continue;
    for (const claim of fact.claims) {
      const place = findPlace(setting, places, fact, claim);
      if (place === null) continue;
      const confidence = weigh(setting, fact, claim, place.revision);
      if (confidence <= 0 || (place.slots !== null && isOwnRefusal(setting, fact, claim, place.revision)))
        continue;
      judged.push({ claim, fact, ...place, confidence, at: timeOf(fact) });
    }
  }
  return judged.sort((a, b) => compare(a.at, b.at) || compare(a.fact.id, b.fact.id));
}

/** Received, else the mail's own date, which may lie; '' where neither is known. */
export function timeOf(fact: JoinFacts): string {
  return fact.received ?? fact.date ?? '';
}

interface Places {
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

function indexSlots({ slots }: Revision): SlotIndex {
  const found = {
    byTitle: new Map<string, number>(),
    byNumber: new Map<number, number>(),
    byId: new Map<string, number>(),
  };
  const note = <Key>(map: Map<Key, number>, key: Key, at: number): void => {
    if (!map.has(key)) map.set(key, at);
  };
  for (const [at, { title, index, id }] of slots.entries()) {
    note(found.byTitle, titleKey(title), at);
    if (index !== null) note(found.byNumber, index, at);
    if (id !== null) note(found.byId, id, at);
  }
  return found;
}

function placesOf(revisions: readonly Revision[]): Places {
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

function findPlace(
  setting: ClaimSetting,
  places: Places,
  fact: JoinFacts,
  claim: StateClaim,
): { revision: Revision; slots: ReadonlySet<number> | null } | null {
  const target = setting.targets.get(fact.id);
  const revision = target === undefined ? undefined : places.byId.get(target);
  if (target !== undefined && revision !== undefined) {
    return { revision, slots: coveredSlots(revision, places.slotsOf(revision), claim, target) };
  }
  return target === undefined && BY_TITLE.has(claim.source)
    ? findByTitle(setting, places, fact, claim)
    : null;
}

/** The posting that the notice links to, else the latest before it that holds a patch of that title by that author. */
function findByTitle(setting: ClaimSetting, places: Places, fact: JoinFacts, claim: StateClaim) {
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
    const writer = (id ? setting.facts.get(id)?.author : undefined) ?? revision.author;
    const early = at === '' || (revision.received ?? revision.date ?? '') <= at;
    return early && patch.author !== undefined && samePerson(patch.author, writer);
  });
  const last = found.at(-1);
  return last === undefined ? null : { revision: last.revision, slots: new Set([last.slot]) };
}

/**
 * Which places a claim speaks of: those that it lists (by title, else by number), all where it says so or answers to
 * the cover, else the one patch it answers to.
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
  if (claim.whole === true || target === revision.coverId || revision.total <= 1) return null;
  const own = index.byId.get(target);
  if (own !== undefined) return new Set([own]);
  // A second copy of a patch: its number is found through its title alone, else it stands for the posting.
  return null;
}

/**
 * How sure a claim is now that its speaker is known; 0 where the speaker may not say so. Bots count by their address;
 * `Applied, thanks` counts from anybody but the author, who needs to be a maintainer and to name the tree; looser words and all refusals
 * count from maintainers alone, but authors may withdraw what is theirs.
 */
function weigh(setting: ClaimSetting, fact: JoinFacts, claim: StateClaim, revision: Revision): number {
  const senders = NOTICE_SENDERS[claim.source];
  const decides = EVERYWHERE.has(fact.senderEmail) || setting.mayDecide(fact.senderEmail, fact.author.name);
  if (senders !== undefined) {
    return decides || senders.some((start) => fact.senderEmail.startsWith(start)) ? claim.confidence : 0;
  }
  const author = isAuthor(setting, fact, revision);
  if (claim.own === true) return author ? claim.confidence : 0;
  if (claim.state === 'applied' || claim.state === 'merged') {
    const formula = claim.confidence >= 0.9;
    if (author) return decides && formula && isOwnNotice(claim) ? Math.min(claim.confidence, 0.85) : 0;
    if (decides) return formula ? claim.confidence : 0.75;
    return formula ? Math.min(claim.confidence, 0.8) : 0;
  }
  // nipa lets the author take a series out of the queue, nobody put it back in.
  if (claim.source === 'pw-bot')
    return decides ? claim.confidence : author && claim.state !== 'under-review' ? 0.8 : 0;
  if (decides) return claim.confidence;
  return author && claim.state !== 'under-review' ? claim.confidence : 0;
}

/**
 * A maintainer's notice about their own patch. Bare words will not do: `And pulled, thanks` answered a test that
 * somebody had sent, and `Applied, thanks` takes up a suggestion.
 */
function isOwnNotice(claim: StateClaim): boolean {
  return claim.source === 'b4-ty' || claim.tree !== null || claim.branch !== null;
}

/** Authors who agree to drop one of their patches (`Yep, I'll drop it`) answer a review; only the whole is withdrawn. */
function isOwnRefusal(
  setting: ClaimSetting,
  fact: JoinFacts,
  claim: StateClaim,
  revision: Revision,
): boolean {
  const against = claim.state === 'rejected' || claim.state === 'changes-requested';
  return against && claim.source === 'person' && isAuthor(setting, fact, revision);
}

function isAuthor(setting: ClaimSetting, fact: JoinFacts, revision: Revision): boolean {
  const speaker = { name: fact.author.name, email: fact.senderEmail };
  if (samePerson(speaker, revision.author)) return true;
  const root = setting.facts.get(revision.id);
  return root !== undefined && samePerson(speaker, { name: root.author.name, email: root.senderEmail });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
