import type { Letter } from '../letter/letter.js';
import type { Message } from '../message/message.js';
import { summarise } from '../summary/summarise.js';
import type { LetterFacts, PostingFacts } from './posting-facts.js';

/** null for replies: they are not part of a posting. */
export function postingFacts(message: Message): PostingFacts | null {
  if (message.kind === 'reply') return null;
  const { kind, author, lists, recipients, bot, diff } = message;
  const summary = leadingSummary(message);
  const { title, index, total, wip } = message.subject;
  const letter =
    message.letter === null
      ? null
      : letterFacts(message.letter, isUnsummedLead({ summary, subject: message.subject }));
  const files = diff?.files.map(({ path, oldPath, insertions, deletions }) => ({
    path,
    oldPath,
    insertions,
    deletions,
  }));
  return {
    kind,
    subject: { title, index, total, ...(wip ? { wip } : {}) },
    author,
    lists,
    recipients,
    bot: bot !== null,
    summary,
    letter,
    diff:
      diff === null ? null : { files: files ?? [], insertions: diff.insertions, deletions: diff.deletions },
  };
}

function letterFacts(letter: Letter, unsummed: boolean): LetterFacts {
  const { changelog, diffstat } = letter;
  return {
    intro: unsummed ? letter.intro : '',
    shortlog: unsummed ? letter.shortlog : [],
    changelog,
    diffstat:
      diffstat === null
        ? null
        : {
            files: diffstat.files,
            insertions: diffstat.insertions,
            deletions: diffstat.deletions,
            rows: diffstat.rows.map(({ path, changes }) => ({ path, changes })),
          },
  };
}

/**
 * Only mails that represent a posting are summarized when they are read: covers, pull requests, single patches. The summary of
 * patch 7 of 12 is never shown, and summarizing is half the work on a patch.
 */
function leadingSummary({ kind, letter, subject }: Message): string | null {
  return letter === null || isOneOfMany(subject) ? null : summarise(letter, subject.title, kind);
}

/** The summary of the mail that leads a posting: patch 1 of 12, which is not summarized beforehand, is summarized now. */
export function leadSummary(lead: PostingFacts): string | null {
  return lead.letter !== null && isUnsummedLead(lead)
    ? summarise(lead.letter, lead.subject.title, lead.kind)
    : lead.summary;
}

function isUnsummedLead({ summary, subject }: Pick<PostingFacts, 'summary' | 'subject'>): boolean {
  return summary === null && subject.index === 1 && isOneOfMany(subject);
}

/** Patch 7 of 12, whose summary is never shown; patch 1 of 12 leads if there is no cover. */
function isOneOfMany({ index, total }: PostingFacts['subject']): boolean {
  return index !== null && (index > 1 || (index === 1 && (total ?? 0) > 1));
}
