import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeSlack, startFakeSlack } from '../fakes/slack/fake-slack.js';
import { readMessage } from '../fakes/slack/reading.js';
import {
  APP_TOKEN,
  BOT_TOKENS,
  CLIENT,
  type FakeMessage,
  type Json,
  SIGNING_SECRET,
} from '../fakes/slack/world.js';
import { COMMAND_EVERY_MS, endAfterFailure, eventually, nextMinute } from './eventually.js';
import { appliedNote, createMaildir, writtenSeries } from './mail.js';
import type { Product, RunningProduct } from './product.js';

const LORE = 'https://lore.kernel.org/kvm/new0-0@example.org/';
const TITLES = ['guest page pins', 'dirty rings', 'nested paging', 'halt polling', 'posted interrupts'];
const SECRETS = [...Object.values(BOT_TOKENS), APP_TOKEN, SIGNING_SECRET, CLIENT.secret];
/** Ada's direct messages with the app. */
const ADAS = 'D0ADA';

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** How the operator connects it: `oauth` and `http` are both by signed requests, for many workspaces and for one. */
type Connection = 'socket' | 'oauth' | 'http';

const TOKENS: Readonly<Record<Connection, Readonly<Record<string, string>>>> = {
  socket: { SLACK_BOT_TOKEN: BOT_TOKENS.T0ONE, SLACK_APP_TOKEN: APP_TOKEN },
  http: { SLACK_BOT_TOKEN: BOT_TOKENS.T0ONE, SLACK_SIGNING_SECRET: SIGNING_SECRET },
  oauth: {
    SLACK_SIGNING_SECRET: SIGNING_SECRET,
    SLACK_CLIENT_ID: CLIENT.id,
    SLACK_CLIENT_SECRET: CLIENT.secret,
  },
};

/** The product's own `run`, started with nothing but its environment, against the loopback Slack: judged by what that saw. */
export function slackScenario(mode: 'socket' | 'http', build: () => Promise<Product>): void {
  describe.concurrent(`covernote run on Slack by ${mode}`, { timeout: 300_000 }, () => {
    endAfterFailure();
    let product: Product;
    let slack: FakeSlack;
    let running: RunningProduct;
    let folder: string;
    let maildir: ReturnType<typeof createMaildir>;
    let url: string;
    let card: FakeMessage;
    let output = '';

    const lately = (): string =>
      [
        running.output(),
        ...slack.world.log.slice(-12).map((one) => `${one.kind} ${one.what}: ${one.outcome}`),
      ].join('\n');
    const soon = <T>(what: string, ask: Parameters<typeof eventually<T>>[1], withinMs = 45_000) =>
      eventually(what, ask, lately, withinMs);
    /** The same for a command. */
    const soonByCommand = <T>(what: string, ask: Parameters<typeof eventually<T>>[1]) =>
      eventually(what, ask, lately, 45_000, COMMAND_EVERY_MS);

    async function start(connection: Connection): Promise<void> {
      running = product.run(folder, {
        DATABASE_URL: `sqlite:${join(folder, 'covernote.db')}`,
        SOURCES: [product.seeds, `follow:${maildir.path}`].join(','),
        HTTP_PORT: new URL(url).port,
        SLACK_API_URL: slack.apiUrl,
        ...TOKENS[connection],
      });
      slack.transport = mode === 'socket' ? { mode } : { mode, url };
      const challenge = { type: 'url_verification', challenge: 'x' };
      await soon('the connection', async () =>
        mode === 'socket'
          ? slack.sockets.open() === 1
          : (await slack.deliver('events_api', challenge)).status === 200,
      );
    }
    async function ended(): Promise<number | null> {
      const status = await running.ended;
      output += running.output();
      if (mode === 'socket') await soon('the end of the connection', () => slack.sockets.open() === 0);
      return status;
    }
    async function stop(): Promise<void> {
      void running.stop();
      expect(await ended()).toBe(0);
    }

    /** What a browser does: the install page, Slack's consent, and back with the cookie. */
    async function install(team: 'T0ONE' | 'T0TWO'): Promise<void> {
      const page = await fetch(`${url}/slack/install`, { redirect: 'manual' });
      const consent = new URL(page.headers.get('location') ?? '');
      slack.codes.set(`code-${team}`, { team, enterprise: false });
      const back = new URL('/slack/oauth_redirect', url);
      back.search = String(
        new URLSearchParams({ code: `code-${team}`, state: consent.searchParams.get('state') ?? '' }),
      );
      const cookie = (page.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
      expect((await fetch(back, { headers: { cookie } })).status).toBe(200);
    }

    const inChannel = (channel: string) => slack.world.messages.filter((one) => one.channel === channel);
    const textOf = (message: FakeMessage | undefined) =>
      message === undefined ? '' : readMessage(message).text;
    const seen = (what: string, matches: (message: FakeMessage) => boolean) =>
      soon(what, () => slack.world.messages.find(matches));
    /** What was delivered: headlines, and details in their threads. */
    const headlines = (channel: string) =>
      inChannel(channel).filter((one) => one.metadata !== null && one.threadTs === null);
    const details = (channel: string) =>
      inChannel(channel).filter((one) => one.metadata !== null && one.threadTs !== null);
    const counts = (channel: string) =>
      TITLES.map((title) => details(channel).filter((one) => textOf(one).includes(title)).length);
    const once = TITLES.map(() => 1);
    const isWhole = (channel: string) => counts(channel).every((found) => found > 0);

    /** Sends a command; returns what only the user sees. */
    async function ask(user: string, channel: string, command: string, text = ''): Promise<FakeMessage> {
      const before = slack.world.messages.length;
      await slack.people.command(user, channel, command, text);
      return soon(`an answer to ${command} ${text}`, () =>
        slack.world.messages
          .slice(before)
          .find(
            (one) => one.ephemeralTo === user || (one.channel === `D${user.slice(1)}` && one.user !== user),
          ),
      );
    }
    const answer = async (...args: Parameters<typeof ask>) => textOf(await ask(...args));
    const mailIsHere = () =>
      soonByCommand('the mail', async () =>
        (await answer('U0ADA', 'C0KVM', '/series', 'KVM: posted interrupts')).includes('part 1'),
      );

    beforeAll(async () => {
      product = await build();
      slack = await startFakeSlack();
      folder = mkdtempSync(join(tmpdir(), 'covernote-slack-'));
      maildir = createMaildir(folder);
      url = `http://127.0.0.1:${await freePort()}`;
      await start(mode === 'socket' ? 'socket' : 'oauth');
      if (mode === 'http') for (const team of ['T0ONE', 'T0TWO'] as const) await install(team);
    }, 180_000);
    afterAll(async () => {
      await running?.stop();
      await slack?.close();
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    });

    it.sequential('shows a series, leafs through it, and shares it', async () => {
      card = await soonByCommand('the card', async () => {
        const found = await ask('U0ADA', 'C0KVM', '/series', 'foll_pin');
        return readMessage(found).actions.some((id) => id.startsWith('series:')) && found;
      });
      expect(textOf(card)).toMatch(/foll_pin/i);
      await slack.people.press('U0ADA', card, 'Details');
      await soon('the details', () => card.edits === 1);
      await slack.people.press('U0ADA', card, 'Patches');
      await soon('the patches', () => card.edits === 2);
      await slack.people.press('U0ADA', card, 'Share in channel');
      await seen('the card for all', (one) => one.channel === 'C0KVM' && one.ephemeralTo === null);
    });

    it.sequential('follows, by command and by form, and says so in the channel with Undo', async () => {
      await ask('U0ADA', 'C0KVM', '/follow', 'kvm');
      const announced = await seen(
        'the announcement',
        (one) => one.channel === 'C0KVM' && one.ephemeralTo === null && /now follows/.test(textOf(one)),
      );
      expect(readMessage(announced).actions.some((id) => id.startsWith('undo:'))).toBe(true);
      expect(textOf(announced)).toContain('ada');
      await slack.people.command('U0ADA', 'C0MM', '/follow', '');
      const modal = await soon('the form', () => slack.people.modal('U0ADA'));
      expect(modal.view).toMatchObject({ type: 'modal' });
      const problem = await slack.people.submit('U0ADA', { 'field:what': 'kvmm-is-no-subsystem:' });
      expect(problem.body).toMatchObject({ response_action: 'errors' });
      await slack.people.submit('U0ADA', { 'field:what': 'mm', 'field:bots': ['on'] });
      const other = await seen(
        'the other announcement',
        (one) => one.channel === 'C0MM' && one.ephemeralTo === null,
      );
      await slack.people.press('U0ADA', other, 'Undo');
      await soonByCommand('the undoing', async () =>
        /nothing yet/.test(await answer('U0ADA', 'C0MM', '/following')),
      );
      expect(await answer('U0GUS', 'C0KVM', '/unfollow', 'kvm')).toMatch(/guest/i);
      await slack.people.command('U0ADA', 'C0OUT', '/follow', 'kvm');
      await seen(
        'the advice to invite it',
        (one) => one.ephemeralTo === 'U0ADA' && textOf(one).includes('/invite @covernote'),
      );
      await slack.people.tell('U0ADA', 'follow kvm');
      await seen('the word to Ada', (one) => one.channel === ADAS && /kvm/i.test(textOf(one)));
      if (mode === 'http') await ask('U0TOVE', 'C0TWO', '/follow', 'kvm');
    });

    it.sequential('shows the home, and a card beneath a link once, however often the event comes', async () => {
      for (const attempt of [0, 1])
        await slack.people.openHome('U0ADA', {
          eventId: 'EvHome',
          ...(attempt === 0 ? {} : { retry: { attempt, reason: 'http_timeout' } }),
        });
      const home = await soon('the home', () => slack.world.homes.get('U0ADA'));
      expect(readMessage({ text: '', blocks: home.blocks as Json[] }).text).toContain('#kvm');
      const unfurls = () => slack.world.log.filter((one) => one.what === 'chat.unfurl');
      const link = readMessage(card).links.find((one) => one.url.includes('lore.kernel.org'))?.url ?? LORE;
      for (const attempt of [0, 1])
        await slack.people.share('U0ADA', 'C0KVM', [link], {
          eventId: 'EvLink',
          ...(attempt === 0 ? {} : { retry: { attempt, reason: 'http_timeout' } }),
        });
      await soon('the card', () => unfurls().length === 1);
      await slack.people.share('U0ADA', 'C0KVM', [link]);
      await slack.people.share('U0ADA', 'C0KVM', [link, `${link}2`, `${link}3`]);
      expect(await answer('U0ADA', 'C0KVM', '/following')).toMatch(/kvm/i);
      expect(unfurls()).toHaveLength(1);
      expect(slack.world.log.filter((one) => one.what === 'views.publish')).toHaveLength(1);
    });

    it.sequential('has new mail and old buttons after a restart', async () => {
      await stop();
      const sentAt = new Date(Date.now() - 120_000);
      TITLES.forEach((title, i) => {
        maildir.deliver(writtenSeries(`new${i}`, `KVM: ${title}`, sentAt));
      });
      await start(mode === 'socket' ? 'socket' : 'oauth');
      await mailIsHere();
      const before = card.edits;
      await slack.people.press('U0ADA', card, 'History');
      await soon('the history', () => card.edits > before);
      const here = (args: Json) => args.channel === 'C0KVM' && args.metadata !== undefined;
      slack.faults.failNext('chat.postMessage', { kind: 'http-429', retryAfterSec: 1 }, 1, here);
      slack.faults.failNext('chat.postMessage', { kind: 'lost' }, 1, here);
      const at = `at ${nextMinute()} daily UTC`;
      await ask('U0ADA', 'C0KVM', '/digest', at);
      if (mode === 'http') await ask('U0TOVE', 'C0TWO', '/digest', at);
    });

    it.sequential('answers on, whatever happens to the connection', async () => {
      if (mode === 'http') {
        const before = slack.world.log.length;
        for (const lie of [{ signature: `v0=${'0'.repeat(64)}` }, { ageSec: 600 }]) {
          const opened = { type: 'app_home_opened', user: 'U0ADA', tab: 'home' };
          expect((await slack.people.event('T0ONE', opened, lie)).status).toBe(401);
        }
        expect(slack.world.log.slice(before).map((one) => one.what)).not.toContain('views.publish');
      } else {
        const connections = () => slack.world.log.filter((one) => one.what === 'connected').length;
        for (const lose of [slack.sockets.disconnect, slack.sockets.cut]) {
          const before = connections();
          lose();
          await soon('a new connection', () => connections() > before && slack.sockets.open() === 1);
        }
      }
      slack.faults.failNext('response_url', { kind: 'http-500' });
      expect(await answer('U0ADA', 'C0KVM', '/following')).toMatch(/kvm/i);
      expect(slack.world.log.filter((one) => one.what === 'chat.postEphemeral')).toHaveLength(1);
    });

    it.sequential('sends a scheduled digest once, through a 429 and a lost reply', async () => {
      await soon('the digest', () => isWhole('C0KVM'), 240_000);
      expect(counts('C0KVM')).toEqual(once);
      expect(headlines('C0KVM')).toHaveLength(1);
      expect(textOf(headlines('C0KVM')[0])).toContain('5 new series');
      const met = slack.world.log.map((one) => one.outcome);
      expect(met).toEqual(expect.arrayContaining(['429', 'lost: true']));
      if (mode === 'socket') return;
      await soon('the digest of the other workspace', () => isWhole('C0TWO'));
      expect(counts('C0TWO')).toEqual(once);
      const posts = slack.world.log.filter((one) => one.what === 'chat.postMessage');
      const teams = (channel: string) =>
        new Set(posts.filter(({ body }) => body.channel === channel).map((one) => one.team));
      expect([...teams('C0KVM'), ...teams('C0TWO')]).toEqual(['T0ONE', 'T0TWO']);
    });

    it.sequential('ends in the middle of a digest without losing or doubling any of it', async () => {
      const here = (args: Json) => args.channel === ADAS && args.metadata !== undefined;
      slack.faults.failNext('chat.postMessage', { kind: 'late', ms: 1_500 }, 1, here);
      await slack.people.tell('U0ADA', 'digest now');
      await soon('the first message', () => slack.world.log.some((one) => one.outcome === 'late'));
      await stop();
      maildir.deliver([appliedNote('new1', 'KVM: dirty rings', new Date())]);
      await start(mode === 'socket' ? 'socket' : 'oauth');
      await soon('the rest', () => isWhole(ADAS));
      expect(counts(ADAS)).toEqual(once);
    });

    it.sequential('edits what was posted when a series is applied; what was deleted is let go', async () => {
      const posted = details(ADAS).find((one) => textOf(one).includes('dirty rings'));
      if (posted !== undefined) slack.world.messages.splice(slack.world.messages.indexOf(posted), 1);
      slack.faults.failNext('chat.update', { kind: 'http-500' }, 1, (args) => args.channel === 'C0KVM');
      const edited = await soon('the edit', () => details('C0KVM').find((one) => one.edits > 0), 120_000);
      expect(textOf(edited)).toMatch(/dirty rings[\s\S]*applied/);
      await soon('the edit in vain', () =>
        slack.world.log.some((one) => one.outcome === 'message_not_found'),
      );
      expect(await answer('U0ADA', ADAS, '/digest', 'status')).not.toMatch(/stopped|had a problem/);
    });

    it.sequential('forgets the workspace that it is taken out of, and no other', async () => {
      if (mode === 'socket') return;
      await slack.people.uninstall('T0TWO');
      await soon('the end there', () => running.output().includes('slack.uninstalled'));
      expect(await answer('U0ADA', 'C0KVM', '/following')).toMatch(/kvm/i);
    });

    it.sequential('tells nothing twice after it was killed', async () => {
      void running.kill();
      await ended();
      const before = slack.world.messages.length;
      await start(mode);
      await mailIsHere();
      await ask('U0ADA', 'C0KVM', '/digest', 'now');
      await soonByCommand('its result', async () =>
        /Last digest/.test(await answer('U0ADA', 'C0KVM', '/digest', 'status')),
      );
      const later = slack.world.messages
        .slice(before)
        .filter((one) => one.metadata !== null)
        .map(textOf)
        .join('\n');
      for (const title of TITLES.filter((one) => one !== 'dirty rings')) expect(later).not.toContain(title);
    });

    it.sequential('ends with what to do when its token is revoked', async () => {
      const team = slack.world.teams.get('T0ONE');
      if (team !== undefined) team.state = 'revoked';
      await slack.people.openHome('U0ADA');
      expect(await ended()).toBe(1);
      expect(running.output()).toContain('Slack no longer accepts SLACK_BOT_TOKEN (token_revoked)');
      expect(running.output()).toContain('Install the app to the workspace again');
    });

    it.sequential('did nothing that Slack forbids, and disclosed no secret', () => {
      expect([...new Set(slack.world.problems)]).toEqual([]);
      const keys = slack.world.messages.flatMap((one) =>
        one.metadata === null ? [] : [`${one.channel} ${JSON.stringify(one.metadata)}`],
      );
      expect(new Set(keys).size).toBe(keys.length);
      for (const secret of SECRETS) expect(output).not.toContain(secret);
      const unanswered = slack.world.log.filter(
        (one) => one.kind === 'delivered' && one.outcome === '0' && !one.what.includes('url_verification'),
      );
      expect(unanswered.map((one) => one.what)).toEqual([]);
    });
  });
}
