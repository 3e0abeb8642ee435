import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import type { MailParser, RawMail } from '../../../src/bot/ingest/mail-parser.js';
import {
  packReply,
  packRequest,
  unpackReply,
  unpackRequest,
} from '../../../src/bot/ingest/worker-messages.js';
import { createParser } from '../../../src/bot/ingest/worker-parser.js';
import { prepare, writeMail } from '../../adapters/store/written-mail.js';

const file = new URL('./bad-worker.mjs', import.meta.url);
/** The start of a thread does not count. */
const HANGS_MS = 400;
let parser: MailParser | null = null;
afterEach(async () => {
  await parser?.close();
  parser = null;
});

const mails = (...places: string[]): RawMail[] =>
  places.map((where) => ({
    raw: Buffer.from(where),
    copyHash: new Uint8Array(16),
    origin: { list: null, receivedAt: null, problems: [] },
    where,
    compress: true,
  }));

async function codes(...places: string[]): Promise<string[]> {
  // Short only where a time-out is what is tested.
  parser ??= createParser({ file, timeoutMs: places.includes('hang') ? HANGS_MS : 60_000 });
  const outcomes = await parser.parse(mails(...places));
  return outcomes.map((outcome) =>
    outcome.kind === 'skipped' ? `${outcome.where} ${outcome.problem.code}` : 'read',
  );
}

describe('the parser in a thread', () => {
  it.each([
    [
      ['a', 'b'],
      ['a answered', 'b answered'],
    ],
    [['crash'], ['crash parser-crashed']],
    [
      ['a', 'crash', 'b'],
      ['a answered', 'crash parser-crashed', 'b answered'],
    ],
    [
      ['a', 'exit', 'crash', 'b'],
      ['a answered', 'exit parser-crashed', 'crash parser-crashed', 'b answered'],
    ],
    [
      ['hang', 'b'],
      ['hang parser-timeout', 'b answered'],
    ],
    [[], []],
  ])('answers for %j with %j', async (places, expected) => {
    expect(await codes(...places)).toEqual(expected);
  });

  it('is a new one once the first is gone', async () => {
    const other = new Worker('', { eval: true });
    const first = other.threadId + 1;
    expect(await codes('which')).toEqual([`which thread ${first}`]);
    expect(await codes('crash', 'which')).toEqual(['crash parser-crashed', `which thread ${first + 1}`]);
  });

  it('goes on with the groups that wait behind a mail that kills it', async () => {
    parser = createParser({ file, timeoutMs: HANGS_MS });
    const all = await Promise.all([codes('a', 'crash'), codes('b'), codes('c', 'hang'), codes('d')]);
    expect(all).toEqual([
      ['a answered', 'crash parser-crashed'],
      ['b answered'],
      ['c answered', 'hang parser-timeout'],
      ['d answered'],
    ]);
  });

  it('fails where it does not start at all', async () => {
    parser = createParser({ file: new URL('./broken-worker.mjs', import.meta.url) });
    await expect(parser.parse(mails('a'))).rejects.toThrow('does not start');
  });

  it('reads mail in its own thread where none was built', async () => {
    parser = createParser({ file: new URL('./not-there.js', import.meta.url) });
    const [outcome] = await parser.parse([
      { ...(mails('x')[0] as RawMail), raw: writeMail({ id: 'a@example.org' }) },
    ]);
    expect(outcome).toMatchObject({ kind: 'read', mail: { key: 'a@example.org' } });
  });
});

describe('mails on the way between threads', () => {
  it('arrive as they were sent', async () => {
    const sent = mails('one', 'two', '');
    expect(
      unpackRequest(packRequest(1, sent)).map((mail) => ({ ...mail, raw: Buffer.from(mail.raw) })),
    ).toEqual(sent);
    const patch = await prepare(writeMail({}));
    const reply = await prepare(writeMail({ id: 'b@example.org', subject: 'Re: a thing', body: 'Yes.' }));
    const packed = packReply(
      1,
      [patch, reply].map((mail) => ({ kind: 'read', mail })),
    );
    const given = [patch, reply].map(({ raw, copyHash, source: origin, where }) => {
      return { raw, copyHash, origin, where, compress: true };
    });
    const back = unpackReply(packed, given).map((outcome) => {
      if (outcome.kind !== 'read') throw new Error('it was read');
      const { facts, posting, body } = outcome.mail;
      return {
        ...outcome.mail,
        facts: Buffer.from(facts),
        posting: posting && Buffer.from(posting),
        body: body && Buffer.from(body),
      };
    });
    // What was compressed is not kept as it was as well.
    const none = new Uint8Array();
    expect(back).toEqual([patch, reply].map((mail) => ({ ...mail, raw: none })));
    const loose = { ...patch, body: null };
    const [kept] = unpackReply(packReply(2, [{ kind: 'read', mail: loose }]), given);
    expect(kept).toMatchObject({ mail: { raw: patch.raw, body: null } });
    expect(back.map(({ posting }) => posting === null)).toEqual([false, true]);
  });
});
