import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** What a patchwork server of ours holds: events in the order of their dates, and the mbox of each mail by its path. */
export interface FakePatchwork {
  readonly url: string;
  readonly requests: readonly string[];
  add(...events: readonly object[]): void;
  mbox(path: string, text: string): void;
  /** From now on the next answers are these instead. */
  fail(...answers: readonly ((response: ServerResponse) => void)[]): void;
  close(): Promise<void>;
}

const PAGE = 30;

/** The part of patchwork's REST API that is read: `/api/1.2/events/` with `project`, `since` (inclusive), `order=date`, `page` and a Link header; mboxes. */
export async function startFakePatchwork(project: string): Promise<FakePatchwork> {
  const events: { id: number; date: string }[] = [];
  const mboxes = new Map<string, string>();
  const requests: string[] = [];
  const failures: ((response: ServerResponse) => void)[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    requests.push(request.url ?? '');
    const failure = failures.shift();
    if (failure !== undefined) return failure(response);
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const mbox = mboxes.get(url.pathname);
    if (mbox !== undefined) return void response.end(mbox);
    if (url.pathname !== '/api/1.2/events/') return notFound(response);
    if (url.searchParams.get('project') !== project || url.searchParams.get('order') !== 'date') {
      response.statusCode = 400;
      return void response.end('{"project":["Invalid pk"]}');
    }
    const since = url.searchParams.get('since');
    const wanted = events
      .filter((event) => since === null || event.date >= since)
      .sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
    const page = Number(url.searchParams.get('page') ?? 1);
    const rest = wanted.slice(page * PAGE);
    if (rest.length > 0) {
      url.searchParams.set('page', String(page + 1));
      url.host = request.headers.host ?? '';
      response.setHeader('Link', `<${url.href}>; rel="next", <${url.href}>; rel="last"`);
    }
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify(wanted.slice((page - 1) * PAGE, page * PAGE)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    add: (...more) => events.push(...(more as { id: number; date: string }[])),
    mbox: (path, text) => mboxes.set(path, text),
    fail: (...answers) => failures.push(...answers),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function notFound(response: ServerResponse): void {
  response.statusCode = 404;
  response.end('{"detail":"Not found."}');
}
