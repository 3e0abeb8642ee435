import { decodeMail } from '../src/adapters/mail/decode-mail.js';
import { copyHash } from '../src/adapters/store/copy-hash.js';
import type { MailParser, ParsedMail, RawMail } from '../src/bot/ingest/mail-parser.js';
import { createParser } from '../src/bot/ingest/worker-parser.js';
import { parsedMessageSchema } from '../src/digest/contract/parsed-message.js';
import { toParsedMessage } from '../src/digest/contract/to-parsed-message.js';
import { understand } from '../src/digest/message/understand.js';
import type { Finding } from './messages.js';
import type { MutatedMail } from './mutate.js';

/** The product's own reading thread, as `npm run build` makes it. */
export const WORKER = new URL('../dist/parse-worker.js', import.meta.url);

/** The longest that one mail may take; one that takes longer is tried again alone, since the machine may have been busy. */
const TIMEOUT_MS = 5_000;
const SECOND_TIMEOUT_MS = 20_000;

/** What is derived from a mail may be larger than the mail by so much, and no more. */
const MAX_DERIVED_BYTES = 64 * 1024;
const MAX_GROWTH = 12;

export const openParser = (): MailParser => createParser({ file: WORKER, timeoutMs: TIMEOUT_MS });

/** The iteration replaces a file's name. */
export const whereOf = (iteration: number): string => `iteration ${iteration}`;

export function rawMailOf({ raw, iteration }: MutatedMail): RawMail {
  const origin = { list: null, receivedAt: null, problems: [] };
  return { raw, origin, copyHash: copyHash(raw, origin), where: whereOf(iteration), compress: true };
}

/** What is wrong with the outcome of one mail; a mail that took too long is read once more. */
export async function judgeOutcome(mail: MutatedMail, outcome: ParsedMail): Promise<Finding[]> {
  const { iteration } = mail;
  if (outcome.kind === 'read') {
    const { facts, posting } = outcome.mail;
    const derived = facts.byteLength + (posting?.byteLength ?? 0);
    return derived <= MAX_DERIVED_BYTES + MAX_GROWTH * mail.raw.length
      ? []
      : [{ iteration, code: 'grows', detail: `${mail.raw.length} bytes became ${derived}` }];
  }
  const { code, detail } = outcome.problem;
  if (code === 'parser-timeout' && (await isReadAlone(mail))) return [];
  return [{ iteration, code, detail }];
}

async function isReadAlone(mail: MutatedMail): Promise<boolean> {
  const parser = createParser({ file: WORKER, timeoutMs: SECOND_TIMEOUT_MS });
  try {
    const [outcome] = await parser.parse([rawMailOf(mail)]);
    return outcome?.kind === 'read';
  } finally {
    await parser.close();
  }
}

/** Whether `covernote parse --json` can print it. */
export async function checkContract({ raw, iteration }: MutatedMail): Promise<Finding[]> {
  try {
    parsedMessageSchema.parse(JSON.parse(JSON.stringify(toParsedMessage(understand(await decodeMail(raw))))));
    return [];
  } catch (error) {
    return [{ iteration, code: 'parse-json', detail: detailOf(error) }];
  }
}

export function detailOf(error: unknown): string {
  return (error instanceof Error ? (error.stack ?? error.message) : String(error)).slice(0, 600);
}
