import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databasePlace } from '../../adapters/store/database-url.js';
import { VERSION } from '../cli/version.js';
import type { Config } from '../config.js';
import type { SourceSettings } from './open-source.js';

export function sourceSettings(config: Config, edge: Pick<SourceSettings, 'stdin' | 'now'>): SourceSettings {
  return { folder: dataFolder(config), userAgent: userAgent(config), ...edge };
}

/** The settings that determine the folder. */
export type DataPlace = Pick<Config, 'databaseUrl'> & Partial<Pick<Config, 'dataDir'>>;

/**
 * The folder for what has been fetched: mirrors, a copy of MAINTAINERS. Without DATA_DIR it is next to the database's file, or in the
 * working folder if the database is on a server. Created by the code that writes there.
 */
export function dataFolder({ databaseUrl, dataDir }: DataPlace): string {
  if (dataDir != null) return dataDir;
  const place = databasePlace(databaseUrl);
  if (place.engine === 'postgres') return './covernote.data';
  return place.path === ':memory:' ? join(tmpdir(), 'covernote.data') : `${place.path}.data`;
}

/** Archives accept programs that identify themselves; a browser's name gets a challenge. */
export function userAgent({ contact }: Pick<Config, 'contact'>): string {
  return contact === null ? `covernote/${VERSION}` : `covernote/${VERSION} (+${contact})`;
}
