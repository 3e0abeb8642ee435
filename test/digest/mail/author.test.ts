import { describe, expect, it } from 'vitest';
import { parseAddress, readSender } from '../../../src/digest/mail/author.js';
import { readBodyHeaders } from '../../../src/digest/mail/body-headers.js';
import type { Address, Mail } from '../../../src/digest/mail/mail.js';
import { mail } from '../message/mail.js';

const LIST = 'linux-mm@example.org';

function address(text: string): Address {
  const read = parseAddress(text);
  if (read === null) throw new Error(`no address in the test's own ${text}`);
  return read;
}

describe('the sender', () => {
  it.each<[string, string, Partial<Mail>, string]>([
    ['is From', 'Jane Doe <jane@example.org>', {}, 'Jane Doe <jane@example.org>'],
    ['keeps "Last, First"', '"Doe, Jane" <jane@example.org>', {}, '"Doe, Jane" <jane@example.org>'],
    [
      'is not X-Patchwork-Submitter',
      'Xie Yo <xie@example.org>',
      { headers: { 'x-patchwork-submitter': 'Yo Xie <xie@example.org>' } },
      'Xie Yo <xie@example.org>',
    ],
    [
      'hides in X-Original-From',
      `Jane Doe via Mm <${LIST}>`,
      { headers: { 'x-original-from': 'Jane Doe <jane@example.org>' } },
      'Jane Doe <jane@example.org>',
    ],
    [
      'hides in X-Patchwork-Original-From',
      `'Jane Doe' via Mm <${LIST}>`,
      { headers: { 'x-patchwork-original-from': '"Jane Doe" <jane@example.org>' } },
      'Jane Doe <jane@example.org>',
    ],
    [
      'hides in Reply-To',
      `Jane Doe via Mm <${LIST}>`,
      { replyTo: [address('Jane Doe <jane@example.org>')] },
      'Jane Doe <jane@example.org>',
    ],
    [
      'hides in a Reply-To beside the list',
      `Jane Doe via Mm <${LIST}>`,
      { replyTo: [address(LIST), address('Jane Doe <jane@example.org>')] },
      'Jane Doe <jane@example.org>',
    ],
    [
      'hides in a bare Reply-To',
      `jane--- via Mm <${LIST}>`,
      { replyTo: [address('jane@example.org')] },
      'jane--- <jane@example.org>',
    ],
    [
      'hides in Cc, by name',
      `Jane Doe via Mm <${LIST}>`,
      { cc: [address('John Roe <john@example.org>'), address('Jane Doe <jane@example.org>')] },
      'Jane Doe <jane@example.org>',
    ],
    [
      'hides in Cc, by a turned name',
      `"Doe, Jane" via Mm <${LIST}>`,
      { cc: [address('Jane Doe <jane@example.org>')] },
      'Jane Doe <jane@example.org>',
    ],
    [
      'is a person whom a gateway speaks for',
      'Jane Doe via Gateway <gateway@example.com>',
      { cc: [address('Jane Doe <jane@example.org>')] },
      'Jane Doe <jane@example.org>',
    ],
    [
      'was rewritten without "via"',
      `Jane Doe <${LIST}>`,
      { cc: [address('Jane Doe <jane@example.org>')] },
      'Jane Doe <jane@example.org>',
    ],
    [
      'was rewritten without a name',
      `<${LIST}>`,
      { replyTo: [address('Jane Doe <jane@example.org>')] },
      'Jane Doe <jane@example.org>',
    ],
    [
      'is not to be found',
      `Jane Doe via Mm <${LIST}>`,
      { cc: [address('John Roe <john@example.org>')] },
      `Jane Doe <${LIST}>`,
    ],
    [
      'is not another Reply-To of several',
      `Jane Doe via Mm <${LIST}>`,
      { replyTo: [address('a@example.org'), address('b@example.org')] },
      `Jane Doe <${LIST}>`,
    ],
    [
      'came over the relay, known by Reply-To',
      'Jane Doe via B4 Relay <devnull+j.doe.example.org@kernel.org>',
      { replyTo: [address('j.doe@example.org')] },
      'Jane Doe <j.doe@example.org>',
    ],
    [
      'came over the relay, known by the text',
      'Jane Doe via B4 Relay <devnull+j.doe.sub.example.org@kernel.org>',
      { text: 'Signed-off-by: Jane Doe <j.doe@sub.example.org>\n' },
      'Jane Doe <j.doe@sub.example.org>',
    ],
    [
      'came over the relay, named nowhere',
      'Jane Doe via B4 Relay <devnull+j.doe.example.org@kernel.org>',
      {},
      'Jane Doe <j.doe@example.org>',
    ],
    [
      'came over the relay from a country',
      'Jane Doe via B4 Relay <devnull+j.doe.example.co.uk@kernel.org>',
      {},
      'Jane Doe <j.doe@example.co.uk>',
    ],
    [
      'is in the address of groups.io',
      'Jane Doe via lists.example.org <jane=example.org@lists.example.org>',
      { lists: ['frob@lists.example.org'] },
      'Jane Doe <jane@example.org>',
    ],
    [
      'is not in an address for bounces',
      'Frob via lists.example.org <bounces+jane=example.org@lists.example.org>',
      {},
      'Frob <bounces+jane=example.org@lists.example.org>',
    ],
    [
      'is not in an address at a host of no list',
      'Jane Doe via x <jane=example.org@host.example.com>',
      { lists: ['frob@lists.example.org'] },
      'Jane Doe <jane=example.org@host.example.com>',
    ],
    [
      'is not in an address of the list itself',
      'Frob via lists.example.org <frob-owner=example.org@lists.example.org>',
      { lists: ['frob@lists.example.org'] },
      'Frob <frob-owner=example.org@lists.example.org>',
    ],
    ['may have an equals sign', 'Jane Doe <jane=doe.x@example.org>', {}, 'Jane Doe <jane=doe.x@example.org>'],
    [
      'hides behind a German list',
      `Jane Doe über Mm <${LIST}>`,
      { replyTo: [address('Jane Doe <jane@example.org>')], lists: [LIST] },
      'Jane Doe <jane@example.org>',
    ],
    [
      'is on behalf of a list',
      `Jane Doe on behalf of Mm <${LIST}>`,
      { replyTo: [address('jane@example.org')], lists: [LIST] },
      'Jane Doe <jane@example.org>',
    ],
    [
      'is not the secretary',
      'John Roe on behalf of Jane <jane@example.org>',
      {},
      'John Roe on behalf of Jane <jane@example.org>',
    ],
  ])('%s', (_name, from, parts, expected) => {
    expect(readSender(mail({ from: fromHeader(from), ...parts }))).toEqual(fromHeader(expected));
  });

  it('is nobody where the mail names nobody', () => {
    expect(readSender(mail({ from: null }))).toEqual({ name: '', email: '' });
    expect(readSender(mail({ from: null, sender: address('jane@example.org') }))).toEqual(
      address('jane@example.org'),
    );
    expect(readSender(mail({ from: { name: 'Jane Doe', email: '' } }))).toEqual({
      name: 'Jane Doe',
      email: '',
    });
  });
});

/** A header as the mail reader hands it over: quotes of the whole name gone, those within kept. */
function fromHeader(text: string): Address {
  const open = text.lastIndexOf('<');
  return {
    name: text
      .slice(0, open)
      .trim()
      .replace(/^"([^"]*)"$/, '$1'),
    email: text.slice(open + 1, -1),
  };
}

describe('the author in the text', () => {
  it.each([
    [
      'is on the first line',
      'From: John Roe <john@example.org>\n\nThe letter.',
      'john@example.org',
      'The letter.',
    ],
    [
      'is below blank lines',
      '\n\nFrom: John Roe <john@example.org>\nThe letter.',
      'john@example.org',
      'The letter.',
    ],
    [
      'has a comma in the name',
      'From: "Roe, John" <john@example.org>\n\nThe letter.',
      'john@example.org',
      'The letter.',
    ],
    ['is a bare address', 'From: john@example.org\n\nThe letter.', 'john@example.org', 'The letter.'],
    [
      'is wrapped',
      'From: John Averylongname Roe\n <john@example.org>\n\nThe letter.',
      'john@example.org',
      'The letter.',
    ],
    [
      'is above other headers',
      'From: John Roe <john@example.org>\nDate: today\nSubject: [PATCH] x\n\nThe letter.',
      'john@example.org',
      'The letter.',
    ],
    [
      'is below the words of a stable review',
      '6.6-stable review patch.  If anyone has any objections, please let me know.\n\n------------------\n\nFrom: John Roe <john@example.org>\n\nThe letter.',
      'john@example.org',
      'The letter.',
    ],
    [
      "keeps the letter's indentation",
      'From: John Roe <john@example.org>\n\n  The letter.',
      'john@example.org',
      '  The letter.',
    ],
  ])('%s', (_name, text, email, rest) => {
    expect(readBodyHeaders(text)).toMatchObject({ from: { email }, text: rest });
  });

  it.each([
    'The letter.\nFrom: John Roe <john@example.org>',
    'From: here on, x <y',
    'From now on: x@example.org',
    '',
    '> From: j@example.org',
    'From: a@b <c@d> and more',
  ])('is not read into: %s', (text) => {
    expect(readBodyHeaders(text)).toEqual({ from: null, subject: null, text });
  });
});
