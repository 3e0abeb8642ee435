import { quietHoursText } from '../../../digest/schedule/quiet-hours.js';
import type { Schedule } from '../../../digest/schedule/schedule.js';
import { destinationOf } from '../chat/change.js';
import type { CommandContext } from '../context.js';
import { sectionWord } from './layout.js';

type Values = Readonly<Record<string, string>>;

/** The schedule of a place as the options of `/digest at` say it; empty if there is none. */
export async function currentSchedule(context: CommandContext): Promise<Values> {
  const schedule = (await destinationOf(context))?.schedule ?? null;
  if (schedule === null) return {};
  return { times: schedule.times.join(' '), days: daysText(schedule), zone: schedule.zone };
}

const SHORT_DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** In the words that the option takes: `weekdays`, `mon wed fri`. */
function daysText({ days }: Pick<Schedule, 'days'>): string {
  const key = days.join();
  if (key === '1,2,3,4,5,6,7') return 'daily';
  if (key === '1,2,3,4,5') return 'weekdays';
  if (key === '6,7') return 'weekends';
  return days.map((day) => SHORT_DAYS[day - 1] ?? '').join(' ');
}

/** How digests look at a place, as the options of `/digest layout` say it; empty if nothing was set up. */
export async function currentLayout(context: CommandContext): Promise<Values> {
  const layout = (await destinationOf(context))?.layout ?? null;
  if (layout === null) return {};
  const { form, items, sections, order, threads, quiet, limit } = layout;
  return {
    form,
    items: String(items),
    sections: sections.map(sectionWord).join(', '),
    order,
    threads,
    quiet: quiet === null ? '' : quietHoursText(quiet),
    limit: String(limit),
  };
}
