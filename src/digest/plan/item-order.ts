import { readSentence } from '../review/read-sentence.js';

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
  readonly reviews: string | null;
  readonly because: readonly string[];
}

export type Order = (a: Ranked, b: Ranked) => number;

/** More people than this make nothing more important. */
const MOST_PEOPLE = 5;
const MOST_FOLLOWS = 3;
/** From so many patches on, a point each. */
const SIZES = [2, 5, 10, 20] as const;

/**
 * How much a reader is likely to care, in points: two for each person who replied and for each who reviewed, acked or tested it (five
 * people of either at most), up to four for its size, one for each further follow of the place that it answers (three at most). The
 * rule is documented in docs/digests.md.
 */
export function importanceOf({ total, repliers, reviews, because }: Ranked): number {
  const { reviewers, acks, testers } = readSentence(reviews ?? '');
  return (
    2 * Math.min(repliers, MOST_PEOPLE) +
    2 * Math.min(reviewers + acks + testers, MOST_PEOPLE) +
    SIZES.filter((patches) => total >= patches).length +
    Math.min(Math.max(0, because.length - 1), MOST_FOLLOWS)
  );
}

/** What asks to be merged before RFCs, these before resends and pull requests; within each, what is more important; then the oldest. */
export const byImportance: Order = (a, b) =>
  Number(a.kind === 'pull') - Number(b.kind === 'pull') ||
  Number(a.resend) - Number(b.resend) ||
  Number(a.rfc) - Number(b.rfc) ||
  importanceOf(b) - importanceOf(a) ||
  b.total - a.total ||
  byDate(a, b);

export const byTalk: Order = (a, b) => b.repliers - a.repliers || b.replies - a.replies || byImportance(a, b);

/** What a place may order its sections by; `importance`: each section by its own rule. */
export const orderNames = ['importance', 'newest', 'oldest', 'size', 'replies'] as const;
export type OrderName = (typeof orderNames)[number];

const ORDERS: Readonly<Record<Exclude<OrderName, 'importance'>, Order>> = {
  newest: (a, b) => compareText(b.date ?? '', a.date ?? '') || compareText(a.id, b.id),
  oldest: (a, b) => byDate(a, b),
  size: (a, b) => b.total - a.total || byImportance(a, b),
  replies: (a, b) => byTalk(a, b),
};

/** The order that a place chose for a section that has one of its own. */
export function orderFor(name: OrderName, own: Order): Order {
  return name === 'importance' ? own : ORDERS[name];
}

export const byDate: Order = (a, b) => compareText(a.date ?? '', b.date ?? '') || compareText(a.id, b.id);

/** Code unit order: the same everywhere, whatever the locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
