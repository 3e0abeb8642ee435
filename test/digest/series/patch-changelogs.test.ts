import { describe, expect, it } from 'vitest';
import type { ChangelogEntry } from '../../../src/digest/letter/letter.js';
import { parseLetter } from '../../../src/digest/letter/parse-letter.js';
import type { ComparedPatch } from '../../../src/digest/series/comparison.js';
import { patchChangelogs } from '../../../src/digest/series/patch-changelogs.js';
import type { PostingFacts } from '../../../src/digest/series/posting-facts.js';
import { aRevision } from '../../fixtures/series-record.js';

function patch(place: number, messageId: string | null = `${place}@example.org`): ComparedPatch {
  return { index: place, place, title: `mm: ${place}`, author: 'Ada Quill', messageId, url: null };
}

/** Of a mail only its changelog is looked at. */
function mailSaying(changelog: readonly ChangelogEntry[]): PostingFacts {
  const letter = parseLetter('', { version: 3, total: 2, kind: 'patch' });
  return { letter: { ...letter, changelog } } as unknown as PostingFacts;
}

const v1 = aRevision({ version: 1 });
const v3 = aRevision({ version: 3 });

describe('what patches say of their own changes', () => {
  it.each<[string, ChangelogEntry[], string[]]>([
    [
      'those of the versions between, as the patch lists them',
      [
        { version: 3, since: 2, text: 'three' },
        { version: 2, since: 1, text: 'two' },
        { version: 1, since: null, text: 'one' },
      ],
      ['v3 2. three', 'v2 2. two'],
    ],
    [
      'a note without a number is about the version it is in',
      [{ version: null, since: null, text: 'it' }],
      ['v3 2. it'],
    ],
    ['a number that is yet to come is none of ours', [{ version: 4, since: 3, text: 'four' }], []],
  ])('%s', (_, changelog, expected) => {
    const messages = new Map([['2@example.org', mailSaying(changelog)]]);
    const entries = patchChangelogs([patch(1), patch(2), patch(3, null)], messages, v1, v3);
    expect(entries.map(({ version, text, patch: about }) => `v${version} ${about?.place}. ${text}`)).toEqual(
      expected,
    );
  });

  it('leaves a patch that is sent alone to the changelog of the whole', () => {
    const messages = new Map([['1@example.org', mailSaying([{ version: 3, since: 2, text: 'three' }])]]);
    expect(patchChangelogs([patch(1)], messages, v1, v3)).toEqual([]);
  });
});
