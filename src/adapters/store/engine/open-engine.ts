import { databasePlace } from '../database-url.js';
import type { Engine } from './engine.js';
import { openSqlite } from './sqlite.js';

/** Opens the database that a URL or path names, making its tables if there are none. Throws UserError for all that a person can fix. */
export async function openEngine(url: string): Promise<Engine> {
  const place = databasePlace(url);
  if (place.engine === 'sqlite') return openSqlite(place.path);
  // Loaded where it is needed alone: every command would be slower to start by it.
  const { openPostgres } = await import('./postgres.js');
  return openPostgres(place);
}
