import type { Catalog } from '../subsystem/catalog.js';
import type { Condition, Follow, Where } from './follow.js';

function who(text: string): string {
  return text.startsWith('@') ? `anyone at ${text.slice(1)}` : text;
}

function version({ compare, version: number }: Extract<Condition, { kind: 'version' }>): string {
  switch (compare) {
    case '=':
      return `version ${number}`;
    case '>=':
      return `version ${number} or later`;
    case '<=':
      return `version ${number} or earlier`;
    case '>':
      return `later than version ${number}`;
    case '<':
      return `earlier than version ${number}`;
  }
}

const KIND_WORDS = {
  rfc: 'RFC',
  pull: 'pull requests',
  single: 'single patches',
  series: 'more than a single patch',
  resend: 'resent',
} as const;

/** Kinds as things that a follow leaves out or keeps to: `without RFCs`, `only RFCs`. */
const KIND_PLURALS: Readonly<Record<keyof typeof KIND_WORDS, string>> = {
  ...KIND_WORDS,
  rfc: 'RFCs',
  series: 'series of several patches',
  resend: 'resends',
};

/** `KVM`, `Memory management (mm)`: by its name, and the word to follow it by if that differs. */
function subsystemName(slug: string, catalog: Catalog): string {
  const found = catalog.bySlug.get(slug);
  if (found === undefined) return slug;
  // `Kernel virtual machine for x86 (KVM/x86)` already has the word.
  const name = found.name.replace(/ \(([^()]*)\)$/, (whole, inside: string) =>
    inside.toLowerCase() === slug ? '' : whole,
  );
  return name.toLowerCase() === slug ? name : `${name} (${slug})`;
}

function phrase(condition: Condition, catalog: Catalog): string {
  switch (condition.kind) {
    case 'all':
      return 'of everything';
    case 'subsystem':
      return `of ${subsystemName(condition.slug, catalog)}`;
    case 'touches':
      return `that touch ${subsystemName(condition.slug, catalog)} anywhere`;
    case 'list':
      return `sent to ${condition.list}`;
    case 'author':
      return `by ${who(condition.who)}`;
    case 'to':
      return `addressed to ${who(condition.who)}`;
    case 'maintainer':
      return `that ${who(condition.who)} maintains`;
    case 'reviewed':
      return `that ${who(condition.who)} reviewed`;
    case 'path':
      return `that change ${condition.glob}`;
    case 'series':
      return condition.query.includes('@')
        ? `that hold the message ${condition.query}`
        : `called “${condition.query}”`;
    case 'kind':
      return KIND_WORDS[condition.is];
    case 'version':
      return version(condition);
    case 'state':
      return condition.state.replaceAll('-', ' ');
    case 'prefix':
      return `tagged [${condition.tag}]`;
    case 'title':
      return `with “${condition.words}” in the title`;
  }
}

/** Modifiers of the word "series", one after the other; what is joined by OR inside them is in parentheses. */
function describe(where: Where, catalog: Catalog, nested: boolean): string {
  switch (where.kind) {
    case 'and': {
      let text = '';
      // Kinds narrow what is named before them.
      const isKind = (term: Where) => term.kind === 'kind';
      for (const term of [...where.terms.filter((one) => !isKind(one)), ...where.terms.filter(isKind)]) {
        // `of KVM, RFC` is not English: a kind among other conditions narrows them.
        const next = term.kind === 'kind' ? `only ${KIND_PLURALS[term.is]}` : describe(term, catalog, true);
        text += text === '' ? next : next.startsWith('by ') ? ` ${next}` : `, ${next}`;
      }
      return text;
    }
    case 'or': {
      const text = where.terms
        .map((term) =>
          term.kind === 'and' ? `(${describe(term, catalog, true)})` : describe(term, catalog, true),
        )
        .join(' or ');
      return nested ? `(${text})` : text;
    }
    case 'not': {
      if (nested && where.term.kind === 'kind') return `without ${KIND_PLURALS[where.term.is]}`;
      const text = describe(where.term, catalog, true);
      return where.term.kind === 'and' || where.term.kind === 'not' ? `not (${text})` : `not ${text}`;
    }
    default:
      return phrase(where, catalog);
  }
}

/** Says back what was understood: `series of KVM by anyone at example.org, version 2 or later, without RFCs`, `single patches of io_uring`. */
export function describeFollow(follow: Follow, catalog: Catalog): string {
  const settings = `${follow.bots ? '; mail of bots too' : ''}${follow.when === 'now' ? '; posted at once' : ''}`;
  const { where } = follow;
  if (where.kind === 'all') return `everything${settings}`;
  const kind = nounOf(where);
  if (kind !== null) return `${kind.noun} ${describe(kind.rest, catalog, false)}${settings}`;
  // `series RFC` is not English: a single kind or state needs its verb.
  const alone = where.kind === 'not' ? where.term : where;
  if (alone === where && alone.kind === 'kind' && NOUNS[alone.is] !== undefined)
    return `${NOUNS[alone.is]}${settings}`;
  const verb = alone.kind === 'kind' || alone.kind === 'state' ? 'that are ' : '';
  return `series ${verb}${describe(where, catalog, false)}${settings}`;
}

/** Kinds that are nouns themselves, next to which "series" adds nothing. */
const NOUNS: Readonly<Partial<Record<Extract<Condition, { kind: 'kind' }>['is'], string>>> = {
  rfc: 'RFCs',
  single: 'single patches',
  pull: 'pull requests',
};

/** The noun of a follow that asks for one kind among other conditions, and those; null if it does not. */
function nounOf(where: Where): { readonly noun: string; readonly rest: Where } | null {
  if (where.kind !== 'and') return null;
  const at = where.terms.findIndex((term) => term.kind === 'kind' && NOUNS[term.is] !== undefined);
  const kind = where.terms[at];
  const rest = where.terms.filter((_, i) => i !== at);
  const [only] = rest;
  if (kind?.kind !== 'kind' || only === undefined) return null;
  return { noun: NOUNS[kind.is] ?? 'series', rest: rest.length === 1 ? only : { kind: 'and', terms: rest } };
}
