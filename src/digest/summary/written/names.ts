import { withoutTail } from '../../text/without-tail.js';

const NUMBERS = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ');

/** Runs of characters that may be one name: `foo_bar()`, `v5.10-rc1`, `drivers/net`, `KVM_GET_X`, `50%`. */
const RUN = /[\p{L}\p{N}_][\p{L}\p{N}_./()+%:-]*/gu;

/** A name of code, a path, a version, an acronym: what a model must not invent. */
function isName(run: string): boolean {
  return (
    /[\p{N}_/()]/u.test(run) || /\p{Ll}\p{Lu}/u.test(run) || /\p{Lu}{2}/u.test(run) || /\w[.:]+\w/.test(run)
  );
}

/** `kvm-get-dirty()`, `KVM-get-dirties`: normalized for comparison. */
function normal(run: string): string {
  const bare = withoutTail(run.toLowerCase().replace(/[()\-+]/g, ''), '.:/_');
  return bare.length > 3 && bare.endsWith('s') ? bare.slice(0, -1) : bare;
}

/** A text's words, and the parts of those that are made of several: among which a name is looked up. */
export function namesKnown(text: string): ReadonlySet<string> {
  const known = new Set<string>();
  for (const [run] of text.matchAll(RUN)) {
    known.add(normal(run));
    for (const part of run.split(/[/:.()%+-]/)) if (part !== '') known.add(normal(part));
  }
  for (const [value, word] of NUMBERS.entries()) if (known.has(word)) known.add(String(value));
  return known;
}

/** The names and numbers of a text that are not among those known. */
export function namesUnknown(text: string, known: ReadonlySet<string>): string[] {
  const unknown: string[] = [];
  for (const [run] of text.matchAll(RUN)) {
    if (known.has(normal(run))) continue;
    // `16-byte`, `non-UML`: each part for itself.
    unknown.push(...run.split('-').filter((part) => !isKnown(part, known)));
  }
  return unknown;
}

function isKnown(part: string, known: ReadonlySet<string>): boolean {
  const spelled = NUMBERS.indexOf(part.toLowerCase());
  // `one` is seldom a number.
  if (spelled > 1) return known.has(String(spelled));
  if (!isName(part) || known.has(normal(part))) return true;
  const pieces = part.split(/[/:()%+]/).filter((piece) => piece !== '');
  return pieces.every((piece) => known.has(normal(piece)));
}
