import { TransientFailure, UserError } from '../../digest/failure/failure.js';
import type { BotSetting } from '../../digest/mail/bots.js';
import type { MailSource } from '../../digest/ports/mail-source.js';
import type { SourceAudit } from '../../digest/view/source-status.js';
import { ingest } from '../ingest/ingest.js';
import { describeFailure } from './describe-failure.js';
import type { SourceStore } from './read-live-source.js';

export interface Auditing {
  readonly store: SourceStore;
  /** Mail received before it is ignored (ISO UTC); null: nothing is ignored. */
  readonly since: string | null;
  readonly fill: boolean;
  readonly signal: AbortSignal;
  /** The time, ISO UTC with seconds. */
  readonly now: () => string;
  readonly onProgress: (listed: number) => void;
  /** Bots that the configuration adds. */
  readonly bots?: readonly BotSetting[];
}

interface Hole {
  readonly messageId: string;
  readonly at: string;
}

const COMPARED_AT_ONCE = 500;
const NAMED = 100;

/** Compares a source's list of its mail with the database, and fetches what is missing if requested. Failures of the source are in the result. */
export async function auditSource(source: MailSource, auditing: Auditing): Promise<SourceAudit> {
  const nothing = { name: source.name, listed: null, missing: [], holes: null, filled: null };
  if (source.audit === undefined) return { ...nothing, problem: 'it can’t list its mail' };
  try {
    const { listed, holes } = await findHoles(source.audit, auditing);
    const left = auditing.fill ? await fillHoles(source.name, source.audit, holes, auditing) : holes;
    await auditing.store.sources.audited(source.name, left.length, auditing.now());
    return {
      name: source.name,
      listed,
      missing: left.slice(0, NAMED).map(({ messageId }) => messageId),
      holes: left.length,
      filled: auditing.fill ? holes.length - left.length : null,
      problem: null,
    };
  } catch (error) {
    if (!(error instanceof UserError || error instanceof TransientFailure)) throw error;
    const { message, remedy } = describeFailure(error);
    return { ...nothing, problem: `${message} ${remedy}`.trim() };
  }
}

type Audit = NonNullable<MailSource['audit']>;

async function findHoles(
  audit: Audit,
  { store, since, signal, onProgress }: Auditing,
): Promise<{ listed: number; holes: Hole[] }> {
  const holes: Hole[] = [];
  let listed = 0;
  let waiting: Hole[] = [];
  const compare = async () => {
    holes.push(...(await missingOf(store, waiting)));
    waiting = [];
    onProgress(listed);
  };
  for await (const each of audit.ids({ cursor: null, since, signal })) {
    // An id without an @ is not a key here: such mail is known by its content.
    if (!each.messageId.includes('@')) continue;
    listed++;
    waiting.push(each);
    if (waiting.length >= COMPARED_AT_ONCE) await compare();
  }
  await compare();
  return { listed, holes };
}

/** Fetches what is missing; returns what is still missing. */
async function fillHoles(
  name: string,
  audit: Audit,
  holes: readonly Hole[],
  { store, signal, now, bots = [] }: Auditing,
): Promise<Hole[]> {
  if (holes.length === 0) return [];
  const read = () =>
    audit.fetch(
      holes.map(({ at }) => at),
      signal,
    );
  await ingest({ name, read }, store, { now, bots });
  const left: Hole[] = [];
  for (let at = 0; at < holes.length; at += COMPARED_AT_ONCE)
    left.push(...(await missingOf(store, holes.slice(at, at + COMPARED_AT_ONCE))));
  return left;
}

async function missingOf(store: SourceStore, holes: readonly Hole[]): Promise<Hole[]> {
  const missing = new Set(await store.sources.missing(holes.map(({ messageId }) => messageId)));
  return holes.filter(({ messageId }) => missing.has(messageId));
}
