import type { Condition, Where } from './follow.js';
import type { ImpossibleValue } from './impossible-value.js';

type Version = Extract<Condition, { kind: 'version' }>;

/** Conditions that can be true separately but never together: `v>=5 v<=2`, `kind:single kind:pull`, two states. */
export function impossibleTogether(terms: readonly Where[]): ImpossibleValue | null {
  return emptyRange(terms) ?? twoOf(terms, stateOf, 'state:') ?? twoOf(terms, kindOf, 'kind:');
}

/** A series is only one of these: whether it is an RFC or a resend is independent of it. */
function kindOf(term: Where): string | null {
  return term.kind === 'kind' && ['pull', 'single', 'series'].includes(term.is) ? term.is : null;
}

function stateOf(term: Where): string | null {
  return term.kind === 'state' ? term.state : null;
}

/** Alternatives are what was meant. */
function twoOf(
  terms: readonly Where[],
  valueIn: (term: Where) => string | null,
  key: string,
): ImpossibleValue | null {
  const these = terms.filter((term) => valueIn(term) !== null);
  const values = [...new Set(these.map(valueIn))];
  if (values.length < 2) return null;
  const rest = terms.filter((term) => valueIn(term) === null);
  const either: Where = { kind: 'or', terms: these };
  const [only] = rest;
  return {
    message: `No series is ${values.map((value) => `${key}${value}`).join(' and ')} at once.`,
    instead: [only === undefined ? either : { kind: 'and', terms: [...rest, either] }],
  };
}

function emptyRange(terms: readonly Where[]): ImpossibleValue | null {
  const versions = terms.filter((term): term is Version => term.kind === 'version');
  const least = versions.filter(({ compare }) => compare.startsWith('>') || compare === '=');
  const most = versions.filter(({ compare }) => compare.startsWith('<') || compare === '=');
  for (const low of least)
    for (const high of most) {
      if (low === high || !isEmpty(low, high)) continue;
      const swapped = (term: Where): Where =>
        term === low
          ? { ...low, version: high.version }
          : term === high
            ? { ...high, version: low.version }
            : term;
      const isRange = low.compare !== '=' && high.compare !== '=' && low.version > high.version;
      return {
        message: `No version is ${conditionText(low)} and ${conditionText(high)} at once.`,
        instead: isRange ? [{ kind: 'and', terms: terms.map(swapped) }] : [],
      };
    }
  return null;
}

function isEmpty(low: Version, high: Version): boolean {
  const isStrict = low.compare === '>' || high.compare === '<';
  return low.version > high.version || (isStrict && low.version === high.version);
}

function conditionText({ compare, version }: Version): string {
  return `${compare === '=' ? '' : compare}${version}`;
}
