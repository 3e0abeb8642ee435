import type { Catalog } from '../../../digest/subsystem/catalog.js';
import { resolveTypedWord } from '../../../digest/subsystem/look-up.js';

/** A word of a follow that belongs to another command. */
export interface ForeignWord {
  readonly message: string;
  readonly remedy: string;
  /** The follow without it; '' if nothing is left. */
  readonly rest: string;
}

const TIME = /^(?:\d{1,2}(?::\d\d)?[ap]m|\d{1,2}:\d\d|daily|weekly|hourly|weekdays|weekends)$/i;
const PERIOD = /^(?:(?:since|until|after|before)(?::.*)?|yesterday|today|tomorrow)$/i;
const CHANNEL = /^[#@][\w-]+$/;
/** Next to the name of a subsystem they mean nothing. */
const COURTESY = new Set([
  'the',
  'please',
  'subsystem',
  'subsystems',
  'series',
  'patches',
  'from',
  'for',
  'about',
]);

/** The first word that is a time, a period, a channel or a person; null if none is, or where quotes say that titles are meant. */
export function foreignWord(typed: string): ForeignWord | null {
  if (/["'\u201c\u201d]/.test(typed)) return null;
  const words = typed.split(/\s+/).filter((word) => word !== '');
  const word = words.find((one) => TIME.test(one) || PERIOD.test(one) || CHANNEL.test(one));
  if (word === undefined) return null;
  const rest = words.filter((one) => one !== word).join(' ');
  const quoted = `To follow it in titles, put it in quotes: "${word}".`;
  if (TIME.test(word))
    return {
      message: `“${word}” is a time, and a follow has none.`,
      remedy: `/digest at ${word} sets when digests come. ${quoted}`,
      rest,
    };
  if (PERIOD.test(word))
    return {
      message: `“${word}” is a period, and a follow begins now.`,
      remedy: `/digest 30 shows the last 30 days. ${quoted}`,
      rest,
    };
  return word.startsWith('#')
    ? {
        message: `“${word}” is a channel, and a follow is set where it is typed.`,
        remedy: `For that channel: /follow ${rest || 'kvm'} in ${word}.`,
        rest,
      }
    : {
        message: `“${word}” is a person, and a follow is set where it is typed.`,
        remedy: 'They can follow it themselves, in a direct message to me.',
        rest,
      };
}

/** `the kvm subsystem please` → `kvm`; any other text as it is. */
export function withoutCourtesy(typed: string, catalog: Catalog): string {
  const words = typed.split(/\s+/).filter((word) => word !== '');
  const left = words.filter((word) => !COURTESY.has(word.toLowerCase()));
  const isAll = left.length > 0 && left.every((word) => resolveTypedWord(catalog, word) !== null);
  return isAll && left.length < words.length ? left.join(' ') : typed;
}
