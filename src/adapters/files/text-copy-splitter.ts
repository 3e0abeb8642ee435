import { withoutTail } from '../../digest/text/without-tail.js';
import { byteCollector } from './byte-collector.js';
import { mailFound, withLineFeeds } from './finish-mail.js';
import type { Found, Splitter } from './found.js';
import { lineCutter } from './line-cutter.js';

const START = 'Subject[';

/** True where a line begins a mail of a text copy: `Subject[PATCH v4 00/23] mm/gup: …`, without a colon. */
export function startsTextCopy(line: string): boolean {
  return line.startsWith(START);
}

/** A mail with a Subject header and the body: the copy has nothing else, so nothing else is made up. */
function finish({ bytes, total }: { bytes: Buffer; total: number }): Found {
  const text = withLineFeeds(bytes).toString('latin1');
  const lineEnd = text.indexOf('\n');
  const subject = (lineEnd < 0 ? text : text.slice(0, lineEnd)).slice('Subject'.length).trim();
  const body = lineEnd < 0 ? '' : text.slice(lineEnd + 1);
  const raw = Buffer.from(`Subject: ${subject}\n\n${withoutTail(body, '\n')}\n`, 'latin1');
  const detail = 'a text copy of a mail: no header but the subject';
  return mailFound(raw, total, [{ code: 'no-headers', detail }]);
}

/** Reads a header-less text copy of one or more cover letters; what stands before the first subject is left out. */
export function textCopySplitter(): Splitter {
  const cutter = lineCutter();
  const mail = byteCollector();
  let inMail = false;

  const close = (): Found[] => {
    const taken = mail.take();
    return inMail ? [finish(taken)] : [];
  };

  const take = (bytes: Buffer): Found[] => {
    const starts = startsTextCopy(bytes.toString('latin1', 0, START.length));
    const found = starts ? close() : [];
    inMail ||= starts;
    if (inMail) mail.add(bytes);
    return found;
  };

  return {
    numbered: true,
    push: (chunk) => cutter.push(chunk).flatMap(take),
    end: () => [...cutter.end().flatMap(take), ...close()],
  };
}
