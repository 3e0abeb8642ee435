import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readConfig, VARIABLES } from '../../src/bot/config.js';

const SIGNING_SECRET = '0123456789abcdef0123456789abcdef';

function namesOfProblems(env: Record<string, string>): string[] {
  const read = readConfig(env);
  return read.ok ? [] : read.problems.map((problem) => problem.name);
}

describe('readConfig', () => {
  it('accepts an empty environment, and treats an empty variable as absent', () => {
    const read = readConfig({ DISCORD_TOKEN: ' ', HTTP_PORT: '' });
    expect(read.ok && read.config).toMatchObject({
      databaseUrl: 'sqlite:./covernote.db',
      discord: null,
      slack: null,
      sources: [],
      timeZone: 'UTC',
      http: { host: '127.0.0.1', port: null, publicUrl: null, trustedProxies: [] },
    });
  });

  it('reports all problems at once, by name', () => {
    expect(
      namesOfProblems({
        DATABASE_URL: 'mysql://host/name',
        TZ_DEFAULT: 'Mars/Olympus',
        HTTP_PORT: '99999',
        LOG_LEVEL: 'loud',
        ARCHIVE_URL: 'https://example.org/',
        SLACK_APP_TOKEN: 'xapp-1',
      }),
    ).toEqual(['DATABASE_URL', 'ARCHIVE_URL', 'HTTP_PORT', 'LOG_LEVEL', 'TZ_DEFAULT', 'SLACK_BOT_TOKEN']);
  });

  it.each([
    ['DATABASE_URL', 'mysql://me:hunter22@host/name', 'is not a supported database URL'],
    ['DATABASE_URL', 'postgres://me:hunter22@host:port/name', 'is not a supported database URL'],
    ['SOURCES', 'examples,gopher://host/list', "can't be used: “gopher://host/list” is not a source"],
    ['SOURCES', 'imaps://me:hunter22@/INBOX', "can't be used: the source “imaps:///INBOX” is not an address"],
    ['MAINTAINERS', 'ftp://me:hunter22@host/MAINTAINERS', 'is neither a path nor an http(s) URL'],
    ['TRUSTED_SENDERS', 'akpm', 'is not a list of addresses and domains (“akpm”)'],
    ['BOTS', 'ci@example.org', 'is not a list of programs (“ci@example.org”)'],
    ['BOTS', 'ci@example.org=cooking', 'is not a list of programs (“ci@example.org=cooking”)'],
    ['CONTACT', 'hunter22', 'is neither a mail address nor a URL (“hunter22”)'],
    ['ARCHIVE_URL', 'https://me:hunter22@example.org/', 'is not a link template (“https://example.org/”)'],
    ['DISCORD_TOKEN', 'hunter22', 'is not a bot token'],
    ['DISCORD_TOKEN', 'Bot MTAwMDAwMDAwMDAwMDAwMDAw.hunter22.abc', 'is not a bot token'],
    ['DISCORD_API_URL', 'discord.example', 'is not an http(s) URL (“discord.example”)'],
    ['DISCORD_GUILD', 'my server', 'is not a server ID (“my server”)'],
    ['DISCORD_LINK_CARDS', 'maybe', 'is neither on nor off (“maybe”)'],
    ['SLACK_SIGNING_SECRET', 'xoxb-hunter22-1234567890', 'is not a signing secret'],
    ['SUMMARY_LLM_DAILY_REQUESTS', 'many', 'is not a whole number (“many”)'],
    ['SUMMARY_LLM_DAILY_TOKENS', '-1', 'is not a whole number (“-1”)'],
    ['HTTP_HOST', 'http://0.0.0.0', 'is neither an IP address nor a host name (“http://0.0.0.0”)'],
    ['HTTP_HOST', '300.1.1.1', 'is neither an IP address nor a host name (“300.1.1.1”)'],
    [
      'PUBLIC_URL',
      'covernote.example.org',
      'is not an http(s) URL without a query (“covernote.example.org”)',
    ],
    [
      'PUBLIC_URL',
      'https://example.org/?a=1',
      'is not an http(s) URL without a query (“https://example.org/?a=1”)',
    ],
    ['TRUSTED_PROXIES', '10.0.0.0/33', 'is not a list of addresses and networks (“10.0.0.0/33”)'],
    ['TRUSTED_PROXIES', 'proxy.example.org', 'is not a list of addresses and networks (“proxy.example.org”)'],
    ['HTTP_PORT', '99999', 'is not a valid port (“99999”)'],
    ['HTTP_PORT', '-1', 'is not a valid port (“-1”)'],
    ['LOG_LEVEL', 'loud', 'is not a log level (“loud”)'],
    ['TZ_DEFAULT', 'Mars/Olympus', 'is not a time zone (“Mars/Olympus”)'],
    ['RETENTION_DAYS', '7', 'is not a valid number of days (“7”)'],
  ])('%s=%s is refused with the fix, and without a password', (name, value, message) => {
    const read = readConfig({ [name]: value });
    const problems = read.ok ? [] : read.problems;
    expect(problems).toEqual([
      { name, message: expect.stringContaining(message), remedy: expect.stringMatching(/\S/) },
    ]);
    if (name !== 'CONTACT') expect(JSON.stringify(problems)).not.toContain('hunter22');
  });

  it.each([
    { HTTP_HOST: '::', HTTP_PORT: '0' },
    { HTTP_HOST: 'bot.internal_1' },
    { MAINTAINERS: 'C:\\linux\\MAINTAINERS' },
    { MAINTAINERS: 'https://example.org/MAINTAINERS' },
    { DISCORD_TOKEN: 'MTAwMDAwMDAwMDAwMDAwMDAw.Gabc12.a-z_0' },
    { DISCORD_CROSSPOST: 'YES' },
    { SOURCES: '-' },
    { TRUSTED_SENDERS: 'mai@example.org, @kernel.example.org' },
    { BOTS: 'ci@example.org=ci,*@bots.example.org=test' },
  ])('accepts %j', (env) => {
    expect(namesOfProblems(env as Record<string, string>)).toEqual([]);
  });

  it('reports each source that cannot be used', () => {
    expect(namesOfProblems({ SOURCES: 'gopher://host/x,lore:kvm,lore:' })).toEqual(['SOURCES', 'SOURCES']);
  });

  it('never repeats a secret in a problem', () => {
    const read = readConfig({ SLACK_BOT_TOKEN: 'very-secret-token', SLACK_APP_TOKEN: 'other-secret' });
    expect(JSON.stringify(read)).not.toMatch(/very-secret|other-secret/);
    expect(read.ok).toBe(false);
  });

  it.each([
    [{ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' }, { mode: 'socket' }],
    [
      { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: SIGNING_SECRET },
      { mode: 'http', oauth: null },
    ],
    [
      { SLACK_SIGNING_SECRET: SIGNING_SECRET, SLACK_CLIENT_ID: '1', SLACK_CLIENT_SECRET: '2' },
      { mode: 'http', botToken: null, oauth: { clientId: '1', clientSecret: '2' } },
    ],
  ])('chooses the transport of Slack by what is set: %j', (env, slack) => {
    const read = readConfig(env);
    expect(read.ok && read.config.slack).toMatchObject(slack);
  });

  it.each([
    [{}, null],
    [
      { SUMMARY_LLM_URL: 'http://127.0.0.1:11434/v1', SUMMARY_LLM_MODEL: 'small' },
      {
        url: 'http://127.0.0.1:11434/v1',
        model: 'small',
        key: null,
        budget: { requests: 500, tokens: 1_000_000 },
      },
    ],
    [
      {
        SUMMARY_LLM_URL: 'https://llm.example.org/v1',
        SUMMARY_LLM_MODEL: 'small',
        SUMMARY_LLM_KEY: 'sk-1',
        SUMMARY_LLM_DAILY_REQUESTS: '0',
        SUMMARY_LLM_DAILY_TOKENS: '7',
      },
      { url: 'https://llm.example.org/v1', model: 'small', key: 'sk-1', budget: { requests: 0, tokens: 7 } },
    ],
  ])('has a language model only where one is named: %j', (env, model) => {
    const read = readConfig(env as Record<string, string>);
    expect(read.ok && read.config.summaryModel).toEqual(model);
  });

  it.each([
    [{ SUMMARY_LLM_URL: 'http://127.0.0.1:11434/v1' }, ['SUMMARY_LLM_MODEL']],
    [{ SUMMARY_LLM_MODEL: 'small' }, ['SUMMARY_LLM_URL']],
    [{ SUMMARY_LLM_KEY: 'sk-1' }, ['SUMMARY_LLM_URL']],
  ])('names the half of a language model that is missing: %j', (env, names) => {
    expect(namesOfProblems(env as Record<string, string>)).toEqual(names);
  });

  it.each([
    ['SUMMARY_LLM_URL', 'ollama:11434', 'is not an http(s) URL (“ollama:11434”)'],
    ['SUMMARY_LLM_KEY', 'hunter22 hunter22', 'is not a key'],
  ])('%s=%s is refused, without the key', (name, value, message) => {
    const env = { SUMMARY_LLM_URL: 'http://127.0.0.1:11434/v1', SUMMARY_LLM_MODEL: 'small', [name]: value };
    const read = readConfig(env);
    expect(read.ok ? [] : read.problems).toMatchObject([{ name, message }]);
    expect(JSON.stringify(read)).not.toContain('hunter22');
  });

  it('reads webhooks with what each gets', () => {
    const WEBHOOK_SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    const WEBHOOKS =
      'https://example.org/a#kvm, mm -kind:rfc,https://example.org/b?x=1#path%3Amm/**, https://example.org/a#netdev';
    const read = readConfig({ WEBHOOKS, WEBHOOK_SECRET });
    expect(read.ok && read.config.webhooks).toEqual({
      hooks: [
        { url: 'https://example.org/a', follows: ['kvm, mm -kind:rfc', 'netdev'] },
        { url: 'https://example.org/b?x=1', follows: ['path:mm/**'] },
      ],
      secrets: [WEBHOOK_SECRET],
    });
    expect(namesOfProblems({ WEBHOOKS })).toEqual(['WEBHOOK_SECRET']);
  });

  it.each([
    ['WEBHOOKS', 'https://example.org/a'],
    ['WEBHOOKS', 'https://u:hunter22@example.org/a#kvm'],
    ['WEBHOOKS', 'ftp://hunter22.example.org/a#kvm'],
    ['WEBHOOK_SECRET', 'hunter22'],
    ['WEBHOOK_SECRET', 'hunter22 hunter22 hunter22 hunter22 hunter22'],
  ])('%s=%s is refused, and not repeated', (name, value) => {
    const env = {
      WEBHOOKS: 'https://example.org/a#kvm',
      WEBHOOK_SECRET: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
      [name]: value,
    };
    expect(namesOfProblems(env)).toEqual([name]);
    expect(JSON.stringify(readConfig(env))).not.toContain('hunter22');
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

  it('is itself a valid configuration', () => {
    expect(readConfig(Object.fromEntries(assigned.map((line) => line.split(/=(.*)/s))))).toMatchObject({
      ok: true,
    });
  });
});
