import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeSlack, startFakeSlack } from '../fakes/slack/fake-slack.js';
import { readMessage } from '../fakes/slack/reading.js';
import { APP_TOKEN, BOT_TOKENS, type FakeMessage, type Json, SIGNING_SECRET } from '../fakes/slack/world.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const entry = fileURLToPath(new URL('slack-run.ts', import.meta.url));
const LORE = 'https://lore.kernel.org/kvm/news-0@example.org/';

/** A series of two patches with its cover, as a list had it just now. */
function writeSeries(folder: string, name: string, title: string): void {
  const date = new Date().toUTCString().replace('GMT', '+0000');
  const mail = (index: number, subject: string, body: string) =>
    [
      `Received: from mail.example.org by vger.kernel.org; ${date}`,
      'From: Ada Quill <ada@example.org>',
      'To: kvm@vger.kernel.org',
      'List-Id: <kvm.vger.kernel.org>',
      `Date: ${date}`,
      `Subject: [PATCH ${index}/2] ${subject}`,
      `Message-ID: <${name}-${index}@example.org>`,
      ...(index === 0 ? [] : [`In-Reply-To: <${name}-0@example.org>`]),
      '',
      body,
      '',
    ].join('\n');
  const diff = (file: string) =>
    `Do it.\n\n---\n ${file} | 1 +\n 1 file changed, 1 insertion(+)\n\ndiff --git a/${file} b/${file}\nindex 1..2 100644\n--- a/${file}\n+++ b/${file}\n@@ -1 +1,2 @@\n one\n+two\n`;
  const cover = `This series lets guests count sheep. <!channel> *now*\n\nAda Quill (2):\n  first\n  second\n\n a.c | 2 ++\n 1 file changed, 2 insertions(+)\n`;
  writeFileSync(join(folder, `${name}-0.eml`), mail(0, title, cover));
  writeFileSync(join(folder, `${name}-1.eml`), mail(1, 'KVM: x86: first', diff('arch/x86/kvm/a.c')));
  writeFileSync(join(folder, `${name}-2.eml`), mail(2, 'KVM: x86: second', diff('arch/x86/kvm/b.c')));
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** The product's own `run`, started with nothing but its environment, against the fake Slack: judged by what the fake saw. */
export function slackScenario(mode: 'socket' | 'http'): void {
  describe(`covernote run on Slack by ${mode}`, () => {
    let slack: FakeSlack;
    let folder: string;
    let port: number;
    let child: ChildProcess | null = null;
    let said = '';

    async function start(): Promise<void> {
      const env = {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        DATABASE_URL: `sqlite:${join(folder, 'covernote.db')}`,
        SOURCES: `${join(root, 'examples/mail')},follow:${join(folder, 'mail')}`,
        HTTP_PORT: String(port),
        SLACK_API_URL: slack.apiUrl,
        SLACK_BOT_TOKEN: BOT_TOKENS.T0ONE,
        ...(mode === 'socket' ? { SLACK_APP_TOKEN: APP_TOKEN } : { SLACK_SIGNING_SECRET: SIGNING_SECRET }),
      };
      const process_ = spawn(process.execPath, ['--import', 'tsx', entry, 'run'], { cwd: root, env });
      child = process_;
      for (const stream of [process_.stdout, process_.stderr])
        stream.on('data', (chunk: Buffer) => {
          said += chunk.toString('utf8');
        });
      const connections = slack.world.log.filter((one) => one.what === 'connected').length;
      slack.transport = mode === 'socket' ? { mode } : { mode, url: `http://127.0.0.1:${port}` };
      const end = Date.now() + 60_000;
      for (;;) {
        if (process_.exitCode !== null || Date.now() > end)
          throw new Error(`covernote did not start:\n${said}`);
        const ready =
          mode === 'socket'
            ? slack.world.log.filter((one) => one.what === 'connected').length > connections
            : (await slack.deliver('events_api', { type: 'url_verification', challenge: 'x' })).status ===
              200;
        if (ready) return;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }

    async function stop(): Promise<void> {
      const process_ = child;
      child = null;
      if (process_ === null || process_.exitCode !== null) return;
      const ended = new Promise((resolve) => process_.once('exit', resolve));
      process_.kill('SIGTERM');
      const late = setTimeout(() => process_.kill('SIGKILL'), 20_000);
      await ended;
      clearTimeout(late);
    }

    beforeAll(async () => {
      slack = await startFakeSlack();
      folder = mkdtempSync(join(tmpdir(), 'covernote-slack-'));
      mkdirSync(join(folder, 'mail'));
      port = await freePort();
      await start();
    });
    afterAll(async () => {
      await stop();
      await slack.close();
      rmSync(folder, { recursive: true, force: true });
    });

    const { people } = { people: () => slack.people };
    const inChannel = (channel = 'C0KVM') => slack.world.messages.filter((one) => one.channel === channel);
    const textOf = (message: FakeMessage) => readMessage(message).text;
    const seen = (what: string, wanted: (message: FakeMessage) => boolean, withinMs = 20_000) =>
      slack.until(what, () => slack.world.messages.find(wanted), withinMs);
    const posts = () => inChannel().filter((one) => one.metadata !== null);
    const mentioning = (text: string) => (one: FakeMessage) =>
      one.user !== 'U0ADA' && (textOf(one).includes(text) || one.text.includes(text));

    const isNews = (one: FakeMessage) =>
      one.channel === 'C0KVM' && one.ephemeralTo === null && one.user !== 'U0ADA';

    it('shows a series, leafs through it, and shares it', async () => {
      await slack.until('the mail', () => said.includes('"message"'), 30_000);
      let card: FakeMessage | undefined;
      for (let i = 0; i < 30 && card === undefined; i++) {
        await people().command('U0ADA', 'C0KVM', '/series', 'foll_pin');
        await seen('an answer', (one) => one.ephemeralTo === 'U0ADA' && one.channel === 'C0KVM');
        card = inChannel().findLast((one) => readMessage(one).actions.some((id) => id.startsWith('series:')));
        if (card === undefined) await new Promise((resolve) => setTimeout(resolve, 500));
      }
      const found = card;
      if (found === undefined) throw new Error(`no card:\n${said}`);
      expect(textOf(found)).toMatch(/foll_pin|FOLL_PIN/i);
      await people().press('U0ADA', found, 'Patches');
      await slack.until('the patches', () => found.edits === 1);
      await people().press('U0ADA', found, 'Share in channel');
      await seen('the card for all', (one) => one.channel === 'C0KVM' && one.ephemeralTo === null);
      await people().press('U0ADA', found, 'Follow this series');
      await seen('the word on it', (one) => one.ephemeralTo === null && /follow/i.test(textOf(one)));
    });

    it('follows, by command and by form, and says so in the channel with Undo', async () => {
      await people().command('U0ADA', 'C0KVM', '/follow', 'kvm');
      const told = await seen('the announcement', (one) => isNews(one) && /\bkvm\b/i.test(textOf(one)));
      expect(readMessage(told).actions.some((id) => id.startsWith('undo:'))).toBe(true);
      expect(textOf(told)).toContain('ada');
      await people().command('U0ADA', 'C0MM', '/follow', '');
      const modal = await slack.until('the form', () => people().modal('U0ADA'));
      expect(modal.view).toMatchObject({ type: 'modal' });
      const problem = await people().submit('U0ADA', { 'field:what': 'kvmm-is-no-subsystem:' });
      expect(problem.body).toMatchObject({ response_action: 'errors' });
      await people().submit('U0ADA', { 'field:what': 'mm', 'field:kind': 'pull' });
      await seen('the other announcement', (one) => one.channel === 'C0MM' && one.ephemeralTo === null);
      await people().command('U0GUS', 'C0KVM', '/unfollow', 'kvm');
      await seen('the refusal', (one) => one.ephemeralTo === 'U0GUS' && /guest/i.test(textOf(one)));
    });

    it('shows the home, and a card beneath a link once', async () => {
      await people().openHome('U0ADA', { eventId: 'EvHome' });
      await people().openHome('U0ADA', { eventId: 'EvHome', retry: { attempt: 1, reason: 'http_timeout' } });
      const home = await slack.until('the home', () => slack.world.homes.get('U0ADA'), 20_000);
      expect(readMessage({ text: '', blocks: home.blocks as Json[] }).text).toContain('#kvm');
      const shared = () => slack.world.log.filter((one) => one.what === 'chat.unfurl');
      const series = inChannel()
        .flatMap((one) => readMessage(one).links)
        .find(({ url }) => url.includes('lore.kernel.org'));
      const link = series?.url ?? LORE;
      for (const attempt of [0, 1])
        await people().share('U0ADA', 'C0KVM', [link], {
          eventId: 'EvLink',
          retry: { attempt, reason: 'http_timeout' },
        });
      await slack.until('the card', () => shared().length === 1, 20_000);
      await people().share('U0ADA', 'C0KVM', [link]);
      await people().share('U0ADA', 'C0KVM', [link, `${link}2`, `${link}3`]);
      await people().command('U0ADA', 'C0KVM', '/following', '');
      await seen('the list', mentioning('kvm'));
      expect(shared()).toHaveLength(1);
      expect(slack.world.log.filter((one) => one.what === 'views.publish')).toHaveLength(1);
    });

    it('sends a scheduled digest once, after a restart, through a 429 and a lost reply', async () => {
      await stop();
      writeSeries(join(folder, 'mail'), 'news', 'KVM: x86: let guests count sheep');
      writeSeries(join(folder, 'mail'), 'more', 'KVM: x86: count goats as well');
      writeSeries(join(folder, 'mail'), 'third', 'KVM: arm64: count cows');
      writeSeries(join(folder, 'mail'), 'fourth', 'KVM: s390: count hens');
      await start();
      slack.faults.failNext('chat.postMessage', { kind: 'http-429', retryAfterSec: 1 });
      slack.faults.failNext('chat.postMessage', { kind: 'lost' });
      // A source is read at its own beat, also after a restart; the digest comes when its mail is here.
      for (let i = 0; i < 40 && !inChannel().some(mentioning('let guests count sheep')); i++) {
        await people().command('U0ADA', 'C0KVM', '/series', 'count sheep');
        await new Promise((resolve) => setTimeout(resolve, 3000));
      }
      const at = new Date(Date.now() + 65_000).toISOString().slice(11, 16);
      await people().command('U0ADA', 'C0KVM', '/digest', `at ${at} daily UTC`);
      const headline = await slack.until(
        'the headline',
        () => posts().find((one) => one.threadTs === null),
        200_000,
      );
      expect(textOf(headline)).toContain('count sheep');
      const details = await slack.until(
        'the thread',
        () => posts().find((one) => one.threadTs === headline.ts),
        60_000,
      );
      expect(textOf(details)).toMatch(/sheep[\s\S]*goats|goats[\s\S]*sheep/);
      // The next beat of the tick plans nothing and sends nothing.
      await new Promise((resolve) => setTimeout(resolve, 3000));
      expect(posts().filter((one) => one.threadTs === null)).toHaveLength(1);
      const keys = posts().map((one) => JSON.stringify(one.metadata));
      expect(new Set(keys).size).toBe(keys.length);
    }, 300_000);

    it('answers on, whatever happens to the connection', async () => {
      if (mode === 'http') {
        const before = slack.world.log.length;
        for (const lie of [{ signature: `v0=${'0'.repeat(64)}` }, { ageSec: 600 }])
          expect(
            (await people().event('T0ONE', { type: 'app_home_opened', user: 'U0ADA', tab: 'home' }, lie))
              .status,
          ).toBe(401);
        expect(slack.world.log.slice(before).filter((one) => one.kind === 'api')).toEqual([]);
        expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBeLessThan(504);
      } else {
        const connected = slack.world.log.filter((one) => one.what === 'connected').length;
        slack.sockets.disconnect();
        await slack.until(
          'a new connection',
          () =>
            slack.world.log.filter((one) => one.what === 'connected').length > connected &&
            slack.sockets.open() === 1,
          20_000,
        );
      }
      slack.responseUrls.expireAll();
      slack.faults.failNext('response_url', { kind: 'http-500' });
      const count = inChannel().length;
      await people().command('U0ADA', 'C0KVM', '/digest', 'status');
      await slack.until('an answer', () => inChannel().length > count, 20_000);
    });

    it('did nothing that Slack forbids, and told no secret', () => {
      expect([...new Set(slack.world.problems)]).toEqual([]);
      for (const secret of [BOT_TOKENS.T0ONE, APP_TOKEN, SIGNING_SECRET]) expect(said).not.toContain(secret);
      const slow = slack.world.log.filter(
        (one) => one.kind === 'delivered' && one.outcome === '0' && !one.what.includes('url_verification'),
      );
      expect(slow.map((one) => one.what)).toEqual([]);
    });
  });
}
