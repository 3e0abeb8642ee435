import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../adapters/discord/setting.js';
import { type FakeDiscord, startFakeDiscord } from '../fakes/discord/fake-discord.js';
import { ERRORS } from '../fakes/discord/faults.js';
import type { FakeInteraction } from '../fakes/discord/interactions.js';
import { readMessage } from '../fakes/discord/reading.js';
import type { FakeMessage } from '../fakes/discord/world.js';
import { appliedNote, writtenSeries } from './discord-mail.js';
import { buildProduct, type Product, type RunningProduct } from './product.js';

const SEEDS = fileURLToPath(new URL('../../../shared/seeds', import.meta.url));
const SEND = 'POST /channels/{channel_id}/messages';
const THREAD = 'POST /channels/{channel_id}/messages/{message_id}/threads';
const EDIT = 'PATCH /channels/{channel_id}/messages/{message_id}';
const CALLBACK = 'POST /interactions/{interaction_id}/{interaction_token}/callback';
const MANAGE_CHANNELS = 16n;
const TITLES = ['foll_pin for guests', 'dirty rings', 'nested paging', 'halt polling', 'posted interrupts'];
const MINUTE_MS = 60_000;

describe('covernote run on Discord, with nothing said but the environment', () => {
  let product: Product;
  let fake: FakeDiscord;
  let running: RunningProduct;
  let env: Record<string, string>;
  let mailFolder: string;
  let asking: { userId: string; channelId: string; permissions: bigint };

  beforeAll(async () => {
    product = buildProduct();
    fake = await startFakeDiscord({ heartbeatMs: 2_000 });
    const guildId = fake.world.addGuild('Kernel people');
    const channelId = fake.world.addChannel(guildId, 'kvm');
    asking = { userId: fake.world.addUser('jane'), channelId, permissions: MANAGE_CHANNELS };
    mailFolder = product.folder;
    const mail = join(mailFolder, 'kvm.mbox');
    writeFileSync(mail, writtenSeries('old', 'KVM: foll_pin of old', new Date(Date.now() - 3_600_000)));
    env = {
      DISCORD_TOKEN: fake.token,
      DISCORD_API_URL: fake.apiUrl,
      DATABASE_URL: `sqlite:${join(mailFolder, 'covernote.db')}`,
      SOURCES: [mail, ...(existsSync(SEEDS) ? [SEEDS] : [])].join(','),
      MAINTAINERS: join(product.folder, 'examples/MAINTAINERS'),
    };
    running = product.run(env);
    await answered(() => fake.gateway.isConnected);
  }, 180_000);

  afterAll(async () => {
    await running?.stop();
    await fake?.stop();
    product?.remove();
  });

  /** Waits, and tells what the product wrote where it waits in vain. */
  async function answered<T>(ask: Parameters<typeof until<T>>[0], ms = 60_000): Promise<T> {
    const late = new Promise<never>((_, reject) => {
      setTimeout(() => reject(new Error(`nothing came:\n${running.output().slice(-4000)}`)), ms).unref();
    });
    return Promise.race([until(ask), late]);
  }

  async function command(words: string[], options: Record<string, string>): Promise<FakeInteraction> {
    const interaction = fake.interactions.command(asking, words, options);
    await answered(() => interaction.original);
    return interaction;
  }

  const read = (message: FakeMessage | null | undefined) =>
    message === null || message === undefined ? '' : readMessage(message).text;
  const posted = () => {
    const here = fake.world.standing(asking.channelId);
    return [...here, ...here.flatMap(({ id }) => fake.world.standing(id))];
  };
  const digests = () => posted().filter((message) => message.nonce !== null);

  it('registers its commands', async () => {
    await answered(() => fake.world.commands.size > 0);
    expect(fake.world.commands.get(fake.world.applicationId)).toHaveLength(7);
  });

  it('suggests what is typed and shows a series, whose buttons edit the card', {
    timeout: 120_000,
  }, async () => {
    await answered(async () => {
      const typed = fake.interactions.autocomplete(asking, ['series'], 'query', 'foll_pin');
      const choices = await until(() => typed.choices);
      return choices.some(({ name }) => name.includes('foll_pin'));
    });
    const asked = await command(['series'], { query: 'KVM: foll_pin of old' });
    expect(read(asked.original)).toContain('foll_pin of old');
    const card = asked.original;
    if (card === null) throw new Error('no card');
    const patches = readMessage(card).actions[1] ?? '';
    fake.interactions.press(asking, card, patches);
    await answered(() => card.edits > 0);
    expect(read(card)).toContain('part 2');
  });

  it('follows for a channel, and says so there', { timeout: 60_000 }, async () => {
    const asked = await command(['follow'], { what: 'kvm' });
    const announced = await answered(() => asked.followUps[0]);
    expect(read(announced)).toContain('KVM');
    expect(announced.channelId).toBe(asking.channelId);
  });

  it('sends a scheduled digest once, whatever fails meanwhile', { timeout: 300_000 }, async () => {
    await running.stop();
    const old = writtenSeries('old', 'KVM: foll_pin of old', new Date(Date.now() - 3_600_000));
    const fresh = TITLES.map((title, i) =>
      writtenSeries(`new${i}`, `KVM: ${title}`, new Date(Date.now() - 120_000)),
    );
    writeFileSync(join(mailFolder, 'kvm.mbox'), [old, ...fresh].join(''));
    running = product.run(env);
    await answered(() => fake.gateway.isConnected);
    await answered(async () =>
      read((await command(['series'], { query: 'KVM: dirty rings' })).original).includes('dirty rings'),
    );
    fake.faults.arm(SEND, { kind: 'rateLimited', retryAfterMs: 1000 });
    fake.faults.arm(SEND, { kind: 'dropAfter' });
    fake.faults.arm(THREAD, { kind: 'badGateway' });
    const due = new Date(Math.ceil((Date.now() + 8_000) / MINUTE_MS) * MINUTE_MS).toISOString().slice(11, 16);
    await command(['digest', 'at'], { times: due, zone: 'UTC' });
    await answered(() => digests().length >= 2, 240_000);
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    const texts = digests().map(read);
    for (const title of TITLES) expect(texts.slice(1).filter((text) => text.includes(title))).toHaveLength(1);
    expect(new Set(digests().map(({ nonce }) => nonce)).size).toBe(digests().length);
    expect(fake.world.channels.get(digests()[0]?.id ?? '')?.parentId).toBe(asking.channelId);
  });

  it('goes on after every kind of lost connection and expired question, and answers', {
    timeout: 120_000,
  }, async () => {
    fake.faults.arm(CALLBACK, ERRORS.unknownInteraction);
    fake.interactions.command(asking, ['following'], {});
    await answered(() => fake.log.some(({ code }) => code === ERRORS.unknownInteraction.code));
    const resumes = () =>
      fake.gateway.log.filter((entry) => entry.what === 'resume' && entry.accepted).length;
    fake.gateway.mute(true);
    await answered(() => resumes() > 0);
    fake.gateway.mute(false);
    const before = resumes();
    fake.gateway.drop();
    await answered(() => resumes() > before);
    expect(read((await command(['following'], {})).original)).toContain('kvm');
    fake.gateway.invalidate(false);
    await answered(() => fake.gateway.log.filter(({ what }) => what === 'identify').length >= 3);
    await answered(() => fake.gateway.isConnected);
    expect(read((await command(['following'], {})).original)).toContain('kvm');
  });

  it('tells nothing twice after it was killed, and edits what was told when a series is applied', {
    timeout: 240_000,
  }, async () => {
    const before = new Set(digests().map(({ id }) => id));
    await running.kill();
    appendFileSync(join(mailFolder, 'kvm.mbox'), appliedNote('new1', 'KVM: dirty rings', new Date()));
    fake.faults.arm(EDIT, { kind: 'badGateway' });
    running = product.run(env);
    const edited = await answered(() => digests().find((message) => message.edits > 0), 180_000);
    expect(read(edited)).toMatch(/dirty rings[\s\S]*applied/);
    await command(['digest', 'now'], {});
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    const later = digests()
      .filter(({ id }) => !before.has(id))
      .map(read)
      .join('\n');
    for (const title of TITLES.filter((one) => one !== 'dirty rings')) expect(later).not.toContain(title);
  });

  it('asked nothing that Discord’s description or its limits forbid, and showed its token nowhere', () => {
    expect(fake.problems().map(({ operation, problems }) => [operation, problems])).toEqual([]);
    expect(running.output()).not.toContain(fake.token);
  });
});
