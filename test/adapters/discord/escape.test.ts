import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  codeText,
  escapeText,
  escapeWithin,
  isLinkable,
  linkTarget,
} from '../../../src/adapters/discord/render/escape.js';
import { oneLine } from '../../../src/digest/text/inert.js';
import { hostileTexts } from '../../contract/chat-views.js';
import { nodesOf, plainText, readMarkdown } from '../../fakes/discord/markdown.js';

describe('text from mail', () => {
  it.each([
    ['KVM: x86: fix a *race*', 'KVM: x86: fix a \\*race\\*'],
    ['foll_pin and __init', 'foll\\_pin and \\_\\_init'],
    ['see <t:0:R> <@123> <#1>', 'see \\<t\\:0\\:R\\> \\<\\@123\\> \\<\\#1\\>'],
    ['@everyone', '\\@everyone'],
    ['https://evil.example/', 'https\\://evil.example/'],
    [':smile:', '\\:smile\\:'],
    ['[a](https://b/)', '\\[a\\](https\\://b/)'],
    ['# heading', '\\# heading'],
    ['> quote', '\\> quote'],
    ['- list', '\\- list'],
    ['-# small', '-\\# small'],
    ['1. one', '1\\. one'],
    ['2026-11 plan', '2026-11 plan'],
    ['a `b` ~~c~~ ||d||', 'a \\`b\\` \\~\\~c\\~\\~ \\|\\|d\\|\\|'],
    ['C:\\path', 'C\\:\\\\path'],
    ['two\nlines', 'two lines'],
    ['discord.gg/abc', 'discord\\.gg/abc'],
    ['half \ud800 of a pair', 'half \ufffd of a pair'],
  ])('%j is written %j', (text, written) => {
    expect(escapeText(text)).toBe(written);
  });

  it.each(hostileTexts.map((text) => [text.slice(0, 40), text]))('reads as it was written: %j', (_, text) => {
    const nodes = readMarkdown(escapeText(text)).flatMap((line) => line.nodes);
    expect(nodes.every((node) => node.kind === 'text')).toBe(true);
    expect(plainText(nodes)).toBe(oneLine(text.toWellFormed()));
  });

  it('reads as it was written whatever it is', () => {
    const sign = fc.constantFrom(...'\\*_~`|#>[]<@:/()-+.!&1a \n', '://', '@everyone', '<@1>', 'www.', '```');
    const text = fc.oneof(
      fc.array(sign, { maxLength: 30 }).map((signs) => signs.join('')),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(text, (raw) => {
        const lines = readMarkdown(escapeText(raw));
        const nodes = lines.flatMap((line) => line.nodes);
        expect(lines.every((line) => line.kind === 'plain')).toBe(true);
        expect(nodes.every((node) => node.kind === 'text')).toBe(true);
        expect(plainText(nodes)).toBe(oneLine(raw.toWellFormed()));
      }),
      { numRuns: 500 },
    );
  });

  it('never outgrows its room, counted with its escapes', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.integer({ min: 0, max: 60 }),
        (raw, limit) => {
          expect(escapeWithin(raw, limit).length).toBeLessThanOrEqual(limit);
          expect(codeText(raw, limit).length).toBeLessThanOrEqual(limit);
        },
      ),
    );
  });
});

describe('a code box', () => {
  it.each([
    ['20260101-a_b@example.org', '`20260101-a_b@example.org`'],
    ['a `tick`', 'a \\`tick\\`'],
    ['ends in \\', 'ends in \\\\'],
    ['', ''],
  ])('%j is written %j', (text, written) => {
    expect(codeText(text, 100)).toBe(written);
  });
});

describe('a link', () => {
  it.each([
    ['https://lore.kernel.org/kvm/2020_a@b/', 'https://lore.kernel.org/kvm/2020_a@b/'],
    ['https://lore.kernel.org/a(b)c', 'https://lore.kernel.org/a%28b%29c'],
    ['https://lore.kernel.org/a>b*`', 'https://lore.kernel.org/a%3Eb%2A%60'],
    ['javascript:alert(1)', null],
    ['file:///etc/passwd', null],
    ['https://user:secret@lore.kernel.org/', null],
    [`https://lore.kernel.org/${'x'.repeat(2000)}`, null],
    ['not an address', null],
  ])('%s leads to %j', (url, target) => {
    expect(linkTarget(url)).toBe(target);
  });

  it.each([
    ['KVM: x86: a title', true],
    ['a[i] in brackets', true],
    ['an ] alone', false],
    ['[ open', false],
    ['[[twice]]', false],
    ['https://lore.kernel.org as words', false],
    ['www.example.org as words', false],
  ])('may have the words %j: %s', (text, linkable) => {
    expect(isLinkable(text)).toBe(linkable);
    const line = `[${escapeText(text)}](<https://lore.kernel.org/r/1/>)`;
    const links = nodesOf(
      readMarkdown(line).flatMap(({ nodes }) => nodes),
      'link',
    );
    if (linkable) expect(links.map(({ inner }) => plainText(inner))).toEqual([text]);
  });
});
