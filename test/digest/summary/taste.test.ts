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
