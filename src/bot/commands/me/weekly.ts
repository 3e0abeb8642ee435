import type { Destination, DestinationChange } from '../../../adapters/store/chat/destination.js';
import type { StoredFollow } from '../../../adapters/store/chat/follows.js';
import { type CountKey, usualSections } from '../../../digest/plan/sections.js';
import type { Answer, Place } from '../../../digest/ports/chat-bot.js';
import { describeSchedule } from '../../../digest/schedule/describe-schedule.js';
import type { ParsedSchedule } from '../../../digest/schedule/parse-schedule.js';
import type { Schedule } from '../../../digest/schedule/schedule.js';
import { oneLine, shorten } from '../../../digest/text/inert.js';
import { toIso } from '../../../digest/time/iso.js';
import { note, say } from '../../../digest/view/blocks.js';
import { privately, problem, refusedSchedule } from '../chat/answers.js';
import { announceChange, destinationOf, followsOf } from '../chat/change.js';
import { commandButton } from '../chat/command-button.js';
import { ensureDestination, zoneOf } from '../chat/ensure-destination.js';
import { nextRunBlocks } from '../chat/next-run.js';
import { emailsOf, personOf } from '../chat/requester-person.js';
import { settingsChanged } from '../chat/undo.js';
import { type CommandContext, chatOf } from '../context.js';
import type { Want } from '../follow/read-want.js';
import { isOfPerson, weeklyFollow, weeklyWant } from './weekly-follow.js';

export type WeeklyRequest =
  | { readonly kind: 'off' }
  | {
      readonly kind: 'set';
      readonly read: (zone: string) => ParsedSchedule;
      /** Everything that comes to the person may come once a week from now on. */
      readonly isSure: boolean;
    };

/** `/me weekly [DAY] [TIME] [ZONE]`, `/me weekly off`: a weekly digest of what is waiting for the user, as direct messages. */
export async function answerWeekly(request: WeeklyRequest, context: CommandContext): Promise<Answer> {
  const own = { ...context, place: ownPlace(context) };
  if (!context.delivers(own.place))
    return problem('Nothing is ever sent to a terminal.', 'Type /board whenever you like.');
  return request.kind === 'off' ? endWeekly(own, context) : setWeekly(request, own, context);
}

/** When the user's weekly digest is sent, as `Mondays at 09:00 (Europe/Berlin)`; null if it does not. */
export async function weeklyText(context: CommandContext): Promise<string | null> {
  const own = { ...context, place: ownPlace(context) };
  const destination = await destinationOf(own);
  if (destination?.schedule == null) return null;
  const set = weeklyFollow(await followsOf(own, destination));
  return set === null ? null : describeSchedule(destination.schedule);
}

/** Updates the weekly digest with the user's current addresses; with none left it ends. */
export async function renewWeekly(context: CommandContext): Promise<void> {
  const own = { ...context, place: ownPlace(context) };
  const destination = await destinationOf(own);
  const set = destination === null ? null : weeklyFollow(await followsOf(own, destination));
  if (destination === null || set === null) return;
  const emails = await emailsOf(context);
  if (emails.length === 0) await endWeekly(own, context);
  const want = emails.length === 0 ? null : weeklyWant(emails, context.library.catalog);
  if (want === null || want.words === set.words) return;
  await chatOf(context).inTransaction(async (on) => {
    await on.follows.remove(destination.id, [set.id]);
    await on.follows.add(destination.id, [{ ...want, ...madeBy(context) }]);
  });
}

async function setWeekly(
  { read, isSure }: Extract<WeeklyRequest, { kind: 'set' }>,
  own: CommandContext,
  context: CommandContext,
): Promise<Answer> {
  const emails = await emailsOf(context);
  if (emails.length === 0)
    return problem(
      'No mail address of yours is known here, so I can’t tell what waits for you.',
      '/me add jane@example.org adds one.',
    );
  const want = weeklyWant(emails, context.library.catalog);
  if (want === null)
    return problem('Your addresses are too long for one follow.', 'Remove some with /me remove ADDRESS.');
  const stored = await destinationOf(own);
  const follows = await followsOf(own, stored);
  const parsed = read(stored?.schedule?.zone ?? zoneOf(context));
  if (!parsed.ok) return refusedSchedule(parsed.problem);
  const { schedule } = parsed;
  if (!isWeekly(schedule))
    return problem(
      'That is not a weekly schedule: give one day and one time.',
      'For example: /me weekly mon 09:00.',
    );
  const others = follows.filter(({ words }) => !isOfPerson(words));
  const now = stored?.schedule ?? null;
  if (!isSure && others.length > 0 && (now === null || wordsOf(now) !== wordsOf(schedule)))
    return askBefore(now, schedule);
  const before = await ensureDestination(own);
  const sections: CountKey[] = others.length === 0 ? ['waiting'] : withWaiting(before.layout.sections);
  const change = {
    schedule,
    zone: schedule.zone,
    state: 'active',
    failedSlots: 0,
    layout: { ...before.layout, sections },
  } as const;
  const replaced = follows.filter(({ words }) => isOfPerson(words) && words !== want.words);
  return apply(own, context, before, {
    change,
    removed: replaced,
    added: follows.some(({ words }) => words === want.words) ? [] : [want],
    text: `You get a digest of what waits for you ${describeSchedule(schedule)}.`,
    ends: `${before.state === 'active' ? '' : 'Your digests were paused; they come again now. '}It lists what is waiting among the series that you maintain, were sent, sent yourself or reviewed. /me weekly off ends it.`,
  });
}

function withWaiting(sections: readonly CountKey[]): CountKey[] {
  return sections.includes('waiting') ? [...sections] : [...sections, 'waiting'];
}

/** Other digests come to the person at other times or are off, and a place has one schedule. */
function askBefore(now: Schedule | null, weekly: Schedule): Answer {
  const line = `me weekly ${wordsOf(weekly)} sure:yes`;
  const at = describeSchedule(weekly);
  if (now === null)
    return problem(
      'Your own digest is off, and there is one schedule for all that you follow.',
      `Get all of it ${at}, or leave it off.`,
      commandButton(line, 'Get all of it weekly'),
    );
  if (isWeekly(now))
    return problem(
      `Your own digest comes ${describeSchedule(now)}, and there is one schedule for all that you follow.`,
      `Get all of it ${at}; or keep the time: /me weekly ${wordsOf(now)}.`,
      commandButton(line, 'Change the time of all of it'),
    );
  return problem(
    `Your own digest comes ${describeSchedule(now)} already, with what you follow, and there is one schedule for all of it.`,
    'Make all of it weekly; or keep it, and have it list what waits: /follow maintainer:me, then /digest layout sections:all.',
    commandButton(line, 'Make all of it weekly'),
  );
}

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

function wordsOf({ days, times, zone }: Schedule): string {
  return [...days.map((day) => DAYS[day - 1] ?? ''), ...times, zone].join(' ');
}

async function endWeekly(own: CommandContext, context: CommandContext): Promise<Answer> {
  const before = await destinationOf(own);
  const follows = await followsOf(own, before);
  const set = weeklyFollow(follows);
  if (before === null || set === null)
    return problem('You get no weekly digest of what waits for you.', '/me weekly sets it up.');
  const isLast = follows.length === 1;
  const sections = isLast ? [...usualSections] : before.layout.sections.filter((one) => one !== 'waiting');
  return apply(own, context, before, {
    change: {
      ...(isLast ? { schedule: null } : {}),
      layout: { ...before.layout, sections: sections.length === 0 ? [...usualSections] : sections },
    },
    removed: [set],
    added: [],
    text: 'You no longer get the weekly digest of what waits for you.',
    ends: isLast ? '/me weekly sets it up again.' : 'Your other follows stay; /me weekly sets it up again.',
  });
}

interface WeeklyChange {
  readonly change: DestinationChange;
  readonly added: readonly Want[];
  readonly removed: readonly StoredFollow[];
  readonly text: string;
  readonly ends: string;
}

async function apply(
  own: CommandContext,
  context: CommandContext,
  before: Destination,
  { change, added, removed, text, ends }: WeeklyChange,
): Promise<Answer> {
  const made = madeBy(context);
  const set = { ...change, setBy: made.madeBy, setByName: made.madeByName };
  const after = await chatOf(context).inTransaction(async (on) => {
    await on.follows.remove(
      before.id,
      removed.map(({ id }) => id),
    );
    await on.follows.add(
      before.id,
      added.map((want) => ({ ...want, ...made })),
    );
    return (await on.destinations.update(before.id, set, made.madeAt)) ?? before;
  });
  // Undo acts where the change was made: elsewhere the command itself does it.
  if (isSame(own.place, context.place)) {
    const undoable = { added: added.map(({ words }) => words), removed, ...settingsChanged(before, after) };
    const words = { channel: text, person: text, notes: [note(ends)], next: 'time alone' } as const;
    return announceChange(
      own,
      after,
      after.schedule === null ? { ...words, next: 'nothing' } : words,
      undoable,
    );
  }
  const next = after.schedule === null ? [] : nextRunBlocks(own, after, 'time alone');
  const undo = after.schedule === null ? [] : commandButton('me weekly off', 'Undo');
  return privately(say(text, note(`It comes as a direct message. ${ends}`), ...next), undo);
}

function madeBy({ requester, nowMs }: CommandContext) {
  return { madeBy: requester.id, madeByName: shorten(oneLine(requester.name), 80), madeAt: toIso(nowMs()) };
}

/** Where only the user reads what is posted. */
function ownPlace(context: CommandContext): Place {
  const { place } = context;
  if (place.kind === 'person') return place;
  const { tenant, address } = personOf(context);
  return { platform: place.platform, tenant, address, kind: 'person', name: '' };
}

function isSame(a: Place, b: Place): boolean {
  return a.tenant === b.tenant && a.address === b.address;
}

function isWeekly({ days, times }: Schedule): boolean {
  return days.length === 1 && times.length === 1;
}
