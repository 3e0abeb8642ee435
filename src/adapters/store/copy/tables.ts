import type { Tables } from '../schema.js';

/** How a table is carried to another database. */
export interface TableRule {
  /** The columns of its primary key: the order in which its rows are read. */
  readonly key: readonly string[];
  /** Rows of one step; few where they are large. */
  readonly rows: number;
  /** `rows`: as they are. `words`: learned in their order. `heads`: made again with the index of series. */
  readonly how: 'rows' | 'words' | 'heads';
}

const byKey = (...key: string[]): TableRule => ({ key, rows: 1_000, how: 'rows' });

/**
 * All tables, in an order in which no row comes before one that it refers to. Each engine's own index, and its notes of what is being read,
 * are rebuilt or left out.
 */
export const TABLE_RULES = {
  message: byKey('id'),
  message_document: byKey('message_id'),
  raw: { ...byKey('id'), rows: 100 },
  copy: byKey('seq'),
  copy_hash: byKey('hash'),
  cluster_key: byKey('key'),
  cluster_alias: byKey('component'),
  revision: { ...byKey('id'), rows: 200 },
  underived: byKey('message_id'),
  derive_failure: byKey('message_id'),
  link_key: byKey('key'),
  link_alias: byKey('component'),
  pull_key: byKey('key', 'message_id'),
  word: { ...byKey('id'), how: 'words' },
  series: { ...byKey('id'), rows: 200 },
  series_head: { ...byKey('row'), how: 'heads' },
  series_subsystem: byKey('series_id', 'slug'),
  correction: byKey('id'),
  destination: byKey('id'),
  follow: byKey('id'),
  slot: { ...byKey('id'), rows: 100 },
  outbox: { ...byKey('id'), rows: 100 },
  ledger: byKey('destination_id', 'message_key'),
  mention: byKey('destination_id', 'message_key'),
  mute: byKey('destination_id', 'message_key'),
  thread: byKey('destination_id', 'message_key'),
  person_address: byKey('platform', 'tenant', 'address', 'email'),
  snooze: byKey('platform', 'tenant', 'address', 'message_key'),
  undo: byKey('id'),
  anchor: byKey('hash'),
  seen_event: byKey('platform', 'event'),
  installation: byKey('platform', 'tenant'),
  source: byKey('name'),
  source_day: byKey('name', 'day'),
  tracker_evidence: byKey('message_key', 'tracker', 'kind', 'context'),
  suspect: byKey('hash'),
  quarantine: { ...byKey('hash'), rows: 20 },
  model_answer: byKey('hash'),
  written_summary: byKey('message_key'),
  model_use: byKey('day'),
  meta: byKey('name'),
} as const satisfies Readonly<Record<keyof Tables, TableRule>>;

export type TableName = keyof Tables;
export const TABLE_NAMES = Object.keys(TABLE_RULES) as readonly TableName[];
