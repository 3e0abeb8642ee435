import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  fits as fitsDiscord,
  renderMessage as renderDiscord,
} from '../../../../src/adapters/discord/render-message.js';
import {
  fits as fitsSlack,
  renderMessage as renderSlack,
} from '../../../../src/adapters/slack/render-message.js';
import { renderView } from '../../../../src/adapters/terminal/render-view.js';
import type { Action, Answer, Place, Requester } from '../../../../src/digest/ports/chat-bot.js';
import { diff } from '../../../adapters/store/written-mail.js';
import { hostileTexts } from '../../../contract/chat-views.js';
import { specs } from '../../../lib/commands.js';
import { type ChatTestScene, channel, jane, makeChatScene, spansOf } from './chat-scene.js';

/** What acts on a reader's screen instead of being read. */
const ACTING = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/;
const PRINTABLE = /^[\x20-\x7e]{1,90}$/;

let scene: ChatTestScene;
const hostile = (text: string): { requester: Requester; place: Place } => ({
  requester: { ...jane, name: text },
  place: { ...channel, name: text },
});

/** Headers are lines: what no header can hold is written as mail programs write it. */
const encoded = (text: string) =>
  `=?utf-8?B?${Buffer.from(text.toWellFormed().slice(0, 10_000)).toString('base64')}?=`;

beforeAll(async () => {
  scene = await makeChatScene({ examples: false });
  await scene.add(
    hostileTexts.flatMap((text, i) => [
      {
        id: `v1-${i}@example.org`,
        subject: `[PATCH] ${encoded(`hostile${i} zzz ${text}`)}`,
        from: `${encoded(text.slice(0, 300))} <ada${i}@example.org>`,
        date: '2026-11-16T09:00:00Z',
        body: `${text.slice(0, 2_000)}\n\nReviewed-by: ${text.replaceAll(/[\r\n]/g, ' ').slice(0, 200)} <bo@example.org>\n${diff()}`,
      },
      {
        id: `v2-${i}@example.org`,
        subject: `[PATCH v2] ${encoded(`hostile${i} zzz ${text}`)}`,
        from: `${encoded(text.slice(0, 300))} <ada${i}@example.org>`,
        date: '2026-11-16T19:00:00Z',
        body: `Changes since v1:\n- ${text.slice(0, 2_000)}\n\n${diff()}`,
      },
    ]),
  );
});
afterAll(() => scene.store.close());

function checkAction(action: Action): void {
  if (action.kind === 'link') {
    expect(action.label.length).toBeLessThanOrEqual(75);
    expect(action.url).toMatch(/^https:\/\/lore\.kernel\.org\/[^\s<>|()"'`\\]*$/);
    return;
  }
  expect(action.id).toMatch(PRINTABLE);
  const labels =
    action.kind === 'button'
      ? [action.label]
      : [action.placeholder, ...action.options.flatMap(({ label, describes }) => [label, describes])];
  for (const label of labels) {
    expect(label.length).toBeLessThanOrEqual(75);
    expect(label).not.toMatch(ACTING);
  }
  if (action.kind !== 'select') return;
  expect(action.options.length).toBeGreaterThan(0);
  expect(action.options.length).toBeLessThanOrEqual(25);
  for (const { value } of action.options) expect(value).toMatch(/^[\x21-\x7e]{1,75}$/);
}

/** Everything that must be true of every answer, whatever was in the mail or was typed. */
function check(answer: Pick<Answer, 'view' | 'actions'>): void {
  const { view, actions } = answer;
  expect(view.fallback).not.toMatch(ACTING);
  expect(view.fallback.length).toBeLessThanOrEqual(300);
  for (const span of spansOf(view)) {
    if ('at' in span) continue;
    expect(span.text).not.toMatch(ACTING);
    expect(span.text.length).toBeLessThanOrEqual(6_000);
    if (span.url === undefined) continue;
    // A link is ours, and what it shows is no other address.
    expect(span.url).toMatch(/^https:\/\/lore\.kernel\.org\/[^\s<>|()"'`\\]*$/);
    if (span.text.includes('://')) expect(span.text).toBe(span.url);
  }
  for (const action of actions) checkAction(action);
  const ids = actions.flatMap((action) => (action.kind === 'link' ? [] : [action.id]));
  expect(new Set(ids).size).toBe(ids.length);
  expect(renderView(view, { columns: 80, color: false, zone: 'UTC', nowMs: 0 })).not.toMatch(
    /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/,
  );
  expect(fitsDiscord(view, actions)).toBe(true);
  expect(fitsSlack(view, actions)).toBe(true);
  const [slack, discord] = [markedUp(renderSlack(view, actions)), markedUp(renderDiscord(view, actions))];
  expect(slack.length * discord.length).toBeGreaterThan(0);
  for (const text of slack) expect(text).not.toMatch(/<(?:[@#]|!(?!date\^))/);
  for (const text of discord) expect(text).not.toMatch(/(?<!\\)<(?:[@#]|a?:\w)/);
}

/** The texts that a chat reads marks in; labels and options are plain in both. */
function markedUp(message: unknown): string[] {
  const texts: string[] = [];
  JSON.stringify(message, (_, value: unknown) => {
    if (typeof value !== 'object' || value === null) return value;
    if ('type' in value && value.type === 'mrkdwn' && 'text' in value) texts.push(String(value.text));
    if ('content' in value) texts.push(String(value.content));
    return value;
  });
  return texts;
}

function checkAll(answer: Answer): void {
  check(answer);
  if (answer.announce !== null) check(answer.announce);
}

describe('hostile mail', () => {
  it.each(hostileTexts.map((text, i) => [text.slice(0, 40), i] as const))(
    'comes out inert in every view: %j',
    async (_, i) => {
      const at = hostile(hostileTexts[i] ?? '');
      const card = await scene.ask(`/series v2-${i}@example.org`, at);
      expect(card.kind).toBe('done');
      checkAll(card);
      const details = await scene.ask(`/series v2-${i}@example.org view:details`, at);
      for (const action of [...card.actions, ...details.actions])
        if (action.kind === 'button') checkAll(await scene.press(action, at));
      checkAll(await scene.ask(`/series v1-${i}@example.org v1 v2`, at));
      const link = await scene.bot.unfurl(
        `https://lore.kernel.org/all/v1-${i}@example.org/`,
        {
          ...at.place,
          address: `u${i}`,
        },
        'u1',
      );
      if (link === null) throw new Error('there was no card');
      check(link);
    },
  );

  it('comes out inert in lists, digests, overviews and suggestions', async () => {
    for (const line of [
      '/series zzz',
      '/series hostile1',
      '/follow mm',
      '/following',
      '/digest',
      '/digest 30',
      '/digest now',
      '/digest last',
      '/digest status',
      '/covernote status',
      '/covernote export',
      '/unfollow',
    ])
      checkAll(await scene.ask(line, hostile(hostileTexts.join(' '))));
    const { places } = await scene.bot.overview(jane, channel);
    expect(JSON.stringify(places)).not.toMatch(/\\u00[01]|[\u202a-\u202e]/);
    for (const { label, value } of await scene.bot.suggest({
      command: 'series',
      option: 'query',
      typed: 'zzz',
      ...hostile('x'),
    })) {
      expect(label).not.toMatch(ACTING);
      expect(label.length).toBeLessThanOrEqual(100);
      expect(value.length).toBeLessThanOrEqual(100);
    }
    expect(scene.bugs).toEqual([]);
  });
});

describe('whatever is typed or pressed', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom(...hostileTexts),
    fc
      .array(
        fc.constantFrom(
          'kvm',
          'mm',
          '-',
          '"',
          '(',
          ')',
          'OR',
          ',',
          'path:',
          'v>=2',
          'at',
          '09:00',
          'now',
          'import',
          '{',
          '}',
          'page:2',
          'view:x',
          '<@U1>',
          'zzz',
        ),
        { maxLength: 8 },
      )
      .map((words) => words.join(' ')),
  );

  it('is answered with something inert, and never with a bug', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...specs.map(({ name }) => name)),
        text,
        text,
        async (command, words, name) => {
          const request = { kind: 'typed', line: `/${command} ${words}` } as const;
          checkAll(await scene.bot.answer({ request, ...hostile(name) }));
          expect(scene.bugs).toEqual([]);
        },
      ),
      { numRuns: 250 },
    );
  });

  it('is no bug as the id of a button', async () => {
    const id = fc.oneof(
      fc.string({ maxLength: 100 }),
      fc
        .tuple(
          fc.constantFrom(
            'series:v:card:',
            'series:share:x:',
            'do:r:follow:',
            'undo:',
            'unfollow:',
            'series:pick',
            'follow:pick',
          ),
          fc.string({ maxLength: 20 }),
        )
        .map(([head, tail]) => head + tail),
    );
    await fc.assert(
      fc.asyncProperty(id, fc.option(text), async (pressed, value) => {
        checkAll(await scene.bot.press({ id: pressed, value, ...hostile('x') }));
        expect(scene.bugs).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});
