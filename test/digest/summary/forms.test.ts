import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { formsOf } from '../../../src/digest/summary/forms.js';
import { asSentence, plainText, withoutBrackets } from '../../../src/digest/summary/plain-text.js';
import { newVocabulary, tokensOf } from '../../../src/digest/summary/tokens.js';

function texts(sentence: string): string[] {
  const text = plainText(sentence);
  return formsOf(text, tokensOf(text, newVocabulary())).map((form) => form.text);
}

describe('the forms in which a sentence can be shown', () => {
  it.each([
    ['whole', 'This series splits the lock per node.', 'This series splits the lock per node.'],
    ['without what joins it', 'However, the lock is held too long.', 'The lock is held too long.'],
    ['without two of these', 'And so the lock is held too long.', 'The lock is held too long.'],
    [
      'the clause behind what leads to it',
      'As discussed with Ada at the conference, the lock is now split per node.',
      'The lock is now split per node.',
    ],
    [
      'the clause in front of what explains it',
      'The lock is split per node, which lets readers run side by side.',
      'The lock is split per node.',
    ],
    ['what was found', 'I noticed that the lock is held too long.', 'The lock is held too long.'],
    ['what follows a label', 'Problem: the lock is held for too long.', 'The lock is held for too long.'],
    [
      'cut before a link',
      'This series adds a driver for the widget controller; its manual is available at https://example.org/manual',
      'This series adds a driver for the widget controller.',
    ],
    [
      'without reference marks',
      'The lock was split once [1], but readers wait.',
      'The lock was split once, but readers wait.',
    ],
    [
      'with what is done at its end',
      'frob_walk() never reads its size argument, so remove it.',
      'frob_walk() never reads its size argument, so remove it.',
    ],
    [
      'with the word that says what it replaces',
      'Instead taking the lock of each node, it walks the list under one.',
      'Instead taking the lock of each node, it walks the list under one.',
    ],
    [
      'no bracket of which a link is gone',
      'Distributions (e.g. [1]) cannot enable the lock easily.',
      'Distributions cannot enable the lock easily.',
    ],
    ['a gerund is no name', 'retrying large sends may fail.', 'Retrying large sends may fail.'],
    ['a library is one', 'liburing counts large sends.', 'liburing counts large sends.'],
    ['a program is one', 'arping sends to each of them.', 'arping sends to each of them.'],
    ['without Instead', 'Instead this series maps each page once.', 'This series maps each page once.'],
    ['a name keeps its first letter', 'kvm_lock() is held too long.', 'kvm_lock() is held too long.'],
  ])('%s', (_name, sentence, form) => {
    expect(texts(sentence)).toContain(form);
  });

  it.each([
    [
      'a clause that waits for its main clause',
      'The lock is split, because readers of the list wait.',
      'Because readers of the list wait.',
    ],
    [
      'the same behind a word in front',
      'Currently, if a reader wants to run the tests, they need to install the tools.',
      'Currently, if a reader wants to run the tests.',
    ],
    [
      'two clauses that wait for it',
      'Since readers do not wait, when the lock is split, writers hold it for longer than before.',
      'Since readers do not wait, when the lock is split.',
    ],
    [
      'what is wrong without what is done about it',
      'frob_walk() never reads its size argument, so remove it.',
      'frob_walk() never reads its size argument.',
    ],
    [
      'an adjective without its noun',
      'The idea is to provide a flexible, portable way of locking.',
      'The idea is to provide a flexible.',
    ],
    [
      'what is denied',
      'There is no guarantee that the lock is held for the whole of the walk.',
      'The lock is held for the whole of the walk.',
    ],
    [
      'a reason that waits for its main clause',
      'Now that the lock is split, the walk of the list is much faster.',
      'Now that the lock is split.',
    ],
    [
      'a sentence whose end is missing',
      'If readers of the list wait for the lock,',
      'If readers of the list wait for the lock.',
    ],
    [
      'the rest of a list of names',
      'Tests in walk, list and zone take the lock for too long.',
      'List and zone take the lock for too long.',
    ],
    [
      'half a bracket',
      'The lock (held by readers, writers and others) is split per node.',
      'The lock (held by readers.',
    ],
    [
      'an end that leaves its sentence open',
      'The lock of the, well, zone is split per node.',
      'The lock of the.',
    ],
  ])('never %s', (_name, sentence, form) => {
    expect(texts(sentence)).not.toContain(form);
  });

  it.each([
    ['a link', 'See https://example.org/lock for all of the details of it.'],
    ['an address', 'Mail ada@example.org about all of the details of it.'],
    ['a log', 'func 0 idx 0 rax d rbx 68747541 rcx 444d4163 rdx 69746e65'],
    ['code', 'if (lock == NULL && zone != NULL) return the lock of it'],
    ['two words', 'Thanks all'],
  ])('%s has none', (_name, sentence) => {
    expect(texts(sentence)).toEqual([]);
  });

  it.each([
    ['->pages is an int', '->pages is an int.'],
    ['-Wall warns of it', '-Wall warns of it.'],
    ['.timeout was removed', '.timeout was removed.'],
    ['- the lock hangs', 'The lock hangs.'],
    ['), the lock hangs', 'The lock hangs.'],
    ['... and the lock hangs', 'And the lock hangs.'],
    ['– the lock hangs', 'The lock hangs.'],
    ['...which keeps the lock', 'Which keeps the lock.'],
    ['-- the lock hangs', 'The lock hangs.'],
  ])('begins where the words do, and keeps the marks of names: %s', (part, shown) => {
    expect(asSentence(part)).toBe(shown);
  });

  it('takes brackets out, and leaves calls', () => {
    expect(withoutBrackets('foo() (see the list) takes (ab)used locks')).toBe('foo() takes (ab)used locks');
  });

  test('of any text are closed, end with a stop and hold no link', () => {
    const piece = fc.constantFrom(
      'the lock',
      ', ',
      ' which ',
      '(',
      ') ',
      ': ',
      'However, ',
      ' that ',
      'https://x.org ',
      '; ',
      '"',
      ' adds ',
      '[1] ',
      '. ',
      '- ',
    ); // prettier-ignore
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        for (const form of texts(pieces.join('').replace(/\s+/g, ' ').trim())) {
          expect(form).toMatch(/[.?…]["'”’)`]?$/);
          expect(form).not.toContain('://');
        }
      }),
    );
  });
});
