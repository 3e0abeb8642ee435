import type { Problem } from '../mail/mail.js';
import { isDevelopers, parseDevelopers } from './parse-developers.js';
import { parsePerson } from './parse-person.js';
import { readPathRegex } from './path-regex.js';
import type { MaintainersEntry } from './subsystem.js';

const MAX_LINE = 2_000;
const MAX_ENTRIES = 20_000;
const MAX_PROBLEMS = 200;

type Draft = {
  -readonly [K in keyof MaintainersEntry]: MaintainersEntry[K] extends string
    ? string
    : MutableOf<MaintainersEntry[K]>;
};
type MutableOf<T> = T extends readonly (infer E)[] ? E[] : T;

function newDraft(name: string): Draft {
  return {
    name,
    maintainers: [],
    reviewers: [],
    lists: [],
    status: [],
    trees: [],
    files: [],
    excluded: [],
    pathRegexes: [],
    contentRegexes: [],
    links: [],
  };
}

/** Adds one field; says what is wrong with it, or null. */
function addField(draft: Draft, letter: string, value: string): string | null {
  switch (letter) {
    case 'M':
    case 'R': {
      const person = parsePerson(value);
      if (person === null) return 'no address in it';
      (letter === 'M' ? draft.maintainers : draft.reviewers).push(person);
      return null;
    }
    case 'L': {
      const address = value.split(/\s/)[0]?.toLowerCase() ?? '';
      if (!address.includes('@')) return 'no address in it';
      if (!draft.lists.includes(address)) draft.lists.push(address);
      return null;
    }
    case 'F':
      draft.files.push(value);
      return null;
    case 'X':
      draft.excluded.push(value);
      return null;
    case 'N':
      if (readPathRegex(value) === null) return 'not a regular expression that is safe to run';
      draft.pathRegexes.push(value);
      return null;
    case 'K':
      draft.contentRegexes.push(value);
      return null;
    case 'S':
      draft.status.push(value);
      return null;
    case 'T':
      draft.trees.push(value);
      return null;
    case 'W':
    case 'B':
    case 'C':
    case 'P':
    case 'Q':
      draft.links.push(value);
      return null;
    default:
      return 'a field of no known kind';
  }
}

/** The letter and the value of `F:\tmm/`, or null for any other line. */
function splitField(line: string): { letter: string; value: string } | null {
  const code = line.charCodeAt(0);
  if (code < 65 || code > 90 || line[1] !== ':') return null;
  return { letter: line.charAt(0), value: line.slice(2).trim() };
}

/** `-----`, `=====`: a ruler below a heading, or above it. */
function isUnderline(line: string): boolean {
  return /^(?:-{3,}|={3,}|~{3,}|\*{3,}|#{3,})$/.test(line);
}

/**
 * Reads a MAINTAINERS file, or Buildroot's DEVELOPERS. As in get_maintainer.pl a section is a title line and the `X:` fields beneath it, and blank lines
 * between fields do not end it. The prose before the first section is no problem; after it, each line that is neither
 * title nor field is named and skipped.
 */
export function parseMaintainers(text: string): { entries: MaintainersEntry[]; problems: Problem[] } {
  if (isDevelopers(text)) return parseDevelopers(text);
  const entries: Draft[] = [];
  const problems: Problem[] = [];
  const name = (number: number, detail: string): void => {
    if (problems.length < MAX_PROBLEMS)
      problems.push({ code: 'maintainers-line', detail: `line ${number}: ${detail}` });
  };
  let title: { text: string; number: number } | null = null;
  let chapter: { text: string; number: number } | null = null;
  let current: Draft | null = null;
  let number = 0;
  for (const raw of text.split('\n')) {
    number += 1;
    const line = raw.trimEnd();
    if (line === '') continue;
    if (line.length > MAX_LINE) {
      name(number, `over ${MAX_LINE} characters, skipped`);
      continue;
    }
    const field = splitField(line);
    // QEMU, DPDK and edk2 underline the heading of a chapter; the titles of its sections are below.
    if (field === null && isUnderline(line)) {
      chapter = title;
      title = null;
      current = null;
      continue;
    }
    if (field === null) {
      if (title !== null && entries.length > 0) name(title.number, `a title without fields: ${title.text}`);
      title = line.startsWith('\t') || line.startsWith(' ') ? title : { text: line.trim(), number };
      continue;
    }
    // A chapter with its own fields, and no title below its heading.
    if (title === null && current === null) title = chapter;
    if (title !== null) {
      chapter = null;
      if (entries.length >= MAX_ENTRIES) {
        name(number, `more than ${MAX_ENTRIES} sections; the rest is left out`);
        break;
      }
      current = newDraft(title.text);
      entries.push(current);
      title = null;
    }
    if (current === null) {
      name(number, `a field before any title: ${line}`);
      continue;
    }
    const wrong = field.value === '' ? 'an empty field' : addField(current, field.letter, field.value);
    if (wrong !== null) name(number, `${wrong}: ${line}`);
  }
  if (title !== null && entries.length > 0) name(title.number, `a title without fields: ${title.text}`);
  return { entries, problems };
}
