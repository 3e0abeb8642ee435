import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { TransientFailure, UserError } from '../../digest/failure/failure.js';
import { oneLine, shorten } from '../../digest/text/inert.js';
import type { Refusal, WebEnv } from './guard.js';
import type { WebServices } from './page.js';
import { ProblemPage } from './pages/problem.js';

interface ProblemSetting {
  readonly services: WebServices;
  readonly onBug: (error: unknown, bug: { readonly reference: string; readonly operation: string }) => void;
  readonly newReference: () => string;
}

interface Problem {
  readonly status: ContentfulStatusCode;
  readonly code: string;
  readonly title: string;
  readonly message: string;
  readonly remedy: string;
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'That can’t be answered',
  404: 'Not found',
  405: 'Read only',
  414: 'Too long',
  429: 'Too many requests',
  503: 'Busy',
  504: 'That takes too long',
};

/** The codes of UserErrors about missing things; the reader can correct all others. */
const MISSING = new Set(['no-series', 'no-subsystem', 'no-such-version', 'no-version', 'no-page']);

/** The response to a request that failed: a page, or JSON below /api. */
export function createProblems({ services, onBug, newReference }: ProblemSetting) {
  const show = async (c: Context<WebEnv>, { status, ...problem }: Problem): Promise<Response> => {
    c.header('cache-control', 'no-store');
    const { code, title, message, remedy } = problem;
    if (c.req.path.startsWith('/api/')) return c.json({ error: { code, message, remedy } }, status);
    const page = { site: services.site, nowMs: services.now(), newestMail: null };
    return c.html(
      <ProblemPage title={title} message={oneLine(message)} remedy={oneLine(remedy)} page={page} />,
      status,
    );
  };
  return {
    refuse(c: Context<WebEnv>, { status, message, remedy, headers }: Refusal) {
      for (const [name, value] of Object.entries(headers)) c.header(name, value);
      return show(c, { status, code: `http-${status}`, title: titleOf(status), message, remedy });
    },
    onMissing: (c: Context<WebEnv>) => show(c, { ...missing(c.req.path), status: 404 }),
    onError(error: unknown, c: Context<WebEnv>) {
      if (error instanceof UserError) return show(c, ofUserError(error));
      const expected = ofHttp(error) ?? ofTransient(error);
      if (expected !== null) return show(c, expected);
      const reference = newReference();
      onBug(error, { reference, operation: shorten(oneLine(c.req.path), 200) });
      return show(c, {
        status: 500,
        code: 'bug',
        title: 'Something went wrong',
        message: 'This is a bug in covernote; it was logged.',
        remedy: `If you report it, name ${reference}.`,
      });
    },
  };
}

function titleOf(status: number): string {
  return TITLES[status] ?? 'That can’t be answered';
}

function missing(path: string): Omit<Problem, 'status'> {
  return {
    code: 'no-page',
    title: titleOf(404),
    message: `There is no page ${shorten(oneLine(path), 100)} here.`,
    remedy: 'Search for what you are looking for.',
  };
}

function ofUserError({ code, message, remedy }: UserError): Problem {
  const status = MISSING.has(code) ? 404 : 400;
  return { status, code, title: titleOf(status), message, remedy };
}

function ofHttp(error: unknown): Problem | null {
  if (!(error instanceof HTTPException)) return null;
  const status = error.status as ContentfulStatusCode;
  const remedy = status === 504 ? 'Ask for less: a shorter window, or one subsystem.' : '';
  return {
    status,
    code: `http-${status}`,
    title: titleOf(status),
    message: 'No answer was found in time.',
    remedy,
  };
}

function ofTransient(error: unknown): Problem | null {
  if (!(error instanceof TransientFailure)) return null;
  return {
    status: 503,
    code: error.code,
    title: titleOf(503),
    message: error.message,
    remedy: 'Try again in a few minutes.',
  };
}
