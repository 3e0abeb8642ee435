import { count } from '../../digest/text/count.js';
import type { PageContext, Site } from './page.js';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A moment in the site's zone: `16 Nov 2026`, with a time `16 Nov 2026 09:00`, or `3 hours ago`. */
export function Moment({
  at,
  form,
  page: { site, nowMs },
}: {
  readonly at: string;
  readonly form: 'date' | 'time' | 'relative';
  readonly page: PageContext;
}) {
  const ms = Date.parse(at);
  if (Number.isNaN(ms)) return <span>at an unknown time</span>;
  const [day, time] = localText(ms, site);
  const shown = form === 'relative' ? agoText(nowMs - ms) : form === 'date' ? day : `${day} ${time}`;
  return (
    <time datetime={at} title={form === 'time' ? undefined : `${day} ${time}`}>
      {shown}
    </time>
  );
}

function localText(ms: number, { localTime }: Site): readonly [day: string, time: string] {
  const { day, month, year, hour, minute } = localTime(ms);
  const two = (n: number) => String(n).padStart(2, '0');
  return [`${day} ${MONTHS[month - 1]} ${year}`, `${two(hour)}:${two(minute)}`];
}

/** Units with their length in minutes, and from how many minutes on each is used. */
const UNITS = [
  { unit: 'year', minutes: 525_960, from: 2 * 525_960 },
  { unit: 'month', minutes: 43_830, from: 2 * 43_830 },
  { unit: 'day', minutes: 1440, from: 2880 },
  { unit: 'hour', minutes: 60, from: 90 },
  { unit: 'minute', minutes: 1, from: 0 },
] as const;

function agoText(agoMs: number): string {
  const passed = Math.round(Math.abs(agoMs) / 60_000);
  const { unit, minutes } = UNITS.find(({ from }) => passed >= from) ?? UNITS[4];
  const words = count(Math.round(passed / minutes), unit);
  return agoMs >= 0 ? `${words} ago` : `in ${words}`;
}
