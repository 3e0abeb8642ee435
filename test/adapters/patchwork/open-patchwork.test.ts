import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHttpClient } from '../../../src/adapters/lore/http-client.js';
import { openPatchwork } from '../../../src/adapters/patchwork/open-patchwork.js';
import { readPatchworkAddress } from '../../../src/adapters/patchwork/patchwork-address.js';
import { TransientFailure, UserError } from '../../../src/digest/failure/failure.js';
import type { SourceEvent } from '../../../src/digest/ports/mail-source.js';
import { type FakePatchwork, startFakePatchwork } from '../../fakes/patchwork.js';

describe('the address of a project', () => {
  it.each([
    ['patchwork+https://patchwork.kernel.org/kvm', 'https://patchwork.kernel.org', 'kvm', true],
    ['patchwork+https://patchwork.kernel.org/project/kvm/list/', 'https://patchwork.kernel.org', 'kvm', true],
    ['patchwork+https://example.org/patchwork/kvm?mail=no', 'https://example.org/patchwork', 'kvm', false],
  ])('%s', (text, base, project, mail) => {
    expect(readPatchworkAddress(text)).toMatchObject({ base, project, mail });
  });
  it.each([
    'patchwork+https://example.org',
    'patchwork+ftp://example.org/kvm',
    'patchwork+kvm',
    'patchwork+https://h/%E0%A4%A',
    'patchwork+https://h/%ZZ/kvm',
  ])('is not %s', (text) => {
    expect(() => readPatchworkAddress(text)).toThrow(UserError);
  });
});

const ask = createHttpClient({ userAgent: 'covernote/test (+https://example.org)', now: Date.now });

let server: FakePatchwork;
beforeEach(async () => {
  server = await startFakePatchwork('kvm');
});
afterEach(() => server.close());

async function read(
  cursor: string | null = null,
  since: string | null = null,
  query = '',
): Promise<SourceEvent[]> {
  const source = openPatchwork(`patchwork+${server.url}/kvm${query}`, ask);
  const events: SourceEvent[] = [];
  for await (const event of source.read({ cursor, since, signal: new AbortController().signal }))
    events.push(event);
  return events;
}

const cursorOf = (events: readonly SourceEvent[]): string | null =>
  events.findLast((event) => event.kind === 'cursor')?.cursor ?? null;

/** Event `id`, one a second; each with its own mail. */
function patchEvent(id: number, more: object = {}): object {
  const path = `/project/kvm/patch/${id}@example.org/mbox/`;
  server.mbox(
    path,
    `From patchwork Tue Jan  6 10:00:00 2026\nFrom: a@example.org\nMessage-Id: <${id}@example.org>\nSubject: [${id}]\n\nFrom here\n>From there\n`,
  );
  return {
    id,
    category: 'patch-created',
    date: new Date(Date.UTC(2026, 0, 6) + Math.floor(id / 3) * 1000).toISOString().replace('Z', '123'),
    actor: null,
    payload: { patch: { msgid: `<${id}@example.org>`, mbox: `${server.url}${path}` } },
    ...more,
  };
}

const summaries = (events: readonly SourceEvent[]): string[] =>
  events.flatMap((event) => {
    if (event.kind === 'mail')
      return [/^Subject: (.*)$/m.exec(Buffer.from(event.raw).toString())?.[1] ?? '?'];
    if (event.kind === 'skipped') return [`skipped ${event.problem.code}`];
    if (event.kind === 'evidence') return [JSON.stringify(event.evidence)];
    return [];
  });

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => `[${from + n}]`);

describe('a patchwork project as a source', () => {
  it('reads covers and patches as mails, over all pages, and goes on after each cursor', async () => {
    server.add(...Array.from({ length: 550 }, (_, n) => patchEvent(n + 1)));
    const events = await read();
    expect(summaries(events)).toEqual(range(1, 550));
    const [first, last] = events.filter((event) => event.kind === 'cursor');
    const rest = summaries(await read(first?.cursor));
    expect(rest).toEqual(range(550 - rest.length + 1, 550));
    expect(rest.length).toBeLessThan(200);
    expect(summaries(await read(last?.cursor))).toEqual([]);
    server.add(patchEvent(551), patchEvent(552));
    expect(summaries(await read(last?.cursor))).toEqual(range(551, 552));
  });

  it('gives the mail as it is, without the mbox around it', async () => {
    server.add(patchEvent(1));
    const mail = (await read()).find((event) => event.kind === 'mail');
    expect(Buffer.from(mail?.raw ?? []).toString()).toBe(
      'From: a@example.org\nMessage-Id: <1@example.org>\nSubject: [1]\n\nFrom here\n>From there\n',
    );
  });

  it('asks once, for little, when there is nothing new', async () => {
    server.add(patchEvent(1));
    const cursor = cursorOf(await read());
    const before = server.requests.length;
    await read(cursor);
    expect(server.requests.length - before).toBe(1);
  });

  it('reads an event that comes to light behind later ones, and no other one twice', async () => {
    server.add(patchEvent(30), patchEvent(150));
    const cursor = cursorOf(await read());
    // Made 35 s before the last, when a long transaction began that ended now.
    server.add(patchEvent(45));
    const events = await read(cursor);
    expect(summaries(events)).toEqual(['[45]']);
    expect(summaries(await read(cursorOf(events)))).toEqual([]);
  });

  it('goes on after a cursor of an earlier covernote, which knew the events of one moment', async () => {
    server.add(...Array.from({ length: 9 }, (_, n) => patchEvent(n + 1)));
    const cursor = JSON.stringify({ v: 1, at: '2026-01-06T00:00:02.000123Z', ids: [6, 7] });
    expect(summaries(await read(cursor))).toEqual(range(8, 9));
  });

  it('loses none while events are deleted under its hands', async () => {
    server.add(...Array.from({ length: 250 }, (_, n) => patchEvent(n + 1)));
    const events: SourceEvent[] = [];
    for await (const event of openPatchwork(`patchwork+${server.url}/kvm`, ask).read()) {
      if (events.length === 0) server.forget(Array.from({ length: 50 }, (_, n) => n + 1));
      events.push(event);
    }
    expect(summaries(events).slice(-150)).toEqual(range(101, 250));
  });

  it('reads more events of one moment than a page holds', async () => {
    const date = '2026-01-06T00:00:00.000123';
    server.add(...Array.from({ length: 250 }, (_, n) => patchEvent(n + 1, { date })), patchEvent(251));
    expect(summaries(await read())).toEqual(range(1, 251));
  });

  it('reports states and checks with who set them and when', async () => {
    const patch = { msgid: '<1@example.org>', mbox: `${server.url}/x` };
    server.add(
      {
        id: 7,
        category: 'patch-state-changed',
        date: '2026-01-06T10:00:00.5',
        actor: { username: 'ada' },
        payload: { patch, previous_state: 'new', current_state: 'accepted' },
      },
      {
        id: 8,
        category: 'check-created',
        date: '2026-01-06T10:00:01',
        payload: {
          patch,
          check: { state: 'fail', context: 'build-x86', target_url: 'https://ci.example.org/1' },
        },
      },
      { id: 9, category: 'series-completed', date: '2026-01-06T10:00:02', payload: {} },
    );
    const about = { messageId: '1@example.org', tracker: `${server.url}/project/kvm` };
    expect(
      (await read(null, null, '?mail=no'))
        .filter((event) => event.kind === 'evidence')
        .map(({ evidence }) => evidence),
    ).toEqual([
      { ...about, by: 'ada', at: '2026-01-06T10:00:00Z', what: { kind: 'state', state: 'accepted' } },
      {
        ...about,
        by: null,
        at: '2026-01-06T10:00:01Z',
        what: {
          kind: 'check',
          context: 'build-x86',
          result: 'fail',
          describes: '',
          url: 'https://ci.example.org/1',
        },
      },
    ]);
  });

  it('passes over what is no event, a mail that is gone and a link that leads elsewhere', async () => {
    server.add(
      { id: 'x', date: '2026-01-06T00:00:00', category: 'patch-created' },
      patchEvent(1, {
        payload: { patch: { msgid: '<1@example.org>', mbox: 'http://elsewhere.example.org/mbox/' } },
      }),
      patchEvent(2, {
        payload: { patch: { msgid: '<2@example.org>', mbox: '/project/kvm/patch/none/mbox/' } },
      }),
      patchEvent(3, { payload: {} }),
      patchEvent(4),
    );
    expect(summaries(await read())).toEqual([
      'skipped bad-event',
      'skipped foreign-link',
      'skipped not-found',
      'skipped bad-event',
      '[4]',
    ]);
  });

  it('starts at the given time on a first reading', async () => {
    server.add(...Array.from({ length: 30 }, (_, n) => patchEvent(n + 1)));
    expect(summaries(await read(null, '2026-01-06T00:00:08Z'))).toEqual(range(24, 30));
  });

  it('says nothing of a project that is empty still, and goes on when it is not', async () => {
    const events = await read(null, '2026-01-01T00:00:00Z');
    expect(summaries(events)).toEqual([]);
    server.add(patchEvent(1));
    expect(summaries(await read(cursorOf(events)))).toEqual(['[1]']);
  });

  it('skips a mail that the server can never give, when it gives others', async () => {
    const broken = (id: number) => server.breakMbox(`/project/kvm/patch/${id}@example.org/mbox/`);
    server.add(patchEvent(1), patchEvent(2), patchEvent(3), patchEvent(4));
    broken(2);
    broken(4);
    const failure = await read().catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'TransientFailure', code: 'server-error' });
    server.add(patchEvent(5));
    expect(summaries(await read())).toEqual(['[1]', '[3]', 'skipped not-given', '[5]', 'skipped not-given']);
  });

  it.each<[string, (response: import('node:http').ServerResponse) => void]>([
    ['with 502', (response) => void response.writeHead(502).end()],
    ['with a page of HTML', (response) => void response.end('<!doctype html><title>Making sure')],
  ])('fetches a mail once more that was answered %s at first', async (_, answer) => {
    server.add(patchEvent(1), patchEvent(2));
    const pass = () => undefined;
    server.fail(pass, answer);
    expect(summaries(await read())).toEqual(['[2]', '[1]']);
  });

  it('audits mails, where mails are requested', async () => {
    server.add(patchEvent(1), patchEvent(2));
    server.breakMbox('/project/kvm/patch/2@example.org/mbox/');
    const { audit } = openPatchwork(`patchwork+${server.url}/kvm`, ask);
    const { signal } = new AbortController();
    const at: string[] = [];
    for await (const each of audit?.ids({ cursor: null, since: null, signal }) ?? []) at.push(each.at);
    const events: SourceEvent[] = [];
    for await (const event of audit?.fetch(at, signal) ?? []) events.push(event);
    expect(summaries(events)).toEqual(['[1]', 'skipped not-given']);
    expect(openPatchwork(`patchwork+${server.url}/kvm?mail=no`, ask).audit).toBeUndefined();
  });

  it('loses no mail when the server breaks in the middle', async () => {
    server.add(...Array.from({ length: 6 }, (_, n) => patchEvent(n + 1)));
    const answers = Array.from(
      { length: 20 },
      () => (response: import('node:http').ServerResponse) => void response.writeHead(502).end(),
    );
    server.fail(...Array.from({ length: 3 }, () => () => undefined), ...answers);
    const before: SourceEvent[] = [];
    const reading = (async () => {
      for await (const event of openPatchwork(`patchwork+${server.url}/kvm`, ask).read()) before.push(event);
    })();
    await expect(reading).rejects.toBeInstanceOf(TransientFailure);
    expect(summaries(before)).toEqual(range(1, 2));
    expect(cursorOf(before)).toBeNull();
    server.mend();
    expect(summaries(await read())).toEqual(range(1, 6));
  });

  it.each<[string, (response: import('node:http').ServerResponse) => void, string]>([
    ['a page of HTML', (response) => response.end('<!doctype html><title>Making sure'), 'not-json'],
    ['an object', (response) => response.end('{"detail":"x"}'), 'not-json'],
    ['half an answer', (response) => response.end('[{"id":1,'), 'not-json'],
    ['502', (response) => void response.writeHead(502).end(), 'server-error'],
  ])('leaves %s for a later try', async (_, answer, code) => {
    server.fail(answer);
    const failure = await read().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TransientFailure);
    expect((failure as TransientFailure).code).toBe(code);
  });
});
