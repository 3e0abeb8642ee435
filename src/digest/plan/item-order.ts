/** What the order of items depends on. */
interface Ranked {
  readonly id: string;
  readonly kind: string;
  readonly rfc: boolean;
  readonly resend: boolean;
  readonly date: string | null;
  readonly total: number;
  readonly replies: number;
  readonly repliers: number;
}

export type Order = (a: Ranked, b: Ranked) => number;

/** RFCs and resends after what asks to be merged; then what people talk about; then what is large; then the oldest. */
export const byInterest: Order = (a, b) =>
  Number(a.kind === 'pull') - Number(b.kind === 'pull') ||
  Number(a.resend) - Number(b.resend) ||
  Number(a.rfc) - Number(b.rfc) ||
  b.repliers - a.repliers ||
  b.total - a.total ||
  byDate(a, b);

export const byTalk: Order = (a, b) => b.repliers - a.repliers || b.replies - a.replies || byDate(a, b);

export const byDate: Order = (a, b) => compareText(a.date ?? '', b.date ?? '') || compareText(a.id, b.id);

/** Code unit order: the same everywhere, whatever the locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
