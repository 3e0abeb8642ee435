import type { ChatStore } from '../../adapters/store/chat/chat-store.js';
import type { Destination } from '../../adapters/store/chat/destination.js';
import type { StoredFollow } from '../../adapters/store/chat/follows.js';
import { readField } from '../../digest/follow/fields.js';
import type { Where } from '../../digest/follow/follow.js';
import { wantsEverything } from '../../digest/follow/followed-slugs.js';
import { impossibleFollow } from '../../digest/follow/impossible.js';
import type { Answer } from '../../digest/ports/chat-bot.js';
import { describeSchedule } from '../../digest/schedule/describe-schedule.js';
import type { Catalog } from '../../digest/subsystem/catalog.js';
import { count } from '../../digest/text/count.js';
import { oneLine, shorten } from '../../digest/text/inert.js';
import { toIso } from '../../digest/time/iso.js';
import { note, say } from '../../digest/view/blocks.js';
import type { Block } from '../../digest/view/view.js';
import { manager } from './access.js';
import { privately, problem } from './chat/answers.js';
import { announceChange, followsOf, whoFollows } from './chat/change.js';
import { commandButtons } from './chat/command-button.js';
import { ensureDestination, zoneOf } from './chat/ensure-destination.js';
import { type NextRunDetail, nextRunBlocks } from './chat/next-run.js';
import { settingsChanged } from './chat/undo.js';
import { type Command, form } from './command.js';
import { type CommandContext, chatOf } from './context.js';
import { askFirst, refuseEverything, takeSure } from './follow/ask-first.js';
import { followsText } from './follow/follow-words.js';
import { previewFollow, previewText } from './follow/preview-follow.js';
import { type ReadWants, readWants, toWant, type Want } from './follow/read-want.js';
import { channel, choice, flag, text, type ValuesOf } from './option.js';
import { withSeries } from './series/with-series.js';

export const MOST_FOLLOWS = 200;
const DEFAULT_TIMES = ['09:00'];
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const DOES = 'Follow a subsystem, list, author, path or series here, with filters of its own';

export const followRight = manager('follow anything here');

const options = {
  what: text('kvm; kvm mm; author:jane@example.org; path:mm/**; series:foll_pin; "words of a title"', {
    required: true,
    suggests: 'followable',
  }),
  author: text('Only by this author: a name, an address, or @example.org', { typed: 'author:…' }),
  kind: choice(
    'Only this kind',
    [
      ['rfc', 'RFC'],
      ['pull', 'pull requests'],
      ['single', 'single patches, one by one'],
      ['series', 'more than a single patch'],
      ['resend', 'resent'],
    ],
    { typed: 'kind:rfc' },
  ),
  path: text('Only what changes this path: mm/** or *.rs', { typed: 'path:…' }),
  words: text('Only with these words in the title', { typed: 'title:…' }),
  'min-version': choice(
    'Only from this version on',
    ([2, 3, 4, 5, 6, 7, 8, 9, 10] as const).map((n) => [`>=${n}`, `v${n} and later`] as const),
    { typed: 'version:>=2' },
  ),
  bots: flag('Also mail that only bots wrote; off by default', { typed: 'bots:on' }),
  when: choice(
    'When it is posted; with the digest by default',
    [['now', 'at once, each series in a thread of its own']],
    {
      typed: 'when:now',
    },
  ),
  in: channel('For another channel that you manage'),
};

/** `/follow WHAT [FILTERS]`: what a place gets. */
export const follow: Command = {
  name: 'follow',
  does: DOES,
  cli: null,
  chat: {
    usage: 'WHAT [FILTERS]',
    otherNames: { subscribe: '' },
    examples: [
      { words: 'kvm', does: 'the KVM subsystem' },
      { words: 'kvm mm', does: 'both of them' },
      { words: 'kvm -kind:rfc', does: 'KVM without RFCs' },
      { words: 'path:mm/** v>=2', does: 'what changes memory management, from the second version on' },
      { words: 'series:foll_pin', does: 'one series: new versions, reviews, and its outcome' },
      { words: 'mm when:now', does: 'memory management at once, each series in a thread of its own' },
    ],
    forms: [
      form({
        name: '',
        does: DOES,
        right: followRight,
        asksForWords: true,
        posts: true,
        options,
        parse: {
          words: (words, { library }) => {
            const { typed, isSure } = takeSure(words);
            return { typed, read: readWants(typed, library.catalog), isSure };
          },
          options: (values, { library }) => {
            const { typed, isSure } = takeSure(values.what);
            return { typed, read: readOptions({ ...values, what: typed }, library.catalog), isSure };
          },
        },
        run: ({ typed, read, isSure }, context) => answerFollow(typed, read, isSure, context),
      }),
    ],
  },
};

/** Options that are called otherwise than the field of the grammar that they fill. */
const OPTION_OF_FIELD: Readonly<Record<string, string>> = { title: 'words', version: 'min-version' };

/** The filters next to `what`, each as the condition of its field in the grammar. */
function readOptions(values: ValuesOf<typeof options>, catalog: Catalog): ReadWants {
  const fields = {
    author: values.author,
    kind: values.kind ?? '',
    path: values.path,
    title: values.words,
    version: values['min-version'] ?? '',
  };
  const where: Where[] = [];
  for (const [name, value] of Object.entries(fields)) {
    if (value === '') continue;
    const read = readField(catalog, name, value);
    if (!read.ok)
      return {
        kind: 'problem',
        message: read.problem.message,
        remedy: '',
        suggestions: [],
        option: OPTION_OF_FIELD[name] ?? name,
      };
    const never = impossibleFollow(read.where);
    if (never !== null)
      return {
        kind: 'problem',
        message: never.message,
        remedy: never.advice ?? '',
        suggestions: [],
        option: OPTION_OF_FIELD[name] ?? name,
      };
    where.push(read.where);
  }
  const read = readWants(values.what, catalog, { where, bots: values.bots, when: values.when });
  return read.kind === 'problem' ? { ...read, option: 'what' } : read;
}

async function answerFollow(
  typed: string,
  read: ReadWants,
  isSure: boolean,
  context: CommandContext,
): Promise<Answer> {
  if (typed === '')
    return problem(
      'Follow what?',
      'For example: /follow kvm, /follow author:jane@example.org, /follow path:mm/**. /subsystems lists what there is.',
    );
  if (read.kind === 'problem') {
    const suggested = read.suggestions.map((words) => `follow ${words}`);
    const wrong = problem(read.message, read.remedy, commandButtons(suggested));
    return read.option === undefined ? wrong : { ...wrong, option: read.option };
  }
  const everything = read.wants.find(({ tree }) => wantsEverything(tree));
  if (everything !== undefined) return refuseEverything(everything, typed, context);
  return (isSure ? null : await askFirst(read.wants, context)) ?? addFollows(read.wants, context);
}

async function addFollows(wants: readonly Want[], context: CommandContext): Promise<Answer> {
  const { requester, nowMs } = context;
  const chat = chatOf(context);
  const before = await ensureDestination(context);
  const followed = await followsOf(context, before);
  const known = new Set(followed.map(({ words }) => words));
  const fresh = wants.filter(({ words }) => !known.has(words));
  const old = wants.filter(({ words }) => known.has(words));
  if (fresh.length === 0) return alreadyFollowed(old, before, context);
  if (followed.length + fresh.length > MOST_FOLLOWS)
    return problem(
      `This place follows ${count(followed.length, 'thing')}; it can follow ${MOST_FOLLOWS}.`,
      'Remove some with /unfollow, or join several with OR: /follow kvm OR mm.',
    );
  const made = {
    madeBy: requester.id,
    madeByName: shorten(oneLine(requester.name), 80),
    madeAt: toIso(nowMs()),
  };
  const { added, after, notes, next } = await chat.inTransaction(async (on) => ({
    added: await on.follows.add(
      before.id,
      fresh.map(({ tree, words }) => ({ tree, words, ...made })),
    ),
    ...(await withSchedule(context, on, before, followed.length === 0)),
  }));
  const text = await followsText(context, added);
  const [only] = fresh;
  const seen =
    only === undefined || fresh.length > 1 ? '' : previewText(await previewFollow(only.tree, context));
  const alsoOld = old.length === 0 ? [] : [note(`Already followed: ${await followsText(context, old)}.`)];
  return announceChange(
    context,
    after,
    {
      channel: `This channel now follows ${text}.`,
      person: `You now follow ${text}.${context.delivers(after) ? '' : ' /digest shows it.'}`,
      notes: [...(seen === '' ? [] : [note(seen)]), ...alsoOld, ...notes],
      next,
    },
    { added: added.map(({ words }) => words), removed: [], ...settingsChanged(before, after) },
  );
}

async function alreadyFollowed(
  old: readonly Want[],
  destination: Destination,
  context: CommandContext,
): Promise<Answer> {
  const text = await followsText(context, old);
  const who = whoFollows(context);
  const next = context.delivers(context.place) ? nextRunBlocks(context, destination) : [];
  return privately(say(`${who} ${text} already.`, ...next));
}

/** The first follow of a place without a schedule sets the usual one, and says so. */
async function withSchedule(
  context: CommandContext,
  on: ChatStore,
  destination: Destination,
  isFirst: boolean,
): Promise<{ after: Destination; notes: Block[]; next: NextRunDetail }> {
  const { requester } = context;
  if (!isFirst || destination.schedule !== null || !context.delivers(destination))
    return { after: destination, notes: [], next: 'with schedule' };
  const zone = zoneOf(context);
  const schedule = { version: 1 as const, zone, times: DEFAULT_TIMES, days: EVERY_DAY };
  const change = { schedule, zone, setBy: requester.id, setByName: requester.name };
  const after = await on.destinations.update(destination.id, change, toIso(context.nowMs()));
  const how =
    requester.zone === null
      ? 'the default, as I don’t know your time zone. /digest at 09:00 weekdays Europe/Berlin'
      : `the default in your time zone. /digest at 09:00 weekdays ${zone}`;
  return {
    after: after ?? destination,
    next: 'time alone',
    notes: [note(`Digests come ${describeSchedule(schedule)}, ${how} changes that.`)],
  };
}

/** The button under a card: new versions, reviews and the end of one piece of work. */
export async function followSeries(anchor: string, context: CommandContext): Promise<Answer> {
  return withSeries(context, anchor, async (series) => {
    const destination = await ensureDestination(context);
    const followed = await followsOf(context, destination);
    const same = await followOfSeries(context, followed, series.id);
    if (same !== null) return alreadyFollowed([toWant(same.tree)], destination, context);
    const named = series.revisions.find((revision) => revision.messageId !== null)?.messageId;
    // Mail without a Message-ID is known by its title alone.
    const query = named ?? shorten(oneLine(series.title), 200);
    return addFollows([toWant({ version: 1, where: { kind: 'series', query }, bots: false })], context);
  });
}

/** A follow that names another mail of the same series. */
async function followOfSeries(
  { library }: CommandContext,
  followed: readonly StoredFollow[],
  seriesId: string,
): Promise<StoredFollow | null> {
  for (const one of followed) {
    const { where } = one.tree;
    if (where.kind !== 'series' || !where.query.includes('@')) continue;
    const series = await library.store.seriesByMessage(where.query);
    if (series?.id === seriesId) return one;
  }
  return null;
}
