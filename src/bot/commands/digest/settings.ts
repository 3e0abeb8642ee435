import type { Answer } from '../../../digest/ports/chat-bot.js';
import { describeSchedule } from '../../../digest/schedule/describe-schedule.js';
import { parseSchedule } from '../../../digest/schedule/parse-schedule.js';
import { announceSettings } from '../chat/announce-settings.js';
import { echo, note, privately, problem, say } from '../chat/answers.js';
import { destinationOf, ensureDestination, zoneOf } from '../chat/change.js';
import { nextRunBlock, scheduleText } from '../chat/next-run.js';
import { type Asked, chatOf } from '../context.js';

/** `/digest at TIMES [DAYS] [ZONE]`, `/digest weekly [DAY] [TIME] [ZONE]`. */
export async function answerSchedule(typed: string, asked: Asked): Promise<Answer> {
  const stored = await destinationOf(asked);
  const zone = stored?.schedule?.zone ?? zoneOf(asked);
  const parsed = parseSchedule(typed, { zone });
  if (!parsed.ok) return problem(parsed.problem.message, parsed.problem.remedy.replaceAll('`', ''));
  const { schedule } = parsed;
  const destination = stored ?? (await ensureDestination(asked));
  const empty = (await chatOf(asked.scene).follows.of(destination.id)).length === 0;
  const notes = empty ? [note('Nothing is followed here yet, so it will be empty: try /follow kvm.')] : [];
  return announceSettings(
    asked,
    destination,
    { schedule, zone: schedule.zone, state: 'active', failedSlots: 0 },
    `New schedule for the digests here: ${describeSchedule(schedule)}.`,
    notes,
    'time alone',
  );
}

/** `/digest pause`. */
export async function answerPause(asked: Asked): Promise<Answer> {
  const destination = await destinationOf(asked);
  if (destination?.schedule == null) return noSchedule(asked);
  if (destination.state === 'paused')
    return privately(say('Digests are paused here already. /digest resume goes on.'));
  const notes = [note(`They came ${scheduleText(destination) ?? ''}; /digest resume goes on.`)];
  return announceSettings(asked, destination, { state: 'paused' }, 'Digests are paused here.', notes, null);
}

/** `/digest resume`: also what a person says who has mended what kept digests from being posted. */
export async function answerResume(asked: Asked): Promise<Answer> {
  const destination = await destinationOf(asked);
  if (destination?.schedule == null) return noSchedule(asked);
  if (destination.state === 'active')
    return privately(say('Digests are not paused here.', nextRunBlock(asked.scene, destination)));
  const notes = [note('The next one holds what happened since the last.')];
  return announceSettings(
    asked,
    destination,
    { state: 'active', failedSlots: 0 },
    'Digests come here again.',
    notes,
  );
}

/** `/digest off`. */
export async function answerOff(asked: Asked): Promise<Answer> {
  const destination = await destinationOf(asked);
  if (destination?.schedule == null) return noSchedule(asked);
  const was = scheduleText(destination) ?? '';
  const notes = [
    note(
      `They came ${was}. What is followed stays; /digest now sends one, /digest at 09:00 sets a schedule again.`,
    ),
  ];
  return announceSettings(
    asked,
    destination,
    { schedule: null, state: 'active', failedSlots: 0 },
    'No digests come here any more.',
    notes,
    null,
  );
}

/** `/digest empty skip|say`. */
export async function answerEmpty(typed: string, asked: Asked): Promise<Answer> {
  const word = typed.toLowerCase();
  if (word !== 'skip' && word !== 'say')
    return problem(
      typed === '' ? 'What should an empty digest do?' : `${echo(typed)} is neither skip nor say.`,
      'Type /digest empty skip for nothing at all, or /digest empty say for one line.',
    );
  const destination = await ensureDestination(asked);
  const text = word === 'skip' ? 'An empty digest is not sent here.' : 'An empty digest is one line here.';
  if (destination.empty === word) return privately(say(`${text} It was so already.`));
  return announceSettings(asked, destination, { empty: word }, text, [], null);
}

function noSchedule({ place }: Asked): Answer {
  return problem(
    `No digest is scheduled ${place.kind === 'channel' ? 'in this channel' : 'for you'}.`,
    'Set one with /digest at 09:00 weekdays Europe/Berlin.',
  );
}
