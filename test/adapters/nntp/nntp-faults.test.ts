import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openNntp } from '../../../src/adapters/nntp/open-nntp.js';
import { TransientFailure, UserError } from '../../../src/digest/failure/failure.js';
import type { ReadRequest, SourceEvent } from '../../../src/digest/ports/mail-source.js';
import { headOf, textOf, writeListMail } from '../../contract/list-mail.js';
import { type FakeNntp, type NntpFaults, startFakeNntp } from '../../fakes/nntp-server.js';

let server: FakeNntp;
beforeEach(async () => {
  server = await startFakeNntp();
});
afterEach(() => server.close());

/** Puts the suite's mails n to m under their own numbers plus one. */
function put(from: number, to: number, shift = 1): void {
  for (let n = from; n <= to; n++)
    server.articles.set(n + shift, {
      messageId: `mail-${n}@example.org`,
      raw: textOf(writeListMail(n, '2026-10-01T00:00:00Z')),
    });
}

/** Where a time-out is what is tested; everywhere else the answer is waited for, however slow the machine. */
const brief = { connectMs: 2_000, idleMs: 400, answerMs: 1_500 };
const patient = { connectMs: 60_000, idleMs: 60_000, answerMs: 120_000 };

function open(group = server.group, limits = patient) {
  return openNntp({
    name: `test:${group}`,
    host: '127.0.0.1',
    port: server.port,
    tls: false,
    group,
    limits,
  });
}

async function read(request: Partial<ReadRequest> = {}, group = server.group, limits = patient) {
  const events: SourceEvent[] = [];
  let failure: unknown = null;
  try {
    for await (const event of open(group, limits).read({
      cursor: null,
      since: null,
      signal: new AbortController().signal,
      ...request,
    }))
      events.push(event);
  } catch (error) {
    failure = error;
  }
  const mails = events.flatMap((event) => (event.kind === 'mail' ? [event] : []));
  return {
    events,
    failure,
    ids: mails.map(({ raw }) => /^Message-ID: <mail-(\d+)@/m.exec(headOf(raw))?.[1]).map(Number),
    skipped: events.flatMap((event) => (event.kind === 'skipped' ? [event.where] : [])),
    cursor: events.findLast((event) => event.kind === 'cursor')?.cursor ?? null,
    mails,
  };
}

const upTo = (last: number, first = 0) => Array.from({ length: last - first + 1 }, (_, n) => first + n);

describe('a server that misbehaves', () => {
  it.each<[string, NntpFaults, string]>([
    ['says nothing at first', { greeting: '' }, 'timeout'],
    ['closes for now', { greeting: '400 too many connections' }, 'busy'],
    ['lets nobody in', { greeting: '502 go away' }, 'refused'],
    ['is a web server', { greeting: 'HTTP/1.1 400 Bad Request' }, 'nonsense'],
    ['is a mail server', { greeting: '220 mail.example.org ESMTP' }, 'nonsense'],
    ['hangs after the greeting', { silentOn: 'GROUP' }, 'timeout'],
    ['hangs before the articles', { silentOn: 'ARTICLE' }, 'timeout'],
    ['closes in the middle', { answers: { ARTICLE: '400 shutting down' } }, 'busy'],
    ['answers with garbage', { answers: { GROUP: 'ARRAY(0x55d0c0ffee)' } }, 'nonsense'],
    ['names a group without numbers', { answers: { GROUP: '211 x' } }, 'nonsense'],
    ['lists garbage', { answers: { HDR: '225 list\r\nARRAY(0x55)\r\n.' } }, 'nonsense'],
    ['sends half an article', { halfOf: 1 }, 'truncated'],
    ['drips for ever', { dripBytes: 1 }, 'timeout'],
    ['never ends a line', { answers: { GROUP: 'x'.repeat(200_000) } }, 'nonsense'],
    ['sends an empty article', { answers: { ARTICLE: '220 1 <a@b>\r\n.' } }, 'truncated'],
    ['has lost its disk', { broken: new Set(upTo(40)) }, 'server-error'],
  ])('that %s is tried again, and has yielded no half of a mail', async (_, faults, code) => {
    put(0, 30);
    server.faults = faults;
    const { failure, ids } = await read({}, server.group, code === 'timeout' ? brief : patient);
    expect(failure).toBeInstanceOf(TransientFailure);
    expect((failure as TransientFailure).code).toBe(code);
    expect((failure as TransientFailure).message).toContain('127.0.0.1');
    expect(ids).toEqual([]);
    server.faults = {};
    expect((await read()).ids).toEqual(upTo(30));
  });

  it.each([
    [{ greeting: '480 authentication required' }, 'login-required'],
    [{ answers: { GROUP: '483 encryption required' } }, 'tls-required'],
    [{ answers: { GROUP: '411 no' } }, 'no-such-list'],
    [{ answers: { GROUP: '411 no', LIST: '215 l\r\na.b.kvm 1 1 n\r\nc.d.kvm 1 1 n\r\n.' } }, 'several-lists'],
  ])('that answers %j needs a person', async (faults, code) => {
    put(0, 3);
    server.faults = faults;
    const { failure } = await read(
      {},
      'answers' in faults && 'LIST' in faults.answers ? 'kvm' : server.group,
    );
    expect(failure).toBeInstanceOf(UserError);
    expect((failure as UserError).code).toBe(code);
    expect((failure as UserError).remedy).not.toBe('');
  });

  it('that shows a line’s worth of terminal codes in its words has them taken out', async () => {
    server.faults = { greeting: '400 \u001b[2Jgone' };
    expect(String((await read()).failure)).not.toContain('\u001b');
  });
});

describe('articles', () => {
  it('are left out where they are no more, and skipped by name where the server can’t give one among many', async () => {
    put(0, 20);
    server.articles.delete(5);
    server.faults = { broken: new Set([9]) };
    const { ids, skipped, failure } = await read();
    expect(failure).toBeNull();
    expect(ids).toEqual(upTo(20).filter((n) => n !== 4 && n !== 8));
    expect(skipped).toEqual(['org.kernel.vger.kvm 9']);
  });

  it('that are listed and not given yet are waited for, ten minutes by the server’s clock', async () => {
    put(0, 10);
    server.faults = { withheld: new Set([8]), date: '20261101000000' };
    const first = await read();
    expect(first.ids).toEqual(upTo(6));
    // However often it is requested meanwhile: nothing is passed over.
    let { cursor } = first;
    for (const _ of upTo(9)) {
      const again = await read({ cursor });
      expect(again.ids).toEqual([]);
      expect(again.skipped).toEqual([]);
      cursor = again.cursor ?? cursor;
    }
    const late = server.faults.withheld;
    server.faults = {};
    expect((await read({ cursor })).ids).toEqual([7, 8, 9, 10]);
    server.faults = { withheld: late ?? new Set(), date: '20261101001001' };
    const given = await read({ cursor });
    expect(given.skipped).toEqual(['org.kernel.vger.kvm 8']);
    expect(given.ids).toEqual([8, 9, 10]);
    expect((await read({ cursor: given.cursor })).ids).toEqual([]);
  });

  it('of 50 MB are cut and reported as cut', async () => {
    put(0, 2);
    const huge = textOf(writeListMail(1, '2026-10-01T00:00:00Z', { bytes: 50_000_000 }));
    server.articles.set(2, { messageId: 'mail-1@example.org', raw: huge });
    const { ids, mails, failure } = await read();
    expect(failure).toBeNull();
    expect(ids).toEqual([0, 1, 2]);
    expect(mails[1]?.problems).toMatchObject([{ code: 'too-large' }]);
    expect(mails[1]?.raw.byteLength).toBeLessThanOrEqual(25 * 1024 * 1024);
  });

  it('come without what the server adds, and with every dot', async () => {
    const raw = 'From: a@example.org\nMessage-ID: <mail-0@example.org>\n\n.\n..\n.x\n\nend';
    const added = raw.replace('\n\n', '\nXref: news a:1\nNewsgroups: a\nPath: news!not-for-mail\n\n');
    server.articles.set(1, { messageId: 'mail-0@example.org', raw: added });
    expect((await read()).mails.map((mail) => textOf(mail.raw))).toEqual([`${raw}\n`]);
  });
});

describe('numbers', () => {
  it('are checked for by one small request when nothing is new', async () => {
    put(0, 10);
    const { cursor } = await read();
    server.requests.length = 0;
    expect((await read({ cursor })).ids).toEqual([]);
    expect(server.requests.filter((line) => line !== 'QUIT')).toEqual([`GROUP ${server.group}`]);
  });

  it('that mean other mails since the server was set up anew are noticed: it goes on where its mails are now', async () => {
    put(0, 10);
    const { cursor } = await read();
    server.articles.clear();
    // The old mails, and six new ones, under numbers that are 5 less.
    put(5, 16, -4);
    const { ids } = await read({ cursor });
    expect(upTo(16, 11).filter((n) => !ids.includes(n))).toEqual([]);
  });

  it('of a list that holds none of the known mails any more are read from the start within `since`', async () => {
    put(0, 10);
    const { cursor } = await read();
    server.articles.clear();
    put(100, 130, -99);
    expect((await read({ cursor, since: '2026-09-01T00:00:00Z' })).ids).toEqual(upTo(130, 100));
  });

  it('go on when the newest mails were taken out', async () => {
    put(0, 10);
    const { cursor } = await read();
    for (const number of [10, 11]) server.articles.delete(number);
    put(11, 12);
    expect((await read({ cursor })).ids).toEqual([11, 12]);
  });

  it('may have gaps of millions', async () => {
    put(0, 1);
    put(2, 3, 3_000_000);
    const { ids } = await read();
    expect(ids).toEqual([0, 1, 2, 3]);
    expect(server.requests.length).toBeLessThan(250);
  });

  it.each(['', '{}', 'not json', '{"nntp":1,"server":7}'])(
    'begin anew after a cursor such as %j',
    async (cursor) => {
      put(0, 3);
      expect((await read({ cursor })).ids).toEqual(upTo(3));
    },
  );
});

describe('a name without dots', () => {
  it('is looked up once, and the cursor knows the group after', async () => {
    put(0, 2);
    const { cursor, ids } = await read({}, 'kvm');
    expect(ids).toEqual([0, 1, 2]);
    server.requests.length = 0;
    await read({ cursor }, 'kvm');
    expect(server.requests.some((line) => line.startsWith('LIST'))).toBe(false);
  });
});
