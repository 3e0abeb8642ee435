import { byteCollector } from './byte-collector.js';
import { contentLengths, HEADER_REACH, LOOK_AHEAD, separatorAt } from './content-length.js';
import { hasBody, mailFound, withLineFeeds } from './finish-mail.js';
import type { Found, Splitter } from './found.js';
import {
  hasBareForm,
  hasSeparatorForm,
  isBareSeparator,
  isSeparator,
  type LinePlace,
  MAX_SEPARATOR_LENGTH,
} from './separator.js';
import { unquoteFrom } from './unquote.js';

const LF = 0x0a;
const FROM_LINE = Buffer.from('\nFrom ');

/** `\r\n`. */
const LINE_END_BYTES = 2;

/** The bytes before a line by which it is known whether an empty one precedes it: `\n\r\n`, and the line end that begins the search. */
const CONTEXT_BYTES = 3;

/** Bytes of the line after a separator by which it is judged. */
const NEXT_LINE_BYTES = 120;

interface Candidate {
  readonly line: string;
  /** Index of the first byte after the line. */
  readonly end: number;
  readonly next: string | null;
}

/** The line that begins at `start` and the beginning of the next; null if more bytes must come first. */
function candidateAt(
  bytes: Buffer,
  start: number,
  atEnd: boolean,
  hasForm: Separators['hasForm'],
): Candidate | null {
  const limit = start + MAX_SEPARATOR_LENGTH + LINE_END_BYTES;
  const newline = bytes.subarray(start, limit).indexOf(LF);
  if (newline < 0 && bytes.length < limit && !atEnd) return null;
  // Too long for a separator, however it ends: nothing of it need be held until it does.
  if (newline < 0 && bytes.length >= limit) return { line: '', end: limit, next: '' };
  const end = newline < 0 ? bytes.length : start + newline + 1;
  const line = bytes.toString('latin1', start, end).trimEnd();
  // Nearly every candidate ends here: no need to wait for the next line.
  if (!hasForm(line)) return { line, end, next: '' };
  if (end >= bytes.length) return atEnd ? { line, end, next: null } : null;
  const nextEnd = bytes.indexOf(LF, end);
  if (nextEnd < 0 && !atEnd && bytes.length - end < NEXT_LINE_BYTES) return null;
  const stop = nextEnd < 0 ? bytes.length : nextEnd;
  return { line, end, next: bytes.toString('latin1', end, Math.min(stop, end + NEXT_LINE_BYTES)) };
}

function isAfterBlank(bytes: Buffer, newline: number): boolean {
  const before = bytes[newline - 1];
  return before === LF || (before === 0x0d && bytes[newline - 2] === LF);
}

/** One mail of an mbox, its separator cut off; `last` where the file ends with it. */
function finish(separator: string, { bytes, total }: { bytes: Buffer; total: number }, last: boolean): Found {
  let mail = withLineFeeds(bytes);
  const cutOff = last && total === bytes.length && mail[mail.length - 1] !== LF;
  // The empty line before the next separator belongs to the mailbox.
  if (mail.length >= 2 && mail[mail.length - 1] === LF && mail[mail.length - 2] === LF) {
    mail = mail.subarray(0, mail.length - 1);
  }
  if (mail.length === 0) {
    return {
      kind: 'skipped',
      problem: { code: 'not-mail', detail: `nothing follows "${separator.slice(0, 80)}"` },
    };
  }
  const inHeaders = last && !hasBody(mail);
  const detail = inHeaders
    ? 'the file ends inside the headers of this mail'
    : 'the file ends inside this mail';
  const problems = inHeaders || cutOff ? [{ code: 'truncated', detail }] : [];
  return mailFound(unquoteFrom(separator, mail), total, problems);
}

/** A splitter that also tells where the mail begins that it is in the middle of. */
export interface MboxSplitter extends Splitter {
  /** Bytes before the separator of the mail that was begun last; 0 before the first. */
  readonly openAt: number;
}

/** Cuts an mbox at its separators, in one pass over the bytes. What is before the first separator is not a mail. */
export function mboxSplitter(): MboxSplitter {
  return splitterFor({ hasForm: hasSeparatorForm, isSeparator });
}

/** The same for a file whose separators have no date: `From nobody`. */
export function bareMboxSplitter(): MboxSplitter {
  return splitterFor({ hasForm: hasBareForm, isSeparator: isBareSeparator });
}

/** What separates the mails of a file. */
interface Separators {
  readonly hasForm: (line: string) => boolean;
  readonly isSeparator: (place: LinePlace) => boolean;
}

function splitterFor({ hasForm, isSeparator: separates }: Separators): MboxSplitter {
  const mail = byteCollector();
  /** The separator of the mail that is being read; null before the first. */
  let separator: string | null = null;
  // A line end before the first byte: the first line is looked at like every other.
  let carry: Buffer = Buffer.from('\n\n');
  /** The bytes at the beginning of `carry` that were dealt with already: they say what precedes a line. */
  let context = 0;
  /** Where `carry` begins in the input: the line ends before it are not part of it. */
  let carryAt = -carry.length;
  let openAt = 0;
  const lengths = contentLengths();
  /** Chunks held back until `carry` and they have `needed` bytes: where the mail says that it ends. */
  let held: Buffer[] = [];
  let heldBytes = 0;
  let needed = 0;

  /** Where the mail ends by its own word, if the separator at `at` is a line of its text; null if not, -1 if more bytes must come. */
  const endByLength = (bytes: Buffer, at: number, atEnd: boolean): number | null => {
    const length = separator === null ? null : lengths.lengthOf(separator, mail.head(HEADER_REACH));
    if (length === null) return null;
    if (length <= mail.total) {
      // A writer's empty line or two are between.
      if (length + 4 < mail.total) lengths.distrust();
      return null;
    }
    const end = at + length - mail.total;
    if (!atEnd && bytes.length < end + LOOK_AHEAD) {
      needed = end + LOOK_AHEAD;
      return -1;
    }
    const next = separatorAt(bytes, end, atEnd);
    if (next === null) lengths.distrust();
    return next;
  };

  const close = (last: boolean): Found[] => {
    const taken = mail.take();
    if (separator !== null) return [finish(separator, taken, last)];
    if (taken.bytes.toString('latin1').trim() === '') return [];
    const detail = `${taken.total} bytes before the first "From " line; expected an mbox to begin with one`;
    return [{ kind: 'skipped', problem: { code: 'not-mail', detail } }];
  };

  const scan = (bytes: Buffer, atEnd: boolean): Found[] => {
    const found: Found[] = [];
    let copied = context;
    let newline = bytes.indexOf(FROM_LINE);
    while (newline >= 0) {
      const candidate = candidateAt(bytes, newline + 1, atEnd, hasForm);
      if (candidate === null) break;
      if (separates({ ...candidate, afterBlank: isAfterBlank(bytes, newline) })) {
        mail.add(bytes.subarray(copied, newline + 1));
        copied = newline + 1;
        const end = endByLength(bytes, copied, atEnd);
        if (end === -1) break;
        if (end !== null) {
          newline = bytes.indexOf(FROM_LINE, end - 1);
          continue;
        }
        found.push(...close(false));
        separator = candidate.line;
        openAt = carryAt + newline + 1;
        copied = candidate.end;
      }
      // The line's own end may begin the next separator.
      newline = bytes.indexOf(FROM_LINE, candidate.end - 1);
    }
    // Kept back: a line not yet judged, or the beginning of one, and what precedes it.
    const open = newline >= 0 ? newline : bytes.length - FROM_LINE.length;
    const doneTo = atEnd ? bytes.length : Math.max(copied, open);
    mail.add(bytes.subarray(copied, doneTo));
    const keepFrom = Math.max(0, doneTo - CONTEXT_BYTES);
    context = doneTo - keepFrom;
    carry = bytes.subarray(keepFrom);
    carryAt += keepFrom;
    needed = Math.max(0, needed - keepFrom);
    return found;
  };

  const release = (): Buffer => {
    const bytes = Buffer.concat([carry, ...held]);
    held = [];
    heldBytes = 0;
    needed = 0;
    return bytes;
  };

  return {
    get openAt() {
      return openAt;
    },
    numbered: true,
    push(chunk) {
      held.push(chunk);
      heldBytes += chunk.length;
      return carry.length + heldBytes < needed ? [] : scan(release(), false);
    },
    end: () => [...scan(release(), true), ...close(true)],
  };
}
