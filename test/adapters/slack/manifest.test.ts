import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { slackManifest } from '../../../src/adapters/slack/manifest.js';
import { lineOf } from '../../../src/adapters/slack/on-command.js';
import { botEvents, scopes, unfurlDomains } from '../../../src/adapters/slack/scopes.js';
import { specs } from '../../lib/commands.js';

const schemaPath = fileURLToPath(
  new URL('../../../../shared/specs/slack-app-manifest.schema.json', import.meta.url),
);
const docs = readFileSync(new URL('../../../docs/slack.md', import.meta.url), 'utf8');

const both = [
  ['socket', { url: null, prefix: '' }],
  ['http', { url: 'https://covernote.example.org', prefix: '' }],
  ['prefixed', { url: null, prefix: 'cn' }],
  ['the longest prefix', { url: null, prefix: 'a'.repeat(19) }],
] as const;

describe('the manifest', () => {
  // Slack's schema does not ship with covernote.
  it.skipIf(!existsSync(schemaPath)).each(both)('is valid by Slack’s schema: %s', (_, options) => {
    const ajv = new Ajv({ strict: false });
    formats.default(ajv);
    const validate = ajv.compile(JSON.parse(readFileSync(schemaPath, 'utf8')) as object);
    validate(slackManifest({ ...options, commands: specs }));
    expect(validate.errors ?? []).toEqual([]);
  });

  it('names addresses in HTTP mode alone', () => {
    expect(JSON.stringify(slackManifest({ url: null, prefix: '', commands: specs }))).not.toContain('http');
    const http = slackManifest({ url: 'https://covernote.example.org', prefix: '', commands: specs });
    expect(http.settings).toMatchObject({
      socket_mode_enabled: false,
      event_subscriptions: { request_url: 'https://covernote.example.org/slack/events' },
      interactivity: {
        request_url: 'https://covernote.example.org/slack/events',
        message_menu_options_url: 'https://covernote.example.org/slack/events',
      },
    });
    expect(http.oauth_config.redirect_urls).toEqual(['https://covernote.example.org/slack/oauth_redirect']);
  });

  it.each(['', 'cn', 'my-team'])('names commands that the app understands: prefix %j', (prefix) => {
    const { slash_commands: commands } = slackManifest({ url: null, prefix, commands: specs }).features;
    expect(commands.map(({ command }) => command)).toContain('/covernote');
    for (const { command } of commands) {
      const spec = specs.find(({ name }) => command === `/${name}` || command === `/${prefix}-${name}`);
      expect(lineOf(specs, command, 'status')).toBe(`/${spec?.name} status`);
    }
  });

  it('asks for no right and no event that the docs do not explain', () => {
    for (const { scope } of scopes) expect(docs).toContain(`| \`${scope}\` |`);
    for (const event of botEvents) expect(docs).toContain(`\`${event}\``);
    for (const domain of unfurlDomains) expect(docs).toContain(domain);
    const documented = [...docs.matchAll(/^\| `([a-z.]+:[a-z.]+)` \|/gm)].map(([, scope]) => scope);
    expect(documented.filter((scope) => !scopes.some((one) => one.scope === scope))).toEqual([]);
  });
});
