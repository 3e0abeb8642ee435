import { count } from '../text/count.js';
import { oneLine } from '../text/inert.js';
import type { QuarantineStatus, SourceAudit, SourceStatus } from './source-status.js';

/** How a source fares, in a few lines of text. `nowMs` is for `3 min ago`. */
export function sourceLines(source: SourceStatus, nowMs: number): string[] {
  const ago = (iso: string) => inWords((nowMs - Date.parse(iso)) / 1000);
  const lines = [`${source.name}: ${sourceStateText(source, ago)}`];
  const { error } = source;
  if (error !== null) {
    lines.push(`  last error, ${ago(error.at)} ago: ${oneLine(error.message)}`);
    if (error.remedy !== '') lines.push(`  to do: ${oneLine(error.remedy)}`);
    const next = source.nextAttempt === null ? NaN : (Date.parse(source.nextAttempt) - nowMs) / 1000;
    if (next > 0) lines.push(`  tried again in ${inWords(next)}`);
  }
  if (source.quarantined > 0) lines.push(`  ${count(source.quarantined, 'mail')} in quarantine`);
  if (source.state === 'file') return lines;
  const mail = source.lastMail === null ? 'no mail yet' : `last mail ${ago(source.lastMail)} ago`;
  const holes =
    source.holes === null
      ? 'holes not looked for'
      : `${count(source.holes.count, 'hole')} (looked ${ago(source.holes.at)} ago)`;
  lines.push(`  ${mail}, ${count(source.mailsPerDay, 'mail')} a day over a week, ${holes}`);
  return lines;
}

function sourceStateText(source: SourceStatus, ago: (iso: string) => string): string {
  const read =
    source.lastSuccess === null ? 'never read to its end' : `read to its end ${ago(source.lastSuccess)} ago`;
  const behind =
    (source.behind ?? 0) > 0 ? `, ${(source.behind ?? 0).toLocaleString('en-US')} still to read` : '';
  switch (source.state) {
    case 'file':
      return 'a file or folder, read whole and not followed';
    case 'new':
      return source.lastAttempt === null ? 'not read yet' : `first import running${behind}`;
    case 'fine':
      return `fine, ${read}${behind}`;
    case 'failing':
      return `FAILING, ${count(source.failures, 'time')} in a row; ${read}${behind}`;
    default:
      return source.state satisfies never;
  }
}

export function auditLines(audit: SourceAudit): string[] {
  if (audit.problem !== null) return [`${audit.name}: ${oneLine(audit.problem)}`];
  const filled = audit.filled === null ? '' : `, ${count(audit.filled, 'hole')} filled`;
  const lines = [
    `${audit.name}: ${count(audit.listed ?? 0, 'mail')} listed, ${count(audit.holes ?? 0, 'hole')}${filled}`,
  ];
  for (const id of audit.missing.slice(0, 5)) lines.push(`  missing: ${oneLine(id)}`);
  if (audit.missing.length > 5) lines.push(`  … and ${(audit.holes ?? 0) - 5} more`);
  if (audit.filled === null && (audit.holes ?? 0) > 0)
    lines.push('  fetch them with `covernote sources --fill`');
  return lines;
}

const QUARANTINED_SHOWN = 10;

/** The mails that are no longer read, and what to do; nothing if there are none. */
export function quarantineLines({ count: all, mails }: QuarantineStatus): string[] {
  if (all === 0) return [];
  const shown = mails.slice(0, QUARANTINED_SHOWN);
  const rest = all - shown.length;
  return [
    `In quarantine: ${count(all, 'mail')} that crashed or stalled the reader twice; the others are read without ${all === 1 ? 'it' : 'them'}.`,
    ...shown.map(
      ({ source, where, detail, at }) =>
        `  ${oneLine(where)} (${oneLine(source)}), ${at}: ${oneLine(detail)}`,
    ),
    ...(rest > 0 ? [`  … and ${rest.toLocaleString('en-US')} more`] : []),
    '  after an update of covernote, try again with `covernote reindex`',
  ];
}

/** `40 s`, `3 min`, `5 h`, `12 d`. */
function inWords(seconds: number): string {
  const s = Math.max(0, Math.round(seconds));
  if (s < 90) return `${s} s`;
  if (s < 90 * 60) return `${Math.round(s / 60)} min`;
  if (s < 36 * 3600) return `${Math.round(s / 3600)} h`;
  return `${Math.round(s / 86_400)} d`;
}
