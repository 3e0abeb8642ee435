import type { DigestItem, SectionName } from './digest.js';

type Order = (a: DigestItem, b: DigestItem) => number;

/** RFCs and resends after what asks to be merged; then what people talk about; then what is large; then the oldest. */
const byInterest: Order = (a, b) =>
  Number(a.kind === 'pull') - Number(b.kind === 'pull') ||
  Number(a.resend) - Number(b.resend) ||
  Number(a.rfc) - Number(b.rfc) ||
  b.repliers - a.repliers ||
  b.total - a.total ||
  byDate(a, b);

const byTalk: Order = (a, b) => b.repliers - a.repliers || b.replies - a.replies || byDate(a, b);

const byDate: Order = (a, b) => compareText(a.date ?? '', b.date ?? '') || compareText(a.id, b.id);

/** What a reader needs first, section by section. */
export const ORDER: Readonly<Record<SectionName, Order>> = {
  'New series': byInterest,
  'New versions': byInterest,
  Discussed: byTalk,
  Applied: byDate,
};

/** Code unit order: the same everywhere, whatever the locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
