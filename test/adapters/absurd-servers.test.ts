import type { ImapFlow } from 'imapflow';
import { describe, expect, it } from 'vitest';
import { readMailbox } from '../../src/adapters/imap/read-mailbox.js';
import { newestEpoch } from '../../src/adapters/lore/git-refs.js';
import { retryAfterMs } from '../../src/adapters/lore/http-client.js';
import { isoOfSeconds } from '../../src/adapters/lore/mail-event.js';
import { createClient } from '../../src/adapters/nntp/client.js';
import type { Connection } from '../../src/adapters/nntp/connect.js';
import { patchworkEventSchema } from '../../src/adapters/patchwork/patchwork-event.js';
import { TransientFailure } from '../../src/digest/failure/failure.js';

const BEYOND = ['4294967296', '9007199254740993', '99999999999999999999', '9'.repeat(10_000)];

/** A connection whose server gives one answer, with one listing below it. */
function answering(status: string, listing = ''): Connection {
  const [code = '', ...rest] = status.split(' ');
  const bytes = Buffer.from(listing);
  return {
    server: 'news.example.org',
    reader: { line: async () => status, block: async () => ({ bytes, size: bytes.length, isCut: false }) },
    send: () => undefined,
    answer: async () => ({ code: Number(code), text: rest.join(' ') }),
    close: () => undefined,
  };
}

describe('a number in a server’s answer', () => {
  it.each(BEYOND)('%s is the number of no article', async (n) => {
    await expect(createClient(answering(`211 3 1 ${n} x`)).group('x')).rejects.toThrow(TransientFailure);
    await expect(createClient(answering(`211 3 ${n} 3 x`)).group('x')).rejects.toThrow(TransientFailure);
    await expect(createClient(answering('225 list', `${n} <a@example.org>`)).listed(1, 9)).rejects.toThrow(
      TransientFailure,
    );
    expect(await createClient(answering(`223 ${n} <a@example.org>`)).numberOf('a@example.org')).toBeNull();
  });

  it('is a group’s, a listed article’s and a mail’s number up to 2,147,483,647', async () => {
    expect(await createClient(answering('211 3 1 2147483647 x')).group('x')).toEqual({
      low: 1,
      high: 2_147_483_647,
    });
    expect(await createClient(answering('225 list', '7 <a@example.org>')).listed(1, 9)).toHaveLength(1);
    expect(await createClient(answering('223 7 <a@example.org>')).numberOf('a@example.org')).toBe(7);
  });

  it.each(['0', '10', '2147483647'])('%s is not listed for a request for 1 to 9', async (n) => {
    await expect(createClient(answering('225 list', `${n} <a@example.org>`)).listed(1, 9)).rejects.toThrow(
      TransientFailure,
    );
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY, 4_102_444_800, 1e21])(
    '%d is no time of a commit',
    (n) => {
      expect(isoOfSeconds(n)).toBeNull();
    },
  );

  it('is a wait of a day at most', () => {
    expect(retryAfterMs('999999999', 0)).toBe(86_400_000);
    for (const n of BEYOND.slice(1)) expect(retryAfterMs(n, 0) ?? 0).toBeLessThanOrEqual(86_400_000);
  });
});

describe('a server that has all that is requested', () => {
  const address = { baseUrl: 'https://x.example.org', list: 'l', host: 'x.example.org' };
  const { signal } = new AbortController();

  it('gets no requests for ever higher epochs', async () => {
    const line = `${'a'.repeat(40)} HEAD\n`;
    const refs = Buffer.from(
      `001e# service=git-upload-pack\n0000${(line.length + 4).toString(16).padStart(4, '0')}${line}0000`,
    );
    let requests = 0;
    const client = async ({ url }: { url: string }) => ({
      status: url.endsWith('manifest.js.gz') ? 404 : 200,
      url,
      headers: { get: () => null },
      body: (async function* () {
        requests++;
        yield url.endsWith('manifest.js.gz') ? Buffer.from('no') : refs;
      })(),
      discard: async () => undefined,
    });
    await expect(newestEpoch(client, address, signal)).rejects.toThrow('shows more than 999 epochs');
    expect(requests).toBeLessThan(1_010);
  });

  it.each([-5, 2 ** 33, 1e21, undefined])('has no mailbox whose next UID is %s', async (uidNext) => {
    const client = { mailboxOpen: async () => ({ uidValidity: 1n, uidNext }) } as unknown as ImapFlow;
    const request = { mailbox: 'INBOX', name: 'imap', place: null, since: null, signal };
    await expect(readMailbox(client, request).next()).rejects.toThrow(TransientFailure);
  });
});

describe('a time in a server’s answer', () => {
  const TIMES = ['+275760-09-13T00:00:00Z', '2100-01-01T00:00:00Z', '1969-12-31T23:59:59Z', 'never'];

  it.each(TIMES)('%s puts no event of patchwork behind all others', (date) => {
    const payload = { cover: { msgid: '<a@example.org>', mbox: '/mbox' } };
    const event = (when: string) => ({ id: 1, date: when, category: 'cover-created', payload });
    expect(patchworkEventSchema.safeParse(event(date)).success).toBe(false);
    expect(patchworkEventSchema.safeParse(event('2026-10-01T00:00:00')).success).toBe(true);
  });
});
