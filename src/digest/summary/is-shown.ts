const TRAILER = /^[A-Z][A-Za-z-]{1,30}-(?:[Bb]y|[Tt]o|[Ii]d|[Cc]ommit|ID): ?\S/;
const HEADERS =
  /^(?:From|Subject|Date|To|Cc|CC|Fixes|Link|Closes|BugLink|Message-Id|MIME-Version|Content-[A-Za-z-]+|Signed-off-by|Authors?):[ \t]/;
const FILE_STAT = /^\S.{0,200} \| +(?:\d+ [+-]*|Bin\b.*)$/;
const LOG =
  /^(?:\[ *\d+\.\d+\]|\[<|<\d>|\$ |# |>|~ ?[#$] |\S{1,40}[@:]\S{0,60}[#$] |@@ |diff -|\+\+\+ |--- \S|commit [0-9a-f]{12,40}$|(?:Error|ERROR|error|WARNING|warning|BUG|T?PASS|T?FAIL|TINFO|TCONF|TBROK): |In file included from |\[(?:RFC )?PATCH\b|[0-9a-f]{12,40} \((?!.{1,200}"\) [a-z])|< [A-Z]|[\w.-]{1,40}\[\d{1,7}\]: |\S{1,120}:\d{1,6}(?::\d{1,4})?: |Call [Tt]race:|#\d+ +0x|#\d{1,3} +\S.{0,120} at \S{1,80}:\d|#\d{1,3} +\S{1,80} \(\w+=|at \S{1,80}:\d+$|This reverts commit [0-9a-f]{7,40}\.?$|\(gdb\) |make(?:\[\d+\])?: (?:\*\*\*|(?:Entering|Leaving) directory|Nothing )|(?:Read|Write) of size \d+ at addr |(?:The buggy address|page dumped because)\b|\S{1,120}:line \d{1,6}, column \d|0x[0-9a-f]|https?:\/\/|lore\.kernel\.org|\[\d{1,2}\]:? *(?:https?:|<|lore\.|\S+$|["`A-Z]))/;

/** What a compiler adds to a warning, also where it was wrapped: `‘unsigned int’ and ‘long int’ [-Wsign-compare]`. */
const WARNING = /\[-W[a-z][\w=-]{1,60}\]\.?$/;
/** An error of a linker, after the name of the program: `clang-15: error: linker command failed`. */
const ERROR_OF = /^[\w.+-]{1,40}: (?:fatal )?(?:error|warning): /;

/** A commit that prose names: its digits make no table of the line. */
const NAMED_COMMIT = /\bcommits? [0-9a-f]{8,40}\b/g;

/** A line typed into a shell. */
const COMMAND =
  /^(?:sudo |echo .{0,300}>|cat \/|\.\/|mount -|modprobe |insmod |make [-A-Z]|git (?:clone|pull|fetch|checkout|log|am)\b|qemu-system|ls -|cd |mkdir |perf (?:record|report|stat|bench)|fio -|dd if=|\S{1,60}\.sh\b.{0,60}$)/;

/** Letters in words, single spaces and few marks: prose, unless it is a shell command. Most lines are such. */
const PLAIN =
  /^(?!(?:sudo|modprobe|insmod|git|cd|mkdir|perf|qemu-system\w*|lore\.kernel\.org|The buggy address|page dumped because)\b|\S{1,60}\.sh\b)(?:[A-Za-z]{2,}(?:[-,.'"()_/]{1,2} ?| )|[aAI] )*(?:[A-Za-z]{2,}[-,.'"()_/]{0,2})?$/;

/**
 * A line of a table, a drawing, code, a log, a quote, a trailer or a link: not prose.
 *
 * `continues`: the line before was prose, so a short one is its end.
 */
export function isShown(line: string, continues: boolean): boolean {
  if (PLAIN.test(line)) return false;
  const text = line.includes(' commit') ? line.replace(NAMED_COMMIT, 'commit') : line;
  if (text.includes('[-W') && WARNING.test(text)) return true;
  if (text.includes(':') && ERROR_OF.test(text)) return true;
  if (text.includes(':') && (TRAILER.test(text) || HEADERS.test(text))) return true;
  if (LOG.test(line) || (text.includes(' | ') && FILE_STAT.test(text))) return true;
  let letters = 0;
  let digits = 0;
  let spaces = 0;
  let bars = 0;
  let gaps = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code > 191) letters += 1;
    else if (code >= 48 && code <= 57) digits += 1;
    else if (code === 32) {
      spaces += 1;
      // Two spaces after a full stop are typing; three, or two elsewhere, may be a column.
      if (text.charCodeAt(i - 1) === 32 && text.charCodeAt(i - 2) === 32) gaps += 1;
    } else if (code === 9) gaps += 2;
    else if (code === 124) bars += 1;
    // box drawing
    if (code >= 0x2500 && code <= 0x259f) bars += 2;
  }
  // A piece of a drawing: `^ |`.
  if (letters + digits === 0 && bars > 0) return true;
  // The short last line of a paragraph, `(9-11).`, is no table.
  if (continues && text.length < 24) return false;
  const ink = text.length - spaces;
  if (bars >= 2 || text.startsWith('|') || text.startsWith('+-')) return true;
  // Aligned prose (some mailers justify) has gaps too, but one space each; a column has a wide one.
  if (gaps >= 3) return true;
  if (ink > 0 && letters / ink < 0.55) return true;
  if (ink > 8 && digits / ink > 0.35) return true;
  // The head of a pull request: `io_uring: pass x (2024-07-26 08:31:59 -0600)`.
  if (COMMAND.test(text) || (text.includes('(20') && /\(20\d\d-\d\d-\d\d \d\d:/.test(text))) return true;
  // `unique: 4, opcode: GETATTR (3), nodeid: 1`
  let colons = 0;
  for (let at = text.indexOf(': '); at >= 0; at = text.indexOf(': ', at + 1)) colons += 1;
  if (colons >= 3) return true;
  const last = text.charCodeAt(text.length - 1);
  // ; { } at the end of a line are C
  if (last === 59 && (text.includes('(') || text.includes('=') || spaces < 3)) return true;
  if (last === 123 || last === 125 || last === 92) return true;
  return /^(?:#include|#define|\/\*|\*\/|\/\/)/.test(text);
}
