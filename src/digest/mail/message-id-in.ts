/** Bytes of the headers in which it is looked for. */
const HEADER_BYTES = 256 * 1024;

/**
 * The Message-ID of a raw mail without `<>`, as Message.id has it: of its first Message-ID header. null if there is none that
 * can be a key. For sources that have to know it before anything is parsed.
 */
export function messageIdIn(raw: Uint8Array): string | null {
  const head = Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.byteLength, HEADER_BYTES)).toString(
    'latin1',
  );
  const end = head.search(/\r?\n\r?\n/);
  const lines = (end < 0 ? head : head.slice(0, end)).split(/\r?\n/);
  const at = lines.findIndex((line) => /^message-id[ \t]{0,3}:/i.test(line));
  if (at < 0) return null;
  const folded: string[] = [(lines[at] ?? '').slice((lines[at] ?? '').indexOf(':') + 1)];
  for (const line of lines.slice(at + 1)) {
    if (!line.startsWith(' ') && !line.startsWith('\t')) break;
    folded.push(line);
  }
  const value = folded.join('').replace(/\s+/g, '');
  const open = value.indexOf('<');
  const close = value.indexOf('>', open);
  const id = open >= 0 && close > open ? value.slice(open + 1, close) : value;
  return id.includes('@') && !id.includes('<') && id.length <= 998 ? id : null;
}
