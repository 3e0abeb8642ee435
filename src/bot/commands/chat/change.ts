import type { Destination } from '../../../adapters/store/chat/destination.js';
import type { Action, Answer } from '../../../digest/ports/chat-bot.js';
import { toIso } from '../../../digest/time/iso.js';
import type { Block } from '../../../digest/view/view.js';
import { mayChange } from '../access.js';
import { type Asked, chatOf } from '../context.js';
import { nameFor, privately, problem, say } from './answers.js';
import { nextRunBlock, type Says } from './next-run.js';
import { type Undoable, undoButton } from './undo.js';

/** A refusal where the asker may not change what this place gets; null where they may. `what`: `follow something here`. */
export function refusal({ asker, place }: Asked, what: string): Answer | null {
  const allowed = mayChange({ rights: asker.rights, kind: place.kind });
  return allowed.may ? null : problem(`You can't ${what}: ${allowed.why}.`, allowed.remedy);
}

/** The zone of who asks, else the operator's. */
export function zoneOf({ asker, scene }: Asked): string {
  return asker.zone ?? scene.zone;
}

/** The destination of a place as it is stored; null where nothing was ever set up there. */
export function destinationOf({ scene, place }: Asked): Promise<Destination | null> {
  return chatOf(scene).destinations.byAddress(place);
}

/** The same, made where there is none. */
export async function ensureDestination(asked: Asked): Promise<Destination> {
  const { scene, asker, place } = asked;
  const chat = chatOf(scene);
  const now = toIso(scene.nowMs());
  const made = await chat.destinations.ensure(place, {
    name: place.name,
    zone: zoneOf(asked),
    setBy: asker.id,
    setByName: asker.name,
    madeAt: now,
  });
  if (place.name === '' || made.name === place.name) return made;
  return (await chat.destinations.update(made.id, { name: place.name }, now)) ?? made;
}

/** What a change is called, to everybody in a channel and to a person alone. */
export interface ChangeWords {
  /** `This channel now follows series of the KVM subsystem.` */
  readonly channel: string;
  /** `You now follow series of the KVM subsystem.` */
  readonly person: string;
  /** What else the one who asked should know. */
  readonly notes: readonly Block[];
  /** What of the next run is worth saying behind it; `null`: nothing. Both where nothing is said. */
  readonly next?: Says | null;
}

/** Tells of a change: in a channel to everybody, with who did it, the next run and Undo; else to the person alone. */
export async function announceChange(
  asked: Asked,
  destination: Destination,
  words: ChangeWords,
  undoable: Omit<Undoable, 'what'>,
): Promise<Answer> {
  const { scene, asker, place } = asked;
  const isChannel = destination.kind === 'channel';
  const what = isChannel ? words.channel : words.person;
  const undo: Action = await undoButton(asked, destination, { ...undoable, what });
  const next =
    words.next === null || !scene.delivers(destination) ? [] : [nextRunBlock(scene, destination, words.next)];
  if (!isChannel) return privately(say(what, ...words.notes, ...next), [undo]);
  const announced = say(`${what} Changed by ${nameFor(asker.name, 'somebody')}.`, ...words.notes, ...next);
  const elsewhere = place.kind !== 'channel' || place.address !== destination.address;
  const where = elsewhere ? nameFor(destination.name, 'the channel') : 'the channel';
  return {
    // What was done stands in the announcement: here it would be read twice.
    ...privately(say(`Done. It is announced in ${where}, where it can be undone for ten minutes.`)),
    announce: { view: announced, actions: [undo], ...(elsewhere ? { to: addressOf(destination) } : {}) },
  };
}

function addressOf({ platform, tenant, address, kind }: Destination) {
  return { platform, tenant, address, kind };
}
