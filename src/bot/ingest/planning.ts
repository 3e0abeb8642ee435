import type { Db } from '../../adapters/store/schema.js';
import type { ArchiveUrl } from '../../digest/mail/archive-url.js';
import type { BotTable } from '../../digest/mail/bots.js';
import type { Authority } from '../../digest/state/authority.js';
import type { Catalog } from '../../digest/subsystem/catalog.js';

/** What describing a series needs in addition to the mail. */
export interface Describing {
  /** Called whenever a series is described, so that it may change while the database is open. */
  readonly catalog: () => Catalog;
  readonly archiveUrl: ArchiveUrl;
  /** Whose word counts beyond MAINTAINERS; left out: those whom covernote knows. */
  readonly authority?: Authority;
  /** The programs that review nothing; left out: those that covernote knows. */
  readonly bots?: BotTable;
  /** Called before each step of deriving, so that a watcher sees whether it makes progress; what it throws ends the deriving. */
  readonly onStep?: (step: DeriveStep) => void;
}

type DeriveStep = 'assemble' | 'link' | 'describe';

/** What planning works with. Everything is read, nothing written. */
export interface Planning {
  readonly on: Db;
  readonly describing: Describing;
  /** Before each piece of work: throws once the time is over. */
  readonly step: (step?: DeriveStep) => void;
  /** Lets others have a turn. */
  readonly breathe: () => Promise<void>;
}
