import type { Mail } from '../../message/mail.js';
import type { StateClaim, StateName } from '../types.js';
import { claim } from './claim.js';
import { readPerson } from './tip-bot.js';

/** Andrew Morton's reasons for taking a patch out, as the subject gives them in brackets. */
const REASONS: Readonly<Record<string, StateName>> = {
  'folded-merged': 'applied',
  nacked: 'rejected',
  dropped: 'rejected',
  withdrawn: 'rejected',
  'to-be-updated': 'changes-requested',
  obsolete: 'superseded',
};

/**
 * -mm: `+ x.patch added to mm-unstable branch` and `[merged mm-stable] x.patch removed from -mm tree`. The subject
 * holds a quilt file name; the title stands in the body after `Subject:`, the author after the ruler.
 */
export function readMm(mail: Mail): StateClaim[] {
  const raw = (mail.subject ?? '').trim();
  const found = readSubject(raw);
  if (found === null) return [];
  const lines = mail.text.split('\n', 200).map((line) => line.slice(0, 500));
  const title = readTitle(lines);
  if (title === null) return [];
  const author = readPerson(lines.find((line) => line.startsWith('From: '))?.slice(6) ?? null);
  const said =
    lines.find((line) => line.includes('was dropped because') || line.startsWith('has been added')) ?? raw;
  const by = mail.from ?? { name: '', email: '' };
  const patch = { index: null, title, commit: null, ...(author === null ? {} : { author }) };
  const confidence = found.state === 'superseded' || found.state === 'changes-requested' ? 0.8 : 0.95;
  return [
    claim('mm', found.state, by, confidence, said, {
      tree: 'akpm/mm',
      branch: found.branch,
      patches: [patch],
    }),
  ];
}

function readSubject(raw: string): { state: StateName; branch: string | null } | null {
  if (raw.startsWith('+ ') && raw.includes('.patch added to ')) {
    const where = raw.slice(raw.indexOf(' added to ') + 10).split(' ')[0] ?? '';
    return { state: 'applied', branch: where.startsWith('mm-') ? where : null };
  }
  if (!raw.endsWith(' removed from -mm tree') || !raw.startsWith('[')) return null;
  const [reason = '', branch = null] = raw.slice(1, raw.indexOf(']')).trim().split(' ');
  // `[merged]` alone is older: into Linus's tree or a subsystem's.
  if (reason === 'merged') return { state: branch === null ? 'merged' : 'applied', branch };
  const state = REASONS[reason];
  return state === undefined ? null : { state, branch: null };
}

/** `     Subject: mm: the title`, wrapped with the same indent, under `The patch titled`. */
function readTitle(lines: readonly string[]): string | null {
  const at = lines.findIndex((line) => line.trim().startsWith('Subject:'));
  const first = lines[at];
  if (first === undefined || at > 12) return null;
  const parts = [first.trim().slice(8).trim()];
  for (const line of lines.slice(at + 1, at + 4)) {
    if (!line.startsWith('     ')) break;
    parts.push(line.trim());
  }
  const title = parts.join(' ');
  return title === '' ? null : title;
}
