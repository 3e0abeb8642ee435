import { describe, expect, it } from 'vitest';
import { candidatesOf } from '../../../src/digest/summary/features.js';
import { readLetter } from '../../../src/digest/summary/read-letter.js';
import { tasteFor } from '../../../src/digest/summary/taste.js';
import { wordTable } from '../../../src/digest/summary/word-table.js';

const NO_WEIGHTS = wordTable(new Map());

/** What the taste of readers adds to a text if it is the only sentence of a letter, or a part of it. */
function tasteOfText(letter: string, text = letter): number {
  const candidates = candidatesOf(readLetter(letter, 'mm: rework the zone lock', []), NO_WEIGHTS);
  const first = candidates.find((candidate) => candidate.text === text);
  if (first === undefined) throw new Error(`no candidate: ${text}`);
  return tasteFor({ first, second: null, scores: [0, 0] });
}

/** The same for a letter of two sentences, both shown. */
function tasteOfPair(one: string, other: string): number {
  const candidates = candidatesOf(readLetter(`${one} ${other}`, 'mm: rework the zone lock', []), NO_WEIGHTS);
  const [first, second] = [one, other].map((text) => candidates.find((candidate) => candidate.text === text));
  if (first === undefined || second === undefined) throw new Error('no candidates');
  return tasteFor({ first, second, scores: [0, 0] });
}

describe('readers prefer', () => {
  const deed = 'This series splits the lock of the zone per node.';
  const problem = 'The lock of the zone stalls machines with many nodes.';
  it.each([
    ['what the series does to a problem', tasteOfText(deed), tasteOfText(problem)],
    ['an order to a problem', tasteOfText('Split the lock of the zone per node.'), tasteOfText(problem)],
    [
      'a problem to the author’s story',
      tasteOfText(problem),
      tasteOfText('I found that machines stall while the lock is held.'),
    ],
    [
      'a problem to how it was tested',
      tasteOfText(problem),
      tasteOfText('Every walk of the list was tested with many nodes.'),
    ],
    [
      'a condition to a clause without it',
      tasteOfText('When the guest stops, the lock of the zone is never released.'),
      tasteOfText(
        'When the guest stops, the lock of the zone is never released.',
        'The lock of the zone is never released.',
      ),
    ],
    [
      'the whole series to one of its patches',
      tasteOfText('The lock of the zone stalls machines.'),
      tasteOfText('Machines stall in the last patch without the lock of the zone.'),
    ],
    [
      'a statement to a question',
      tasteOfText('The lock of the zone stalls machines.'),
      tasteOfText('Does the lock of the zone stall machines?'),
    ],
    [
      'a whole sentence to a part of it',
      tasteOfText('The lock of the zone is held too long, which stalls machines with many nodes.'),
      tasteOfText(
        'The lock of the zone is held too long, which stalls machines with many nodes.',
        'The lock of the zone is held too long.',
      ),
    ],
    [
      'a sentence to one that announces what is not shown',
      tasteOfText('The new helpers of the list are short.'),
      tasteOfText('The new helpers of the list are called:', 'The new helpers of the list are called.'),
    ],
    [
      'what is done alone to what is done and how it was tested',
      tasteOfText(deed),
      tasteOfPair(deed, 'All of the tests of the list pass with it.'),
    ],
    [
      'what is done with its reason to what is done alone',
      tasteOfPair(deed, 'The lock of the zone is slow on machines with many nodes.'),
      tasteOfText(deed),
    ],
    [
      'what stands alone to what needs the sentence before it',
      tasteOfText(`${problem} The readers of the list wait for it.`, 'The readers of the list wait for it.'),
      tasteOfText(
        `${problem} This makes the readers of the list wait.`,
        'This makes the readers of the list wait.',
      ),
    ],
  ])('%s', (_name, more, less) => {
    expect(more).toBeGreaterThan(less);
  });
});
