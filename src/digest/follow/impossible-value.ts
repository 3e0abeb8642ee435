import { readTags } from '../mail/subject/tags.js';
import { withoutTail } from '../text/without-tail.js';
import type { Condition, Where } from './follow.js';

/** A value that nothing can have, and what to follow instead of it. */
export interface ImpossibleValue {
  readonly message: string;
  readonly instead: readonly Where[];
  /** What to do if there is no such text. */
  readonly advice?: string;
}

/** A person's name, or an address: `person`; a list or a recipient, of whom only addresses are known: `address`. */
type Person = Extract<Condition, { kind: 'author' | 'to' | 'maintainer' | 'reviewed' }>;

/** Subjects hold no higher one. */
const HIGHEST_VERSION = 999;
const HOST = /^[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?$/u;

/** What is wrong with one condition; null if some mail may match it, however unlikely. Linear in its length. */
export function impossibleValue(condition: Condition): ImpossibleValue | null {
  switch (condition.kind) {
    case 'list':
      return impossibleList(condition.list);
    case 'author':
    case 'to':
    case 'maintainer':
    case 'reviewed':
      return impossiblePerson(condition);
    case 'path':
      return impossiblePath(condition.glob);
    case 'version':
      return impossibleVersion(condition);
    case 'prefix':
      return impossiblePrefix(condition.tag);
    case 'series':
      return impossibleSeries(condition.query);
    case 'title':
      return impossibleTitle(condition.words);
    // Their values are from a closed list: anything else is rejected when they are read.
    case 'all':
    case 'subsystem':
    case 'touches':
    case 'kind':
    case 'state':
      return null;
    default:
      return condition satisfies never;
  }
}

function impossibleList(list: string): ImpossibleValue | null {
  if (isAddress(list) || /^[\p{L}\p{N}_.+-]+$/u.test(list)) return null;
  const [, inArchive] = /^https?:\/\/[^/]+\/([\w.-]+)\/?$/.exec(list) ?? [];
  const meant = inArchive ?? (list.includes('@') ? addressIn(list) : list.trim().replace(/[\s_]+/g, '-'));
  const isOne = meant !== null && (isAddress(meant) || /^[\p{L}\p{N}_.+-]+$/u.test(meant));
  return {
    message: `“${list}” can’t be the address of a list.`,
    instead: isOne ? [{ kind: 'list', list: meant }] : [],
    advice: 'Write it as list:linux-mm@kvack.org, or only the part before the @.',
  };
}

function impossiblePerson({ kind, who }: Person): ImpossibleValue | null {
  if (isPossiblePerson(who) && (kind !== 'to' || !/\s/.test(who))) return null;
  const meant = addressIn(who) ?? withoutSigns(who);
  const isMeant =
    meant !== '' && meant !== who && isPossiblePerson(meant) && !(kind === 'to' && /\s/.test(meant));
  return {
    message:
      kind === 'to' && isPossiblePerson(who)
        ? `“to:” looks at addresses alone, and “${who}” is a name.`
        : `“${who}” can’t be ${kind === 'to' ? 'an address' : 'a name or address'}.`,
    instead: isMeant ? [{ kind, who: meant }] : [],
    advice: `Write an address (${kind}:jane@example.org), a host (${kind}:@example.org) or ${kind === 'to' ? 'the part before the @' : 'a part of a name'}.`,
  };
}

/** `jane`, `jane doe`, `@example.org`, `jane@example.org`; a part of an address counts. */
function isPossiblePerson(who: string): boolean {
  if (/[*"<>|\\]|:\/\//.test(who)) return false;
  if (!who.includes('@')) return /[\p{L}\p{N}]/u.test(who) && spelledOut(who) === null;
  return who.startsWith('@') ? HOST.test(who.slice(1)) : isAddress(who);
}

/** `jane at example.org`, as addresses are written where programs must not read them; null for any other text. */
function spelledOut(text: string): string | null {
  const [local = '', spelled = '', ...more] = text.split(/ ?[([]?\bat\b[)\]]? ?/);
  const host = spelled.replace(/ ?[([]?\bdot\b[)\]]? ?/g, '.');
  const address = `${local}@${host}`;
  return more.length === 0 && host.includes('.') && isAddress(address) ? address : null;
}

function isAddress(text: string): boolean {
  const at = text.indexOf('@');
  const [local, host] = [text.slice(0, at), text.slice(at + 1)];
  return at > 0 && !/[\s,;:<>()"@]/.test(local) && HOST.test(host) && !host.includes('..');
}

/** The one address in a text that holds more: `Jane Doe <jane@example.org>`, `mailto:jane@example.org`, `jane @@ example.org`. */
function addressIn(text: string): string | null {
  const spelled = spelledOut(text);
  if (spelled !== null) return spelled;
  const joined = text
    .replaceAll(' @', '@')
    .replaceAll('@ ', '@')
    .replace(/@{2,}/g, '@')
    .replaceAll('mailto:', '');
  const found = joined.split(/[\s<>()"',;|]+/).map((part) => withoutTail(part.replace(/^[.*]+/, ''), '.'));
  const [only, ...others] = found.filter(
    (part) => isAddress(part) || (part.startsWith('@') && HOST.test(part.slice(1))),
  );
  return only === undefined || others.length > 0 ? null : only;
}

/** A name without what no name begins or ends with: `jane*` → `jane`, `jane@` → `jane`. */
function withoutSigns(who: string): string {
  return who.replace(/^[*"<>|\\@\s]+/, '').replace(/[*"<>|\\@\s]{1,20}$/, '');
}

function impossiblePath(glob: string): ImpossibleValue | null {
  const plain = glob.replace(/\/{2,}/g, '/');
  const wrong = pathFault(glob);
  if (wrong === null) return null;
  const meant = plain
    .replaceAll('\\', '/')
    .replace(/^(?:~|\.{1,2}|[a-z]:)?\/+(?:\.{1,2}\/+)*/i, '')
    .replace(/:\d+(?::\d+)?$/, '')
    .replace(/\/{2,}/g, '/');
  return {
    message: `No path in a patch ${wrong}: “${glob}”.`,
    instead:
      !glob.includes('://') && meant !== '' && pathFault(meant) === null
        ? [{ kind: 'path', glob: meant }]
        : [],
    advice: 'Write it as in a patch, from the top of the tree: path:mm/** or path:*.rs.',
  };
}

function pathFault(glob: string): string | null {
  if (glob.includes('://')) return 'is a link';
  if (glob.includes('\\')) return 'has a backslash';
  if (/^(?:~|[a-z]:)?\/|^~/i.test(glob)) return 'begins at the root';
  if (/(?:^|\/)\.{1,2}(?:\/|$)/.test(glob)) return 'goes up or stays with dots';
  if (glob.includes('//')) return 'has two slashes in a row';
  return /:\d+(?::\d+)?$/.test(glob) ? 'has a line number' : null;
}

function impossibleVersion({
  compare,
  version,
}: Extract<Condition, { kind: 'version' }>): ImpossibleValue | null {
  const isTooHigh = version > HIGHEST_VERSION && compare !== '<' && compare !== '<=';
  const isTooLow = version === 0 && compare === '<';
  if (!isTooHigh && !isTooLow && !(version === HIGHEST_VERSION && compare === '>')) return null;
  return {
    message: `No series has a version ${compare === '=' ? '' : compare}${version}.`,
    instead: [],
    advice: 'Such as version:2, version:>=2 or version:2..4.',
  };
}

/** Tags that say what a mail is are recognized as that, and are not stored as its tags. */
function impossiblePrefix(tag: string): ImpossibleValue | null {
  const tags = readTags(tag);
  if (tags.some(({ kind }) => kind === 'prefix')) return null;
  const instead = tags.flatMap((one): Where[] => {
    if (one.kind === 'version') return [{ kind: 'version', compare: '=', version: one.version }];
    return one.kind === 'rfc' || one.kind === 'resend' || one.kind === 'pull'
      ? [{ kind: 'kind', is: one.kind }]
      : [];
  });
  return {
    message: `“${tag}” does not name a tree or a project.`,
    instead,
    advice: 'Write a prefix that does, such as prefix:net-next.',
  };
}

/** A Message-ID has no blanks, and a link that names no mail leads to none. */
function impossibleSeries(query: string): ImpossibleValue | null {
  if (!query.includes('://') && !(query.includes('@') && /\s/.test(query))) return null;
  const words = query.includes('://') ? '' : query.replaceAll('@', ' ').replace(/\s+/g, ' ').trim();
  return {
    message: query.includes('://')
      ? `That is not a link to a mail: “${query}”.`
      : `“${query}” can’t be a Message-ID.`,
    instead: words === '' ? [] : [{ kind: 'series', query: words }],
    advice: 'Give a Message-ID, a link to a mail on lore, or words of the title.',
  };
}

/** Titles are stored without the tags before them. */
function impossibleTitle(words: string): ImpossibleValue | null {
  const tag = /^\[([^\]]*)\]\s*(.*)$/.exec(words);
  if (tag === null || readTags(tag[1] ?? '').every(({ kind }) => kind === 'prefix')) return null;
  const rest = (tag[2] ?? '').trim();
  return {
    message: `Titles are stored without tags: “${words}”.`,
    instead: rest === '' ? [] : [{ kind: 'title', words: rest }],
    advice: 'Write the words after the tags.',
  };
}
