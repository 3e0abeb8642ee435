import type { Problem } from '../mail/mail.js';
import { findTree, readBase } from './base.js';
import { readChangelog } from './changelog.js';
import { readDiffstat } from './diffstat.js';
import { markLinks, readIntro } from './intro.js';
import type { Letter } from './letter.js';
import { linksIn } from './link.js';
import { openPage, type Page } from './page.js';
import { readPreviousVersions } from './previous-versions.js';
import { readPullRequest } from './pull-request.js';
import { readShortlog } from './shortlog.js';
import { markHeaders, markRangeDiffs, markTail, markTrailers } from './small-sections.js';
import { readSuperseded } from './superseded.js';

/** What the subject says of the mail whose letter is read. */
export interface SubjectFacts {
  /** 1 if the subject says none. */
  readonly version: number;
  /** N of 0/N. */
  readonly total: number | null;
  readonly kind: 'cover' | 'patch' | 'pull';
}

/**
 * Takes the text of a cover letter apart, or that of a patch or pull request before its diff: each section claims its
 * lines, what is left is the intro. Total: nothing in a text makes it throw.
 *
 * `text` is the decoded body with LF line ends. What does not add up is in `problems`: `shortlog-sum`,
 * `shortlog-count`, `diffstat-rows`, `diffstat-sum`, `letter-cut`.
 */
export const parseLetter = (text: string, subject: SubjectFacts): Letter => {
  const page = openPage(text);
  markHeaders(page);
  const pullFrom = readPullRequest(page);
  markRangeDiffs(page);
  const shortlog = readShortlog(page, subject.kind === 'cover' ? subject.total : null);
  const { diffstat, problems } = readDiffstat(page);
  const supersedes = readSuperseded(page);
  const { commit, tree, changeId } = readBase(page);
  markTail(page);
  markTrailers(page);
  const { entries, bodyVersion, raw } = readChangelog(page, subject.version);
  const previousVersions = readPreviousVersions(page, raw, Math.max(subject.version, bodyVersion ?? 0));
  const base = { commit, tree: tree ?? findTree(page) };
  markLinks(page);
  return {
    intro: readIntro(page),
    changelog: entries,
    shortlog: shortlog.entries,
    diffstat,
    previousVersions,
    links: allLinks(page),
    base: base.commit === null && base.tree === null ? null : base,
    changeId,
    supersedes,
    bodyVersion,
    pullFrom,
    problems: [...shortlog.problems, ...problems, ...cutProblem(page)],
  };
};

const cutProblem = (page: Page): Problem[] =>
  page.cut ? [{ code: 'letter-cut', detail: `only the first ${page.lines.length} lines were read` }] : [];

const allLinks = (page: Page): string[] => {
  const links = new Set<string>();
  page.lines.forEach((line, at) => {
    if (page.roles[at] === 'quote' || page.roles[at] === 'signature') return;
    for (const link of linksIn(line)) links.add(link);
  });
  return [...links];
};
