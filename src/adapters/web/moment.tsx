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

function agoText(agoMs: number): string {
  const minutes = Math.round(Math.abs(agoMs) / 60_000);
  const [n, unit] =
    minutes < 90
      ? [minutes, 'minute']
      : minutes < 2880
        ? [Math.round(minutes / 60), 'hour']
        : [Math.round(minutes / 1440), 'day'];
  const words = `${n} ${unit}${n === 1 ? '' : 's'}`;
  return agoMs >= 0 ? `${words} ago` : `in ${words}`;
}
