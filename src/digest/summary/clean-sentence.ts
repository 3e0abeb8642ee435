import { withoutTail } from '../text/without-tail.js';
import { stripConnectives } from './connectives.js';
import { withoutPatchNumber } from './without-patch-number.js';

/** Links in running text: a sentence that still holds one after its brackets were taken out is not used. */
const LINK = /:\/\/|\bwww\.|lore\.kernel\.org|\bgit@/;

/** `[1]`, `[1][2]`, `[0, 1]`, `[*]`: a mark whose target the summary does not show. */
const REFERENCE_MARK =
  /(?: (?:in|at|from|per|by|see)(?= \[[^\]]{1,20}\](?:[,;]|$)))?\s?\[(?:\d{1,2}(?:(?:, ?|-)\d{1,2}){0,5}|\*|[a-z])\](?!\w)/g;

const GREETING = /^(?:hi|hello|hey|dear|greetings|good (?:morning|day|evening))\b[^,.!:]{0,40}[,.!:]+ */i;

/** `here is the seventh version of my patches to fix X`: what follows the chatter is the point. */
const VERSION_CHATTER =
  /^(?:(?:so )?(?:this|here|below|following)(?: is|'s| are|) |it(?:'s| is) )?(?:(?:now|just|hopefully) )?(?:(?:a|an|the|my|yet) )?(?:(?:another|new|next|updated?|latest|final|\w{3,12}(?:th|rd|nd|st)|first|second|third|v\d{1,2}|\d{1,2}(?:th|rd|nd|st)|rfc|resend) ){0,3}(?:v\d{1,2}|version|revision|iteration|respin|spin|repost|resend|posting|round|take|attempt|update|pass)(?: v?\d{1,2})?,?(?: of| at|,) (?=\w)/i;

/** `the patch series to address X`, left over from the chatter: `address X` is the point. */
const SERIES_TO =
  /^(?:(?:the|a|an|my|this|our|these|small|short|simple|little|new) ){0,3}(?:(?:patch|rfc) ?)?(?:set|series|patch ?set|patch-set|patches|patchset|patch)(?: (?:agains?t?|for|on|on top of) \S{1,40})? (?:that|which|to) /i;

/** `While looking at X, I found that Y`: Y is the point. */
const FOUND_THAT =
  /^(?:(?:while|during|when|after|recently|today)\b[^,]{0,120},? )?(?:i|we)(?:'ve| have| had)? (?:also |recently |just )?(?:found|noticed|realized|realised|discovered|observed|spotted)(?: out)? (?:that )?(?=\w)/i;

/** `I found zone_free() is called twice` tells it; `I found dead code which gets removed` stays whole. */
const HAS_VERB =
  /^(?:\S{1,40} ){1,6}(?:is|are|was|were|does|do|did|can|cannot|could|has|have|had|will|would|may|might|doesn't|don't|didn't|isn't|aren't|can't)\b/;

/** `Christoffer recently pointed out that X`, `It is reported that X`: X is the point. */
const SAID_THAT =
  /^(?:(?:as )?[A-Z][a-z]{1,20}(?: [A-Z][a-z]{1,20}){0,2}|it's|it is|it was|it has been) (?:has |have |had )?(?:also |recently |just )?(?:pointed out|reported|noticed|found|observed|noted|mentioned|spotted|discovered)(?: to me)? that (?=\w)/i;

/** `As discussed recently with Linus, X`, `As the name suggests, X`: X is the point. */
const AS_SAID =
  /^as (?:far as i (?:can tell|know|see)(?!, not )|(?:was |already |we |i |I've |previously |recently ){0,2}(?:discussed|mentioned|noted|promised|requested|suggested|reported|explained|described|pointed out|said|stated|per)\b|(?:the|its) (?:name|title|subject) \w{3,10}|you (?:may|might|probably|all) )[^,]{0,60}, /i;

/** Labels in front of a sentence: `Problem: …`, `Background: …`, `NOTE: …`. */
const LABEL =
  /^(?:problem(?: statement)?|background|motivation|summary|overview|solution|description|goals?|introduction|intro|abstract|tl;?dr|note|fix|rationale|purpose|cause|root cause|issue|context|proposal|why|what|upfront|status|details|idea|basic idea|in short|however|but|background info)\s?: +/i;

/** `Patch# 3: Adds …`, `Patch 2/: …`: what stands behind says it. */
const PATCH_LABEL =
  /^(?:\[?patch(?:es)?\]? ?#? ?)?\d{1,2}(?:[-/,&]{1,2}\d{0,2})?[:)\]](?:[ -]{1,3})(?=[A-Za-z])|^\[?patch(?:es)?\]? ?#? ?\d{1,2}(?:[-/,&]\d{0,2})? - (?=[A-Za-z])/i;

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

/** No sentence ends with one of these: what came next was lost. */
const UNENDED =
  / (?:to|the|of|and|by|with|for|a|an|in|on|or|from|that|which|as|is|are|be|into|at|via|e\.g|i\.e|its|their|this|these|we|than|between|using|when|if|because|not|including|like|namely|such as|for example|for instance|currently are)[.:]?$/i;

/** Whether the text breaks off before its sentence ends. */
export function isUnended(text: string): boolean {
  return UNENDED.test(text) && !/ (?:so on|carry on|later on)\.?$/.test(text);
}

/** Not even where the author set a full stop: `… in patch 2 of the.` was cut by what was taken out. */
const NEVER_LAST =
  / (?:the|and|a|an|e\.g|i\.e|its|their|than|from|of|is|are|by|with|see|for example|for instance)[.:]?$/i;

/** A sentence fit to be shown alone. */
export interface CleanSentence {
  readonly text: string;
  /** A word that joined it to the sentence before (`However,`) was taken off. */
  readonly joined: boolean;
  /** The number of the patch that it tells of was taken off. */
  readonly ofPatch: boolean;
}

/**
 * Takes off what does not stand alone: reference marks, bracketed links, greetings, `However,`, `this is v3 of`,
 * labels, emphasis; ends it with a full stop. null where nothing is left that can be shown.
 */
export function cleanSentence(sentence: string): CleanSentence | null {
  let text = sentence.length > 1_200 ? sentence.slice(0, 1_200) : sentence;
  text = stripBrackets(text.replace(REFERENCE_MARK, ''));
  if (LINK.test(text)) return null;
  if (text.includes('*') || text.includes('_'))
    text = text.replace(/(^|\s)[*_]{1,2}(\w[^*_]{0,80}\w)[*_]{1,2}(?=[\s.,;:]|$)/g, '$1$2');
  text = text
    .replace(PATCH_LABEL, '')
    .replace(GREETING, '')
    .replace(LABEL, '')
    .replace(FOUND_THAT, (found, at: number, whole: string) =>
      / that $/.test(found) || HAS_VERB.test(whole.slice(at + found.length, at + found.length + 80))
        ? ''
        : found,
    )
    .replace(SAID_THAT, '')
    .replace(AS_SAID, '');
  // `here are some refactorings to prepare for X`
  text = text.replace(/^(?:so )?here(?: is| are|'s) (?=(?:a|an|some|the|my|two|three|four|few) )/i, (here) =>
    SERIES_TO.test(text.slice(here.length)) ? '\u0000' : '',
  );
  if (text.startsWith('\u0000')) text = text.slice(1).replace(SERIES_TO, '');
  const chatter = VERSION_CHATTER.exec(text)?.[0].length ?? 0;
  if (chatter > 0) {
    text = text
      .slice(chatter)
      .replace(SERIES_TO, '')
      .replace(/^(?:which|that) /, '');
    // `this is v3 of the ring resizing support`: a name, no sentence.
    if (text.split(' ').length < 6) return null;
  }
  const { text: bare, joined } = stripConnectives(text.trim());
  text = bare
    .replace(/^[-–—:;,.) ]{1,5}/, '')
    .replace(/ {2,}/g, ' ')
    .replace(/ ([,.;:])(?= |$)/g, '$1');
  text = text.replace(/[\s:;,—-]{1,5}$/, '').replace(/[.:]{2,5}$/, '.');
  if (text.endsWith('!')) text = `${withoutTail(text, '!')}.`;
  text = text.trim();
  const told = withoutPatchNumber(text);
  text = told ?? text;
  if (text.length < 8) return null;
  // A mark that was taken out may have been what the sentence ended with: `…, such as in [1].`
  if (/[^\])>][.!?]$/.test(sentence) ? NEVER_LAST.test(text) : isUnended(text)) return null;
  if (!/[.?…]["'”’)`]?$/.test(text)) text = `${text}.`;
  return { text: capitalise(text), joined, ofPatch: told !== null };
}
