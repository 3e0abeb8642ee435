import { copyHash } from '../../adapters/store/copy-hash.js';
import { groupBy } from '../../adapters/store/group-by.js';
import { type Attempt, type Careful, strikeOf, strikeOfProblem } from './careful.js';
import type { MailParser, ParsedMail, RawMail } from './mail-parser.js';
import type { KeptMail, MailStore, RereadMail } from './mail-store.js';

/** Some messages, all their kept mails, and what was read of them again; null if they must be read one at a time. */
interface RereadBatch {
  readonly kept: readonly KeptMail[];
  /** Of those whose bytes are still here. */
  readonly hashes: readonly Uint8Array[];
  readonly reread: readonly RereadMail[] | null;
}

export interface RereadSetting {
  readonly store: MailStore;
  readonly parser: MailParser;
  readonly careful: Careful;
  /** Mails in quarantine that were tried in this attempt already: they are left as they are. */
  readonly wasTried: (hash: Uint8Array) => boolean;
  /** ISO UTC. */
  readonly now: () => string;
}

export interface CarefulReindex {
  read(after: number, messages: number): Promise<RereadBatch>;
  replace(batch: RereadBatch): Promise<void>;
}

/** Reads stored mail again; a message that kills or stalls that stays as it is, and the others are read. */
export function createCarefulReindex(setting: RereadSetting): CarefulReindex {
  const { store, parser, careful, now } = setting;
  const replaceByMessage = async (kept: readonly KeptMail[]): Promise<void> => {
    for (const message of groupBy(kept, ({ rowId }) => rowId).values())
      await replaceMessage(setting, message);
  };
  return {
    async read(after, messages) {
      const kept = await store.kept(after, messages);
      const raws = rawMails(kept);
      const hashes = raws.map((mail) => mail.copyHash);
      if (hashes.some((hash) => careful.careFor(hash) !== 'together')) return { kept, hashes, reread: null };
      const outcomes = await careful.together(hashes, () => parser.parse(raws));
      const struck = hashes.filter((_, i) => isStrike(outcomes[i]));
      if (struck.length === 0) return { kept, hashes, reread: join(kept, outcomes) };
      await careful.suspect(struck);
      return { kept, hashes, reread: null };
    },
    async replace({ kept, hashes, reread }) {
      if (reread === null) return replaceByMessage(kept);
      try {
        return await careful.together(hashes, () => store.replaceBatch(reread, now()));
      } catch (error) {
        if (strikeOf(error) === null) throw error;
      }
      await careful.suspect(hashes);
      await replaceByMessage(kept);
    },
  };
}

async function replaceMessage(
  { store, parser, careful, wasTried, now }: RereadSetting,
  kept: readonly KeptMail[],
): Promise<void> {
  const raws = rawMails(kept);
  const hashes = raws.map((mail) => mail.copyHash);
  const [first] = kept;
  if (first === undefined || hashes.some(wasTried)) return;
  const work = async (): Promise<Attempt<void>> => {
    const outcomes = await parser.parse(raws);
    const strike = outcomes.map((one) => (one.kind === 'skipped' ? strikeOfProblem(one.problem) : null));
    const struck = strike.find((one) => one !== null);
    if (struck !== undefined && struck !== null) return { kind: 'strike', ...struck };
    return careful.store(() => store.replaceBatch(join(kept, outcomes), now()));
  };
  const { where, origin } = first;
  // Its bytes are in the database already.
  await careful.alone(hashes, { source: DATABASE, where, origin, body: null }, work);
}

/** Where a mail comes from that is read again. */
const DATABASE = 'the database';

/** Those whose bytes are still here, as the parser takes them. */
function rawMails(kept: readonly KeptMail[]): RawMail[] {
  return kept.flatMap(({ raw, origin, where }) =>
    // It is stored already.
    raw === null ? [] : [{ raw, origin, where, copyHash: copyHash(raw, origin), compress: false }],
  );
}

function isStrike(outcome: ParsedMail | undefined): boolean {
  return outcome?.kind === 'skipped' && strikeOfProblem(outcome.problem) !== null;
}

function join(kept: readonly KeptMail[], outcomes: readonly ParsedMail[]): RereadMail[] {
  let at = 0;
  return kept.map(({ rowId, rawId, raw }) => {
    const outcome = raw === null ? undefined : outcomes[at++];
    return { rowId, rawId, mail: outcome?.kind === 'read' ? outcome.mail : null };
  });
}
