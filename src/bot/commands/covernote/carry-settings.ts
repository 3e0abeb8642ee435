import type { ChatStore } from '../../../adapters/store/chat/chat-store.js';
import type { Destination, DestinationChange } from '../../../adapters/store/chat/destination.js';
import type { Mute } from '../../../adapters/store/chat/mutes.js';
import { wantsEverything } from '../../../digest/follow/followed-slugs.js';
import type { Answer } from '../../../digest/ports/chat-bot.js';
import { describeSchedule } from '../../../digest/schedule/describe-schedule.js';
import { count } from '../../../digest/text/count.js';
import { oneLine, shorten } from '../../../digest/text/inert.js';
import { toIso } from '../../../digest/time/iso.js';
import { note, paragraph, say } from '../../../digest/view/blocks.js';
import type { Block } from '../../../digest/view/view.js';
import { privately, problem } from '../chat/answers.js';
import { announceChange, destinationOf, followsOf } from '../chat/change.js';
import { ensureDestination } from '../chat/ensure-destination.js';
import { settingsChanged } from '../chat/undo.js';
import { type CommandContext, chatOf } from '../context.js';
import { layoutText } from '../digest/layout.js';
import { canBeSilent } from '../digest/settings.js';
import { followsText } from '../follow/follow-words.js';
import { readWholeWant, type Want } from '../follow/read-want.js';
import { MOST_FOLLOWS } from '../follow.js';
import { formatSettings, readSettings, type SettingsText } from './settings-text.js';

/** `/covernote export`: what is followed and muted here, when digests come and how they look, as text. */
export async function exportSettings(context: CommandContext): Promise<Answer> {
  const destination = await destinationOf(context);
  const follows = await followsOf(context, destination);
  const muted = destination === null ? [] : await chatOf(context).mutes.of(destination.id);
  if (destination === null || (follows.length === 0 && destination.schedule === null))
    return problem('There is nothing to export: nothing is followed here.', 'Try /follow kvm.');
  const texts = formatSettings(destination, follows, muted);
  const how =
    texts.length === 1
      ? 'Paste this after /covernote import in another place:'
      : `To set up another place, paste each of these ${texts.length} after /covernote import there:`;
  return privately(say(how, ...texts.map((text): Block => paragraph({ text, style: 'code' }))));
}

/** `/covernote import TEXT`. */
export async function importSettings(typed: string, context: CommandContext): Promise<Answer> {
  if (typed.trim() === '')
    return problem('Import what?', 'Paste the text of /covernote export after /covernote import.');
  const parsed = readSettings(typed);
  if (parsed.kind === 'problem')
    return problem(parsed.message, 'Nothing was changed. Copy the text of /covernote export again.');
  const { settings } = parsed;
  const wants: Want[] = [];
  const unread: string[] = [];
  for (const words of settings.follows) {
    const read = readWholeWant(words, context.library.catalog);
    if (read.kind === 'problem' || wantsEverything(read.want.tree)) unread.push(words);
    else if (!wants.some((one) => one.words === read.want.words)) wants.push(read.want);
  }
  if (wants.length === 0 && unread.length > 0)
    return problem(
      `None of its follows can be read: ${shorten(oneLine(unread.join(', ')), 200)}.`,
      'Nothing was changed. Copy the text of /covernote export again.',
    );
  return setUp(settings, wants, unread, context);
}

/** Adds what is not followed yet and sets the schedule; says what that changed. */
async function setUp(
  settings: SettingsText,
  wants: readonly Want[],
  unread: readonly string[],
  context: CommandContext,
): Promise<Answer> {
  const { requester } = context;
  const chat = chatOf(context);
  const now = toIso(context.nowMs());
  const before = await ensureDestination(context);
  const followed = await followsOf(context, before);
  const known = new Set(followed.map(({ words }) => words));
  const fresh = wants.filter(({ words }) => !known.has(words));
  if (followed.length + fresh.length > MOST_FOLLOWS)
    return problem(
      `That would be more than the ${MOST_FOLLOWS} things that a place can follow.`,
      'Nothing was changed. Remove some with /unfollow first.',
    );
  const by = { madeBy: requester.id, madeByName: shorten(oneLine(requester.name), 80), madeAt: now };
  const changes = changesFor(settings, before, context);
  const set = { ...changes, setBy: requester.id, setByName: by.madeByName };
  const mutedBefore = await chat.mutes.keys(before.id);
  const mutes = (settings.mutes ?? []).filter(({ message }) => !mutedBefore.has(message));
  const { added, after } = await chat.inTransaction(async (on) => ({
    added: await on.follows.add(
      before.id,
      fresh.map(({ tree, words }) => ({ tree, words, ...by })),
    ),
    after:
      Object.keys(changes).length > 0
        ? ((await on.destinations.update(before.id, set, now)) ?? before)
        : before,
    muted: await addMutes(on, before.id, mutes, by),
  }));
  const changed = [
    added.length > 0 ? `${count(added.length, 'follow')} added (${await followsText(context, added)})` : '',
    ...changeWords(changes),
    mutes.length === 0 ? '' : `${count(mutes.length, 'series', 'series')} muted`,
  ].filter((part) => part !== '');
  const notes =
    unread.length === 0
      ? []
      : [note(`Not understood and left out: ${shorten(oneLine(unread.join(', ')), 300)}.`)];
  if (changed.length === 0)
    return privately(say('Everything in it is set here already: nothing was changed.', ...notes));
  const text = `Set up from an export: ${changed.join('; ')}.`;
  return announceChange(
    context,
    after,
    { channel: text, person: text, notes, next: 'with schedule' },
    {
      added: added.map(({ words }) => words),
      removed: [],
      muted: mutes.map(({ message }) => message),
      ...settingsChanged(before, after),
    },
  );
}

type SettingsChange = Pick<DestinationChange, 'schedule' | 'zone' | 'empty' | 'silent' | 'layout' | 'state'>;

/** What an export says of a place otherwise than it is there. */
function changesFor(settings: SettingsText, before: Destination, context: CommandContext): SettingsChange {
  const schedule = context.delivers(before) ? settings.schedule : undefined;
  return {
    ...(schedule == null || same(schedule, before.schedule) ? {} : { schedule, zone: schedule.zone }),
    ...(settings.empty === undefined || settings.empty === before.empty ? {} : { empty: settings.empty }),
    ...(settings.silent === undefined || settings.silent === before.silent || !canBeSilent(before)
      ? {}
      : { silent: settings.silent }),
    ...(settings.layout === undefined || same(settings.layout, before.layout) || !context.delivers(before)
      ? {}
      : { layout: settings.layout }),
    ...(settings.paused === true && before.state === 'active' && (schedule ?? before.schedule) !== null
      ? { state: 'paused' as const }
      : {}),
  };
}

function changeWords(changes: SettingsChange): string[] {
  return [
    changes.schedule == null ? '' : `digests come ${describeSchedule(changes.schedule)}`,
    changes.empty === undefined
      ? ''
      : changes.empty === 'say'
        ? 'an empty digest is one line'
        : 'an empty digest is not sent',
    changes.silent === undefined ? '' : changes.silent ? 'digests make no sound' : 'digests make a sound',
    changes.layout === undefined ? '' : `digests are ${layoutText(changes.layout)}`,
    changes.state === undefined ? '' : 'digests are paused',
  ];
}

async function addMutes(
  { mutes }: Pick<ChatStore, 'mutes'>,
  destination: number,
  muted: NonNullable<SettingsText['mutes']>,
  by: Pick<Mute, 'madeBy' | 'madeByName' | 'madeAt'>,
): Promise<void> {
  for (const { message, title } of muted)
    await mutes.add(destination, { messageKey: message, title: shorten(oneLine(title), 120), ...by });
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
