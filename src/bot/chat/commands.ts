import { UserError } from '../../digest/failure.js';
import { splitVersions } from '../../digest/series/version-name.js';
import { count } from '../../digest/text/count.js';
import { toIso } from '../../digest/time/iso.js';
import { compareView } from '../../digest/view/compare-view.js';
import { digestView } from '../../digest/view/digest-view.js';
import { pickListView } from '../../digest/view/series-view.js';
import type { View } from '../../digest/view/view.js';
import type { Library } from '../library.js';
import { answerCompare } from '../questions/compare.js';
import { answerDigest } from '../questions/digest.js';
import { readFollow } from '../questions/read-follow.js';
import { answerSeries } from '../questions/series.js';
import { answerSubsystems } from '../questions/subsystems.js';
import type { LocalFollows } from './local-follows.js';

/** What a typed command works with. */
export interface ChatScene {
  readonly library: Library;
  readonly follows: LocalFollows;
  readonly nowMs: () => number;
}

export interface ChatCommand {
  readonly name: string;
  /** What may stand behind it: `WORDS`, `[WHAT]`, ''. */
  readonly words: string;
  readonly does: string;
  readonly example: string;
  readonly answer: (words: string, scene: ChatScene) => Promise<View>;
}

const DAY_MS = 86_400_000;
const BUDGET = 8;

/** Everything that can be typed in the chat, in the order of /help. */
export const chatCommands: readonly ChatCommand[] = [
  {
    name: 'series',
    words: 'WORDS',
    does: 'one series: what it does, its versions, reviews and state; with two versions behind it (v8 v10): what changed between them',
    example: '/series foll_pin',
    answer: answerSeriesCommand,
  },
  {
    name: 'digest',
    words: '[DAYS]',
    does: 'what happened in what you follow, in the last DAYS (1) of the mail that is here',
    example: '/digest 7',
    answer: answerDigestCommand,
  },
  {
    name: 'follow',
    words: 'WHAT',
    does: 'follow a subsystem, a list, author:…, path:…',
    example: '/follow kvm',
    answer: async (words, { library, follows }) => {
      if (words === '')
        throw new UserError('usage', 'Follow what?', 'For example: /follow kvm, or look at /subsystems');
      const follow = readFollow(words, library.catalog);
      if (follow.everything) await refuseEverything(library, follow.text);
      const added = await follows.add(follow.tree);
      return say(
        added ? `You follow ${follow.text} now. /digest shows it.` : `You follow ${follow.text} already.`,
      );
    },
  },
  {
    name: 'unfollow',
    words: 'WHAT',
    does: 'stop following it',
    example: '/unfollow kvm',
    answer: async (words, { library, follows }) => {
      if (words === '')
        throw new UserError('usage', 'Unfollow what?', 'For example: /unfollow kvm, or look at /following');
      const follow = readFollow(words, library.catalog);
      if (await follows.remove(follow.tree)) return say(`You no longer follow ${follow.text}.`);
      const all = await follows.list();
      throw new UserError(
        'usage',
        `You don't follow “${words}”.`,
        all.length === 0 ? 'You follow nothing.' : `You follow: ${all.join(', ')}.`,
      );
    },
  },
  {
    name: 'following',
    words: '',
    does: 'what you follow',
    example: '/following',
    answer: async (_words, { follows }) => {
      const all = await follows.list();
      return say(
        all.length === 0
          ? 'You follow nothing yet: /digest shows everything. Try /follow kvm.'
          : `You follow: ${all.join(', ')}.`,
      );
    },
  },
  {
    name: 'subsystems',
    words: '[WORDS]',
    does: 'what can be followed',
    example: '/subsystems memory',
    answer: answerSubsystemsCommand,
  },
  { name: 'help', words: '', does: 'this list', example: '/help', answer: async () => helpView() },
];

/** Nobody wants a message for every series; the count says why. */
async function refuseEverything(library: Library, text: string): Promise<never> {
  const { series } = await library.store.counts();
  throw new UserError(
    'usage',
    `That is ${text}: all ${count(series, 'series', 'series')} here, and every new one.`,
    'Name a subsystem, a list, an author or a path. Without any follow, /digest shows everything.',
  );
}

async function answerSeriesCommand(words: string, { library, nowMs }: ChatScene): Promise<View> {
  if (words === '') throw new UserError('usage', 'Which series?', 'For example: /series foll_pin');
  const { query, names } = splitVersions(words);
  if (names.length < 2) return (await answerSeries(library, words, nowMs())).view;
  const reply = await answerCompare(library, words);
  switch (reply.kind) {
    case 'one':
      return compareView(reply.comparison);
    case 'many':
      return pickListView(query, reply.matches, reply.hasMore);
    case 'none':
      return (await answerSeries(library, query, nowMs())).view;
    default:
      return reply satisfies never;
  }
}

async function answerDigestCommand(words: string, { library, follows }: ChatScene): Promise<View> {
  const days = words === '' ? 1 : Number(words.replace(/d$/, ''));
  if (!(days >= 1 && days <= 3650))
    throw new UserError('usage', `“${words}” is no number of days.`, 'For example: /digest 7');
  const { received: newest } = await library.store.freshness();
  if (newest === null) return say('There is no mail here yet.');
  // The mail that is here may be old: the window ends just behind the newest.
  const untilMs = Date.parse(newest) + 1000;
  const window = { since: toIso(untilMs - days * DAY_MS), until: toIso(untilMs) };
  const { digest, hint } = await answerDigest(library, {
    follows: await follows.list(),
    window,
    budget: BUDGET,
  });
  const view = digestView(digest);
  return hint === null
    ? view
    : { ...view, blocks: [...view.blocks, { kind: 'note', spans: [{ text: hint }] }] };
}

async function answerSubsystemsCommand(words: string, { library }: ChatScene): Promise<View> {
  const { subsystems, remedy } = await answerSubsystems(library, words);
  if (subsystems.length === 0) throw new UserError('usage', `There is no subsystem “${words}”.`, remedy);
  const shown = subsystems.slice(0, 30);
  const items = shown.map((one) => [
    { text: one.slug, style: 'bold' } as const,
    { text: ` · ${one.name} · ${one.series} series here` },
  ]);
  const more = subsystems.length - shown.length;
  return {
    fallback: `${subsystems.length} subsystems.`,
    blocks: [
      { kind: 'list', items },
      ...(more > 0 ? [{ kind: 'note', spans: [{ text: `+${more} more: add a word.` }] } as const] : []),
    ],
  };
}

function say(text: string): View {
  return { fallback: text, blocks: [{ kind: 'paragraph', spans: [{ text }] }] };
}

function helpView(): View {
  return {
    fallback: 'What you can type here.',
    blocks: [
      {
        kind: 'facts',
        rows: [
          ...chatCommands.map(({ name, words, does }) => ({
            label: `/${name}${words === '' ? '' : ` ${words}`}`,
            spans: [{ text: does }],
          })),
          { label: '/quit', spans: [{ text: 'leave (or Ctrl-D)' }] },
        ],
      },
    ],
  };
}
