/** Local times computed only by Intl, so that the product's own calculation is not judged by itself. */

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** `2026-03-29T02:30`: what clocks show. */
export function shownAt(ms: number, zone: string): string {
  let format = formats.get(zone);
  if (format === undefined) {
    // Swedish writes dates as ISO does.
    format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
    formats.set(zone, format);
  }
  return format.format(ms).replace(' ', 'T');
}

/** The moment at which a schedule's time of a date fires: the first at which clocks show it; where they skip it, as much after the gap. */
function firesAt(date: string, time: string, zone: string): number {
  const expected = `${date}T${time}`;
  const asUtc = Date.parse(`${expected}Z`);
  const offsetAt = (ms: number) =>
    Date.parse(`${shownAt(ms, zone)}Z`) - Math.floor(ms / MINUTE_MS) * MINUTE_MS;
  const offsets = [offsetAt(asUtc - DAY_MS), offsetAt(asUtc + DAY_MS)];
  const moments = offsets.map((offset) => asUtc - offset).filter((ms) => shownAt(ms, zone) === expected);
  return moments.length > 0 ? Math.min(...moments) : asUtc - (offsets[0] ?? 0);
}

/** Every moment from `fromMs` up to `untilMs` at which a schedule fires, ascending, each once. */
export function firings(
  schedule: { readonly zone: string; readonly times: readonly string[]; readonly days: readonly number[] },
  fromMs: number,
  untilMs: number,
): number[] {
  const moments = new Set<number>();
  for (let day = fromMs - 2 * DAY_MS; day < untilMs + 2 * DAY_MS; day += DAY_MS) {
    const date = new Date(day).toISOString().slice(0, 10);
    const weekday = new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
    if (!schedule.days.includes(weekday)) continue;
    for (const time of schedule.times) moments.add(firesAt(date, time, schedule.zone));
  }
  return [...moments].filter((ms) => ms >= fromMs && ms < untilMs).sort((a, b) => a - b);
}
