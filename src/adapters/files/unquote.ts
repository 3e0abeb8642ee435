const QUOTED = Buffer.from('>From ');

function depthOf(line: string): number {
  let depth = 0;
  while (line[depth] === '>') depth++;
  return depth;
}

/** A line that begins with one or more `>` and then `From `. */
function isQuotedFrom(line: string): boolean {
  return line.startsWith('>') && line.startsWith('From ', depthOf(line));
}

/** Depth of the deeper of the lines around; other quoted From lines say nothing. */
function depthAround(lines: readonly string[], at: number): number {
  const around = [lines[at - 1] ?? '', lines[at + 1] ?? ''].filter((line) => !isQuotedFrom(line));
  return Math.max(0, ...around.map(depthOf));
}

/**
 * How a message was quoted when it was written, derived from the message:
 * - `none`: a body line begins with a bare `From `, so the writer does not quote (git format-patch);
 * - `mboxrd`: its separator names a writer of mboxrd (`From mboxrd@z`, `From git@z`), or a line
 *   `>>From ` has more `>` than the lines around it: they were added;
 * - `mboxo`: all else. A `>>From ` among lines quoted as deep is a reply's own.
 */
function quotingOf(separator: string, lines: readonly string[]): 'none' | 'mboxrd' | 'mboxo' {
  if (/^From \S{1,100}@z /.test(separator)) return 'mboxrd';
  if (lines.some((line) => line.startsWith('From '))) return 'none';
  const added = lines.some(
    (line, at) => line.startsWith('>>') && isQuotedFrom(line) && depthOf(line) > depthAround(lines, at),
  );
  return added ? 'mboxrd' : 'mboxo';
}

/**
 * Undoes the quoting of lines that begin with `From `, by the kind of mbox that this one message
 * was written in. mboxrd adds a `>` to every such line, quoted or not, so one is taken away. mboxo
 * adds it to bare lines alone and cannot be undone for sure: a `>From ` is unquoted unless the lines
 * around are quoted too. Only the body is touched. Returns the same bytes if there is nothing.
 */
export function unquoteFrom(separator: string, mail: Buffer): Buffer {
  if (mail.indexOf(QUOTED) < 0) return mail;
  const bodyStart = mail.indexOf('\n\n');
  if (bodyStart < 0) return mail;
  const lines = mail
    .subarray(bodyStart + 2)
    .toString('latin1')
    .split('\n');
  const quoting = quotingOf(separator, lines);
  if (quoting === 'none') return mail;
  const plain = lines.map((line, at) => {
    if (!isQuotedFrom(line)) return line;
    if (quoting === 'mboxrd') return line.slice(1);
    return depthOf(line) === 1 && depthAround(lines, at) === 0 ? line.slice(1) : line;
  });
  return Buffer.concat([mail.subarray(0, bodyStart + 2), Buffer.from(plain.join('\n'), 'latin1')]);
}
