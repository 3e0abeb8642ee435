import { type Batch, byTime, coverOf, patchesVersion, totalOf, versionOf } from './batch.js';
import type { Part } from './part.js';
import type { Revision, Slot } from './revision.js';
import { titleKey } from './title-key.js';

/** Turns a batch into a posting: places in order, with the patches that only the letter lists at the end. */
export function buildRevision(batch: Batch): Revision {
  const parts = [...batch.parts].sort(byTime);
  const cover = coverOf({ ...batch, parts });
  const patches = standingPatches(parts);
  const anchor = cover ?? patches[0] ?? parts[0];
  if (anchor === undefined) throw new Error('a batch without parts');
  const { facts } = anchor;
  const stated = statedTotal({ ...batch, parts }, cover, patches);
  const slots: readonly Slot[] = [...patches.flatMap(toSlots), ...missingSlots(cover, patches, stated)];
  return {
    id: facts.id,
    title: facts.title,
    ...pickVersion({ ...batch, parts }),
    rfc: facts.rfc,
    resend: parts.some((part) => part.facts.resend),
    prefixes: facts.prefixes,
    author: authorOf(anchor),
    date: facts.date,
    received: parts.reduce<string | null>((least, { facts: { received } }) => {
      if (received === null) return least;
      return least === null || received < least ? received : least;
    }, null),
    coverId: cover?.facts.id ?? null,
    total: Math.max(stated ?? slots.length, extraTotal(patches, stated ?? 0)),
    slots,
    members: parts.map((part) => part.facts.id).sort(),
    why: explain(parts, batch.why),
    ...(cover === null ? {} : problemsOf({ ...batch, parts }, cover)),
  };
}

/** Where the letter and its patches disagree. */
function problemsOf(batch: Batch, cover: Part): Pick<Revision, 'problems'> {
  const patches = patchesVersion(batch, cover);
  if (patches === null) return {};
  const detail = `The cover letter is numbered v${cover.version}, its patches v${patches.version}.`;
  return { problems: [{ code: 'version-of-cover', detail }] };
}

function pickVersion(batch: Batch): { version: number; versionInferred: boolean } {
  const { version, versionInferred } = versionOf(batch);
  return { version, versionInferred };
}

/** If the letter does not say who wrote it (the text copy of seed 002), its list of patches may. */
function authorOf({ facts }: Part): Revision['author'] {
  const { author, shortlog } = facts;
  if (author.name !== '' || author.email !== '') return author;
  const names = new Set(shortlog.map((entry) => entry.author));
  const [only] = names;
  return names.size === 1 && only !== undefined ? { name: only, email: '' } : author;
}

/** The patches by place; if one was sent twice under the same title, the newer counts. */
function standingPatches(parts: readonly Part[]): readonly Part[] {
  const standing = new Map<string, Part>();
  for (const part of parts) if (part.role === 'patch') standing.set(`${part.index} ${part.titleKey}`, part);
  return [...standing.values()].sort((a, b) => (a.index ?? 0) - (b.index ?? 0) || byTime(a, b));
}

/** The place of a patch; several if its mail holds several patches as files. */
function toSlots({ facts, index }: Part): readonly Slot[] {
  const { id, title, patchId } = facts;
  const files = facts.files?.patches ?? [];
  if (index === null && files.length > 1)
    return files.map((file, at) => ({ ...file, title: file.title || title, index: at + 1, id }));
  const { name, email } = facts.author;
  return [{ index, title, author: name === '' ? email : name, id, patchId }];
}

/** N from the letter; from the patches if they disagree with it and the letter's own list agrees with them. */
function statedTotal(batch: Batch, cover: Part | null, patches: readonly Part[]): number | null {
  const stated = totalOf(batch);
  const counted = patches[0]?.total ?? null;
  const agreed = counted !== null && patches.every((patch) => patch.total === counted);
  return agreed && cover !== null && cover.facts.shortlog.length === counted ? counted : stated;
}

/** Patches 3/2 or 6/5 raise N; a number out of proportion is a mistake. */
function extraTotal(patches: readonly Part[], stated: number): number {
  const beyond = patches.flatMap(({ index }) => (index !== null && index > stated ? [index] : []));
  const near = beyond.filter((index) => index - stated <= beyond.length);
  return Math.max(stated, ...near);
}

/** The listed patches that are not here; none if N are here, since then a listed title was changed in the mail. */
function missingSlots(cover: Part | null, patches: readonly Part[], total: number | null): readonly Slot[] {
  if (cover === null || (total !== null && patches.length >= total)) return [];
  const here = new Map<string, number>();
  for (const { titleKey: key } of patches) here.set(key, (here.get(key) ?? 0) + 1);
  return cover.facts.shortlog.flatMap(({ title, author }) => {
    const key = titleKey(title);
    const left = here.get(key) ?? 0;
    if (left === 0) return [{ index: null, title, author, id: null, patchId: null }];
    here.set(key, left - 1);
    return [];
  });
}

function explain(parts: readonly Part[], why: readonly string[]): readonly string[] {
  const lines: string[] = [];
  const named = parts.filter((part) => part.why !== '');
  for (const part of named) lines.push(`${part.facts.id} is part of it: ${part.why}`);
  const total = parts[0]?.total ?? null;
  if (parts.length > 1)
    lines.push(`${parts.length} mails of one sender in one thread say they are of ${total ?? '?'}`);
  return [...new Set([...lines, ...why])];
}
