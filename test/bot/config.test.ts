import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/bot/config.js';
import { VARIABLES } from '../../src/bot/config-variables.js';

function namesOfProblems(env: Record<string, string>): string[] {
  const read = readConfig(env);
  return read.ok ? [] : read.problems.map((problem) => problem.name);
}

describe('readConfig', () => {
  it('takes an empty environment, and an empty variable for an absent one', () => {
    const read = readConfig({ DISCORD_TOKEN: ' ', HTTP_PORT: '' });
    expect(read.ok && read.config).toMatchObject({
      databaseUrl: 'sqlite:./covernote.db',
      discord: null,
      slack: null,
      sources: [],
      timeZone: 'UTC',
      http: { host: '127.0.0.1', port: null },
    });
  });

  it('reports everything that is wrong at once, by name', () => {
    expect(
      namesOfProblems({
        DATABASE_URL: 'postgres://host/name',
        TZ_DEFAULT: 'Mars/Olympus',
        HTTP_PORT: '99999',
        LOG_LEVEL: 'loud',
        ARCHIVE_URL: 'https://example.org/',
        SLACK_APP_TOKEN: 'xapp-1',
      }),
    ).toEqual(['DATABASE_URL', 'ARCHIVE_URL', 'HTTP_PORT', 'LOG_LEVEL', 'TZ_DEFAULT', 'SLACK_BOT_TOKEN']);
  });

  it('never repeats a secret in a problem', () => {
    const read = readConfig({ SLACK_BOT_TOKEN: 'very-secret-token', SLACK_APP_TOKEN: 'other-secret' });
    expect(JSON.stringify(read)).not.toMatch(/very-secret|other-secret/);
    expect(read.ok).toBe(false);
  });

  it.each([
    [{ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' }, { mode: 'socket' }],
    [
      { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's' },
      { mode: 'http', oauth: null },
    ],
    [
      { SLACK_SIGNING_SECRET: 's', SLACK_CLIENT_ID: '1', SLACK_CLIENT_SECRET: '2' },
      { mode: 'http', botToken: null, oauth: { clientId: '1', clientSecret: '2' } },
    ],
  ])('tells the transport of Slack by what is set: %j', (env, slack) => {
    const read = readConfig(env);
    expect(read.ok && read.config.slack).toMatchObject(slack);
  });

  it('splits SOURCES at commas', () => {
    const read = readConfig({ SOURCES: 'examples, /var/mail/kvm.mbox ,' });
    expect(read.ok && read.config.sources).toEqual(['examples', '/var/mail/kvm.mbox']);
  });
});

describe('.env.example', () => {
  const text = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
  const assigned = text.split('\n').filter((line) => /^[A-Z_]+=/.test(line));

  it('names every variable that is read, in order, and no other', () => {
    expect(assigned.map((line) => line.split('=')[0])).toEqual([...VARIABLES]);
  });

  it('is itself a fine configuration', () => {
    expect(readConfig(Object.fromEntries(assigned.map((line) => line.split(/=(.*)/s))))).toMatchObject({
      ok: true,
    });
  });
});
