import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/bot/config.js';
import { readEnvValue } from '../../src/bot/env.js';

describe('a value of the environment', () => {
  it.each([
    ['lore:kvm', 'lore:kvm'],
    ['lore:kvm                 # the lists to read', 'lore:kvm'],
    ['lore:kvm\t# the lists to read', 'lore:kvm'],
    ['# a proxy, where there is one', ''],
    ['   # a proxy', ''],
    ['lore:kvm\r', 'lore:kvm'],
    ['lore:kvm  \t', 'lore:kvm'],
    ['"lore:kvm"', 'lore:kvm'],
    ["'lore:kvm'\r", 'lore:kvm'],
    ['"lore:kvm"   # the list', 'lore:kvm'],
    ['"/mail/folder #1"', '/mail/folder #1'],
    ['"  "', ''],
    ['https://example.org/#covernote', 'https://example.org/#covernote'],
    ['imaps://me:pa#ss@example.org/INBOX', 'imaps://me:pa#ss@example.org/INBOX'],
    [`it's`, `it's`],
  ])('%j is read as %j', (text, value) => {
    expect(readEnvValue(text)).toEqual({ value });
  });

  it.each(['"lore:kvm', `'lore:kvm"`])('%j is refused: its quote is not closed', (text) => {
    expect(readEnvValue(text)).toEqual({ problem: 'open-quote' });
    expect(readConfig({ DISCORD_TOKEN: text })).toEqual({
      ok: false,
      problems: [
        expect.objectContaining({ name: 'DISCORD_TOKEN', message: expect.stringContaining('quote') }),
      ],
    });
  });
});

describe('a file for `docker run --env-file` with the habits of .env', () => {
  it('gives the same settings as without them', () => {
    const written = {
      SOURCES: 'lore:kvm,lore:linux-mm   # the lists',
      TZ_DEFAULT: '"Europe/Berlin"\r',
      HTTP_PORT: '8080 # for the health check',
      DISCORD_TOKEN: ' # none yet',
    };
    const plain = { SOURCES: 'lore:kvm,lore:linux-mm', TZ_DEFAULT: 'Europe/Berlin', HTTP_PORT: '8080' };
    expect(readConfig(written)).toEqual(readConfig(plain));
    expect(readConfig(plain).ok).toBe(true);
  });

  it('names a variable that is set with the word “export”', () => {
    expect(readConfig({ 'export SOURCES': 'lore:kvm' })).toMatchObject({
      ok: false,
      problems: [{ name: 'SOURCES', remedy: expect.stringContaining('export') }],
    });
  });
});
