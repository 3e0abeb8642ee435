import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databasePath } from '../../adapters/store/database-url.js';
import { VERSION } from '../cli/version.js';
import type { Config } from '../config.js';
import type { SourceSettings } from './open-source.js';

export function sourceSettings(config: Config, edge: Pick<SourceSettings, 'stdin' | 'now'>): SourceSettings {
  return { folder: dataFolder(config), userAgent: userAgent(config), ...edge };
}

/** The folder beside the database for what has been fetched: mirrors, a copy of MAINTAINERS. Made by whoever writes there. */
export function dataFolder({ databaseUrl }: Pick<Config, 'databaseUrl'>): string {
  const path = databasePath(databaseUrl);
  return path === ':memory:' ? join(tmpdir(), 'covernote.data') : `${path}.data`;
}

/** Archives let through who says honestly who they are: a browser's name is met with a challenge. */
export function userAgent({ contact }: Pick<Config, 'contact'>): string {
  return contact === null ? `covernote/${VERSION}` : `covernote/${VERSION} (+${contact})`;
}
