import { createHash } from 'node:crypto';
import { nameKey, writerKeys } from '../mail/person-key.js';
import { namedIds } from '../revision/cluster-keys.js';
import type { JoinFacts, Revision } from '../revision/revision.js';
import { tellingPairs, tellingWords, titleKey } from '../revision/title-key.js';
import { reportedTitle, titledClaims } from '../state/claim-places.js';
import { requestedPatches } from '../state/listed-in-pull.js';
import { DAY_MS } from '../time/iso.js';
import { TELLING_TITLE } from './find-alike.js';
import { type Posting, toPosting } from './posting.js';

/** Patch titles and patch-ids kept per revision: those with the smallest hashes, so that two similar ones keep the same. */
const SAMPLED_TITLES = 24;
const SAMPLED_PATCH_IDS = 4;
/** Pairs of title words kept: enough to match a title that changed a word or two. */
const SAMPLED_PAIRS = 3;
/** A posting with patches of more people than this collects work that was posted elsewhere. */
const MOST_PATCH_AUTHORS = 3;

/**
 * Keys of a revision: two revisions that could be one piece of work share a key, directly or through others.
 * `c:` change-id, `m:` a message that is in it, that it names as earlier or answers to, `t:` title and writer,
 * `T:` a telling title alone, `p:` a patch title, with its author where it tells little, `d:` a patch-id,
 * `w:` two neighboring words of the title, and the writer.
 */
export function linkKeys(revision: Revision, facts: ReadonlyMap<string, JoinFacts>): readonly string[] {
  const posting = toPosting(revision, facts);
  const keys = new Set(revision.members.map((id) => `m:${id}`));
  if (posting.changeId !== null) keys.add(`c:${posting.changeId}`);
  for (const id of posting.supersedes) keys.add(`m:${id}`);
  for (const { id } of posting.earlier) keys.add(`m:${id}`);
  if (posting.head !== null) for (const id of namedIds(posting.head)) keys.add(`m:${id}`);
  for (const key of titleKeys(posting)) keys.add(key);
  if (!posting.backport && posting.kind !== 'pull') for (const key of patchKeys(posting)) keys.add(key);
  return [...keys].map(bounded);
}

const MONTH_MS = 30 * DAY_MS;

function titleKeys(posting: Posting): readonly string[] {
  const { titleKey: title, wasKey } = posting;
  if (title === '') return [];
  const whose = writerKeys(posting.writer);
  // A maintainer's pull requests have the same title for years: they match only within two months.
  if (posting.kind === 'pull') {
    const month = posting.time === null ? 0 : Math.floor(posting.time / MONTH_MS);
    return whose.flatMap((who) => [`t:${title}|${who}|${month}`, `t:${title}|${who}|${month + 1}`]);
  }
  const released = whose.map((who) => `t:${title}|${who}|${posting.revision.prefixes.join(' ')}`);
  if (posting.backport) return released;
  const keys = whose.map((who) => `t:${title}|${who}`);
  // Its next version may say that it is a backport.
  if (posting.release !== null) keys.push(...released);
  if (wasKey !== null) keys.push(...whose.map((who) => `t:${wasKey}|${who}`));
  if (tellingWords(title) >= TELLING_TITLE) keys.push(`T:${title}`);
  // One of the two names of the writer is enough: with both a new title and a new address it cannot be found.
  const pairs = sample(tellingPairs(posting.revision.title), SAMPLED_PAIRS);
  const words = `= ${title.split(' ').sort().join(' ')}`;
  const [who] = whose;
  if (who !== undefined) keys.push(...[...pairs, words].map((key) => `w:${key}|${who}`));
  return keys;
}

function patchKeys({ revision, patchIds }: Posting): readonly string[] {
  const authors = new Set(revision.slots.map((slot) => slot.author));
  if (authors.size > MOST_PATCH_AUTHORS) return [];
  const titles = revision.slots.flatMap((slot) => {
    const key = titleKey(slot.title);
    return patchKey(key, slot.author);
  });
  return [
    ...sample(titles, SAMPLED_TITLES),
    ...sample(
      [...patchIds].map((id) => `d:${id}`),
      SAMPLED_PATCH_IDS,
    ),
  ];
}

function patchKey(title: string, author: string): string[] {
  const telling = tellingWords(title);
  if (telling < 2) return [];
  return [telling >= TELLING_TITLE ? `p:${title}` : `p:${title}|${nameKey(author) || author.toLowerCase()}`];
}

/** The keys of a revision under which a notice that names a patch by title and author finds it. */
export function noticedKeys(revision: Revision, facts: ReadonlyMap<string, JoinFacts>): readonly string[] {
  const posting = toPosting(revision, facts);
  if (posting.backport || posting.kind === 'pull') return [];
  return patchKeys(posting)
    .filter((key) => key.startsWith('p:'))
    .map(bounded);
}

/** The keys of the patch that a notice or a report names by title; none for other mail. */
export function noticeKeys(facts: JoinFacts): readonly string[] {
  const reported = reportedTitle(facts);
  const claimed = titledClaims(facts).flatMap(({ patches: [patch] }) =>
    patch === undefined ? [] : patchKey(titleKey(patch.title), patch.author?.name ?? ''),
  );
  return [...claimed, ...(reported === null ? [] : patchKey(reported, ''))].map(bounded);
}

/** The keys under which a pull request finds the patches that it lists, each once; none for other mail. */
export function pullKeys(facts: JoinFacts): readonly string[] {
  const keys = requestedPatches(facts).flatMap(({ title, author }) => patchKey(titleKey(title), author));
  return [...new Set(keys)].map(bounded);
}

function sample(keys: readonly string[], most: number): readonly string[] {
  if (keys.length <= most) return keys;
  return keys
    .map((key) => ({ key, hash: sha1(key) }))
    .sort((a, b) => (a.hash < b.hash ? -1 : 1))
    .slice(0, most)
    .map(({ key }) => key);
}

function bounded(key: string): string {
  return key.length <= 300 ? key : `${key.slice(0, 2)}sha1:${sha1(key)}`;
}

function sha1(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}
