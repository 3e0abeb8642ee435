/** What patchwork makes of a mail that it took in. */
export interface TakenMail {
  /** With `<>`. */
  readonly msgid: string;
  readonly mbox: string;
}

/**
 * A patch as patchwork 3.1.3 exports it (`/project/NAME/patch/ID/mbox/`): its own headers before those of the mail, long ones folded again,
 * the text stripped, what follows the diff cut off, nothing quoted. `raw`: LF line ends, one part of UTF-8 text with a diff of git's in it;
 * patchwork takes no other mail for a patch, then this throws.
 */
export function takeIn(raw: Uint8Array, id: number): TakenMail {
  const text = Buffer.from(raw).toString('utf8');
  const headEnd = text.indexOf('\n\n');
  const headers = text
    .slice(0, headEnd)
    .replace(/\n[ \t]/g, ' ')
    .split('\n');
  const headerOf = (name: string): string =>
    headers
      .find((line) => line.toLowerCase().startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trim() ?? '';
  const diffAt = text.indexOf('\ndiff --git ', headEnd);
  if (diffAt < 0 || !headerOf('content-type').startsWith('text/plain'))
    throw new Error('patchwork takes no such mail');
  const message = text.slice(headEnd + 2, diffAt).trim();
  const diff = text.slice(diffAt + 1).replace(/^-- \n.*$/ms, '');
  const [, before = message, after = null] = /^(.*?)^-{2,3} ?$(.*)$/ms.exec(`${message}\n`) ?? [];
  const comment = after === null ? '' : `---${after.trimEnd()}\n`;
  const body = `${before.trim()}\n${comment}\n${diff}`;
  const isPlain = /^[\x00-\x7f]*$/.test(body);
  const mbox = [
    `From patchwork ${ctime(new Date(headerOf('date')))}`,
    'Content-Type: text/plain; charset="utf-8"',
    'MIME-Version: 1.0',
    `Content-Transfer-Encoding: ${isPlain ? '7bit' : '8bit'}`,
    `X-Patchwork-Submitter: ${headerOf('from')}`,
    `X-Patchwork-Id: ${id}`,
    ...headers.filter((line) => !/^content-(type|transfer-encoding):/i.test(line)).map(folded),
    '',
    body,
  ].join('\n');
  return { msgid: headerOf('message-id'), mbox };
}

/** As Python folds a header of more than 78 characters: behind its last `;`. */
function folded(line: string): string {
  return line.length <= 78 ? line : line.replace(/; (?=[^;]*$)/, ';\n ');
}

/** `Thu Jan  1 00:00:00 1970`. */
function ctime(at: Date): string {
  const [weekday = '', day = '', month = '', year = '', time = ''] = at
    .toUTCString()
    .replace(',', '')
    .split(' ');
  return `${weekday} ${month} ${String(Number(day)).padStart(2)} ${time} ${year}`;
}
