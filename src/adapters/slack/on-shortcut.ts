import type { App, MessageShortcut } from '@slack/bolt';
import type { Answer } from '../../digest/ports/chat-bot.js';
import { tenantOf } from './installations.js';
import { placeOf } from './places.js';
import { problemView } from './replies.js';
import { type Act, onBehalf, type Scene } from './scene.js';

export const FOLLOW_SERIES = 'follow_series';
/** A message may have many links; this many are tried. */
const TRIED = 5;

/** "Follow this series" on a message: the first of its links that leads to a series. */
export function onShortcuts(app: App, scene: Scene): void {
  app.shortcut<MessageShortcut>(FOLLOW_SERIES, async ({ shortcut, ack, context }) => {
    await ack();
    const tenant = tenantOf(context);
    const place = placeOf(tenant, shortcut.user.id, shortcut.channel);
    const act: Act = {
      actor: { id: shortcut.user.id, tenant, name: shortcut.user.name },
      to: {
        place,
        user: shortcut.user.id,
        responseUrl: shortcut.response_url,
        channel: shortcut.channel.id,
        threadTs: shortcut.message.thread_ts ?? null,
      },
    };
    await onBehalf(scene, act, 'shortcut', async () => {
      const answer = await followFirst(scene, act, addressesIn(shortcut.message));
      if (answer !== null) return scene.replies.answer(act.to, answer);
      await scene.replies.sendPrivately(
        act.to,
        problemView(
          'This message has no link to a mail, so there is no series to follow.',
          'Use it on a message with a lore or patchwork link, or type `/follow series:WORDS`.',
        ),
      );
    });
  });
}

async function followFirst(
  scene: Scene,
  { actor, to }: Act,
  links: readonly string[],
): Promise<Answer | null> {
  const requester = await scene.requesters.of(actor);
  let last: Answer | null = null;
  for (const link of links.slice(0, TRIED)) {
    const what = `series:"${link.replaceAll('\\', '%5C').replaceAll('"', '%22')}"`;
    const request = { kind: 'options', command: 'follow', form: '', options: { what } } as const;
    last = await scene.bot.answer({ request, requester, place: to.place });
    if (last.kind === 'done') return last;
  }
  return last;
}

/** Addresses that are in a message, in the order of first mention; Slack's markup undone. Linear. */
function addressesIn(value: unknown): string[] {
  const found = new Set<string>();
  collect(value, found, 0);
  return [...found].slice(0, MOST);
}

const MOST = 20;
const DEPTH = 12;

function collect(value: unknown, found: Set<string>, depth: number): void {
  if (depth > DEPTH || found.size >= MOST) return;
  if (typeof value === 'string') {
    for (const [address] of value.slice(0, 40_000).matchAll(/https?:\/\/[^\s<>|"']+/g))
      found.add(address.replaceAll('&amp;', '&'));
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const inner of Object.values(value)) collect(inner, found, depth + 1);
}
