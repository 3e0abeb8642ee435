import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { takeIn } from './patchwork-export.js';

/** A patchwork server of ours: its events, and the mbox of each mail by its path. It answers as patchwork 3.1.3 was seen to answer. */
export interface FakePatchwork {
  readonly url: string;
  readonly port: number;
  readonly requests: readonly string[];
  add(...events: readonly object[]): void;
  mbox(path: string, text: string): void;
  /** Takes a patch in at a moment, as from its list: with the four events that a patch alone makes. */
  receive(raw: Uint8Array, at: Date): void;
  /** Deletes events, as when someone deletes their patch: nothing reports it. */
  forget(ids: readonly number[]): void;
  /** From now on the next answers are these instead; one that does nothing leaves the right one. */
  fail(...answers: readonly ((response: ServerResponse) => void)[]): void;
  /** Takes back what is left of `fail`. */
  mend(): void;
  /** This mail is answered with 500 from now on, as one whose charset patchwork cannot write. */
  breakMbox(path: string): void;
  stop(): Promise<void>;
  /** On its old port. */
  start(): Promise<void>;
  close(): Promise<void>;
}

const PAGE = 30;
const MAX_PAGE = 250;
/** Between two events of a mail, and of two mails. */
const STEP_MS = 10;

interface FakeEvent {
  readonly id: number;
  readonly date: string;
}

/**
 * The part of patchwork's REST API that is read: `/api/1.2/events/` with `project`, `since` (inclusive), `before`, `order=date` or `-date` (others are not
 * heeded), `page`, `per_page` and a Link header; `/api/1.2/projects/NAME/`; mboxes.
 */
export async function startFakePatchwork(project: string): Promise<FakePatchwork> {
  const events: FakeEvent[] = [];
  const mboxes = new Map<string, string>();
  const broken = new Set<string>();
  const requests: string[] = [];
  const failures: ((response: ServerResponse) => void)[] = [];
  let url = '';
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    requests.push(request.url ?? '');
    failures.shift()?.(response);
    if (response.writableEnded) return;
    const target = new URL(request.url ?? '/', `http://${request.headers.host ?? ''}`);
    const mbox = mboxes.get(target.pathname);
    if (broken.has(target.pathname)) return void response.writeHead(500).end();
    if (mbox !== undefined) {
      response.setHeader('Content-Type', 'text/plain; charset=utf-8');
      return void response.end(mbox);
    }
    if (target.pathname === '/api/1.2/events/') return void listEvents(target, response);
    if (target.pathname === `/api/1.2/projects/${project}/`)
      return void json(response, 200, { link_name: project });
    json(response, 404, { detail: 'Not found.' });
  };
  const listEvents = (target: URL, response: ServerResponse): void => {
    const { searchParams: query } = target;
    const found = findEvents(events, query, project);
    const size = Math.min(Number(query.get('per_page') ?? PAGE), MAX_PAGE);
    const page = Number(query.get('page') ?? 1);
    const pages = Math.max(1, Math.ceil(found.length / size));
    if (page > pages) return void json(response, 404, { detail: 'Invalid page.' });
    const link = (rel: string, number: number): string => {
      const to = new URL(target);
      to.searchParams.set('page', String(number));
      to.searchParams.sort();
      return `<${to.href}>; rel="${rel}"`;
    };
    const links = [
      ...(page < pages ? [link('next', page + 1)] : []),
      ...(page > 1 ? [link('prev', page - 1)] : []),
      link('first', 1),
      link('last', pages),
    ];
    response.setHeader('Link', links.join(', '));
    const body = JSON.stringify(found.slice((page - 1) * size, page * size));
    response.setHeader('Content-Type', 'application/json');
    response.end(hosted(body, target));
  };
  /** Patchwork writes its addresses with the host name of the request. */
  const hosted = (text: string, target: URL): string => text.replaceAll(url, target.origin);
  // A client that was busy for Node's five seconds would meet a connection that is just being closed.
  const server = createServer({ keepAliveTimeout: 60_000 }, onRequest);
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  url = `http://127.0.0.1:${port}`;
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  let lastMs = 0;
  let lastId = 0;
  return {
    url,
    port,
    requests,
    add: (...more) => events.push(...(more as FakeEvent[])),
    mbox: (path, text) => mboxes.set(path, text),
    receive(raw, at) {
      const taken = takeIn(raw, ++lastId);
      const path = `/project/${project}/patch/${taken.msgid.slice(1, -1)}/mbox/`;
      mboxes.set(path, taken.mbox);
      const patch = { msgid: taken.msgid, mbox: `${url}${path}` };
      const series = { mbox: `${url}/series/${lastId}/mbox/` };
      // One mail after the other, whatever times are requested.
      lastMs = Math.max(at.getTime(), lastMs);
      for (const [category, payload] of [
        ['patch-created', { patch }],
        ['series-created', { series }],
        ['patch-completed', { patch, series }],
        ['series-completed', { series }],
      ] as const) {
        lastMs += STEP_MS;
        const date = new Date(lastMs).toISOString().replace('Z', '123');
        events.push({ id: events.length + 1, date, ...{ category, actor: null, payload } });
      }
    },
    forget(ids) {
      events.splice(0, events.length, ...events.filter(({ id }) => !ids.includes(id)));
    },
    fail: (...answers) => void failures.push(...answers),
    mend: () => void failures.splice(0),
    breakMbox: (path) => void broken.add(path),
    stop,
    start: () => listen(port),
    close: stop,
  };
}

/** An unknown project, and a `since` that is no time, are answered with nothing. */
function findEvents(events: readonly FakeEvent[], query: URLSearchParams, project: string): FakeEvent[] {
  const [since, before] = [query.get('since'), query.get('before')];
  if (query.get('project') !== project || [since, before].some((at) => at !== null && !isTime(at))) return [];
  // Times are compared as times: they may have fractions of a second or none.
  const sorted = events
    .map((event) => ({ event, at: atOf(event.date) }))
    .filter(({ at }) => since === null || at >= atOf(since))
    .filter(({ at }) => before === null || at < atOf(before))
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .map(({ event }) => event);
  return query.get('order') === 'date' ? sorted : sorted.reverse();
}

const isTime = (text: string): boolean => !Number.isNaN(Date.parse(`${text}Z`));

/** A time of patchwork's to the microsecond, comparable. */
function atOf(date: string | undefined): string {
  return (date ?? '').replace(
    /^([^.]*)\.?(\d*)$/,
    (_, seconds: string, fraction: string) => `${seconds}.${fraction.padEnd(6, '0')}`,
  );
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
}
