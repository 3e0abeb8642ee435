import type { StateClaim } from '../claims/claim.js';
import type { Subject } from '../mail/subject/subject.js';
import type { Message } from '../message/message.js';
import type { Diff } from '../patch/diff.js';
import { summarise } from '../summary/summarise.js';
import type { ParsedMessage } from './parsed-message.js';

/** The public shape of a message, as `parse --json` prints it. */
export function toParsedMessage(message: Message): ParsedMessage {
  const { subject, letter } = message;
  return {
    kind: message.kind,
    messageId: message.messageId,
    subject: subject.raw === '' ? null : subject.raw,
    title: subject.title,
    version: subject.version,
    versionInferred: subject.versionInferred,
    rfc: subject.rfc,
    resend: subject.resend,
    prefixes: [...subject.prefixes],
    index: subject.index,
    total: subject.total,
    author: { name: message.author.name, email: message.author.email },
    date: message.date,
    lists: [...message.lists],
    inReplyTo: message.inReplyTo,
    references: [...message.references],
    summary: letter === null ? null : summarise(letter, subject.title, message.kind),
    changelog: (letter?.changelog ?? []).map(({ version, since, text }) => ({ version, since, text })),
    patches: patchesOf(message),
    diffstat: readDiffstat(message),
    previousVersions: (letter?.previousVersions ?? []).map(({ version, messageId, url }) => ({
      version,
      messageId,
      url,
    })),
    links: [...(letter?.links ?? [])],
    trailers: message.trailers.map(({ kind, name, email, value }) => ({ kind, name, email, value })),
    base: letter?.base ? { commit: letter.base.commit, tree: letter.base.tree } : null,
    claims: message.claims.flatMap((claim) => publicClaim(claim, subject)),
    bot: message.bot === null ? null : { who: message.bot.who, says: message.bot.says },
    problems: message.problems.map(({ code, detail }) => ({ code, detail })),
  };
}

/** The letter's list; of several patches that are attached, theirs. */
function patchesOf({ letter, files }: Message): ParsedMessage['patches'] {
  const attached = files !== null && files.patches.length > 1 ? files.patches : [];
  const listed = letter?.shortlog ?? [];
  return (listed.length > 0 ? listed : attached).map(({ author, title }) => ({ author, title }));
}

/** Patchwork's word that a posting is under review again says nothing of it. */
function publicClaim(claim: StateClaim, subject: Subject): ParsedMessage['claims'] {
  if (claim.says === 'open') return [];
  const says = claim.says === 'merged' ? 'applied' : claim.says;
  return [{ says, scope: scopeOf(claim, subject), tree: claim.tree ?? claim.branch, span: claim.quote }];
}

/** What a claim is about, as far as its mail says: the patches it names, else what it answers to. */
function scopeOf({ patches, whole }: StateClaim, { index, total }: Subject): 'all' | 'part' | null {
  if (whole === true) return 'all';
  if (patches.length > 0) return total !== null && patches.length >= total ? 'all' : 'part';
  if (index === null) return total === null || total <= 1 ? 'all' : null;
  return index > 0 && (total ?? 0) > 1 ? 'part' : 'all';
}

/** The letter's own diffstat; a patch whose letter has none is counted from its diff. */
function readDiffstat(message: Message): ParsedMessage['diffstat'] {
  const stat = message.letter?.diffstat ?? null;
  if (stat !== null) {
    const { files, insertions, deletions } = stat;
    return { files, insertions, deletions, paths: stat.rows.map((row) => row.path) };
  }
  return message.kind === 'patch' && message.diff !== null ? countDiff(message.diff) : null;
}

function countDiff(diff: Diff): ParsedMessage['diffstat'] {
  const paths = [...new Set(diff.files.map((file) => file.path))];
  return { files: paths.length, insertions: diff.insertions, deletions: diff.deletions, paths };
}
