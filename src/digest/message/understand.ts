import { readClaims } from '../claims/read-claims.js';
import { readReport } from '../claims/read-report.js';
import { withReviewScopes } from '../claims/review-scope.js';
import type { Letter } from '../letter/letter.js';
import { parseLetter } from '../letter/parse-letter.js';
import { failedAuthentication } from '../mail/authentication.js';
import { readSender } from '../mail/author.js';
import { readBodyHeaders } from '../mail/body-headers.js';
import { type BotTable, botOf, KNOWN_BOTS } from '../mail/bots.js';
import type { Address, Mail, Problem } from '../mail/mail.js';
import { parseSubject } from '../mail/subject/parse-subject.js';
import type { Subject } from '../mail/subject/subject.js';
import { withBodySubject } from '../mail/subject/with-body-subject.js';
import { readUpstreamCommit } from '../mail/upstream-commit.js';
import { MOST_TRAILERS } from '../text/limits.js';
import { parseTrailers } from '../trailer/parse-trailers.js';
import type { AttachedPatches } from './attached-patches.js';
import { mayPostFiles, postedFiles, withChangesAbove, withFiles } from './attached-posting.js';
import { classify } from './classify.js';
import { findDiff } from './find-diff.js';
import type { Message } from './message.js';
import { cutAtScissors } from './scissors.js';
import { versionProblem } from './version-problem.js';

const TOO_MANY_TRAILERS: Problem = {
  code: 'too-many-trailers',
  detail: `only the first ${MOST_TRAILERS} tags were read`,
};

/** Understands one mail on its own. Total: whatever the mail holds, there is a Message, and contradictions are among its problems. */
export function understand(mail: Mail, bots: BotTable = KNOWN_BOTS): Message {
  const outer = parseSubject(mail.subject);
  const sender = readSender(mail);
  const bot = botOf(mail, sender, bots);
  const found = findDiff(mail.text, mail.attachments);
  const cut = bot !== null ? null : cutAtScissors(mail, outer, found);
  const inFiles = found.files !== null && mayPostFiles(outer, found.files, sender);
  const contents = {
    text: cut?.text ?? found.before,
    hasDiff: found.diff !== null,
    attached: found.attached,
    inFiles,
    cutOut: cut !== null,
    bot: bot !== null,
    sender,
  };
  const kind = classify(mail, outer, contents);
  const posting = kind === 'cover' || kind === 'patch' || kind === 'pull';
  const files = kind === 'patch' ? found.files : null;
  const answers = files !== null && outer.reply;
  const body =
    posting && !answers
      ? readBodyHeaders(kind === 'patch' ? contents.text : mail.text)
      : { from: null, subject: null, text: found.before };
  const own = files === null ? outer : withFiles(outer, files);
  const subject = body.subject === null ? own : withBodySubject(own, body.subject);
  // What is above the files of an answer is conversation.
  const text = answers ? (files.patches[0]?.text ?? '') : withoutTitle(body.text, subject.title);
  const written = posting ? readLetter(kind, subject, text, mail, files) : null;
  const letter = written !== null && answers ? withChangesAbove(written, found.before, subject) : written;
  const problem =
    letter === null ? null : versionProblem(letter.bodyVersion, subject.version, subject.versionInferred);
  const trailers =
    posting && !answers
      ? parseTrailers(withOnlyFile(body.text, files), 'letter')
      : withReviewScopes(found.before, parseTrailers(found.before, 'reply'));
  const upstream = kind === 'patch' ? readUpstreamCommit(body.text) : null;
  return {
    id: mail.messageId ?? `sha256:${mail.contentHash}`,
    messageId: mail.messageId,
    kind,
    subject,
    inAnswer: answers || (outer.reply && kind === 'patch' && subject.title === outer.title),
    files: files === null ? null : postedFiles(files, sender),
    author: body.from ?? sender,
    senderEmail: sender.email.toLowerCase(),
    ...(isOther(body.from, sender) ? { sender: sender.name } : {}),
    ...(upstream === null ? {} : { upstream }),
    date: mail.date,
    received: mail.received,
    lists: mail.lists,
    recipients: [
      ...new Set([...mail.to, ...mail.cc].map((to) => to.email.toLowerCase()).filter((to) => to !== '')),
    ],
    inReplyTo: mail.inReplyTo[0] ?? null,
    references: referencesOf(mail),
    letter,
    diff: kind === 'patch' ? found.diff : null,
    trailers,
    // Where a list rewrote From, the sender speaks, not the list.
    claims: readClaims({ ...mail, from: sender }, answers ? outer : subject, bot !== null),
    report: posting ? null : readReport(mail, bot),
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

function isOther(author: Address | null, sender: Address): boolean {
  return author !== null && author.email.toLowerCase() !== sender.email.toLowerCase();
}

/** Including later ids in In-Reply-To, which may be the only known ones. */
function referencesOf({ references, inReplyTo }: Mail): readonly string[] {
  const more = inReplyTo.slice(1).filter((id) => !references.includes(id));
  return more.length === 0 ? references : [...references, ...more];
}

function readLetter(
  kind: 'cover' | 'patch' | 'pull',
  subject: Subject,
  text: string,
  mail: Mail,
  files: AttachedPatches | null,
): Letter {
  const read = parseLetter(text, { version: subject.version, total: subject.total, kind });
  // The first of several files says what it changes, not what all of them do.
  const isOfFirst = files !== null && files.patches.length > 1 && text === files.patches[0]?.text;
  const letter = isOfFirst ? { ...read, diffstat: null } : read;
  const header = mail.headers['x-change-id']?.trim() ?? '';
  return letter.changeId === null && /^\S{3,200}$/.test(header) ? { ...letter, changeId: header } : letter;
}

/** The text of a mail, and that of the commit which it attaches: its tags are the patch's as well. */
function withOnlyFile(text: string, files: AttachedPatches | null): string {
  const [only, ...others] = files?.patches ?? [];
  return only === undefined || others.length > 0 || only.text === text ? text : `${text}\n\n${only.text}`;
}

/** Mercurial's patches begin with their title; it is not part of the letter. */
function withoutTitle(text: string, title: string): string {
  return title !== '' && text.startsWith(`${title}\n\n`) ? text.slice(title.length + 2) : text;
}
