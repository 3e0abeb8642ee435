import { parseLetter } from '../cover/parse-letter.js';
import type { Letter } from '../cover/types.js';
import { parseDiff } from '../patch/parse-diff.js';
import { splitAtDiff } from '../patch/split-at-diff.js';
import type { Diff } from '../patch/types.js';
import { readClaims } from '../state/read-claims.js';
import { parseSubject } from '../subject/parse-subject.js';
import type { Subject } from '../subject/types.js';
import { summarise } from '../summary/summarise.js';
import { parseTrailers } from '../trailer/parse-trailers.js';
import { readAuthorship } from './author.js';
import { isBot } from './bots.js';
import { classify, isListing, isPullRequest } from './classify.js';
import type { Mail, Problem } from './mail.js';
import type { Message, MessageKind } from './message.js';
import { versionProblem } from './to-parsed-message.js';

/** Understands one mail on its own. Total: whatever the mail holds, there is a Message, and what did not add up is among its problems. */
export function understand(mail: Mail): Message {
  const subject = parseSubject(mail.subject);
  const { author, sender, text } = readAuthorship(mail);
  const bot = isBot(mail, sender);
  const { before, diff } = readDiff(mail, text);
  const kind = classify(mail, subject, {
    hasDiff: diff !== null,
    hasListing: isListing(before),
    pullRequest: isPullRequest(before),
    bot,
  });
  const letter = readLetter(kind, subject, kind === 'patch' ? before : text, mail);
  const problem =
    letter === null ? null : versionProblem(letter.bodyVersion, subject.version, subject.versionInferred);
  return {
    id: mail.messageId ?? `sha256:${mail.contentHash}`,
    messageId: mail.messageId,
    kind,
    subject,
    author,
    senderEmail: sender.email.toLowerCase(),
    date: mail.date,
    received: mail.received,
    lists: mail.lists,
    recipients: [
      ...new Set([...mail.to, ...mail.cc].map((to) => to.email.toLowerCase()).filter((to) => to !== '')),
    ],
    inReplyTo: mail.inReplyTo[0] ?? null,
    references: mail.references,
    letter,
    diff: kind === 'patch' ? diff : null,
    trailers: parseTrailers(before, letter === null ? 'reply' : 'letter'),
    summary: letter === null ? null : summarise(letter, subject.title),
    claims: readClaims(mail, subject),
    bot,
    problems: [
      ...mail.problems,
      ...(letter?.problems ?? []),
      ...(problem === null ? [] : [problem]),
    ] satisfies Problem[],
  };
}

/** The diff in the text, else in the first attachment that holds one; and the text before it. */
function readDiff(mail: Mail, text: string): { before: string; diff: Diff | null } {
  const split = splitAtDiff(text);
  if (split.diff !== '') return { before: split.before, diff: parseDiff(split.diff) };
  for (const attachment of mail.attachments) {
    const attached = splitAtDiff(attachment.text);
    if (attached.diff === '') continue;
    // `git format-patch --attach` leaves the letter in the body; a patch sent as a file alone holds it itself.
    const before = text.trim() === '' ? withoutHeaders(attached.before) : text;
    return { before, diff: parseDiff(attached.diff) };
  }
  return { before: text, diff: null };
}

/** A whole mail as an attachment: its headers are no letter. */
function withoutHeaders(text: string): string {
  if (!/^From [0-9a-f]{40} /.test(text)) return text;
  const end = text.indexOf('\n\n');
  return end < 0 ? text : text.slice(end + 2);
}

function readLetter(kind: MessageKind, subject: Subject, text: string, mail: Mail): Letter | null {
  if (kind !== 'cover' && kind !== 'patch' && kind !== 'pull') return null;
  const letter = parseLetter(text, { version: subject.version, total: subject.total, kind });
  const header = mail.headers['x-change-id']?.trim() ?? '';
  return letter.changeId === null && /^\S{3,200}$/.test(header) ? { ...letter, changeId: header } : letter;
}
