import type { Mail } from '../../mail/mail.js';
import type { ClaimSays, StateClaim } from '../claim.js';
import { claim } from './make-claim.js';
import { namedPatch, readFrom } from './named-patch.js';

/** Andrew Morton's reasons for removing a patch, as the subject gives them in brackets. */
const REASONS: Readonly<Record<string, ClaimSays>> = {
  'folded-merged': 'applied',
  nacked: 'rejected',
  dropped: 'rejected',
  withdrawn: 'rejected',
  'to-be-updated': 'changes-requested',
  obsolete: 'superseded',
};

/** The same in words, as the body gives them; the subjects of 2008 (`- x.patch removed from -mm tree`) have no brackets. */
const IN_WORDS: readonly (readonly [string, ClaimSays])[] = [
  ['it was merged into mainline', 'merged'],
  ['an updated version', 'changes-requested'],
  ['it was nacked', 'rejected'],
  ['it was withdrawn', 'rejected'],
  ['it is obsolete', 'superseded'],
  ['it was folded into', 'applied'],
];

/**
 * -mm: `+ x.patch added to mm-unstable branch` and `[merged mm-stable] x.patch removed from -mm tree`. The subject
 * holds a quilt file name; the title is in the body after `Subject:`, the author after the ruler.
 */
export function readMm(mail: Mail): StateClaim[] {
  const raw = (mail.subject ?? '').trim();
  if (!raw.endsWith(' removed from -mm tree') && !raw.startsWith('+ ')) return [];
  const lines = mail.text.split('\n', 300).map((line) => line.slice(0, 500));
  const found = readSubject(raw) ?? readReason(lines);
  if (found === null) return [];
  const title = readTitle(lines);
  if (title === null) return [];
  const evidence =
    lines.find((line) => line.includes('was dropped because') || line.startsWith('has been added')) ?? raw;
  const by = mail.from ?? { name: '', email: '' };
  const patch = namedPatch(lines, title, readFrom(lines));
  const confidence = found.says === 'superseded' || found.says === 'changes-requested' ? 0.8 : 0.95;
  return [
    claim('mm', found.says, by, confidence, evidence, {
      tree: 'akpm/mm',
      branch: found.branch,
      patches: [patch],
    }),
  ];
}

function readSubject(raw: string): { says: ClaimSays; branch: string | null } | null {
  if (raw.startsWith('+ ') && raw.includes('.patch added to ')) {
    const where = raw.slice(raw.indexOf(' added to ') + 10).split(' ')[0] ?? '';
    return { says: 'applied', branch: where.startsWith('mm-') ? where : null };
  }
  if (!raw.startsWith('[')) return null;
  const [reason = '', branch = null] = raw.slice(1, raw.indexOf(']')).trim().split(' ');
  // `[merged]` alone is older: into Linus's tree or a subsystem's.
  if (reason === 'merged') return { says: branch === null ? 'merged' : 'applied', branch };
  const says = REASONS[reason];
  return says === undefined ? null : { says, branch: null };
}

function readReason(lines: readonly string[]): { says: ClaimSays; branch: null } | null {
  const line = lines.find((line) => line.startsWith('This patch was dropped because ')) ?? '';
  const reason = IN_WORDS.find(([words]) => line.includes(words));
  return reason === undefined ? null : { says: reason[1], branch: null };
}

/** The title under `The patch titled`, after `Subject:` in newer mails, wrapped with the same indent. */
function readTitle(lines: readonly string[]): string | null {
  const at = lines.findIndex((line) => line.startsWith('The ') && line.trimEnd().endsWith('patch titled'));
  if (at < 0) return null;
  const rest = lines.slice(at + 1, at + 6);
  const end = rest.findIndex((line) => !line.startsWith('     '));
  const title = rest
    .slice(0, end < 0 ? rest.length : end)
    .map((line) => line.trim())
    .join(' ')
    .replace(/^Subject: ?/, '');
  return title === '' ? null : title;
}
