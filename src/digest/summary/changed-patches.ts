import { MAX_CHANGED_CHARS } from './changed-line.js';

/** The part of a patch by which two versions are compared. */
export interface ComparedPatch {
  readonly title: string;
  /** Lines added and removed; null if the patch has not arrived. */
  readonly size: string | null;
}

const keyOf = (title: string) =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** `3 added (mm: count pages; mm: free them; +1 more)`, as many titles as fit into `room`. */
function named(verb: string, titles: readonly string[], room: number): string {
  if (titles.length === 0) return '';
  const count = `${titles.length} ${verb}`;
  let list = '';
  for (const [at, title] of titles.entries()) {
    const next = list === '' ? title : `${list}; ${title}`;
    const left = titles.length - at - 1;
    if (count.length + next.length + 3 + (left === 0 ? 0 : `; +${left} more`.length) > room) {
      if (list !== '') list = `${list}; +${left + 1} more`;
      break;
    }
    list = next;
  }
  return list === '' ? count : `${count} (${list})`;
}

/**
 * What comparing the patches of two versions shows, if the author does not describe it: `1 patch added (mm: count pages), 2 dropped,
 * 3 of 7 reworked`. null if they do not differ, or they have no patch in common.
 */
export function changedPatches(
  before: readonly ComparedPatch[],
  after: readonly ComparedPatch[],
): string | null {
  const old = new Map(before.map((patch) => [keyOf(patch.title), patch]));
  const now = new Set(after.map(({ title }) => keyOf(title)));
  const added = after.filter(({ title }) => !old.has(keyOf(title)));
  const dropped = before.filter(({ title }) => !now.has(keyOf(title)));
  const kept = after.length - added.length;
  if (before.length === 0 || kept === 0) return null;
  const reworked = after.filter(({ title, size }) => {
    const earlier = old.get(keyOf(title))?.size ?? null;
    return size !== null && earlier !== null && size !== earlier;
  });
  const noun = (count: number) => (count === 1 ? 'patch' : 'patches');
  const rework = reworked.length === 0 ? '' : `${reworked.length} of ${after.length} reworked`;
  const room = MAX_CHANGED_CHARS - (rework === '' ? 0 : rework.length + 2);
  const first = named(
    `${noun(added.length)} added`,
    added.map(({ title }) => title),
    dropped.length > 0 ? room / 2 : room,
  );
  const second = named(
    first === '' ? `${noun(dropped.length)} dropped` : 'dropped',
    dropped.map(({ title }) => title),
    room - first.length - 2,
  );
  const parts = [first, second, rework].filter((part) => part !== '');
  if (first === '' && second === '' && rework !== '')
    return `${reworked.length} of ${after.length} ${noun(after.length)} reworked`;
  return parts.length === 0 ? null : parts.join(', ');
}
