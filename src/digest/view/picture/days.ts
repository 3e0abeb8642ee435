import { toIso } from '../../time/iso.js';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `16 Nov 2026`, in UTC: a picture is the same for everyone. */
export function dayText(ms: number): string {
  return `${shortDay(ms)} ${toIso(ms).slice(0, 4)}`;
}

/** `16 Nov`. */
export function shortDay(ms: number): string {
  const [, month = '1', day = '1'] = toIso(ms).slice(0, 10).split('-');
  return `${Number(day)} ${MONTHS[Number(month) - 1]}`;
}

/** `Nov 2026`. */
export function monthText(ms: number): string {
  const [year, month = '1'] = toIso(ms).split('-');
  return `${MONTHS[Number(month) - 1]} ${year}`;
}
