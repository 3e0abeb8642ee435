import type { Condition, Follow, Where } from './follow.js';

/** Characters that a value may hold without quotes. */
const PLAIN = /^[A-Za-z0-9_./@*?+%~=#[\]{}&$^-]+$/;
/** A bare slug that would be read as something else. */
const RESERVED = new Set(['and', 'or', 'not', 'all', 'everything', '*', '&', '|', '+']);

const quote = (text: string): string =>
  `"${text.replaceAll('\\', '\\\\').replace(/["\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033]/g, '\\$&')}"`;
const value = (text: string): string => (PLAIN.test(text) ? text : quote(text));

function formatCondition(condition: Condition): string {
  switch (condition.kind) {
    case 'all':
      return 'all';
    case 'subsystem':
      return /^[a-z0-9_][a-z0-9_/-]*$/.test(condition.slug) &&
        !RESERVED.has(condition.slug) &&
        !/^v\d/.test(condition.slug)
        ? condition.slug
        : `subsystem:${value(condition.slug)}`;
    case 'touches':
      return `touches:${value(condition.slug)}`;
    case 'list':
      return `list:${value(condition.list)}`;
    case 'author':
    case 'to':
    case 'maintainer':
    case 'reviewed':
      return `${condition.kind}:${value(condition.who)}`;
    case 'path':
      return `path:${value(condition.glob)}`;
    case 'series':
      return `series:${value(condition.query)}`;
    case 'kind':
      return `kind:${condition.is}`;
    case 'version':
      return `version:${condition.compare === '=' ? '' : condition.compare}${condition.version}`;
    case 'state':
      return `state:${condition.state}`;
    case 'prefix':
      return `prefix:${value(condition.tag)}`;
    case 'title':
      return quote(condition.words);
  }
}

function format(where: Where, within: 'or' | 'and' | 'not'): string {
  switch (where.kind) {
    case 'or': {
      const text = where.terms.map((term) => format(term, 'or')).join(' OR ');
      return within === 'or' ? text : `(${text})`;
    }
    case 'and': {
      const text = where.terms.map((term) => format(term, 'and')).join(' ');
      return within === 'not' ? `(${text})` : text;
    }
    case 'not':
      return where.term.kind === 'not' ? `NOT ${format(where.term, 'not')}` : `-${format(where.term, 'not')}`;
    default:
      return formatCondition(where);
  }
}

/** A follow in the form that `parseFollow` reads back into the same tree (with the same catalog). */
export function formatFollow(follow: Follow): string {
  return `${format(follow.where, 'or')}${formatSettings(follow)}`;
}

/** ` bots:on when:now`: what applies to a follow as a whole. */
export function formatSettings({ bots, when }: Pick<Follow, 'bots' | 'when'>): string {
  return `${bots ? ' bots:on' : ''}${when === 'now' ? ' when:now' : ''}`;
}

/** A follow of a single series by a Message-ID, in a headline; stored in what was sent. */
export const ONE_SERIES = 'one series';

/** A follow in a headline, which may list many: its words, `kvm -kind:rfc`; a Message-ID would tell readers nothing. */
export function shortFollow(follow: Follow): string {
  const { where } = follow;
  return where.kind === 'series' && where.query.includes('@') ? ONE_SERIES : formatFollow(follow);
}
