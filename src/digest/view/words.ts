import { count } from '../text/count.js';
import type { Span } from './view.js';

/** `v3`, `RFC v2`, `v5.1, resent`; '' for a plain first version. */
export function versionText(revision: { version: number; rfc: boolean; resend: boolean }): string {
  const words = [
    ...(revision.rfc ? ['RFC'] : []),
    ...(revision.version === 1 ? [] : [`v${revision.version}`]),
    ...(revision.resend ? ['resent'] : []),
  ];
  return words.join(' ');
}

/** `12 patches`, `24 of 26 patches received`, `1 patch`: honest about what is here. */
export function patchesText(revision: { total: number; received: number }): string {
  return revision.received < revision.total && revision.received > 0
    ? `${revision.received} of ${count(revision.total, 'patch', 'patches')} received`
    : count(revision.total, 'patch', 'patches');
}

/** `31 files +1,093 −354`; null if no diffstat is known. */
export function sizeText(
  size: { files: number; insertions: number; deletions: number } | null,
): string | null {
  if (size === null) return null;
  const n = (value: number) => value.toLocaleString('en-US');
  return `${count(size.files, 'file')} +${n(size.insertions)} \u2212${n(size.deletions)}`;
}

/** `4 replies`, `4 replies in all` where they are to several versions; null without any. */
export function repliesText({
  replies,
  revisions,
}: {
  replies: number;
  revisions: readonly { readonly outcome: string }[];
}): string | null {
  if (replies === 0) return null;
  // Of an older version that is shown by itself, the replies to later ones are counted too.
  const isOnly = revisions.length === 1 && revisions[0]?.outcome !== 'superseded';
  return `${count(replies, 'reply', 'replies')}${isOnly ? '' : ' in all'}`;
}

/** `9 days`; `today` for less than one. */
export function daysText(days: number): string {
  return days === 0 ? 'today' : count(days, 'day');
}

/** Puts ` · ` between parts, leaving out what is absent. */
export function dotted(parts: readonly (Span | string | null)[]): Span[] {
  const there = parts.filter((part) => part !== null && part !== '').map((part) => part as Span | string);
  return there.flatMap((part, i) => [
    ...(i > 0 ? [{ text: ' · ', style: 'dim' } as const] : []),
    typeof part === 'string' ? { text: part } : part,
  ]);
}

/** Behind a summary that its author did not write. */
export function authorMark(summaryBy: 'model' | undefined): Span[] {
  return summaryBy === undefined ? [] : [{ text: ' (written by a language model)', style: 'dim' }];
}
