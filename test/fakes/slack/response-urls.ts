import type { Faults } from './faults.js';
import { documentedProblems, mentionsIn, schemaProblems, textsIn } from './validate.js';
import { postMessage } from './web-api.js';
import type { Json, World } from './world.js';

interface ResponseUrl {
  readonly channel: string;
  readonly team: string;
  readonly user: string;
  /** The message whose button was pressed; null behind a command. */
  readonly messageTs: string | null;
  readonly until: number;
  left: number;
}

const LIFE_MS = 30 * 60_000;
const USES = 5;

/** The addresses at which the app answers a command or a press: five times, half an hour. */
export interface ResponseUrls {
  give(to: Pick<ResponseUrl, 'channel' | 'team' | 'user' | 'messageTs'>): string;
  /** From now on, none that was given out works. */
  expireAll(): void;
  use(path: string, body: Json, faults: Faults): { status: number; text: string };
}

export function createResponseUrls(world: World, origin: string): ResponseUrls {
  const given = new Map<string, ResponseUrl>();
  return {
    give(to) {
      const path = `/response/${to.team}/${world.nextId('R')}`;
      given.set(path, { ...to, until: Date.now() + LIFE_MS, left: USES });
      return origin + path;
    },
    expireAll: () => given.clear(),
    use(path, body, faults) {
      const found = given.get(path);
      const log = (outcome: string) =>
        world.log.push({
          at: Date.now(),
          kind: 'response_url',
          what: path,
          team: found?.team ?? null,
          body,
          outcome,
        });
      if (faults.take('response_url', body) !== null || found === undefined || Date.now() > found.until) {
        log('expired_url');
        return { status: 404, text: 'expired_url' };
      }
      if (found.left === 0) {
        log('used_url');
        return { status: 404, text: 'used_url' };
      }
      found.left--;
      world.problems.push(...bodyProblems(body));
      apply(world, found, body);
      log('ok');
      return { status: 200, text: 'ok' };
    },
  };
}

function bodyProblems(body: Json): string[] {
  const blocks = (body.blocks ?? []) as Json[];
  const text = typeof body.text === 'string' ? body.text : '';
  const mentions = [
    ...mentionsIn(text, body.parse === 'full'),
    ...textsIn(blocks).flatMap((one) =>
      one.type === 'mrkdwn' ? mentionsIn(one.text, one.verbatim !== true) : [],
    ),
  ];
  return [
    ...schemaProblems('blocks', blocks),
    ...documentedProblems(blocks),
    ...(blocks.length > 0 && text.trim() === '' ? ['response_url: blocks without a fallback text'] : []),
    ...(blocks.length > 0 && (body.unfurl_links !== false || body.unfurl_media !== false)
      ? ['response_url: unfurls are on']
      : []),
    ...(mentions.length > 0 ? [`response_url: mentions: ${mentions.join(' ')}`] : []),
  ];
}

function apply(world: World, found: ResponseUrl, body: Json): void {
  const original = world.messages.find((one) => one.ts === found.messageTs && one.channel === found.channel);
  const text = typeof body.text === 'string' ? body.text : '';
  const blocks = (body.blocks ?? []) as Json[];
  if (body.delete_original === true && original !== undefined) {
    world.messages.splice(world.messages.indexOf(original), 1);
    return;
  }
  if (body.replace_original === true && original !== undefined) {
    original.text = text;
    original.blocks = blocks;
    original.edits++;
    return;
  }
  postMessage(world, {
    channel: found.channel,
    user: world.teams.get(found.team)?.botUserId ?? '',
    text,
    blocks,
    threadTs: typeof body.thread_ts === 'string' ? body.thread_ts : null,
    ephemeralTo: body.response_type === 'in_channel' ? null : found.user,
  });
}
