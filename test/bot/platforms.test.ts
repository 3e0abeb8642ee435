import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readConfig, VARIABLES } from '../../src/bot/config.js';
import { chatSecrets, connectedPlatforms, isAnyConfigured, platforms } from '../../src/bot/platforms.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const DISCORD = 'MTAwMDAwMDAwMDAwMDAwMDAw.Gfake0.not-a-token';
const SECRET = '0123456789abcdef0123456789abcdef';
const KEY = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

function configOf(env: Record<string, string>) {
  const read = readConfig(env);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.config;
}

/** Text of the files of a folder. */
function textsIn(folder: string): string {
  return readdirSync(`${root}/${folder}`, { encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(`${root}/${folder}/${file}`, 'utf8'))
    .join('\n');
}

/** What a chat needs in addition to its row, which the compiler cannot name. */
describe.each(connectedPlatforms.map(({ name }) => name))('the chat %s', (name) => {
  it('has an adapter that keeps the contract of chats', () => {
    expect(existsSync(`${root}/src/adapters/${name}`), `src/adapters/${name}`).toBe(true);
    expect(textsIn(`test/adapters/${name}`), `test/adapters/${name}`).toContain('contract/chat-platform');
  });

  it('has variables, which .env.example explains', () => {
    const prefix = `${name.toUpperCase()}_`;
    expect(
      VARIABLES.filter((variable) => variable.startsWith(prefix)),
      'src/bot/config.ts',
    ).not.toEqual([]);
    expect(readFileSync(`${root}/.env.example`, 'utf8'), '.env.example').toContain(`\n${prefix}`);
  });

  it('has a page that the README links', () => {
    const pages = [`docs/${name}.md`, `docs/${name}s.md`].filter((page) => existsSync(`${root}/${page}`));
    expect(pages, `docs/${name}.md`).toHaveLength(1);
    expect(readFileSync(`${root}/README.md`, 'utf8'), 'README.md').toContain(pages[0]);
  });

  it('renders a message without being connected', async () => {
    const row = connectedPlatforms.find((platform) => platform.name === name);
    const view = {
      fallback: 'Hello.',
      blocks: [{ kind: 'paragraph', spans: [{ text: 'Hello.' }] }],
    } as const;
    const renderer = await row?.connection.renderer();
    expect(renderer?.fits(view, [])).toBe(true);
    expect(JSON.stringify(renderer?.render(view, []))).toContain('Hello.');
  });
});

describe('the chats that are configured', () => {
  it('are none without a token', () => {
    const config = configOf({});
    expect(isAnyConfigured(config)).toBe(false);
    expect(chatSecrets(config)).toEqual([]);
  });

  it.each([
    [{ DISCORD_TOKEN: DISCORD }, [DISCORD]],
    [{ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' }, ['xapp-1', 'xoxb-1']],
    [
      { SLACK_SIGNING_SECRET: SECRET, SLACK_CLIENT_ID: '1', SLACK_CLIENT_SECRET: 'client-secret' },
      [SECRET, 'client-secret'],
    ],
    [{ WEBHOOKS: 'https://example.org/hook#kvm', WEBHOOK_SECRET: KEY }, [KEY, 'https://example.org/hook']],
  ])('are found by their tokens, which are secrets: %j', (env: Record<string, string>, secrets) => {
    expect(isAnyConfigured(configOf(env))).toBe(true);
    expect(chatSecrets(configOf(env))).toEqual(secrets);
  });
});

describe('a person', () => {
  it('is the same in every server on Discord, and belongs to one workspace on Slack', () => {
    expect(platforms.discord.personTenant('100')).toBe('dm');
    expect(platforms.slack.personTenant('T1')).toBe('T1');
  });
});
