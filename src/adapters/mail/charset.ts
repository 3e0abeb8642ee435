import { TextDecoder } from 'node:util';

const WINDOWS_1252 = 'windows-1252';

/** Names that mail uses for charsets which the platform knows by another name, or not at all. */
const ALIASES: Readonly<Record<string, string>> = {
  cp936: 'gbk',
  'x-gbk': 'gbk',
  gb2312: 'gb18030',
  cp949: 'euc-kr',
  'ks_c_5601-1987': 'euc-kr',
  cp932: 'shift_jis',
  'cp-850': WINDOWS_1252,
  'iso-8859-8-i': 'iso-8859-8',
  cp1252: WINDOWS_1252,
  'iso-8859-1': WINDOWS_1252,
  'iso8859-1': WINDOWS_1252,
  'iso_8859-1': WINDOWS_1252,
  latin1: WINDOWS_1252,
  'latin-1': WINDOWS_1252,
};

/** Names for plain ASCII, or for "I do not know": bytes above 0x7f under them are UTF-8 more often than anything else. */
const ASCII_OR_UNKNOWN = new Set([
  '',
  'ascii',
  'us-ascii',
  'usascii',
  'ansi_x3.4-1968',
  '646',
  '7bit',
  '8bit',
  'unknown',
  'unknown-8bit',
  'x-unknown',
  'default',
  'default_charset',
  'utf8',
  'utf-8',
]);

const decoders = new Map<string, TextDecoder | null>();

function decoderFor(label: string): TextDecoder | null {
  const known = decoders.get(label);
  if (known !== undefined) return known;
  let decoder: TextDecoder | null = null;
  try {
    decoder = new TextDecoder(label, { fatal: true, ignoreBOM: false });
  } catch {
    // A label that the platform does not know: X-UNKNOWN, names with NUL, whole sentences.
  }
  if (decoders.size < 200) decoders.set(label, decoder);
  return decoder;
}

function decodeStrictly(bytes: Uint8Array, label: string): string | null {
  const decoder = decoderFor(label);
  if (decoder === null) return null;
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

/** The charset's name as the platform's decoder wants it; '' for ASCII, UTF-8 and "unknown". */
function labelOf(declared: string | null): string {
  const name = (declared ?? '').trim().toLowerCase().replaceAll('"', '');
  if (name.length > 40 || ASCII_OR_UNKNOWN.has(name)) return '';
  return Object.hasOwn(ALIASES, name) ? (ALIASES[name] ?? name) : name;
}

/**
 * True if bytes above 0x7f come in pairs only, as two-byte Chinese text does: Latin text
 * has its accented letters alone between ASCII ones. Two pairs at least, else it says nothing.
 */
function looksLikeGbk(bytes: Uint8Array): boolean {
  let pairs = 0;
  for (let i = 0; i < bytes.length; i++) {
    const lead = bytes[i] ?? 0;
    if (lead < 0x80) continue;
    const trail = bytes[i + 1] ?? 0;
    if (lead < 0xa1 || lead > 0xf7 || trail < 0xa1 || trail > 0xfe) return false;
    pairs++;
    i++;
  }
  return pairs >= 2;
}

/** What windows-1252 has at 0x80 to 0x9f; Node 20's own decoder leaves control characters there. */
const WINDOWS_1252_HIGH = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

function decodeWindows1252(bytes: Uint8Array): string {
  const latin1 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return latin1.replace(/[\x80-\x9f]/g, (char) => WINDOWS_1252_HIGH[char.charCodeAt(0) - 0x80] ?? char);
}

/** ISO-2022-JP switches its alphabets by these; in seven bits, so that nothing else tells it from ASCII. */
const JAPANESE = /\x1b(?:\$[@B]|\([BJI])/;
/** ISO-2022-KR begins so; Korean is between SO and SI. */
const KOREAN = '\x1b$)C';

/** True if text was decoded as ASCII or UTF-8, or in a charset that its bytes do not fit, and is something else. */
export function isMisread(text: string): boolean {
  return text.includes('\uFFFD') || text.includes('\x1b$');
}

/** Seven-bit text of which nothing declares the charset. */
function decodeSevenBit(bytes: Uint8Array): string | null {
  if (bytes.indexOf(0x1b) < 0) return null;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  if (text.includes(KOREAN)) return decodeKorean(text);
  return JAPANESE.test(text) && text.includes('\x1b$') ? decodeStrictly(bytes, 'iso-2022-jp') : null;
}

/** The platform has no decoder for ISO-2022-KR: it is EUC-KR without the high bits. */
function decodeKorean(text: string): string | null {
  const eightBit = text
    .replaceAll(KOREAN, '')
    .replace(/\x0e([^\x0e\x0f]*)\x0f?/g, (_, shifted: string) =>
      shifted.replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) | 0x80)),
    );
  return decodeStrictly(Buffer.from(eightBit, 'latin1'), 'euc-kr');
}

/**
 * Decodes text from mail: as declared where that charset is known and the bytes fit it, else by its escape sequences, else as
 * UTF-8 where they fit, else two-byte Chinese where they look like it, else windows-1252, which
 * takes any byte. The order is patchwork's; the guess of Chinese is ours, for raw GBK headers
 * (mailparser #348, #351). Never throws.
 */
export function decodeBytes(bytes: Uint8Array, declared: string | null): string {
  const label = labelOf(declared);
  return (
    (label === '' || label === 'iso-2022-kr'
      ? decodeSevenBit(bytes)
      : label === WINDOWS_1252
        ? decodeWindows1252(bytes)
        : decodeStrictly(bytes, label)) ??
    decodeStrictly(bytes, 'utf-8') ??
    (looksLikeGbk(bytes) ? decodeStrictly(bytes, 'gb18030') : null) ??
    decodeWindows1252(bytes)
  );
}
