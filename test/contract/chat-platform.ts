import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Action } from '../../src/digest/ports/chat-bot.js';
import type { Address, ChatPlatform, Post } from '../../src/digest/ports/chat-platform.js';
import type { View } from '../../src/digest/view/view.js';
import { hostileTexts, itemsView, textView, urlsOf } from './chat-views.js';

/** A message as posted at a destination, according to the platform and never to us. */
export interface StandingMessage {
  readonly messageId: string;
  /** Post.key, as the platform was given it; null if it keeps none. */
  readonly key: string | null;
  /** The message in whose thread it is; null for one in the channel itself. */
  readonly under: string | null;
  /** What a person reads: markup applied, entities decoded, titles and lines and fields together. */
  readonly text: string;
  /** Everyone who would be notified by the platform's own rules: `@everyone`, `<!channel>`, `<@U1>` … */
  readonly mentions: readonly string[];
  /** Links whose shown text is not their address. */
  readonly links: readonly { readonly text: string; readonly url: string }[];
  /** The ids of what can be pressed or chosen. */
  readonly actions: readonly string[];
}

/** How the platform is to treat the next request of the kind. */
export type PlatformFailure =
  /** The connection ends before anything was stored. */
  | { readonly kind: 'before' }
  /** It is stored, and the connection ends before the reply. */
  | { readonly kind: 'reply-lost' }
  /** It is stored, and the reply comes after the client's time-out. */
  | { readonly kind: 'slow' }
  /** Stored or not, the platform answers with its own error: HTTP 500, `internal_error`. Here: not stored. */
  | { readonly kind: 'internal-error' }
  | { readonly kind: 'rate-limited'; readonly delayMs: number }
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'gone' }
  /** A direct message to someone who accepts none. */
  | { readonly kind: 'closed' }
  | { readonly kind: 'invalid' };

/** The platform's side of one test. Time-outs of the platform under test are to be short (some 300 ms). */
export interface ChatWorld {
  readonly platform: ChatPlatform;
  /** A channel where we may post. */
  readonly channel: Address;
  /** A person who takes direct messages; null if it reaches no persons. */
  readonly person: Address | null;
  /** False where programs read the messages, and nothing is pressed. */
  readonly isPressed?: boolean;
  /** Everything posted at a destination, in threads too, oldest first. */
  standing(at: Address): Promise<readonly StandingMessage[]>;
  /** Only the next request of that kind fails; a client that retries by itself meets a platform that works again. */
  failNext(what: 'send' | 'find' | 'edit', failure: PlatformFailure): void;
  close(): Promise<void>;
}

const SINCE = '2020-01-01T00:00:00Z';
const BUTTONS: readonly Action[] = [
  { kind: 'button', id: 'v1:open:abc', label: 'Open', tone: 'primary' },
  { kind: 'link', label: 'Archive', url: 'https://lore.kernel.org/kvm/1@example.org/' },
  {
    kind: 'select',
    id: 'v1:pick:abc',
    placeholder: 'Pick one',
    options: [
      { value: 'one', label: 'One', describes: 'the first' },
      { value: 'two', label: 'Two', describes: '' },
    ],
  },
];

/** The contract of every ChatPlatform. `makeWorld` is called for each test. */
export function chatPlatformContract(name: string, makeWorld: () => Promise<ChatWorld> | ChatWorld): void {
  describe(`${name} as a ChatPlatform`, () => {
    let world: ChatWorld;
    let made = 0;
    const aPost = (overrides: Partial<Post> = {}): Post => ({
      key: `key-${++made}_Z`,
      to: world.channel,
      under: null,
      view: textView('three new series'),
      actions: [],
      silent: true,
      ...overrides,
    });
    const standing = (at: Address = world.channel) => world.standing(at);
    /** Whether the platform knows a key again where this goes. */
    const detectsRepeats = async (post: Post): Promise<boolean> =>
      world.platform.capabilities.idempotentMs > 0 && (await world.platform.detectsRepeats?.(post)) !== false;
    const mustSend = async (post: Post): Promise<string> => {
      const outcome = await world.platform.send(post);
      if (outcome.kind !== 'sent') throw new Error(`not sent: ${JSON.stringify(outcome)}`);
      return outcome.messageId;
    };

    beforeEach(async () => {
      world = await makeWorld();
    });
    afterEach(() => world.close());

    describe('send', () => {
      it('posts a message and answers with its id', async () => {
        const post = aPost();
        const messageId = await mustSend(post);
        expect(await standing()).toMatchObject([{ messageId, under: null, mentions: [] }]);
        expect((await standing())[0]?.text).toContain('three new series');
      });

      it('posts to a person', async () => {
        if (world.person === null) return;
        const messageId = await mustSend(aPost({ to: world.person }));
        expect((await standing(world.person)).map((message) => message.messageId)).toEqual([messageId]);
      });

      it('shows what can be pressed', async () => {
        if (world.isPressed === false) return;
        await mustSend(aPost({ actions: BUTTONS }));
        expect((await standing())[0]?.actions).toEqual(
          expect.arrayContaining(['v1:open:abc', 'v1:pick:abc']),
        );
      });

      it('puts posts under a headline into its thread, in order, and leaves the channel alone', async () => {
        const headline = await mustSend(aPost({ view: textView('headline') }));
        const under = { messageId: headline, title: 'Digest of 16 November' };
        const first = await mustSend(aPost({ under, view: textView('first detail') }));
        const second = await mustSend(aPost({ under, view: textView('second detail') }));
        const expected = world.platform.capabilities.threads ? headline : null;
        expect((await standing()).map(({ messageId, under }) => [messageId, under])).toEqual([
          [headline, null],
          [first, expected],
          [second, expected],
        ]);
      });

      it('names a thread by a title that is too long or hostile', async () => {
        const headline = await mustSend(aPost());
        for (const title of ['x'.repeat(10_000), '@everyone <!channel> `', ' '])
          expect((await world.platform.send(aPost({ under: { messageId: headline, title } }))).kind).toBe(
            'sent',
          );
      });

      it('tells two messages apart that are sent at the same time', async () => {
        const ids = await Promise.all([aPost(), aPost(), aPost()].map(mustSend));
        expect(new Set(ids).size).toBe(3);
        expect(await standing()).toHaveLength(3);
      });
    });

    describe('a failing send', () => {
      it('is reported as not sent, or as unclear, when the connection ends before', async () => {
        world.failNext('send', { kind: 'before' });
        const outcome = await world.platform.send(aPost());
        // A client may have tried again by itself where that is safe.
        expect(['unclear', 'retryAfter', 'sent']).toContain(outcome.kind);
        expect(await standing()).toHaveLength(outcome.kind === 'sent' ? 1 : 0);
      });

      it.each(['reply-lost', 'slow'] as const)('never claims %s to be not sent', async (kind) => {
        world.failNext('send', { kind });
        const outcome = await world.platform.send(aPost());
        expect(['unclear', 'sent']).toContain(outcome.kind);
        expect(await standing()).toHaveLength(1);
      });

      it('is unclear when the platform fails inside', async () => {
        world.failNext('send', { kind: 'internal-error' });
        const outcome = await world.platform.send(aPost());
        expect(['unclear', 'sent']).toContain(outcome.kind);
      });

      it('waits as long as the platform asks for', async () => {
        world.failNext('send', { kind: 'rate-limited', delayMs: 7000 });
        const outcome = await world.platform.send(aPost());
        expect(outcome).toMatchObject({ kind: 'retryAfter' });
        const delayMs = outcome.kind === 'retryAfter' ? outcome.delayMs : 0;
        expect(delayMs).toBeGreaterThanOrEqual(7000);
        expect(delayMs).toBeLessThanOrEqual(10_000);
        expect(await standing()).toEqual([]);
      });

      it.each([
        ['forbidden', 'channel'],
        ['gone', 'channel'],
        ['closed', 'person'],
        ['invalid', 'channel'],
      ] as const)('is refused as %s, with what to do', async (reason, where) => {
        const to = world[where];
        if (to === null) return;
        world.failNext('send', { kind: reason });
        const outcome = await world.platform.send(aPost({ to }));
        expect(outcome).toMatchObject({ kind: 'refused', reason });
        if (outcome.kind !== 'refused') return;
        expect(outcome.message).not.toBe('');
        expect(outcome.remedy).not.toBe('');
        expect(await standing(to)).toEqual([]);
      });

      it('does not stand in the way of the next', async () => {
        world.failNext('send', { kind: 'reply-lost' });
        await world.platform.send(aPost());
        await mustSend(aPost());
        expect(await standing()).toHaveLength(2);
      });
    });

    describe('idempotency', () => {
      it.each(['reply-lost', 'slow', 'none'] as const)(
        'answers with the posted message when a key is sent again (%s before)',
        async (before) => {
          const post = aPost();
          if (!(await detectsRepeats(post))) return;
          if (before !== 'none') world.failNext('send', { kind: before });
          await world.platform.send(post);
          const again = await mustSend(post);
          expect((await standing()).map((message) => message.messageId)).toEqual([again]);
          expect(await mustSend(post)).toBe(again);
        },
      );

      it('holds in a thread as well', async () => {
        const headline = await mustSend(aPost());
        const post = aPost({ under: { messageId: headline, title: 'Digest' } });
        if (!(await detectsRepeats(post))) return;
        world.failNext('send', { kind: 'reply-lost' });
        await world.platform.send(post);
        await mustSend(post);
        expect(await standing()).toHaveLength(2);
      });
    });

    describe('find', () => {
      it('finds what was posted, in the channel and in a thread', async () => {
        if (!world.platform.capabilities.find) return;
        const headline = aPost();
        const messageId = await mustSend(headline);
        const detail = aPost({ under: { messageId, title: 'Digest' } });
        const detailId = await mustSend(detail);
        await mustSend(aPost());
        expect(await world.platform.find({ ...headline, since: SINCE })).toEqual({
          kind: 'found',
          messageId,
        });
        expect(await world.platform.find({ ...detail, since: SINCE })).toMatchObject({
          kind: 'found',
          messageId: detailId,
        });
      });

      it('finds what was stored though the reply was lost', async () => {
        if (!world.platform.capabilities.find) return;
        const post = aPost();
        world.failNext('send', { kind: 'reply-lost' });
        await world.platform.send(post);
        const [message] = await standing();
        expect(await world.platform.find({ ...post, since: SINCE })).toEqual({
          kind: 'found',
          messageId: message?.messageId,
        });
      });

      it('finds behind many other messages', async () => {
        if (!world.platform.capabilities.find) return;
        const post = aPost();
        const messageId = await mustSend(post);
        for (let i = 0; i < 120; i++) await mustSend(aPost());
        expect(await world.platform.find({ ...post, since: SINCE })).toEqual({ kind: 'found', messageId });
      });

      it('says absent for what was never stored', async () => {
        if (!world.platform.capabilities.find) return;
        await mustSend(aPost());
        expect(await world.platform.find({ ...aPost(), since: SINCE })).toEqual({ kind: 'absent' });
      });

      it.each(['before', 'slow', 'internal-error'] as const)(
        'says unknown, not absent, when it cannot be queried: %s',
        async (kind) => {
          const post = aPost();
          await mustSend(post);
          world.failNext('find', { kind });
          const outcome = await world.platform.find({ ...post, since: SINCE });
          expect(['unknown', 'found']).toContain(outcome.kind);
        },
      );

      it('says unknown when the chat says to wait', async () => {
        world.failNext('find', { kind: 'rate-limited', delayMs: 60_000 });
        expect((await world.platform.find({ ...aPost(), since: SINCE })).kind).toBe('unknown');
      });

      it('says unknown where it cannot tell', async () => {
        if (world.platform.capabilities.find) return;
        expect((await world.platform.find({ ...aPost(), since: SINCE })).kind).toBe('unknown');
      });
    });

    describe('edit', () => {
      const changeOf = (messageId: string, text: string) => ({
        to: world.channel,
        under: null,
        messageId,
        view: textView(text),
        actions: [],
      });

      it('shows another view; twice is the same as once', async () => {
        if (!world.platform.capabilities.edit) return;
        const messageId = await mustSend(aPost());
        for (let i = 0; i < 2; i++)
          expect(await world.platform.edit(changeOf(messageId, 'now applied'))).toEqual({ kind: 'edited' });
        const [message, ...others] = await standing();
        expect(others).toEqual([]);
        expect(message).toMatchObject({ messageId, mentions: [] });
        expect(message?.text).toContain('now applied');
        expect(message?.text).not.toContain('three new series');
      });

      it('reaches a message in a thread', async () => {
        if (!world.platform.capabilities.edit) return;
        const headline = await mustSend(aPost());
        const under = { messageId: headline, title: 'Digest' };
        const messageId = await mustSend(aPost({ under }));
        const change = { ...changeOf(messageId, 'now applied'), under };
        expect(await world.platform.edit(change)).toEqual({ kind: 'edited' });
        const texts = new Map((await standing()).map((message) => [message.messageId, message.text]));
        expect(texts.get(messageId)).toContain('now applied');
        expect(texts.get(headline)).toContain('three new series');
      });

      it.each([
        [{ kind: 'rate-limited', delayMs: 5000 }, ['retryAfter']],
        [{ kind: 'forbidden' }, ['refused']],
        [{ kind: 'gone' }, ['refused']],
        [{ kind: 'before' }, ['unclear', 'retryAfter', 'edited']],
        [{ kind: 'slow' }, ['unclear', 'edited']],
      ] as const)('tells %j as %j', async (failure, kinds) => {
        if (!world.platform.capabilities.edit) return;
        const messageId = await mustSend(aPost());
        world.failNext('edit', failure);
        expect(kinds).toContain((await world.platform.edit(changeOf(messageId, 'now applied'))).kind);
      });
    });

    describe('fits', () => {
      it('always holds for a single item, however long its texts are, and then it is sent', async () => {
        const view = itemsView([
          { title: 'x'.repeat(10_000), lines: ['y '.repeat(5000), 'z'.repeat(10_000)] },
        ]);
        expect(world.platform.fits(view, BUTTONS)).toBe(true);
        await mustSend(aPost({ view, actions: BUTTONS }));
      });

      it('is true only of what the platform takes', async () => {
        const text = fc.oneof(
          fc.constantFrom(...hostileTexts),
          fc.string({ maxLength: 400, unit: 'grapheme' }),
        );
        const item = fc.record({ title: text, lines: fc.array(text, { maxLength: 4 }) });
        await fc.assert(
          fc.asyncProperty(fc.array(item, { minLength: 1, maxLength: 60 }), async (items) => {
            const view = itemsView(items);
            if (!world.platform.fits(view, [])) return;
            const outcome = await world.platform.send(aPost({ view }));
            expect(outcome).toMatchObject({ kind: 'sent' });
          }),
          { numRuns: 40 },
        );
      });

      it('is false of what no message can hold', () => {
        const many = Array.from({ length: 3000 }, (_, i) => ({ title: `series ${i}`, lines: ['a line'] }));
        expect(world.platform.fits(itemsView(many), [])).toBe(false);
      });
    });

    describe('text of strangers', () => {
      const inertly = async (view: View) => {
        await mustSend(aPost({ view }));
        const message = (await standing()).at(-1);
        expect(message?.mentions).toEqual([]);
        expect(message?.text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u202a-\u202e\u2066-\u2069]/);
        const known = urlsOf(view);
        for (const link of message?.links ?? []) expect(known).toContain(link.url);
        return message?.text ?? '';
      };

      it.each(hostileTexts.map((text) => [text.slice(0, 60), text]))('is inert: %j', async (_, hostile) => {
        const text = await inertly(itemsView([{ title: `before ${hostile} after`, lines: [hostile] }]));
        expect(text).toContain('before');
        if (hostile.length < 200) expect(text).toContain('after');
        expect(text).not.toContain('l\u200bl');
      });

      it('is inert in every kind of block', async () => {
        for (const hostile of hostileTexts.filter((text) => text.length < 300)) {
          const spans = [
            { text: hostile, style: 'bold' as const },
            { text: hostile, style: 'code' as const },
          ];
          await inertly({
            fallback: hostile,
            blocks: [
              { kind: 'heading', level: 1, spans },
              { kind: 'heading', level: 2, spans },
              { kind: 'paragraph', spans },
              { kind: 'facts', rows: [{ label: hostile, spans }] },
              {
                kind: 'list',
                items: [spans, [{ text: hostile, url: 'https://lore.kernel.org/r/1@example.org/' }]],
              },
              { kind: 'note', spans },
            ],
          });
        }
      });

      it('is inert whatever it is put together from', async () => {
        const pieces = fc.array(
          fc.oneof(
            fc.constantFrom(...hostileTexts.filter((text) => text.length < 100)),
            fc.string({ maxLength: 20, unit: 'grapheme' }),
            fc.constantFrom('<', '>', '@', '!', '`', '*', '_', '|', '[', '](', ')', '\\', '&', '#', '\n'),
          ),
          { maxLength: 12 },
        );
        await fc.assert(
          fc.asyncProperty(pieces, async (parts) => {
            await inertly(itemsView([{ title: `t${parts.join('')}`, lines: [parts.join(' ')] }]));
          }),
          { numRuns: 60 },
        );
      });
    });
  });
}
