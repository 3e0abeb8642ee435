import { readdirSync, readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { TRANSPORTS } from '../../../src/bot/sources/open-source.js';
import { readSource, readSources } from '../../../src/bot/sources/read-source.js';
import { UserError } from '../../../src/digest/failure/failure.js';

const docs = ['sources.md', 'sources-git.md']
  .map((file) => readFileSync(new URL(`../../../docs/${file}`, import.meta.url), 'utf8'))
  .join('\n');

const openSource = readFileSync(new URL('../../../src/bot/sources/open-source.ts', import.meta.url), 'utf8');
const adapters = [...openSource.matchAll(/adapters\/(\w+)\//g)].map(([, name = '']) => name);

const settings = { folder: '/nowhere', userAgent: 'covernote-test', stdin: Readable.from([]), now: Date.now };

function refusal(text: string): UserError {
  try {
    readSource(text).open(settings);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error(`${text} was taken`);
}

describe('an entry of SOURCES', () => {
  it.each([
    ['lore:kvm', 'lore', 'nntp.lore.kernel.org', true],
    [' lore:linux-mm ', 'lore', 'nntp.lore.kernel.org', true],
    ['lore:org.kernel.vger.kvm', 'lore', 'nntp.lore.kernel.org', true],
    ['nntp://127.0.0.1:1119/org.kernel.vger.kvm', 'nntp', '127.0.0.1:1119', true],
    ['nntps://news.example.org/org.example.list', 'nntps', 'news.example.org', true],
    ['NNTP://[::1]:119/org.example.list', 'nntp', '[::1]:119', true],
    ['/var/mail/lists.mbox', '', null, false],
    ['mail', '', null, false],
    ['-', '', null, false],
    ['C:', '', null, false],
  ])('%s is read by “%s” at %s', (text, scheme, host, isLive) => {
    const source = readSource(text);
    expect(source).toMatchObject({ name: text.trim(), host, isLive });
    expect(source.transport.scheme).toBe(scheme);
    expect(source.open(settings).name).toBe(text.trim());
  });

  it.each([
    ['gopher://example.org/kvm', 'unknown-source', 'gopher:'],
    ['lore:', 'bad-source', 'lore:'],
    ['lore:two words', 'bad-source', 'lore:two words'],
    ['lore:kvm   # the lists', 'bad-source', 'space or “#”'],
    ['lore:kvm#1', 'bad-source', 'space or “#”'],
    ['nntp://example.org/org.example.list#x', 'bad-source', 'space or “#”'],
    ['lore+git://example.org/list # x', 'bad-source', 'space or “#”'],
    ['nntp://example.org/', 'bad-source', 'names no newsgroup'],
    ['nntp:///org.example.list', 'bad-source', 'names no host'],
    ['nntp://example.org/a\r\nPOST', 'bad-source', ''],
    ['nntp://example.org/%0d%0aPOST', 'bad-source', ''],
    ['nntp://example.org/%zz', 'bad-source', 'names no newsgroup'],
  ])('%j is refused as %s', (text, code, words) => {
    const error = refusal(text);
    expect(error.code).toBe(code);
    expect(error.message).toContain(words);
    expect(error.remedy).not.toBe('');
  });

  it.each(['lore:kvm x', 'lore:#', 'nntp://example.org/a#b'])('%j is refused before it is opened', (text) => {
    expect(() => readSource(text)).toThrow(UserError);
  });

  it.each([
    ['lore+https://lore.kernel.org/kvm', 'lore:kvm (by NNTP) or lore+git://lore.kernel.org/kvm (by git)'],
    [
      'LORE+HTTPS://lore.kernel.org/io-uring/',
      'lore:io-uring (by NNTP) or lore+git://lore.kernel.org/io-uring/',
    ],
    [
      'lore+https://inbox.example.org/deep/list',
      'Replace it with lore+git://inbox.example.org/deep/list (by git)',
    ],
    ['lore+http://127.0.0.1:8080/kvm', 'Replace it with lore+git+http://127.0.0.1:8080/kvm (by git)'],
    [
      'lore+https://me:secret@inbox.example.org/list',
      'Replace it with lore+git://inbox.example.org/list (by git)',
    ],
  ])('%s was followed once: its replacement is named', (text, replacement) => {
    const error = refusal(text);
    expect(error.code).toBe('source-removed');
    expect(error.message).not.toContain('secret');
    expect(error.remedy).toContain(replacement);
  });

  it.each(TRANSPORTS.filter(({ scheme }) => scheme !== ''))(
    'is described in docs/sources.md: $form',
    ({ scheme }) => {
      expect(docs, 'docs/sources.md').toContain(`\`${scheme}:`);
    },
  );

  it.each([...new Set(adapters)])('comes from an adapter that keeps the contract of sources: %s', (name) => {
    const folder = new URL(`../../adapters/${name}/`, import.meta.url);
    const tests = readdirSync(folder, 'utf8').filter((file) => file.endsWith('.ts'));
    const texts = tests.map((file) => readFileSync(new URL(file, folder), 'utf8')).join('\n');
    expect(texts, `test/adapters/${name}`).toContain('contract/mail-source');
  });

  it('is refused with every known form if it has an unknown one', () => {
    for (const { form } of TRANSPORTS) expect(refusal('gopher://x/').remedy).toContain(form);
  });

  it('never shows a password', () => {
    expect(readSource('nntps://me:secret@news.example.org/a.b.c').name).toBe(
      'nntps://news.example.org/a.b.c',
    );
    for (const text of ['gopher://me:secret@example.org/x', 'nntp://me:se@cret@example.org:x/y'])
      expect(`${refusal(text).message}${refusal(text).remedy}`).not.toMatch(/cret/);
  });

  it('counts once where it is written twice', () => {
    expect(readSources(['lore:kvm', 'mail', 'lore:kvm']).map(({ name }) => name)).toEqual([
      'lore:kvm',
      'mail',
    ]);
  });
});
