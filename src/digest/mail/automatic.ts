import { AUTOMATIC_HEADERS, type Mail } from './mail.js';
import { isAutomaticReply } from './subject/reply-markers.js';

/** Whether a program sent it unattended: by `Auto-Submitted` (RFC 3834), the headers of out-of-office messages, or their subject. */
export function isAutomatic({ headers, subject }: Mail): boolean {
  const given = (name: string): string => (headers[name] ?? 'no').trim().toLowerCase();
  return (
    given('auto-submitted').startsWith('auto-') ||
    AUTOMATIC_HEADERS.some((name) => given(name) !== 'no') ||
    /^auto[-_]?reply$/.test(given('precedence')) ||
    given('x-post-messageclass').includes('autoresponder') ||
    isAutomaticReply(subject ?? '')
  );
}

const FIRST_LINES = 4;

/** What programs call themselves, each at the beginning of a line. */
const SELF_DESCRIPTIONS: readonly RegExp[] = [
  // `This is automated email and please do not reply to this email!`, `Thank you. This is an automated response.`
  /^(?:(?:[^.!?]{1,60}[.!] )?this is (?:an? )?|\[)?(?:automated|automatic|automatically generated|auto-generated) (?:e-?mail|message|reply|response|report|notification|comment|review)\b/i,
  /^this (?:e-?mail|message|mail|report|review) (?:was|is|has been) (?:automatically|auto-?)[ -]?(?:generated|sent|created)/i,
  /^this is an? (?:ai|llm|machine)[- ]generated (?:e-?mail|message|review|report|comment)(?:[.;:]| and\b|$)/i,
  /^i am a (?:ro)?bot\b/i,
  // `This is the friendly patch-bot of Greg Kroah-Hartman.`, `[ Sasha's backport helper bot ]`
  /^this is the (?:[\w-]+ ){0,3}(?:patch-)?(?:ro)?bot of\b/i,
  /^\[ ?[\p{L} -]{1,30}['’]s [\p{L} -]{1,30}\bbot ?\]$/iu,
  // Devicetree's checks, sent with the address of their maintainer.
  /^my bot found (?:new )?(?:errors|warnings|dtb|issues)\b/i,
  /^our CI (?:did|performed) (?:some|the following) (?:validation|test|check)s?\b/i,
  // DPDK's and similar laboratories': `Test-Label: x86_64-unit-testing`.
  /^Test-Label: \S/,
];

/** Whether the first lines say so: not quoted, and about the mail itself. */
export function isSelfDescribed(text: string): boolean {
  const lines = text
    .slice(0, 600)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, FIRST_LINES)
    .map((line) => line.trim().slice(0, 200));
  return lines.some((line) => SELF_DESCRIPTIONS.some((form) => form.test(line)));
}
