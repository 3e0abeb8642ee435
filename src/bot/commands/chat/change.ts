import type { Destination, DestinationChange } from '../../../adapters/store/chat/destination.js';
import type { StoredFollow } from '../../../adapters/store/chat/follows.js';
import type { Action, Answer } from '../../../digest/ports/chat-bot.js';
import { oneLine, shorten } from '../../../digest/text/inert.js';
import { toIso } from '../../../digest/time/iso.js';
import { say } from '../../../digest/view/blocks.js';
import type { Block } from '../../../digest/view/view.js';
import { type CommandContext, chatOf } from '../context.js';
import { nameFor, privately } from './answers.js';
import { type NextRunDetail, nextRunBlocks } from './next-run.js';
import { settingsChanged, type Undoable, undoButton } from './undo.js';

/** `This channel follows`, `You follow`, `#kvm follows`: how an answer names its place. */
export function whoFollows({ place, isElsewhere }: Pick<CommandContext, 'place' | 'isElsewhere'>): string {
  if (place.kind === 'person') return 'You follow';
  return isElsewhere === true ? `${nameFor(place.name, 'That channel')} follows` : 'This channel follows';
}

/** The destination of a place as it is stored; null if nothing was ever set up there. */
export function destinationOf(context: CommandContext): Promise<Destination | null> {
  return chatOf(context).destinations.byAddress(context.place);
}

/** The follows of a place; none if nothing was ever set up there. */
export async function followsOf(
  context: CommandContext,
  destination: Destination | null,
): Promise<readonly StoredFollow[]> {
  return destination === null ? [] : chatOf(context).follows.of(destination.id);
}

/** How a change is worded, for everyone in a channel and for a person alone. */
interface ChangeWords {
  /** `This channel now follows series of the KVM subsystem.` */
  readonly channel: string;
  /** `You now follow series of the KVM subsystem.` */
  readonly person: string;
  /** What else the user should know. */
  readonly notes: readonly Block[];
  readonly next: NextRunDetail;
}

/** Announces a change: in a channel to everyone, with who made it, the next run and Undo; else to the person alone. */
export async function announceChange(
  context: CommandContext,
  destination: Destination,
  words: ChangeWords,
  undoable: Omit<Undoable, 'what'>,
): Promise<Answer> {
  const { requester, place } = context;
  const isChannel = destination.kind === 'channel';
  const what = isChannel ? words.channel : words.person;
  const undo: Action = await undoButton(context, destination, { ...undoable, what });
  const next = context.delivers(destination) ? nextRunBlocks(context, destination, words.next) : [];
  if (!isChannel) return privately(say(what, ...words.notes, ...next), [undo]);
  const announced = say(`${what} Changed by ${nameFor(requester.name, 'someone')}.`, ...words.notes, ...next);
  const elsewhere =
    context.isElsewhere === true || place.kind !== 'channel' || place.address !== destination.address;
  const where = elsewhere ? nameFor(destination.name, 'the channel') : 'the channel';
  return {
    // The announcement says what was done: here it would be read twice.
    ...privately(say(`Done. It is announced in ${where}, where it can be undone for ten minutes.`)),
    announce: { view: announced, actions: [undo], ...(elsewhere ? { to: addressOf(destination) } : {}) },
  };
}

function addressOf({ platform, tenant, address, kind }: Destination) {
  return { platform, tenant, address, kind };
}

/** Changes settings of a place and announces it. */
export async function announceSettings(
  context: CommandContext,
  before: Destination,
  settings: DestinationChange,
  { text, notes = [], next }: { text: string; notes?: readonly Block[]; next: NextRunDetail },
): Promise<Answer> {
  const { requester, nowMs } = context;
  const set = { ...settings, setBy: requester.id, setByName: shorten(oneLine(requester.name), 80) };
  const after = await chatOf(context).destinations.update(before.id, set, toIso(nowMs()));
  if (after === null) throw new Error('a destination disappeared while it was changed');
  const words = { channel: text, person: text, notes, next };
  return announceChange(context, after, words, { added: [], removed: [], ...settingsChanged(before, after) });
}
