import { readClaims } from '../claims/read-claims.js';
import { withReviewScopes } from '../claims/review-scope.js';
import type { Letter } from '../letter/letter.js';
import { parseLetter } from '../letter/parse-letter.js';
import { failedAuthentication } from '../mail/authentication.js';
import { readBodyAuthor, readSender } from '../mail/author.js';
import { type BotTable, botOf, KNOWN_BOTS } from '../mail/bots.js';
import type { Mail, Problem } from '../mail/mail.js';
import { parseSubject } from '../mail/subject/parse-subject.js';
import type { Subject } from '../mail/subject/subject.js';
import { MOST_TRAILERS } from '../text/limits.js';
import { parseTrailers } from '../trailer/parse-trailers.js';
import { classify } from './classify.js';
import { findDiff } from './find-diff.js';
import type { Message } from './message.js';
import { versionProblem } from './version-problem.js';

const TOO_MANY_TRAILERS: Problem = {
  code: 'too-many-trailers',
  detail: `only the first ${MOST_TRAILERS} tags were read`,
};

/** Understands one mail on its own. Total: whatever the mail holds, there is a Message, and what did not add up is among its problems. */
export function understand(mail: Mail, bots: BotTable = KNOWN_BOTS): Message {
  const subject = parseSubject(mail.subject);
  const sender = readSender(mail);
  const bot = botOf(mail, sender, bots);
  const { before, diff } = findDiff(mail.text, mail.attachments);
  const kind = classify(mail, subject, { text: before, hasDiff: diff !== null, bot: bot !== null });
  const posting = kind === 'cover' || kind === 'patch' || kind === 'pull';
  const body = posting ? readBodyAuthor(kind === 'patch' ? before : mail.text) : { from: null, text: before };
  const letter = posting ? readLetter(kind, subject, body.text, mail) : null;
  const problem =
    letter === null ? null : versionProblem(letter.bodyVersion, subject.version, subject.versionInferred);
  const trailers = posting
    ? parseTrailers(body.text, 'letter')
    : withReviewScopes(before, parseTrailers(before, 'reply'));
  return {
    id: mail.messageId ?? `sha256:${mail.contentHash}`,
    messageId: mail.messageId,
    kind,
    subject,
    author: body.from ?? sender,
    senderEmail: sender.email.toLowerCase(),
    date: mail.date,
    received: mail.received,
    lists: mail.lists,
    recipients: [
      ...new Set([...mail.to, ...mail.cc].map((to) => to.email.toLowerCase()).filter((to) => to !== '')),
    ],
    inReplyTo: mail.inReplyTo[0] ?? null,
    references: referencesOf(mail),
    letter,
    diff: kind === 'patch' ? diff : null,
    trailers,
    claims: readClaims(mail, subject, bot !== null),
    unauthenticated: failedAuthentication(
      mail.headers['authentication-results'] ?? '',
      mail.from?.email ?? '',
    ),
    bot,
    problems: [
      ...mail.problems,
      ...(letter?.problems ?? []),
      ...(problem === null ? [] : [problem]),
      ...(trailers.length < MOST_TRAILERS ? [] : [TOO_MANY_TRAILERS]),
    ] satisfies Problem[],
  };
}

/** With what In-Reply-To names behind its first id, which may be the only one that is known. */
function referencesOf({ references, inReplyTo }: Mail): readonly string[] {
  const more = inReplyTo.slice(1).filter((id) => !references.includes(id));
  return more.length === 0 ? references : [...references, ...more];
}

function readLetter(kind: 'cover' | 'patch' | 'pull', subject: Subject, text: string, mail: Mail): Letter {
  const letter = parseLetter(text, { version: subject.version, total: subject.total, kind });
  const header = mail.headers['x-change-id']?.trim() ?? '';
  return letter.changeId === null && /^\S{3,200}$/.test(header) ? { ...letter, changeId: header } : letter;
}
