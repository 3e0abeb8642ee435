import { withoutTail } from '../text/without-tail.js';
import { mayJoin, stripConnectives } from './connectives.js';
import { endsIn, isUnended, NEVER_LAST } from './is-unended.js';
import { mayOpen, withoutOpening } from './without-opening.js';
import { withoutPatchNumber } from './without-patch-number.js';

/** No sentence is longer. */
const MAX_CHARS = 1_200;

/** Links in running text: a sentence that still holds one after its brackets were taken out is not used. */
const LINK = /:\/\/|\bwww\.|lore\.kernel\.org|\bgit@/;

/** `[1]`, `[1][2]`, `[0, 1]`, `[*]`: a mark whose target the summary does not show. */
const REFERENCE_MARK =
  /(?: (?:in|at|from|per|by|see)(?= \[[^\]]{1,20}\](?:[,;]|$)))?\s?\[(?:\d{1,2}(?:(?:, ?|-)\d{1,2}){0,5}|\*|[a-z])\](?!\w)/g;

/** Takes brackets out whose text is a link, a reference or empty. Looks at each bracket once. */
function stripBrackets(text: string): string {
  if (!text.includes('(') && !text.includes('<')) return text;
  return text
    .replace(/,? see\)/g, ')')
    .replace(
      / \((?:[^()]{0,200}:\/\/[^()]{0,200}|(?:see|cf\.?|link|ref|refer|patch(?:es)?|i\.e\. patch(?:es)?)\b[^()]{0,80}|[ ,]*)\)/gi,
      '',
    )
    .replace(/ ?<[^<> ]{0,200}(?::\/\/|@)[^<> ]{0,200}>/g, '');
}

/** Only a word of prose is capitalised: `io_uring`, `kvm_vcpu`, `x86` and `vDPA` keep their first letter. */
export function capitalise(text: string): string {
  if (!(text >= 'a' && text < '{')) return text;
  const first = /^[a-z][a-z'’-]*(?=[ ,.;:]|$)/.exec(text)?.[0];
  if (first === undefined) return text;
  if (KEEP_LOWER.has(first)) return text;
  return text.charAt(0).toUpperCase() + text.slice(1);
}
const KEEP_LOWER = new Set(
  'struct const static enum kvm virtio qemu nvme btrfs xfs ext4 udev systemd perf sysfs procfs tmpfs mmap memcg kasan vhost vfio liburing fio iommufd zram zswap fsync mremap'.split(
    ' ',
  ),
);

/** A sentence fit to be shown alone. */
export interface CleanSentence {
  readonly text: string;
  /** A word that joined it to the sentence before (`However,`) was taken off. */
  readonly joined: boolean;
  /** The number of the patch that it tells of was taken off. */
  readonly ofPatch: boolean;
  /** At most a capital and a full stop were added: its words are the sentence's own. */
  readonly asWritten: boolean;
}

/** Marks that only the letter's layout needs: references, links in brackets, emphasis. null where a link is left. */
function withoutMarks(sentence: string): string | null {
  let text = sentence;
  if (text.includes('[')) text = text.replace(REFERENCE_MARK, '');
  text = stripBrackets(text);
  if (LINK.test(text)) return null;
  if (text.includes('*') || text.includes('_'))
    text = text.replace(/(^|\s)[*_]{1,2}(\w[^*_]{0,80}\w)[*_]{1,2}(?=[\s.,;:]|$)/g, '$1$2');
  return text;
}

/** Marks at both ends off, white space mended. */
function tidy(text: string): string {
  let tidied = text.trim();
  if ('-–—:;,.) '.includes(tidied.charAt(0))) tidied = tidied.replace(/^[-–—:;,.) ]{1,5}/, '');
  if (tidied.includes('  ')) tidied = tidied.replace(/ {2,}/g, ' ');
  tidied = tidied.replace(/ ([,.;:])(?= |$)/g, '$1');
  if (' :;,—-'.includes(tidied.charAt(tidied.length - 1))) tidied = tidied.replace(/[\s:;,—-]{1,5}$/, '');
  if ('.:'.includes(tidied.charAt(tidied.length - 2))) tidied = tidied.replace(/[.:]{2,5}$/, '.');
  if (tidied.endsWith('!')) tidied = `${withoutTail(tidied, '!')}.`;
  return tidied.trim();
}

/** `… it does.`, but not `… in [1].`, where a mark that is taken out may have been what the sentence ended with. */
function endsWell(sentence: string): boolean {
  return (
    '.!?'.includes(sentence.charAt(sentence.length - 1)) &&
    !'])>'.includes(sentence.charAt(sentence.length - 2))
  );
}

function hasStop(text: string): boolean {
  const last = text.charAt(text.length - 1);
  return '.?…'.includes(last) || ('"\'”’)`'.includes(last) && '.?…'.includes(text.charAt(text.length - 2)));
}

/**
 * Takes off what does not stand alone: reference marks, bracketed links, greetings, `However,`, `this is v3 of`,
 * labels, emphasis; ends it with a full stop. null where nothing is left that can be shown.
 *
 * `first`: its first word, lower case, marks at its ends off.
 */
export function cleanSentence(sentence: string, first: string): CleanSentence | null {
  const plain = withoutMarks(sentence.length > MAX_CHARS ? sentence.slice(0, MAX_CHARS) : sentence);
  if (plain === null) return null;
  let text = plain;
  const asWritten = text === sentence;
  const opened = !asWritten || mayOpen(first, text) ? withoutOpening(text) : text;
  if (opened === null) return null;
  let joined = false;
  if (!asWritten || opened !== text || mayJoin(first)) ({ text, joined } = stripConnectives(opened.trim()));
  text = tidy(text);
  const told = withoutPatchNumber(text);
  text = told ?? text;
  if (text.length < 8 || (endsWell(sentence) ? endsIn(text, NEVER_LAST) : isUnended(text))) return null;
  const same = text === sentence;
  if (!hasStop(text)) text = `${text}.`;
  return { text: capitalise(text), joined, ofPatch: told !== null, asWritten: same };
}
