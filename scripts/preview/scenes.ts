import { createChatBot } from '../../src/bot/commands/chat/chat-bot.js';
import { commands } from '../../src/bot/commands/commands.js';
import { answerDigest } from '../../src/bot/commands/digest/build.js';
import { createLocalBot } from '../../src/bot/commands/run.js';
import { topicOf } from '../../src/bot/deliver/thread-title.js';
import type { Library } from '../../src/bot/library.js';
import type { Digest } from '../../src/digest/plan/digest.js';
import { DEFAULT_LAYOUT } from '../../src/digest/plan/layout.js';
import type { PartContent } from '../../src/digest/plan/part-content.js';
import { planParts } from '../../src/digest/plan/plan-parts.js';
import type { Answer, ChatBot } from '../../src/digest/ports/chat-bot.js';
import type { PlatformName } from '../../src/digest/ports/chat-platform.js';
import { type FitsView, fitsPart, partActions, partView } from '../../src/digest/view/part-view.js';
import { busyDay, newsOfSeries } from './digests.js';
import { quietAndBusyDay } from './library.js';
import type { Scene, SceneMessage } from './scene.js';

const BUSY_SERIES = 200;

/** All that is drawn, as one chat gets it. */
export async function scenesOf(library: Library, platform: PlatformName, fits: FitsView): Promise<Scene[]> {
  const days = await quietAndBusyDay(library);
  const digestOf = async (window: Digest['window']) =>
    (await answerDigest(library, { follows: [], window, budget: 1000 })).digest;
  const bot = createLocalBot((options) => createChatBot({ ...options, commands, pageCost: 3000 }), library, {
    nowMs: Date.now,
    onBug: (error) => {
      throw error;
    },
  });
  return [
    digestScene('quiet-day', 'A quiet day', await digestOf(days.quiet), fits),
    digestScene('real-busy-day', 'The busiest day', await digestOf(days.busy), fits),
    digestScene('busy-day', `A day of ${BUSY_SERIES} series`, busyDay(BUSY_SERIES), fits),
    partsScene('at-once', 'News of one series, at once', newsOfSeries()),
    subsystemScene(fits),
    ...(platform === 'discord' ? [forumScene()] : []),
    ...(await cardScenes(library, bot, platform)),
  ];
}

function digestScene(name: string, title: string, digest: Digest, fits: FitsView): Scene {
  const parts = planParts({ digest, reported: [], late: 0 }, fitsPart(fits));
  return partsScene(
    name,
    title,
    parts.map(({ content }) => content),
  );
}

/** A headline and a thread for each subsystem. */
function subsystemScene(fits: FitsView): Scene {
  const layout = { ...DEFAULT_LAYOUT, threads: 'subsystem', items: 3 } as const;
  const plan = { digest: busyDay(24, ['kvm', 'mm', 'io_uring']), reported: [], late: 0 };
  const parts = planParts(plan, fitsPart(fits), [], layout).map(({ content }) => content);
  return {
    ...partsScene('subsystems', 'A thread for each subsystem', parts),
    messages: parts.map((content) => ({
      view: partView(content),
      actions: partActions(content),
      inThread: content.kind === 'details',
    })),
  };
}

/** A series as a post in a forum, with the messages in it. */
function forumScene(): Scene {
  const parts = newsOfSeries();
  const { messages, ...scene } = partsScene('forum', 'A post in a forum', parts);
  const last = parts.flatMap((content) => topicOf(content, 'UTC').label ?? []).at(-1) ?? null;
  return {
    ...scene,
    messages: messages.map((message, i) => {
      const content = parts[i];
      if (i > 0 || content === undefined) return message;
      return { ...message, topic: { ...topicOf(content, 'UTC'), label: last } };
    }),
  };
}

function partsScene(name: string, title: string, parts: readonly PartContent[]): Scene {
  const messages = parts.map((content, at) => ({
    view: partView(content),
    actions: partActions(content),
    inThread: at > 0,
  }));
  return { name, title, messages };
}

/** The series with most versions and patches, as a card with its pages. */
async function cardScenes({ store }: Library, bot: ChatBot, platform: PlatformName): Promise<Scene[]> {
  let most = { id: '', url: '', size: 0 };
  for await (const { id, revisions } of store.allSeries()) {
    const latest = revisions.at(-1);
    const size = revisions.length * 5 + (latest?.total ?? 0);
    if (latest?.url != null && size > most.size) most = { id, url: latest.url, size };
  }
  const requester = {
    id: 'U1',
    tenant: 'T1',
    name: 'jane',
    zone: 'Europe/Berlin',
    rights: 'manager',
    rightsHold: 'here',
  } as const;
  const place = { platform, tenant: 'T1', address: 'C1', kind: 'channel', name: '#kvm' } as const;
  const ask = (line: string) => bot.answer({ request: { kind: 'typed', line }, requester, place });
  const unfurled = await bot.unfurl(most.url, place, requester.id);
  return [
    scene('card', 'A card', await ask(`/series ${most.id}`)),
    scene('reviews', 'Its reviews', await ask(`/series ${most.id} view:reviews`)),
    ...(unfurled === null ? [] : [scene('unfurl', 'An unfurled link', unfurled)]),
  ];
}

function scene(name: string, title: string, { view, actions }: Pick<Answer, 'view' | 'actions'>): Scene {
  const message: SceneMessage = { view, actions, inThread: false };
  return { name, title, messages: [message] };
}
