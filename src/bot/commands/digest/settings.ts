import type { Destination } from '../../../adapters/store/chat/destination.js';
import type { Answer } from '../../../digest/ports/chat-bot.js';
import type { Address, PlatformName } from '../../../digest/ports/chat-platform.js';
import { describeSchedule } from '../../../digest/schedule/describe-schedule.js';
import type { ParsedSchedule } from '../../../digest/schedule/parse-schedule.js';
import { note, say } from '../../../digest/view/blocks.js';
import { echo, privately, problem, refusedSchedule } from '../chat/answers.js';
import { announceSettings, destinationOf, followsOf } from '../chat/change.js';
import { ensureDestination, zoneOf } from '../chat/ensure-destination.js';
import { nextRunBlocks, scheduleText } from '../chat/next-run.js';
import type { CommandContext } from '../context.js';

/** Runs a change of the digests, if any are ever sent. */
export async function ifSent(
  { delivers, place }: CommandContext,
  change: () => Promise<Answer>,
): Promise<Answer> {
  if (delivers(place)) return change();
  return problem(
    'Nothing is ever sent to a terminal, so there is nothing to schedule.',
    'Type /digest whenever you like, or set a token and run the bot.',
  );
}

/** `/digest at TIMES [DAYS] [ZONE]`, `/digest weekly [DAY] [TIME] [ZONE]`. `read`: the schedule, in this zone if it names none. */
export async function setSchedule(
  read: (zone: string) => ParsedSchedule,
  context: CommandContext,
): Promise<Answer> {
  const stored = await destinationOf(context);
  const parsed = read(stored?.schedule?.zone ?? zoneOf(context));
  if (!parsed.ok) return refusedSchedule(parsed.problem);
  const { schedule } = parsed;
  const destination = stored ?? (await ensureDestination(context));
  const empty = (await followsOf(context, destination)).length === 0;
  const notes = empty ? [note('Nothing is followed here yet, so it will be empty: try /follow kvm.')] : [];
  const change = { schedule, zone: schedule.zone, state: 'active', failedSlots: 0 } as const;
  const text = `New schedule for the digests here: ${describeSchedule(schedule)}.`;
  return announceSettings(context, destination, change, { text, notes, next: 'time alone' });
}

/** `/digest pause`. */
export async function pauseDigests(context: CommandContext): Promise<Answer> {
  const destination = await scheduled(context);
  if (destination === null) return noSchedule(context);
  if (destination.state === 'paused')
    return privately(say('Digests are paused here already. /digest resume starts them again.'));
  const notes = [note(`They came ${scheduleText(destination) ?? ''}; /digest resume starts them again.`)];
  const text = 'Digests are paused here.';
  return announceSettings(context, destination, { state: 'paused' }, { text, notes, next: 'nothing' });
}

/** `/digest resume`: also after a user fixed what kept digests from being posted. */
export async function resumeDigests(context: CommandContext): Promise<Answer> {
  const destination = await scheduled(context);
  if (destination === null) return noSchedule(context);
  if (destination.state === 'active')
    return privately(say('Digests are not paused here.', ...nextRunBlocks(context, destination)));
  const notes = [note('The next one covers what happened since the last.')];
  const text = 'Digests come here again.';
  const change = { state: 'active', failedSlots: 0 } as const;
  return announceSettings(context, destination, change, { text, notes, next: 'with schedule' });
}

/** `/digest off`. */
export async function endDigests(context: CommandContext): Promise<Answer> {
  const destination = await scheduled(context);
  if (destination === null) return noSchedule(context);
  const notes = [
    note(
      `They came ${scheduleText(destination) ?? ''}. What is followed stays; /digest now sends one, /digest at 09:00 sets a schedule again.`,
    ),
  ];
  const text = 'No digests come here any more.';
  const change = { schedule: null, state: 'active', failedSlots: 0 } as const;
  return announceSettings(context, destination, change, { text, notes, next: 'nothing' });
}

async function scheduled(context: CommandContext): Promise<Destination | null> {
  const destination = await destinationOf(context);
  return destination?.schedule == null ? null : destination;
}

function noSchedule({ place }: CommandContext): Answer {
  return problem(
    `No digest is scheduled ${place.kind === 'channel' ? 'in this channel' : 'for you'}.`,
    'Set one with /digest at 09:00 weekdays Europe/Berlin.',
  );
}

/** `/digest empty skip|say`. */
export async function setEmpty(typed: string, context: CommandContext): Promise<Answer> {
  const empty = typed.toLowerCase();
  if (empty !== 'skip' && empty !== 'say')
    return problem(
      typed === '' ? 'What should an empty digest do?' : `${echo(typed)} is neither skip nor say.`,
      'Type /digest empty skip for nothing at all, or /digest empty say for one line.',
    );
  const destination = await ensureDestination(context);
  const text = empty === 'skip' ? 'An empty digest is not sent here.' : 'An empty digest is one line here.';
  if (destination.empty === empty) return privately(say(`${text} That was already the setting.`));
  return announceSettings(context, destination, { empty }, { text, next: 'nothing' });
}

/** Why a chat can post nothing without a sound; null if it can. */
const NO_SILENCE: Readonly<Record<PlatformName, string | null>> = {
  discord: null,
  memory: null,
  slack: 'Slack has no messages without a notification: all members choose their own notifications.',
  terminal: 'A terminal makes no sound.',
  webhook: 'A webhook makes no sound.',
};

export function canBeSilent({ platform }: Pick<Address, 'platform'>): boolean {
  return NO_SILENCE[platform] === null;
}

/** `/digest silent on|off`. */
export async function setSilent(typed: string, context: CommandContext): Promise<Answer> {
  const why = NO_SILENCE[context.place.platform];
  if (why !== null) return problem(why, 'Mute the channel, or choose its notifications in its menu.');
  const word = typed.toLowerCase();
  if (word !== 'on' && word !== 'off')
    return problem(
      typed === '' ? 'Should digests come without a sound?' : `${echo(typed)} is neither on nor off.`,
      'Type /digest silent on for no sound and no badge, or /digest silent off.',
    );
  const destination = await ensureDestination(context);
  const silent = word === 'on';
  const text = silent
    ? 'Digests come here without a sound and without a badge.'
    : 'Digests notify here like any other message.';
  if (destination.silent === silent) return privately(say(`${text} That was already the setting.`));
  return announceSettings(context, destination, { silent }, { text, next: 'nothing' });
}
