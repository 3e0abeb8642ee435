import { shorten } from '../text/inert.js';
import { stem } from './content-words.js';
import { DOING } from './cues.js';

/** How many words of a sentence are searched for its verb: `With that in place, this series adds …`. */
const LEAD_WORDS = 9;

/**
 * A summary of at most so many characters, for places with room for one line. A summary of two sentences usually says why and then what:
 * if both do not fit, the one that says what is kept, rather than the beginning of both. `slack`: a sentence that is longer by no more than
 * this is not cut, as its last word may be all that it says.
 */
export function inShort(summary: string, limit: number, slack = 0): string {
  if (summary.length <= limit + slack) return summary;
  const sentences = summary.split(/(?<=[.!?]) (?=[A-Z0-9"“`_])/);
  const what = sentences.find(tellsWhat) ?? sentences[0] ?? summary;
  return what.length <= limit + slack ? what : shorten(what, limit);
}

/** `This series adds …`, `Add …`, `We convert …`: what the posting itself does; `fixes them` says nothing by itself. */
function tellsWhat(sentence: string): boolean {
  const words = sentence
    .toLowerCase()
    .replaceAll(/[^a-z ]/g, '')
    .split(' ');
  if (words.some((word) => REFERENCES.has(word))) return false;
  const [first = ''] = words;
  if (isDeed(first) && !/(?:ing|ed)$/.test(first)) return true;
  const lead = words.slice(0, LEAD_WORDS);
  const at = lead.findIndex((word, i) => THIS.has(word) && POSTINGS.has(lead[i + 1] ?? ''));
  if (at >= 0) return lead.slice(at + 2).some(isDeed);
  const us = lead.indexOf('we');
  return us >= 0 && lead.slice(us + 1, us + 3).some(isDeed);
}

const isDeed = (word: string): boolean => DOING.has(stem(word));
const THIS = new Set(['this', 'these']);
const POSTINGS = new Set('series patch patches patchset set rfc work change changes commit'.split(' '));
/** Words for what the sentence before names. */
const REFERENCES = new Set(['it', 'them', 'they', 'those', 'such', 'its', 'their']);
