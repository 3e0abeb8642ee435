import type { StateClaim } from '../claims/claim.js';
import { treeOfUrl } from '../claims/name-tree.js';
import { nameKey } from '../mail/person-key.js';
import { samePerson } from '../mail/same-person.js';
import type { JoinFacts, Revision } from '../revision/revision.js';
import { tellingWords, titleKey } from '../revision/title-key.js';
import { MOST_PULLED } from '../text/limits.js';
import { DAY_MS, gapMs } from '../time/iso.js';

/** Patches with fewer distinctive words in their title (`drm/frob: fix typos`) are not known again by it: behind the names before the colon, or in all. */
const TELLING = 2;
const TELLING_WHOLE = 4;
/** As certain as `Applied, thanks`: those who send a request have what it lists in their tree, but titles are all that joins the two. */
const CONFIDENCE = 0.85;

/**
 * The patches that a mail asks to be pulled, as it lists them; none if it asks for nothing. Contributors send their own work as a cover in the
 * form of a request: of a cover, only what others wrote counts.
 */
export function requestedPatches(fact: JoinFacts): JoinFacts['shortlog'] {
  const { kind, pullFrom, rfc, shortlog } = fact;
  if ((kind !== 'pull' && kind !== 'cover') || pullFrom === undefined || rfc) return [];
  const listed = shortlog.slice(0, MOST_PULLED);
  return kind === 'pull' ? listed : listed.filter(({ author }) => !isOwn(fact, author));
}

/** What a pull request says of the patches that it lists: they are in the sender's tree. */
export function pullClaim({ author, title, pullFrom }: JoinFacts): StateClaim {
  const [url = '', ref = ''] = (pullFrom ?? '').split(' ');
  const tree = treeOfUrl(url);
  return {
    says: 'applied',
    source: 'pull-request',
    by: author,
    // Every subsystem has a `linux.git`.
    tree: tree === null || !tree.includes('/') ? null : tree,
    branch: ref.replace(/^(?:refs\/)?(?:tags|heads)\//, '') || null,
    patches: [],
    confidence: CONFIDENCE,
    quote: title.slice(0, 160),
  };
}

/**
 * Where a pull request's patches are: in the newest posting before it that has a patch of that title by that author, else in the first one within a day after it:
 * maintainers also post for the record what they have just asked to be pulled. A posting is known again if one of its listed titles tells enough.
 */
export function pulledPlaces(
  fact: JoinFacts,
  byTitle: ReadonlyMap<string, readonly { readonly revision: Revision; readonly slot: number }[]>,
): ReadonlyMap<Revision, ReadonlySet<number>> {
  const found = new Map<Revision, Set<number>>();
  const telling = new Set<Revision>();
  const at = sentAt(fact);
  for (const { title, author } of requestedPatches(fact)) {
    const key = titleKey(title);
    const places = (byTitle.get(key) ?? []).filter(({ revision, slot }) =>
      isBy(revision.slots[slot]?.author ?? '', author),
    );
    const place =
      places.findLast(({ revision }) => isRecent(revision, at)) ??
      places.slice(0, 1).find(({ revision }) => isJustAfter(revision, at));
    if (place === undefined) continue;
    if (tells(title)) telling.add(place.revision);
    const slots = found.get(place.revision);
    if (slots === undefined) found.set(place.revision, new Set([place.slot]));
    else slots.add(place.slot);
  }
  return new Map([...found].filter(([revision]) => telling.has(revision)));
}

/** Whether the sender wrote it; a list of patches gives names alone. */
function isOwn(fact: JoinFacts, author: string): boolean {
  return samePerson({ name: author, email: '' }, fact.author);
}

/** The names before the colon say where, not what; one identifier is enough: `add support for IORING_OP_PIPE`. */
function tells(title: string): boolean {
  const what = title.slice(title.lastIndexOf(': ') + 1);
  if (/[a-z\d]_[a-z\d]/i.test(what)) return true;
  return tellingWords(titleKey(what)) >= TELLING || tellingWords(titleKey(title)) >= TELLING_WHOLE;
}

/** Maintainers do not take what is older under the title of new work. */
const RECENT_MS = 365 * DAY_MS;

function isRecent(revision: Revision, at: string): boolean {
  const gap = gapMs(at, sentAt(revision)) ?? 0;
  return gap > 0 && gap < RECENT_MS;
}

function isJustAfter(revision: Revision, at: string): boolean {
  const gap = gapMs(sentAt(revision), at) ?? -1;
  return gap >= 0 && gap < DAY_MS;
}

function sentAt({ received, date }: Pick<Revision, 'received' | 'date'>): string {
  return received ?? date ?? '';
}

function isBy(author: string, named: string): boolean {
  const key = nameKey(author);
  return key === '' ? author.toLowerCase() === named.toLowerCase() : key === nameKey(named);
}
