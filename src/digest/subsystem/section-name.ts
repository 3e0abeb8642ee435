/** Words that say what kind of thing a section is, not which. */
const FILLERS = new Set(
  (
    'driver drivers support subsystem subsystems framework infrastructure core layer interface interfaces architecture port ' +
    'and or for the of on in to a an with by based general generic devices device controller controllers maintainers code ' +
    'series family chips chip file filesystem filesystems linux kernel module modules api system misc implementation library protocol'
  ).split(' '),
);

/** Short words of section names that are no acronyms, and so are not left in capitals. */
const PLAIN_WORDS = new Set(
  (
    'add age all and any arm art axi bad big bit boot bus by byte can card cell chip clock code core cpu data day debug dev disk dump edge ' +
    'end file fix flag flash for free from fuse get hash heap help hot host in info input io key kit lab lock low map mem memory ' +
    'mode msg net new node not null of off old on one open or out over own page path pen pin port power print proc quad queue ram ' +
    'read real root safe set slot smart soft sound spin split stack state sub swap table tag task test text the thread time to tool ' +
    'touch trace tree two type unit use user via video view virt wait wake watch web wide with work zone mail layer local loop move ' +
    'early exec event firmware frame generic global graphics group image index kernel library light linux list logic mailbox maple ' +
    'media mobile module multi nested network object panel parallel pattern persistent phone policy pool private process random ' +
    'raw reset resource scan sched secure sensor serial service shared signal simple single sleep small snapshot socket space ' +
    'special speed static store stream string super support switch symbol system target thermal timer top total track transport ' +
    'universal vector virtual volume watchdog window wire wireless write'
  ).split(' '),
);
/** Of the words above, those that are acronyms all the same. */
const ACRONYMS = new Set(['arm', 'axi', 'cpu', 'io', 'can', 'ram', 'net', 'dev', 'fuse', 'msg']);

/** `PAGE TABLE CHECK` → `Page table check`, `KERNEL VIRTUAL MACHINE FOR X86 (KVM/x86)` → `Kernel virtual machine for x86 (KVM/x86)`. */
export function humanSectionName(section: string): string {
  const words = section.trim().split(' ').filter(Boolean);
  const human = words.map((word, position) => {
    const letters = word.toLowerCase();
    if (word !== word.toUpperCase() || word.startsWith('(') || word.startsWith('[')) return word;
    const plain =
      /^[a-z]+[,:]?$/.test(letters) &&
      (letters.length >= 6 || PLAIN_WORDS.has(letters) || FILLERS.has(letters));
    if (letters === 'x86') return letters;
    if (!plain || ACRONYMS.has(letters)) return word;
    return position === 0 ? letters.charAt(0).toUpperCase() + letters.slice(1) : letters;
  });
  return human.join(' ');
}

/** The text between the first `open` and the `close` after it, or null. */
function between(text: string, open: string, close: string): string | null {
  const start = text.indexOf(open);
  const end = text.indexOf(close, start + 1);
  return start < 0 || end < 0 ? null : text.slice(start + 1, end).trim();
}

function without(text: string, open: string, close: string): string {
  let rest = text;
  for (let guard = 0; guard < 5; guard += 1) {
    const start = rest.indexOf(open);
    const end = rest.indexOf(close, start + 1);
    if (start < 0 || end < 0) return rest;
    rest = `${rest.slice(0, start)} ${rest.slice(end + 1)}`;
  }
  return rest;
}

/** Lower case, runs of anything but letters, digits, `_` and `.` become one hyphen. */
export function toSlugWord(text: string): string {
  let slug = '';
  for (const character of text.toLowerCase()) {
    const keep =
      (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9') || character === '_';
    if (keep) slug += character;
    else if (slug !== '' && !slug.endsWith('-')) slug += '-';
  }
  return slug.endsWith('-') ? slug.slice(0, -1) : slug;
}

/** A name in brackets that people use for the thing itself: `(DAMON)`, `(be2net)`, `(KVM/x86)`. */
function isShortName(text: string): boolean {
  return (
    text.length >= 2 &&
    text.length <= 12 &&
    !text.includes(' ') &&
    !text.includes(',') &&
    /[A-Za-z]/.test(text)
  );
}

/** The words of a name that tell it from others, at most so many, joined by hyphens. */
export function significantWords(text: string, most: number): string {
  const words = toSlugWord(text).split('-').filter(Boolean);
  const telling = words.filter((word) => !FILLERS.has(word));
  return (telling.length > 0 ? telling : words).slice(0, most).join('-');
}

/**
 * The part of a slug that a section's name gives: `TCP` in brackets, else a short name in parentheses, else its telling words.
 * `strip` holds beginnings that only name the parent (`MEMORY MANAGEMENT`). '' where nothing but the parent is left.
 */
export function sectionSlug(section: string, strip: readonly string[], parent: string | null): string {
  let rest = section;
  const upper = section.toUpperCase();
  const beginning = strip
    .filter((start) => upper.startsWith(start.toUpperCase()))
    .sort((a, b) => b.length - a.length)[0];
  if (beginning !== undefined) rest = section.slice(beginning.length);
  const isRust = upper.includes('[RUST]') || upper.endsWith('- RUST');
  const inBrackets = between(section, '[', ']');
  const inParentheses = between(section, '(', ')');
  const parts: string[] = [];
  if (inParentheses !== null && parent !== null && inParentheses.toLowerCase().startsWith(`${parent}/`)) {
    parts.push(toSlugWord(inParentheses.slice(parent.length + 1)));
  } else if (
    beginning !== undefined &&
    inBrackets !== null &&
    !isRust &&
    inBrackets.toLowerCase() !== 'general'
  ) {
    parts.push(significantWords(inBrackets, 3));
  } else {
    const bare = without(without(rest, '(', ')'), '[', ']');
    const telling = toSlugWord(bare)
      .split('-')
      .filter((word) => word !== '' && !FILLERS.has(word) && word !== parent);
    const short =
      inParentheses !== null && isShortName(inParentheses) && telling.length > 1
        ? toSlugWord(inParentheses)
        : '';
    if (short !== '' && short !== parent) parts.push(short);
    else if (telling.length > 0) parts.push(telling.slice(0, 4).join('-'));
    else if (parent === null) parts.push(significantWords(bare, 4) || toSlugWord(section));
  }
  if (isRust && parent !== 'rust' && !parts.includes('rust')) parts.push('rust');
  return parts.filter(Boolean).join('-');
}
