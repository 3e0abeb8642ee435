/** A text cut where its diff begins. */
export interface DiffSplit {
  /** The letter: all lines before the diff. */
  readonly before: string;
  /** The diff and what follows it; '' if there is none. */
  readonly diff: string;
}

/** Cuts a mail's text at its first diff. A quoted or indented diff is none: git begins one at the start of a line. */
export function splitAtDiff(text: string): DiffSplit {
  const at = indexOfDiff(text);
  return at < 0 ? { before: text, diff: '' } : { before: text.slice(0, at), diff: text.slice(at) };
}

/** Where the first diff begins, in UTF-16 units; -1 if there is none. */
export function indexOfDiff(text: string): number {
  if (startsDiff(text, 0)) return 0;
  // Every other form than git's has a `+++` line; most mail has none, and is searched but twice.
  const starts = text.includes('\n+++ ') ? ['\ndiff -', '\nIndex: ', '\n--- '] : ['\ndiff -'];
  const found = starts.map((start) => indexOfStart(text, start)).filter((at) => at >= 0);
  return found.length === 0 ? -1 : Math.min(...found);
}

function indexOfStart(text: string, start: string): number {
  for (let at = text.indexOf(start); at >= 0; at = text.indexOf(start, at + 1)) {
    if (startsDiff(text, at + 1)) return at + 1;
  }
  return -1;
}

/** Whether the line at `at` begins a diff: `diff --git`, `Index:` or `---` with the lines that must follow. */
export function startsDiff(text: string, at: number): boolean {
  switch (text[at]) {
    case 'd':
      return (
        startsGitHeader(text, at) ||
        startsCombined(text, at) ||
        (text.startsWith('diff -', at) && plainHeaderFollows(text, at, 1))
      );
    case 'I':
      return text.startsWith('Index: ', at) && plainHeaderFollows(text, at, 2);
    case '-':
      return text.startsWith('--- ', at) && isPlainHeader(text, at);
    default:
      return false;
  }
}

/**
 * `diff --git a/x b/x` with one of git's own lines below it: a sentence that begins like this is prose. Mail programs wrap long paths, so
 * up to two lines may be between.
 */
function startsGitHeader(text: string, at: number): boolean {
  if (!text.startsWith('diff --git ', at)) return false;
  let line = at;
  for (let turn = 0; turn < 3; turn += 1) {
    line = nextLine(text, line);
    if (line < 0) return false;
    if (isGitHeaderLine(text, line)) return true;
  }
  return false;
}

/** `diff --cc x`, `diff --combined x`: a merge, as git shows it. */
function startsCombined(text: string, at: number): boolean {
  const isHeader = text.startsWith('diff --cc ', at) || text.startsWith('diff --combined ', at);
  const next = isHeader ? nextLine(text, at) : -1;
  return (
    next >= 0 &&
    (text.startsWith('index ', next) || text.startsWith('mode ', next) || text.startsWith('--- ', next))
  );
}

const GIT_HEADER_LINES = [
  'index ',
  'old mode ',
  'new mode ',
  'new file mode ',
  'deleted file mode ',
  'similarity index ',
  'dissimilarity index ',
  'rename from ',
  'copy from ',
  '--- ',
  'Binary files ',
  'GIT binary patch',
];

function isGitHeaderLine(text: string, at: number): boolean {
  return GIT_HEADER_LINES.some((start) => text.startsWith(start, at));
}

function plainHeaderFollows(text: string, at: number, most: number): boolean {
  let line = at;
  for (let turn = 0; turn < most; turn += 1) {
    line = nextLine(text, line);
    if (line < 0) return false;
    if (isPlainHeader(text, line)) return true;
  }
  return false;
}

/** `--- x`, `+++ y`, `@@ -`, one below the other. */
function isPlainHeader(text: string, at: number): boolean {
  if (!text.startsWith('--- ', at)) return false;
  const plus = nextLine(text, at);
  if (plus < 0 || !text.startsWith('+++ ', plus)) return false;
  const hunk = nextLine(text, plus);
  return hunk >= 0 && text.startsWith('@@ -', hunk);
}

function nextLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 || end + 1 >= text.length ? -1 : end + 1;
}
