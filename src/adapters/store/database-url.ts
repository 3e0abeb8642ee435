import { UserError } from '../../digest/failure/failure.js';

/**
 * The path of the SQLite file that `--db PATH` or DATABASE_URL names: `sqlite:PATH`, `sqlite:///PATH` or a bare path.
 * Throws UserError for another engine.
 */
export function databasePath(url: string): string {
  const text = url.trim();
  if (/^postgres(ql)?:/i.test(text)) {
    throw new UserError(
      'postgres-unsupported',
      'PostgreSQL is not supported yet.',
      'Give a SQLite file instead, for example DATABASE_URL=sqlite:./covernote.db',
    );
  }
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(text)?.[1]?.toLowerCase();
  // A single letter is a drive, not a scheme, and is no match above.
  if (scheme !== undefined && scheme !== 'sqlite') {
    throw new UserError(
      'database-url',
      `${scheme}: is no database that covernote knows.`,
      'Give a SQLite file, for example DATABASE_URL=sqlite:./covernote.db',
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
  return path;
}
