import type { PreparedMail } from '../../adapters/store/prepared-mail.js';
import { compressBody } from '../../adapters/store/raw-body.js';
import type { AloneMail } from '../../adapters/store/reading-journal.js';
import type { Problem } from '../../digest/mail/mail.js';
import { type Attempt, type Careful, strikeOf, strikeOfProblem } from './careful.js';
import type { MailParser, RawMail } from './mail-parser.js';
import type { BatchCounts, MailSink } from './mail-store.js';

export interface CarefulWriterSetting {
  readonly careful: Careful;
  readonly parser: MailParser;
  readonly store: Pick<MailSink, 'ingestBatch'>;
  /** Name of the source. */
  readonly source: string;
  /** ISO UTC. */
  readonly now: () => string;
}

export interface Outcome extends Pick<BatchCounts, 'fresh' | 'known' | 'reused' | 'abandoned'> {
  /** Mails that were parsed here. */
  readonly read: readonly PreparedMail[];
  readonly skipped: readonly { readonly problem: Problem; readonly where: string }[];
}

export interface CarefulWriter {
  /** Stores mails together; where that fails over one of them, one at a time. */
  write(mails: readonly PreparedMail[]): Promise<Outcome>;
  /** Parses and stores a mail while nothing else is at hand. */
  readAlone(mail: RawMail): Promise<Outcome>;
}

const NOTHING: Outcome = { fresh: 0, known: 0, reused: [], abandoned: [], read: [], skipped: [] };

export function createCarefulWriter({
  careful,
  parser,
  store,
  source,
  now,
}: CarefulWriterSetting): CarefulWriter {
  const writeOne = (mail: PreparedMail): Promise<Attempt<Outcome>> =>
    careful.store(async () => ({ ...NOTHING, ...(await store.ingestBatch([mail], now())) }));
  const inQuarantine = ({ copyHash, where }: Pick<RawMail, 'copyHash' | 'where'>): Outcome => ({
    ...NOTHING,
    skipped: [{ problem: careful.problemOf(copyHash), where }],
  });
  const aloneMail = (mail: PreparedMail): AloneMail => ({
    source,
    where: mail.where,
    origin: mail.source,
    body: mail.body ?? compressBody(mail.raw),
  });

  return {
    async write(mails) {
      const hashes = mails.map((mail) => mail.copyHash);
      try {
        const counts = await careful.together(hashes, () => store.ingestBatch(mails, now()));
        return { ...NOTHING, ...counts };
      } catch (error) {
        if (strikeOf(error) === null) throw error;
      }
      await careful.suspect(hashes);
      let sum = NOTHING;
      for (const mail of mails) {
        const stored = await careful.alone([mail.copyHash], aloneMail(mail), () => writeOne(mail));
        sum = add(sum, stored ?? inQuarantine(mail));
      }
      return sum;
    },
    async readAlone(mail) {
      const { where, origin, raw } = mail;
      const outcome = await careful.alone(
        [mail.copyHash],
        { source, where, origin, body: compressBody(raw) },
        async (): Promise<Attempt<Outcome>> => {
          const [parsed] = await parser.parse([{ ...mail, compress: true }]);
          if (parsed === undefined) throw new Error('the parser lost a mail');
          if (parsed.kind === 'read') {
            const written = await writeOne(parsed.mail);
            return written.kind === 'strike'
              ? written
              : { kind: 'done', value: { ...written.value, read: [parsed.mail] } };
          }
          const strike = strikeOfProblem(parsed.problem);
          if (strike !== null) return { kind: 'strike', ...strike };
          return { kind: 'done', value: { ...NOTHING, skipped: [{ problem: parsed.problem, where }] } };
        },
      );
      return outcome ?? inQuarantine(mail);
    },
  };
}

function add(a: Outcome, b: Outcome): Outcome {
  return {
    fresh: a.fresh + b.fresh,
    known: a.known + b.known,
    reused: [...a.reused, ...b.reused],
    abandoned: [...a.abandoned, ...b.abandoned],
    read: [...a.read, ...b.read],
    skipped: [...a.skipped, ...b.skipped],
  };
}
