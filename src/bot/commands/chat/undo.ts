import { z } from 'zod';
import type { ChatStore } from '../../../adapters/store/chat/chat-store.js';
import type { Destination, DestinationChange } from '../../../adapters/store/chat/destination.js';
import type { StoredFollow } from '../../../adapters/store/chat/follows.js';
import { type Follow, followSchema } from '../../../digest/follow/follow.js';
import { layoutSchema } from '../../../digest/plan/layout.js';
import type { Action, Answer, Place } from '../../../digest/ports/chat-bot.js';
import { scheduleSchema } from '../../../digest/schedule/schedule.js';
import { toIso } from '../../../digest/time/iso.js';
import { say } from '../../../digest/view/blocks.js';
import { manager } from '../access.js';
import { type CommandContext, chatOf } from '../context.js';
import { shortId } from './action-ids.js';
import { button, nameFor, privately, problem } from './answers.js';

const UNDO_MS = 10 * 60_000;

const settingsSchema = z.object({
  zone: z.string(),
  schedule: scheduleSchema.nullable(),
  empty: z.enum(['skip', 'say']),
  silent: z.boolean(),
  layout: layoutSchema,
  state: z.enum(['active', 'paused', 'broken']),
  failedSlots: z.number(),
  lastDue: z.string(),
});

export type Settings = z.infer<typeof settingsSchema>;

const undoSchema = z.object({
  version: z.literal(1),
  /** What was done, for `Undone: …`. */
  what: z.string(),
  /** Words of follows that were added. */
  added: z.array(z.string()),
  /** Follows that were ended, whole. */
  removed: z.array(
    z.object({
      tree: followSchema,
      words: z.string(),
      sinceSeq: z.number(),
      reachesBackTo: z.string().nullable(),
      madeBy: z.string(),
      madeByName: z.string(),
      madeAt: z.string(),
    }),
  ),
  /** Message.id of series that were muted. */
  muted: z.array(z.string()).optional(),
  /** Mutes that were ended, whole. */
  unmuted: z
    .array(
      z.object({
        messageKey: z.string(),
        title: z.string(),
        madeBy: z.string(),
        madeByName: z.string(),
        madeAt: z.string(),
      }),
    )
    .optional(),
  /** Settings that were changed: as they were, and as they became. */
  before: settingsSchema.partial(),
  after: settingsSchema.partial(),
});

/** What a change did, so that it can be taken back without touching what others changed since. */
export type Undoable = Omit<z.infer<typeof undoSchema>, 'version' | 'removed'> & {
  readonly removed: readonly StoredFollow[];
};

function settingsOf(destination: Destination): Settings {
  const { zone, schedule, empty, silent, layout, state, failedSlots, lastDue } = destination;
  return { zone, schedule, empty, silent, layout, state, failedSlots, lastDue };
}

/** The settings that differ between two moments, on either side. */
export function settingsChanged(
  before: Destination,
  after: Destination,
): { before: Partial<Settings>; after: Partial<Settings> } {
  const [was, is] = [settingsOf(before), settingsOf(after)];
  const names = (Object.keys(was) as (keyof Settings)[]).filter(
    (name) => JSON.stringify(was[name]) !== JSON.stringify(is[name]),
  );
  const only = (settings: Settings): Partial<Settings> =>
    Object.fromEntries(names.map((name) => [name, settings[name]]));
  return { before: only(was), after: only(is) };
}

/** Keeps what a change did for ten minutes, and gives the button that takes it back. */
export async function undoButton(
  context: CommandContext,
  destination: Destination,
  { what, ...done }: Undoable,
): Promise<Action> {
  const undo = context.newId();
  await chatOf(context).undo.keep({
    id: undo,
    destinationId: destination.id,
    document: JSON.stringify({ version: 1, what, ...done }),
    madeBy: context.requester.id,
    expiresAt: toIso(context.nowMs() + UNDO_MS),
  });
  return button(shortId({ kind: 'undo', undo }), 'Undo', 'danger');
}

export const undoRight = manager('undo this');

export async function undoChange(undo: string, context: CommandContext): Promise<Answer> {
  const { requester, place } = context;
  const now = toIso(context.nowMs());
  // Whole or not at all: what was cut off in the middle can be pressed again.
  const undone = await chatOf(context).inTransaction((chat) => undoOn(chat, undo, place, now));
  switch (undone.kind) {
    case 'expired':
      return problem(
        'This can’t be undone any more: it was undone already, or ten minutes have passed.',
        'Look at /following and change what you like.',
      );
    case 'elsewhere':
      return problem('This was done in another place.', 'Undo it there.');
    case 'unreadable':
      return problem('This was done by an older version of me.', 'Look at /following.');
    case 'undone': {
      const by = nameFor(requester.name, 'someone');
      const tail = undone.left ? ' Some of it was changed again since, and stays.' : '';
      const isChannel = place.kind === 'channel';
      return {
        ...privately(say(`Undone${isChannel ? ` by ${by}` : ''}: “${undone.what}”${tail}`)),
        visibility: isChannel ? 'public' : 'private',
        replaces: true,
      };
    }
    default:
      return undone satisfies never;
  }
}

type Undone =
  | { readonly kind: 'expired' | 'elsewhere' | 'unreadable' }
  /** `left`: something was changed again since, and was left as it is. */
  | { readonly kind: 'undone'; readonly what: string; readonly left: boolean };

async function undoOn(chat: ChatStore, undo: string, place: Place, now: string): Promise<Undone> {
  const here = await chat.destinations.byAddress(place);
  const kept = await chat.undo.take(undo, now);
  if (kept === null) return { kind: 'expired' };
  if (here === null || here.id !== kept.destinationId) {
    // Taken out of the place that it belongs to: put it back for those who may.
    await chat.undo.keep(kept);
    return { kind: 'elsewhere' };
  }
  const read = undoSchema.safeParse(JSON.parse(kept.document));
  if (!read.success) return { kind: 'unreadable' };
  return { kind: 'undone', what: read.data.what, left: await takeBack(chat, here, read.data, now) };
}

/** True if something was changed again since and was left as it is. */
async function takeBack(
  chat: ChatStore,
  here: Destination,
  { added, removed, muted = [], unmuted = [], before, after }: z.infer<typeof undoSchema>,
  now: string,
): Promise<boolean> {
  const follows = await chat.follows.of(here.id);
  const ended = follows.filter(({ words }) => added.includes(words));
  await chat.follows.remove(
    here.id,
    ended.map(({ id }) => id),
  );
  const whole = removed.map((follow) => ({
    ...follow,
    tree: follow.tree as Follow,
    id: 0,
    destinationId: here.id,
  }));
  await chat.follows.restore(whole);
  await chat.mutes.remove(here.id, muted);
  for (const mute of unmuted) await chat.mutes.add(here.id, mute);
  const current = settingsOf(here);
  const same = (name: keyof Settings) => JSON.stringify(current[name]) === JSON.stringify(after[name]);
  const changed = (Object.keys(before) as (keyof Settings)[]).filter((name) => name !== 'lastDue');
  const names = changed.filter(same);
  if (names.length > 0) {
    // A digest that went out meanwhile stays the last one; else the next comes when it would have come.
    const lastDue = before.lastDue !== undefined && same('lastDue') ? before.lastDue : current.lastDue;
    const change: DestinationChange = Object.fromEntries(names.map((name) => [name, before[name]]));
    await chat.destinations.update(here.id, { ...change, lastDue }, now);
  }
  return ended.length < added.length || names.length < changed.length;
}
