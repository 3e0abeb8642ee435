import type { ChatStore } from '../../adapters/store/chat/chat-store.js';
import type { Destination } from '../../adapters/store/chat/destination.js';
import type { StoredFollow } from '../../adapters/store/chat/follows.js';
import type { Follow } from '../../digest/follow/follow.js';
import { formatFollow } from '../../digest/follow/format-follow.js';
import type { Action, Answer } from '../../digest/ports/chat-bot.js';
import { describeSchedule } from '../../digest/schedule/describe-schedule.js';
import { count } from '../../digest/text/count.js';
import { oneLine, shorten } from '../../digest/text/inert.js';
import { toIso } from '../../digest/time/iso.js';
import type { Block } from '../../digest/view/view.js';
import { idOf } from './action-ids.js';
import { button, echo, note, privately, problem, say } from './answers.js';
import { announceChange, ensureDestination, refusal, zoneOf } from './change.js';
import { followsText } from './follow-words.js';
import { nextRunBlock, type Says } from './next-run.js';
import { readWants, type Want } from './read-want.js';
import { type Asked, chatOf } from './scene.js';
import { gone, seriesOfAnchor } from './series-command.js';
import { settingsChanged } from './undo.js';

const MOST_FOLLOWS = 200;
const MOST_SUGGESTED = 3;
const WEEK_MS = 7 * 86_400_000;
const DEFAULT_TIMES = ['09:00'];
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

/** `/follow WHAT [FILTERS]`. */
export async function answerFollow(typed: string, asked: Asked): Promise<Answer> {
  if (typed.trim() === '')
    return problem(
      'Follow what?',
      'For example: /follow kvm, /follow author:jane@example.org, /follow path:mm/**. /subsystems lists what there is.',
    );
  const refused = refusal(asked, 'follow anything here');
  if (refused !== null) return refused;
  const read = readWants(typed, asked.scene.library.catalog);
  if (read.kind === 'problem')
    return problem(read.message, read.remedy, suggestionButtons('follow', read.suggestions));
  const everything = read.wants.find((want) => want.everything);
  return everything === undefined ? follow(read.wants, asked) : refuseEverything(everything, typed, asked);
}

/** Commands that may have been meant, one press away. */
function suggestionButtons(command: 'follow' | 'unfollow', texts: readonly string[]): Action[] {
  return texts.slice(0, MOST_SUGGESTED).flatMap((words) => {
    const id = idOf({ kind: 'command', command, words, replaces: true });
    return id === null ? [] : [button(id, `/${command} ${words}`)];
  });
}

/** Nobody wants a message for every series; the count says why. */
async function refuseEverything({ tree }: Want, typed: string, { scene }: Asked): Promise<Answer> {
  const week = await scene.library.store.seriesSince(toIso(scene.nowMs() - WEEK_MS));
  return problem(
    tree.where.kind === 'all'
      ? `${echo(typed)} would send everything: ${count(week, 'series', 'series')} in the last 7 days alone.`
      : `${echo(typed)} picks too little out: it would send up to ${count(week, 'series', 'series')}, all that had mail in the last 7 days.`,
    'Name a subsystem, a list, an author or a path, such as /follow kvm, and put filters behind it.',
  );
}

async function follow(wants: readonly Want[], asked: Asked): Promise<Answer> {
  const { scene, asker } = asked;
  const chat = chatOf(scene);
  const before = await ensureDestination(asked);
  const followed = await chat.follows.of(before.id);
  const known = new Set(followed.map(({ words }) => words));
  const fresh = wants.filter(({ words }) => !known.has(words));
  const old = wants.filter(({ words }) => known.has(words));
  if (fresh.length === 0) return alreadyFollowed(old, before, asked);
  if (followed.length + fresh.length > MOST_FOLLOWS)
    return problem(
      `This place follows ${count(followed.length, 'thing')}; it can follow ${MOST_FOLLOWS}.`,
      'End some with /unfollow, or join several with OR: /follow kvm OR mm.',
    );
  const now = toIso(scene.nowMs());
  const made = { madeBy: asker.id, madeByName: shorten(oneLine(asker.name), 80), madeAt: now };
  const { added, after, notes, next } = await chat.inTransaction(async (on) => ({
    added: await on.follows.add(
      before.id,
      fresh.map(({ tree, words }) => ({ tree, words, ...made })),
    ),
    ...(await withSchedule(asked, on, before, followed.length === 0)),
  }));
  const text = await followsText(scene, added);
  const alsoOld = old.length === 0 ? [] : [note(`Followed already: ${await followsText(scene, old)}.`)];
  return announceChange(
    asked,
    after,
    {
      channel: `This channel now follows ${text}.`,
      person: `You now follow ${text}.${scene.delivers(after) ? '' : ' /digest shows it.'}`,
      notes: [...alsoOld, ...notes],
      next,
    },
    { added: added.map(({ words }) => words), removed: [], ...settingsChanged(before, after) },
  );
}

async function alreadyFollowed(
  old: readonly Want[],
  destination: Destination,
  { scene, place }: Asked,
): Promise<Answer> {
  const text = await followsText(scene, old);
  const who = place.kind === 'channel' ? 'This channel follows' : 'You follow';
  const next = scene.delivers(place) ? [nextRunBlock(scene, destination)] : [];
  return privately(say(`${who} ${text} already.`, ...next));
}

/** The first follow of a place without a schedule sets the usual one, and says so. */
async function withSchedule(
  asked: Asked,
  on: ChatStore,
  destination: Destination,
  isFirst: boolean,
): Promise<{ after: Destination; notes: Block[]; next: Says }> {
  const { scene } = asked;
  if (!isFirst || destination.schedule !== null || !scene.delivers(destination))
    return { after: destination, notes: [], next: 'with schedule' };
  const zone = zoneOf(asked);
  const schedule = { version: 1 as const, zone, times: DEFAULT_TIMES, days: EVERY_DAY };
  const change = { schedule, zone, setBy: asked.asker.id, setByName: asked.asker.name };
  const after = await on.destinations.update(destination.id, change, toIso(scene.nowMs()));
  const how =
    asked.asker.zone === null
      ? 'the default, as I don’t know your time zone. /digest at 09:00 weekdays Europe/Berlin'
      : `the default in your time zone. /digest at 09:00 weekdays ${zone}`;
  return {
    after: after ?? destination,
    next: 'time alone',
    notes: [note(`Digests come ${describeSchedule(schedule)}, ${how} changes that.`)],
  };
}

/** The button under a card: new versions, reviews and the end of one piece of work. */
export async function followSeries(anchor: string, asked: Asked): Promise<Answer> {
  const { scene } = asked;
  const series = await seriesOfAnchor(scene, anchor);
  if (series === null) return gone();
  const refused = refusal(asked, 'follow anything here');
  if (refused !== null) return refused;
  const destination = await ensureDestination(asked);
  const followed = await chatOf(scene).follows.of(destination.id);
  const same = await followOfSeries(asked, followed, series.id);
  if (same !== null) return alreadyFollowed([toWant(same.tree)], destination, asked);
  const named = series.revisions.find((revision) => revision.messageId !== null)?.messageId;
  // Mail without a Message-ID is known by its title alone.
  const query = named ?? shorten(oneLine(series.title), 200);
  return follow([toWant({ version: 1, where: { kind: 'series', query }, bots: false })], asked);
}

function toWant(tree: Follow): Want {
  return { tree, words: formatFollow(tree), text: '', everything: false };
}

/** A follow that names another mail of the same series. */
async function followOfSeries(
  { scene }: Asked,
  followed: readonly StoredFollow[],
  seriesId: string,
): Promise<StoredFollow | null> {
  for (const one of followed) {
    const { where } = one.tree;
    if (where.kind !== 'series' || !where.query.includes('@')) continue;
    const series = await scene.library.store.seriesByMessage(where.query);
    if (series?.id === seriesId) return one;
  }
  return null;
}
