import { z } from 'zod';
import type { Destination } from '../../../adapters/store/chat/destination.js';
import type { StoredFollow } from '../../../adapters/store/chat/follows.js';
import type { Mute } from '../../../adapters/store/chat/mutes.js';
import { layoutSchema } from '../../../digest/plan/layout.js';
import { scheduleSchema } from '../../../digest/schedule/schedule.js';
import { shorten } from '../../../digest/text/inert.js';

const MOST_MUTES = 500;

/** What a place follows and when it gets digests, as people carry it from one place to another. */
const settingsTextSchema = z.object({
  covernote: z.literal(1),
  /** In the words of the follow grammar. */
  follows: z.array(z.string().min(1).max(2_000)).max(200).default([]),
  schedule: scheduleSchema.nullish(),
  empty: z.enum(['skip', 'say']).optional(),
  silent: z.boolean().optional(),
  /** With the quiet hours and the hourly limit of immediate posts. */
  layout: layoutSchema.optional(),
  paused: z.boolean().optional(),
  /** Series that are muted, by a Message-ID of theirs. */
  mutes: z
    .array(z.object({ message: z.string().min(1).max(1_000), title: z.string().max(200) }))
    .max(MOST_MUTES)
    .optional(),
});

export type SettingsText = z.infer<typeof settingsTextSchema>;

/** One message's worth: an import takes several one after the other, as each only adds. */
const MAX_CHUNK = 2_000;

/** The settings of a place as one or more texts to paste behind `/covernote import`, each whole in itself. */
export function formatSettings(
  { schedule, empty, silent, layout, state }: Destination,
  follows: readonly StoredFollow[],
  muted: readonly Pick<Mute, 'messageKey' | 'title'>[] = [],
): readonly string[] {
  const followed = chunksOf(
    follows.map(({ words }) => words),
    (words) => words.length + 4,
  );
  const mutes = muted.map(({ messageKey, title }) => ({ message: messageKey, title: shorten(title, 120) }));
  const settings = { schedule, empty, silent, layout, paused: state === 'paused' };
  const texts: SettingsText[] = [
    ...(followed.length === 0 ? [[]] : followed).map(
      (words, i): SettingsText => ({ covernote: 1, follows: words, ...(i === 0 ? settings : {}) }),
    ),
    ...chunksOf(mutes, ({ message, title }) => message.length + title.length + 30).map(
      (some): SettingsText => ({ covernote: 1, follows: [], mutes: some }),
    ),
  ];
  return texts.map((text) => JSON.stringify(text));
}

/** Cut where a message is full. */
function chunksOf<T>(all: readonly T[], lengthOf: (one: T) => number): T[][] {
  const chunks: T[][] = [];
  let length = 0;
  for (const one of all) {
    if (chunks.length === 0 || length + lengthOf(one) > MAX_CHUNK) {
      chunks.push([]);
      length = 0;
    }
    chunks.at(-1)?.push(one);
    length += lengthOf(one);
  }
  return chunks;
}

type ReadSettings =
  | { readonly kind: 'settings'; readonly settings: SettingsText }
  | { readonly kind: 'problem'; readonly message: string };

/** Reads what was pasted. Errors name their position in it. */
export function readSettings(text: string): ReadSettings {
  const from = text.indexOf('{');
  const to = text.lastIndexOf('}');
  if (from < 0 || to < from)
    return { kind: 'problem', message: 'This is not a covernote export: it has no text between { and }.' };
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.slice(from, to + 1));
  } catch {
    return { kind: 'problem', message: 'This export is cut off, or was changed on the way: it is not JSON.' };
  }
  const read = settingsTextSchema.safeParse(parsed);
  if (read.success) return { kind: 'settings', settings: read.data };
  return { kind: 'problem', message: `This is not a covernote export: ${wrongPart(read.error.issues[0])}.` };
}

/** Where an export is wrong, in words of ours: those of the schema are for programmers. */
function wrongPart(issue: z.core.$ZodIssue | undefined): string {
  const [key, at] = issue?.path ?? [];
  switch (key) {
    case 'covernote':
      return 'it does not begin with {"covernote":1';
    case 'follows':
      return typeof at === 'number'
        ? `its follow ${at + 1} is not text of up to 2,000 characters`
        : 'its follows are not a list';
    case 'schedule':
      return `its schedule is wrong${typeof at === 'string' ? ` at “${at}”` : ''}`;
    case 'empty':
      return '“empty” is neither skip nor say';
    case 'silent':
      return '“silent” is neither true nor false';
    case 'layout':
      return `its layout is wrong${typeof at === 'string' ? ` at “${at}”` : ''}`;
    case 'paused':
      return '“paused” is neither true nor false';
    case 'mutes':
      return 'its mutes are not a list of messages with titles';
    default:
      return 'its parts are unknown';
  }
}
