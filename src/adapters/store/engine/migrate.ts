import { Migrator } from 'kysely';
import { UserError } from '../../../digest/failure/failure.js';
import { migrations } from '../migrations/index.js';
import type { Db } from '../schema.js';

/** Makes or upgrades the tables, all or nothing. */
export async function migrate(db: Db): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

/** `names`: of the migrations that this covernote does not know. */
export function newerDatabase(name: string, names: readonly string[]): UserError {
  return new UserError(
    'database-newer',
    `${name} was written by a newer covernote (it has ${names.join(', ')}).`,
    'Update covernote, or give another database with --db',
  );
}
