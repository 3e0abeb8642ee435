import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeDiscord, startFakeDiscord } from '../fakes/discord/fake-discord.js';
import { ERRORS, type Fault } from '../fakes/discord/faults.js';
import type { FakeInteraction } from '../fakes/discord/interactions.js';
import { readMessage } from '../fakes/discord/reading.js';
import type { FakeMessage } from '../fakes/discord/world.js';
import { specs } from '../lib/commands.js';
import { COMMAND_EVERY_MS, endAfterFailure, eventually, nextMinute } from './eventually.js';
import { appliedNote, createMaildir, writtenSeries } from './mail.js';
import type { Product, RunningProduct } from './product.js';

const SEND = 'POST /channels/{channel_id}/messages';
const THREAD = 'POST /channels/{channel_id}/messages/{message_id}/threads';
const EDIT = 'PATCH /channels/{channel_id}/messages/{message_id}';
const CALLBACK = 'POST /interactions/{interaction_id}/{interaction_token}/callback';
const MANAGE_CHANNELS = 16n;
const TITLES = ['guest page pins', 'dirty rings', 'nested paging', 'halt polling', 'posted interrupts'];

/** Channels of the one server, by what happens in them. */
const CHANNELS = ['kvm', 'undone', 'busy', 'mute', 'unseen', 'vanished'] as const;
type Name = (typeof CHANNELS)[number];

/** What keeps digests from a place, the notice to the person who set it up, and the fix. */
const REFUSALS: readonly {
  readonly name: Name;
  readonly code: number;
  readonly reason: RegExp;
  spoil(fake: FakeDiscord, id: string): void;
  mend(fake: FakeDiscord, id: string): void;
}[] = [
  {
    name: 'mute',
    code: ERRORS.missingPermissions.code,
    reason: /I need “Send Messages”/,
    spoil: (fake, id) => fake.deny(id, 'SendMessages'),
    mend: (fake, id) => fake.allow(id, 'SendMessages'),
  },
  {
    name: 'unseen',
    code: ERRORS.missingAccess.code,
    reason: /I need “View Channel”/,
    spoil: (fake, id) => fake.deny(id, 'ViewChannel'),
    mend: (fake, id) => fake.allow(id, 'ViewChannel'),
  },
  {
    name: 'vanished',
    code: ERRORS.unknownChannel.code,
    reason: /no longer exists/,
    spoil: (fake, id) => fake.faults.arm(SEND, ERRORS.unknownChannel, 3, (path) => path.includes(id)),
    mend: () => undefined,
  },
];

/** The product's own `run`, started with nothing but its environment, against the loopback Discord: judged by what that saw. */
export function discordScenario(build: () => Promise<Product>): void {
  describe.concurrent('covernote run on Discord', { timeout: 300_000 }, () => {
    endAfterFailure();
    let product: Product;
    let fake: FakeDiscord;
    let running: RunningProduct;
    let folder: string;
    let maildir: ReturnType<typeof createMaildir>;
    let jane: string;
    let shy: string;
    let card: FakeMessage;
    let output = '';
    const ids = new Map<Name, string>();

    const idOf = (name: Name) => ids.get(name) ?? '';
    const at = (name: Name) => ({ userId: jane, channelId: idOf(name), permissions: MANAGE_CHANNELS });
    const inPrivate = () => ({ userId: shy, channelId: null });
    const soon = <T>(what: string, ask: Parameters<typeof eventually<T>>[1], withinMs = 45_000) =>
      eventually(what, ask, () => running.output(), withinMs);
    /** The same for a command or a suggestion. */
    const soonByCommand = <T>(what: string, ask: Parameters<typeof eventually<T>>[1]) =>
      eventually(what, ask, () => running.output(), 45_000, COMMAND_EVERY_MS);

    async function start(): Promise<void> {
      running = product.run(folder, {
        DISCORD_TOKEN: fake.token,
        DISCORD_API_URL: fake.apiUrl,
        DATABASE_URL: `sqlite:${join(folder, 'covernote.db')}`,
        SOURCES: [product.seeds, `follow:${maildir.path}`].join(','),
      });
      const identified = () => fake.gateway.log.filter(({ what }) => what === 'identify').length;
      const before = identified();
      await soon('the connection', () => identified() > before && fake.gateway.isConnected);
    }
    async function stop(): Promise<void> {
      expect(await running.stop()).toBe(0);
      output += running.output();
      await soon('the end of the connection', () => !fake.gateway.isConnected);
    }

    async function command(
      user: Parameters<FakeDiscord['interactions']['command']>[0],
      words: string[],
      options: Record<string, string> = {},
    ): Promise<FakeInteraction> {
      const interaction = fake.interactions.command(user, words, options);
      await soon(`an answer to /${words.join(' ')}`, () => interaction.original);
      return interaction;
    }
    const read = (message: FakeMessage | null | undefined) =>
      message === null || message === undefined ? '' : readMessage(message).text;
    /** What was delivered to a channel: headlines in it, details in their threads. */
    const headlines = (name: Name) =>
      fake.world.standing(idOf(name)).filter((message) => message.nonce !== null);
    const details = (name: Name) => headlines(name).flatMap(({ id }) => fake.world.standing(id));
    const counts = (name: Name) =>
      TITLES.map((title) => details(name).filter((message) => read(message).includes(title)).length);
    const once = TITLES.map(() => 1);
    const answer = async (...args: Parameters<typeof command>) => read((await command(...args)).original);

    /** Two digests of one place within a second would be the same one. */
    async function digestNow(name: Name, refusal = /on its way/): Promise<void> {
      await soonByCommand('a digest to be planned', async () => {
        const text = await answer(at(name), ['digest', 'now']);
        // An immediate refusal is the answer.
        return text.includes('on its way') || refusal.test(text);
      });
    }
    async function mailIsHere(): Promise<void> {
      await soonByCommand('the mail', async () =>
        (await answer(at('kvm'), ['series'], { query: 'KVM: posted interrupts' })).includes('part 1'),
      );
    }

    beforeAll(async () => {
      product = await build();
      fake = await startFakeDiscord({ heartbeatMs: 1_500 });
      const guildId = fake.world.addGuild('Kernel people');
      for (const name of CHANNELS) ids.set(name, fake.world.addChannel(guildId, name));
      jane = fake.world.addUser('jane');
      shy = fake.world.addUser('shy', { takesMessages: false });
      folder = mkdtempSync(join(tmpdir(), 'covernote-discord-'));
      maildir = createMaildir(folder);
      await start();
    }, 180_000);

    afterAll(async () => {
      await running?.stop();
      await fake?.stop();
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    });

    it.sequential('registers its commands', async () => {
      await soon('the commands', () => fake.world.commands.size > 0);
      expect(fake.world.commands.get(fake.world.applicationId)).toHaveLength(specs.length);
    });

    it.sequential('suggests what is typed, and shows a series whose buttons edit its card', async () => {
      const value = await soonByCommand('a suggestion', async () => {
        const typed = fake.interactions.autocomplete(at('kvm'), ['series'], 'query', 'foll_pin');
        const choices = await soon('choices', () => typed.choices);
        return choices.find(({ name }) => /foll_pin/i.test(name))?.value;
      });
      for (const query of ['foll_pin', value])
        expect(await answer(at('kvm'), ['series'], { query })).toMatch(/foll_pin/i);
      const interaction = await command(at('kvm'), ['series'], { query: 'foll_pin' });
      if (interaction.original === null) throw new Error('no card');
      card = interaction.original;
      const details = readMessage(card).actions.find((id) => id.includes('details')) ?? '';
      fake.interactions.press(at('kvm'), card, details);
      await soon('the details', () => card.edits > 0);
      const share = readMessage(card).actions.find((id) => id.includes('share')) ?? '';
      fake.interactions.press(at('kvm'), card, share);
      await soon('the card for all', () =>
        fake.world.standing(idOf('kvm')).find((message) => /foll_pin/i.test(read(message))),
      );
    });

    it.sequential('follows, and says so to everybody in the channel, with Undo', async () => {
      for (const name of CHANNELS) {
        const interaction = await command(at(name), ['follow'], { what: 'kvm' });
        const announced = await soon('the announcement', () => interaction.followUps[0]);
        expect(announced.channelId).toBe(idOf(name));
        expect(read(announced)).toMatch(/KVM[\s\S]*jane/);
        if (name !== 'undone') continue;
        const undo = readMessage(announced).actions[0] ?? '';
        fake.interactions.press(at(name), announced, undo);
        await soonByCommand('the undoing', async () =>
          /nothing yet/.test(await answer(at(name), ['following'])),
        );
      }
      await command(inPrivate(), ['follow'], { what: 'kvm' });
    });

    it.sequential('has new mail and old buttons after a restart', async () => {
      await stop();
      const sentAt = new Date(Date.now() - 120_000);
      TITLES.forEach((title, i) => {
        maildir.deliver(writtenSeries(`new${i}`, `KVM: ${title}`, sentAt));
      });
      fake.deny(idOf('unseen'), 'ViewChannel');
      await start();
      await mailIsHere();
      const before = card.edits;
      const changes = readMessage(card).actions.find((id) => id.includes('history')) ?? '';
      fake.interactions.press(at('kvm'), card, changes);
      await soon('the history', () => card.edits > before);
      const faults: readonly [string, Fault][] = [
        [SEND, { kind: 'rateLimited', retryAfterMs: 1000 }],
        [SEND, { kind: 'dropAfter' }],
        [THREAD, { kind: 'badGateway' }],
      ];
      for (const [operation, fault] of faults)
        fake.faults.arm(operation, fault, 1, (path) => path.includes(idOf('kvm')));
      await command(at('kvm'), ['digest', 'at'], { times: nextMinute(), zone: 'UTC' });
    });

    it.sequential.each(REFUSALS)(
      'stops after three digests that #$name refused with $code, says why, and goes on when it is mended',
      async ({ name, code, reason, spoil, mend }) => {
        spoil(fake, idOf(name));
        const refused = () =>
          fake.log.filter((entry) => entry.code === code && entry.path.includes(idOf(name))).length;
        for (let i = 1; i <= 3; i++) {
          await digestNow(name, reason);
          await soon('the refusal', () => refused() >= i);
          await soonByCommand('the word on it', async () =>
            reason.test(await answer(at(name), ['digest', 'status'])),
          );
        }
        const notice = await soon('the notice', () =>
          fake.world.standing(fake.world.dmWith(jane).id).find((one) => read(one).includes(`#${name}`)),
        );
        expect(read(notice)).toMatch(reason);
        expect(read(notice)).toContain('/digest resume');
        expect(refused()).toBe(3);
        mend(fake, idOf(name));
        await command(at(name), ['digest', 'resume']);
        await digestNow(name);
        await soon('the digest', () => counts(name).every((found) => found > 0));
        expect(counts(name)).toEqual(once);
      },
    );

    it.sequential('tells who takes no direct messages how to get them', async () => {
      await command(inPrivate(), ['digest', 'now']);
      await soonByCommand('the word on it', async () =>
        /You don't take direct messages from me/.test(await answer(inPrivate(), ['digest', 'status'])),
      );
      expect(fake.log.some(({ code }) => code === ERRORS.closed.code)).toBe(true);
    });

    it.sequential('goes on after every kind of lost connection, and after an expired question', async () => {
      fake.faults.arm(CALLBACK, ERRORS.unknownInteraction);
      fake.interactions.command(at('kvm'), ['following'], {});
      await soon('the expiry', () => fake.log.some(({ code }) => code === ERRORS.unknownInteraction.code));
      const resumes = () =>
        fake.gateway.log.filter((entry) => entry.what === 'resume' && entry.accepted).length;
      fake.gateway.mute(true);
      await soon('a resume after missed heartbeats', () => resumes() > 0);
      fake.gateway.mute(false);
      for (const lose of [() => fake.gateway.drop(), () => fake.gateway.askToReconnect()]) {
        const before = resumes();
        lose();
        await soon('a resume', () => resumes() > before);
      }
      expect(await answer(at('kvm'), ['following'])).toContain('kvm');
      const identifies = () => fake.gateway.log.filter(({ what }) => what === 'identify').length;
      const before = identifies();
      fake.gateway.invalidate(false);
      await soon('a new session', () => identifies() > before && fake.gateway.isConnected);
      expect(await answer(at('kvm'), ['following'])).toContain('kvm');
    });

    it.sequential('sends a scheduled digest once, whatever fails meanwhile', async () => {
      await soon('the digest', () => counts('kvm').every((found) => found > 0), 240_000);
      expect(counts('kvm')).toEqual(once);
      const [headline, ...more] = headlines('kvm');
      expect(more).toEqual([]);
      expect(read(headline)).toContain('5 new series');
      expect(fake.world.channels.get(headline?.id ?? '')?.parentId).toBe(idOf('kvm'));
      const met = fake.log.map(({ fault }) => fault);
      expect(met).toEqual(expect.arrayContaining(['rateLimited', 'dropAfter', 'badGateway']));
    });

    it.sequential('ends in the middle of a digest without losing or doubling any of it', async () => {
      const isBusy = (path: string) => path.includes(idOf('busy'));
      fake.faults.arm(SEND, { kind: 'slow', ms: 1_500 }, 1, isBusy);
      await digestNow('busy');
      await soon('the first message', () =>
        fake.log.some(({ fault, path }) => fault === 'slow' && isBusy(path)),
      );
      await stop();
      maildir.deliver([appliedNote('new1', 'KVM: dirty rings', new Date())]);
      fake.faults.arm(EDIT, { kind: 'badGateway' });
      await start();
      await soon('the rest', () => counts('busy').every((found) => found > 0));
      expect(counts('busy')).toEqual(once);
    });

    it.sequential('edits what was posted when a series is applied', async () => {
      const edited = (name: Name) => details(name).filter((message) => message.edits > 0);
      await soon('the edits', () => edited('kvm').length > 0 && edited('busy').length > 0, 120_000);
      for (const name of ['kvm', 'busy'] as const)
        expect(edited(name).map(read).join('\n')).toMatch(/dirty rings[\s\S]*applied/);
      expect(counts('kvm')).toEqual(once);
    });

    it.sequential('tells nothing twice after it was killed', async () => {
      await running.kill();
      output += running.output();
      await soon('the end of the connection', () => !fake.gateway.isConnected);
      const before = new Set(fake.world.messages.map(({ id }) => id));
      await start();
      await mailIsHere();
      for (const name of ['kvm', 'mute'] as const) {
        await command(at(name), ['digest', 'now']);
        await soonByCommand('its result', async () =>
          /Last digest/.test(await answer(at(name), ['digest', 'status'])),
        );
      }
      await stop();
      const later = fake.world.messages.filter(({ id, nonce }) => nonce !== null && !before.has(id));
      for (const title of TITLES.filter((one) => one !== 'dirty rings'))
        expect(later.map(read).join('\n')).not.toContain(title);
    });

    it.sequential('sent no request that Discord’s description or its limits forbid', () => {
      expect(fake.problems().map(({ operation, problems }) => [operation, problems])).toEqual([]);
      const keys = fake.world.messages.flatMap(({ nonce }) => (nonce === null ? [] : [nonce]));
      expect(new Set(keys).size).toBe(keys.length);
      expect(fake.world.messages.flatMap((message) => readMessage(message).mentions)).toEqual([]);
      const unanswered = [...fake.interactions.all.values()].filter(({ first }) => first === null);
      // The one that was reported as expired.
      expect(unanswered).toHaveLength(1);
      expect(output).not.toContain(fake.token);
    });
  });
}
