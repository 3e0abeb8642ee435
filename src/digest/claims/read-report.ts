import { linksIn, messageIdOf } from '../letter/link.js';
import type { Bot } from '../mail/bots.js';
import type { Mail } from '../mail/mail.js';
import { parseSubject } from '../mail/subject/parse-subject.js';
import { type Report, type VerdictKind, type VerdictResult, verdictKinds } from './report.js';

/** The verdict is at the top of a report; the log follows. */
const LINES = 80;
const LINE_LENGTH = 400;
const MOST_ABOUT = 8;

/**
 * What a program reports about a patch: null if it reports on none (a tree, a bug in a release, a notice), or does not say how it went.
 * Whether its sender is the program is not known from a mail: a report shows, it decides nothing.
 */
export function readReport(mail: Mail, bot: Bot | null): Report | null {
  if (bot === null) return null;
  const subject = (mail.subject ?? '').slice(0, LINE_LENGTH);
  const named = namedResult(subject);
  const kind = named === null ? kindOf(bot) : 'ci';
  if (kind === null) return null;
  const lines = ownLines(mail.text);
  if (isOfTree(subject, lines)) return null;
  const result = named ?? readResult(kind, lines);
  if (result === null) return null;
  return { by: nameOf(bot, mail), kind, result, about: readAbout(lines, mail), title: readTitle(lines) };
}

/** What notifiers and maintainers' bots send is not a report. */
function kindOf({ says }: Bot): VerdictKind | null {
  return verdictKinds.find((kind) => kind === says) ?? null;
}

/** Rows of the table that have a pattern name no program: `a CI system`. */
function nameOf({ who }: Bot, { from }: Mail): string {
  return /^an? /.test(who) ? from?.name.trim() || from?.email || who : who;
}

function ownLines(text: string): string[] {
  return text
    .split('\n', LINES)
    .filter((line) => !line.startsWith('>'))
    .map((line) => line.slice(0, LINE_LENGTH).trimEnd());
}

/** `BUILD SUCCESS HASH` of a branch's head, a new or re-tested bug of syzbot, a test of a tree without any patch. */
function isOfTree(subject: string, lines: readonly string[]): boolean {
  if (/\] BUILD (?:SUCCESS|REGRESSION)\b/.test(subject)) return true;
  return lines.some(
    (line) =>
      line.startsWith('Note: no patches were applied') ||
      /^syzbot (?:found the following|has found a reproducer)/.test(line) ||
      /^This crash does not have a reproducer/.test(line),
  );
}

/** Intel's and freedesktop's patchwork: `✗ Fi.CI.BAT: failure for drm/x: do y (rev3)`. */
function namedResult(subject: string): VerdictResult | null {
  const found = /^[✓✗○⚠✔] ?\S{1,60}: (success|failure|warning) for /u.exec(subject);
  if (found === null) return null;
  return found[1] === 'success' ? 'pass' : found[1] === 'failure' ? 'fail' : 'warning';
}

/** Phrases of known programs first, then those of any other CI; within a row the first matching line decides. */
const PHRASES: readonly (readonly [RegExp, VerdictResult])[] = [
  // kernel test robot
  [/^kernel test robot noticed the following build errors?\b/i, 'fail'],
  [/^\[auto build test ERROR\b/, 'fail'],
  [/^(?:kernel test robot noticed the following build warnings?|\[auto build test WARNING)\b/i, 'warning'],
  [/^kernel test robot noticed (?:an? )?[+-]?[\d.]{1,12}% improvement\b/i, 'pass'],
  [/^kernel test robot noticed\b/i, 'fail'],
  [/^All errors?(?:\/warnings)? \(new ones prefixed by/, 'fail'],
  [/^(?:All warnings|\w{1,20} warnings:) \(new ones prefixed by/, 'warning'],
  // syzbot and syzbot ci
  [/^syzbot has tested the proposed patch and the reproducer did not trigger\b/, 'pass'],
  [/^syzbot has tested the proposed patch but\b/, 'fail'],
  [/^syzbot tried to test the proposed patch but\b/, 'fail'],
  [/^and found the following issues?\b/, 'fail'],
  [/^syzbot has bisected this (?:issue|bug) to\b/, 'fail'],
  // LKFT
  [/^No regressions (?:on|found|detected)\b/i, 'pass'],
  [/^(?:The following )?regressions? (?:found|detected|noticed|on)\b/i, 'fail'],
  // patchew
  [/^This series (?:failed|seems to have (?:some )?build)\b/i, 'fail'],
  [/^This series seems to have some coding style problems\b/i, 'warning'],
  // DPDK's laboratories
  [/^Test-Status: SUCCESS\b/i, 'pass'],
  [/^Test-Status: WARNING\b/i, 'warning'],
  [/^Test-Status: (?:FAIL|FAILURE|ERROR)\b/i, 'fail'],
  // devicetree's checks
  [/^My bot found errors\b/, 'fail'],
  [/^My bot found (?:new )?(?:DTB )?(?:warnings|issues)\b/, 'warning'],
  // any
  [/^Tested-by: /i, 'pass'],
  [
    /^(?:error|fatal): patch failed\b|^hint: Use 'git am --show-current-patch'|\bcould(?: not|n't) be applied\b/i,
    'fail',
  ],
  [
    /\bno (?:new )?(?:issues|problems|findings|regressions|concerns|bugs|errors)(?: were| was)? (?:found|detected|reported)\b/i,
    'pass',
  ],
  [/\bfound no (?:new )?(?:issues|problems|findings|regressions|concerns|bugs|errors)\b/i, 'pass'],
  [
    /^(?:overall |test |build |ci )?(?:result|status|verdict|conclusion)s?: ?\W{0,3}(?:pass(?:ed)?|success(?:ful)?|ok)\b/i,
    'pass',
  ],
  [
    /^(?:overall |test |build |ci )?(?:result|status|verdict|conclusion)s?: ?\W{0,3}(?:fail(?:ed|ure)?|error)\b/i,
    'fail',
  ],
  [/\b(?:all )?(?:tests|checks|builds) (?:have )?passed\b|\bbuild (?:succeeded|successful)\b/i, 'pass'],
  [
    /\b(?:tests?|checks?|builds?) (?:have |has )?failed\b|\bfailed to (?:apply|build|compile|boot)\b/i,
    'fail',
  ],
];

function readResult(kind: VerdictKind, lines: readonly string[]): VerdictResult | null {
  const table = readTable(lines);
  if (table !== null) return table;
  for (const [phrase, result] of PHRASES) if (lines.some((line) => phrase.test(line))) return result;
  // A reviewing program that does not say that everything is fine has remarks.
  return kind === 'ai-review' && lines.some((line) => line.trim() !== '') ? 'warning' : null;
}

/** A table of checks: `CheckSmatch   WARNING   287.84 seconds`, `FAIL: net/tls.sh`; null if fewer than two lines are of one. */
function readTable(lines: readonly string[]): VerdictResult | null {
  const found = lines.flatMap((line) => {
    const row =
      /^[\w.:/+-]{2,60} {2,40}(PASS|SUCCESS|FAIL|ERROR|WARNING|PENDING|SKIP)\b/.exec(line) ??
      /^(PASS|SUCCESS|FAIL|ERROR|WARNING|SKIP): ?\S/.exec(line);
    return row?.[1] ?? [];
  });
  if (found.length < 2) return null;
  if (found.some((word) => word === 'FAIL' || word === 'ERROR')) return 'fail';
  if (found.includes('WARNING')) return 'warning';
  return found.some((word) => word === 'PASS' || word === 'SUCCESS') ? 'pass' : null;
}

/** What it links as tested: after a label, or alone on its line. Its own address, in `Closes:`, does not count. */
function readAbout(lines: readonly string[], mail: Mail): string[] {
  const found = new Set<string>();
  for (const line of lines) {
    if (!line.includes('://') || found.size >= MOST_ABOUT) continue;
    if (!/^(?:https?:|[ \t*-]{0,4}(?:patch link|link|patch|series|cover|message-id|url)\b ?:)/i.test(line))
      continue;
    for (const link of linksIn(line)) {
      const id = messageIdOf(link);
      if (id !== null && id.length <= 300 && id !== mail.messageId) found.add(id);
    }
  }
  return [...found].slice(0, MOST_ABOUT);
}

/** `commit: f82bff8359 ("[PATCH v3 4/4] title")`, `commit: b21ae0e8 [40/43] title`, `patch subject: [PATCH 1/4] title`; bisected: below `commit`. */
function readTitle(lines: readonly string[]): string | null {
  for (const [at, line] of lines.entries()) {
    const found =
      /^patch subject: (.+)$/.exec(line) ??
      /^commit: +[0-9a-f]{8,40} \("(.+)"\)/.exec(line) ??
      /^commit: +[0-9a-f]{8,40} (?:\[\d{1,5}\/\d{1,5}\] )?(?=[^("])(.+)$/.exec(line);
    const title =
      found?.[1] ?? (/^commit [0-9a-f]{40}$/.test(line) ? indented(lines.slice(at + 1, at + 6)) : null);
    if (title !== null) return parseSubject(title).title || null;
  }
  return null;
}

function indented(lines: readonly string[]): string | null {
  const title = lines.find((line) => line.startsWith('    '))?.trim() ?? '';
  return title === '' ? null : title;
}
