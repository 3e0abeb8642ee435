import { UserError } from '../../digest/failure/failure.js';
import { percentDecoded } from '../../digest/text/percent-decoded.js';

/** Where a database is. */
export type DatabasePlace =
  | { readonly engine: 'sqlite'; readonly path: string }
  /** `name`: the URL as it may be shown, without password and parameters. */
  | { readonly engine: 'postgres'; readonly url: string; readonly name: string };

/**
 * Reads what `--db PATH` or DATABASE_URL names: `sqlite:PATH`, `sqlite:///PATH`, a bare path, or `postgres://USER:PASSWORD@HOST/DATABASE`. Throws
 * UserError, which never holds a password.
 */
export function databasePlace(url: string): DatabasePlace {
  const text = url.trim();
  if (isPostgres(text)) return { engine: 'postgres', url: text, name: postgresName(text) };
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(text)?.[1]?.toLowerCase();
  // A single letter is a drive, not a scheme, and is no match above.
  if (scheme !== undefined && scheme !== 'sqlite') {
    throw new UserError(
      'database-url',
      `${scheme}: is not a database that covernote supports.`,
      'Give a SQLite file, for example DATABASE_URL=sqlite:./covernote.db, or postgres://USER:PASSWORD@HOST/DATABASE',
    );
  }
  const path = scheme === undefined ? text : text.slice(scheme.length + 1).replace(/^\/\/(?=\/)/, '');
  if (path === '') {
    throw new UserError(
      'database-url',
      'The database has no path.',
      'Write one after sqlite:, for example DATABASE_URL=sqlite:./covernote.db',
    );
  }
  return { engine: 'sqlite', path };
}

function isPostgres(url: string): boolean {
  return /^postgres(ql)?:/i.test(url.trim());
}

/** The password in a URL of a database, as it is written there and decoded; none for a file. */
export function databasePasswords(url: string): string[] {
  if (!isPostgres(url)) return [];
  const parsed = parsePostgres(url);
  const found = [parsed?.password ?? '', parsed?.searchParams.get('password') ?? ''];
  return found.filter((one) => one !== '').flatMap((one) => [...new Set([one, percentDecoded(one)])]);
}

function postgresName(url: string): string {
  const parsed = parsePostgres(url);
  if (parsed === null)
    throw new UserError(
      'database-url',
      'The URL of the database is not valid.',
      'Write postgres://USER:PASSWORD@HOST/DATABASE; in user and password write %40 for @, %3A for :, %2F for /, and %25 for %',
    );
  const { username, host, pathname, searchParams } = parsed;
  const user = username === '' ? '' : `${username}@`;
  return `postgres://${user}${searchParams.get('host') ?? host}${pathname}`;
}

/** `postgres://USER@/DATABASE?host=/run/postgresql` has no host, which WHATWG's URL refuses beside a user. */
function parsePostgres(url: string): URL | null {
  const text = url.trim();
  if (URL.canParse(text)) return new URL(text);
  const noHost = text.replace(/^([a-z]+:\/\/[^/?#]*@)\//i, '$1localhost/');
  return URL.canParse(noHost) ? new URL(noHost) : null;
}
