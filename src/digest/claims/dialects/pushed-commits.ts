import type { Address } from '../../mail/mail.js';
import { readAddress } from './named-patch.js';

/** A commit that a notice of a push lists. */
export interface PushedCommit {
  readonly title: string;
  readonly author: Address;
  readonly commit: string | null;
}

/** A merge pushes thousands. */
const MOST_COMMITS = 100;
const MOST_LINES = 5_000;

const COMMIT = /^ {0,4}commit:? {1,10}(?:\S{1,60}: ?)?(?:r\d{1,3}-\d{1,6}-g)?([0-9a-f]{7,64})$/i;
const AUTHOR = /^ {0,4}author: {1,12}(.{1,200})$/i;
/** What else is between a commit's name and its message. */
const BETWEEN =
  /^(?:\s*$| {0,4}(?:(?:author|commit)? ?date|commit(?:ter)?|parents?|refname|branch|merge|changed paths|log message):| {0,8}https?:\/\/| {4}[AMDRT] \S| {0,4}-{4})/i;

/**
 * The commits of a notice as `git log` or GitHub writes them: `commit SHA`, `Author: Ada Quill <ada@example.org>`, a date, then the
 * message, whose first line is the title. Those without an author or a title are left out.
 */
export function readPushedCommits(text: string): PushedCommit[] {
  const found: PushedCommit[] = [];
  let commit: string | null = null;
  let author: Address | null = null;
  for (const line of text.split('\n', MOST_LINES)) {
    if (found.length === MOST_COMMITS) break;
    const started = COMMIT.exec(line.slice(0, 200));
    if (started !== null) {
      commit = started[1] ?? null;
      author = null;
    } else if (commit !== null && author === null) {
      author = readAddress(AUTHOR.exec(line.slice(0, 300))?.[1] ?? null);
    } else if (commit !== null && author !== null && !BETWEEN.test(line.slice(0, 300))) {
      found.push({ title: line.slice(0, 300).trim(), author, commit });
      commit = null;
    }
  }
  return found;
}
