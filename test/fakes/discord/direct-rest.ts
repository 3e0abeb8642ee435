import { DiscordAPIError, HTTPError, RateLimitError, type REST } from 'discord.js';
import type { Fault } from './faults.js';
import { type Carried, operations, type Request, type Site } from './operations.js';
import { bodyProblems, routeOf } from './rest.js';
import type { Json } from './world.js';

/** One request, as seen by the code that makes it fail. */
export interface DirectRequest {
  readonly operation: string;
  readonly ids: Request['ids'];
}

export interface DirectSetting {
  readonly site: Site;
  readonly faultOf: (request: DirectRequest, body: unknown) => Fault | null;
  /** Carries out a request, or never comes back: the process died. */
  readonly step: <T>(work: () => Promise<T>) => Promise<T>;
  /** A request that the description or the documented limits forbid. */
  readonly onProblem: (problem: string) => void;
  /** A request was carried out; the client may not learn of it. */
  readonly onCarried: (request: DirectRequest, body: unknown) => void;
}

interface Options {
  readonly query?: URLSearchParams;
  readonly body?: unknown;
}

/** The loopback Discord without the loopback: what a client asks is carried out in this process, by the clock of its world, and may fail. */
export function directRest(setting: DirectSetting): REST {
  const ask =
    (method: string) =>
    (path: string, options: Options = {}) =>
      setting.step(async () => answerTo(setting, method, path, options));
  const rest = { get: ask('GET'), post: ask('POST'), patch: ask('PATCH') };
  return rest as unknown as REST;
}

function answerTo(setting: DirectSetting, method: string, path: string, options: Options): unknown {
  const found = routeOf(method, `/api/v10${path}`);
  if (found === null) throw new Error(`no such request: ${method} ${path}`);
  const problems = bodyProblems(found.operation, options.body ?? {});
  for (const problem of problems) setting.onProblem(`${found.operation}: ${problem}`);
  const fail = (what: Extract<Fault, { kind: 'error' }>): never => {
    const raw = { code: what.code, message: what.message };
    throw new DiscordAPIError(raw, what.code, what.status, method, path, {
      body: undefined,
      files: undefined,
    });
  };
  const carryOut = (): Carried => {
    const body = (options.body ?? {}) as Json;
    const query = options.query ?? new URLSearchParams();
    const carried = operations[found.operation]?.(setting.site, { ids: found.ids, query, body });
    if (carried === undefined) throw new Error(`no such operation: ${found.operation}`);
    if (carried.kind === 'done') setting.onCarried(found, carried.body);
    return carried;
  };
  const fault = setting.faultOf(found, options.body ?? {});
  switch (fault?.kind) {
    case undefined: {
      const carried = carryOut();
      // A copy, like everything that comes over a wire.
      return carried.kind === 'error' ? fail(carried) : structuredClone(carried.body);
    }
    case 'error':
      return fail(fault);
    case 'rateLimited':
      throw rateLimited(method, path, fault);
    case 'badGateway':
      if (fault.carriedOut === true) carryOut();
      throw new HTTPError(502, 'Bad Gateway', method, path, { body: undefined, files: undefined });
    case 'dropBefore':
      throw closed('UND_ERR_SOCKET');
    case 'dropAfter':
      carryOut();
      throw closed('UND_ERR_SOCKET');
    case 'slow':
      carryOut();
      throw closed('ETIMEDOUT');
    default:
      return fault satisfies never;
  }
}

function closed(code: string): Error {
  return Object.assign(new Error('the connection ended'), { code });
}

function rateLimited(
  method: string,
  path: string,
  { retryAfterMs, global = false }: Extract<Fault, { kind: 'rateLimited' }>,
): RateLimitError {
  return new RateLimitError({
    ...{ global, method, url: path, route: path, hash: 'hash', majorParameter: 'global', limit: 1 },
    ...{ retryAfter: retryAfterMs, sublimitTimeout: 0, timeToReset: retryAfterMs },
    scope: global ? 'global' : 'user',
  });
}
