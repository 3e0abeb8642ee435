import { describe, expect, it } from 'vitest';
import { changelogBetween } from '../../../src/digest/series/changelog-between.js';
import type { RevisionRecord } from '../../../src/digest/series/record.js';
import { aRevision } from '../../fixtures/series-record.js';

type Entry = [version: number | null, since: number | null, text: string];

/** A posting with what its letter says of versions. */
function letter(name: string, ...entries: Entry[]): RevisionRecord {
  const version = Number(/v(\S+)/.exec(name)?.[1]);
  return aRevision({
    version,
    rfc: name.startsWith('RFC'),
    resend: name.endsWith('resent'),
    messageId: `${name.replaceAll(' ', '-')}@example.org`,
    changelog: entries.map(([of, since, text]) => ({ version: of, since, text })),
  });
}

describe('what the author says of the versions between two', () => {
  it.each<[string, RevisionRecord[], string[]]>([
    ['the newer letter says it', [letter('v1'), letter('v2', [2, 1, 'two'])], ['v2: two (v2)']],
    [
      'each letter speaks for itself first',
      [letter('v1'), letter('v2', [2, 1, 'two, at length']), letter('v3', [3, 2, 'three'], [2, 1, 'two'])],
      ['v3: three (v3)', 'v2: two, at length (v2)'],
    ],
    [
      'a later letter speaks for a version that is not here',
      [letter('v1'), letter('v3', [3, 2, 'three'], [2, 1, 'two'])],
      ['v3: three (v3)', 'v2: two (v3)'],
    ],
    [
      'it covers neither the first of the two nor versions before it',
      [letter('v2', [2, 1, 'two']), letter('v3', [3, 2, 'three'], [2, 1, 'two'])],
      ['v3: three (v3)'],
    ],
    [
      'a heading without a number is about its own version',
      [letter('v1'), letter('v2', [null, null, 'two'])],
      ['v2: two (v2)'],
    ],
    [
      'counting starts again when work leaves RFC',
      [letter('RFC v2'), letter('v1', [3, 2, 'left RFC'], [2, 1, 'an RFC of old'])],
      ['v1: left RFC (v1)'],
    ],
    [
      'entries of RFC versions are not taken for later ones of that number',
      [letter('RFC v1'), letter('v1', [1, null, 'one']), letter('v2', [2, 1, 'two'])],
      ['v2: two (v2)', 'v1: one (v1)'],
    ],
    ['a resend says nothing new', [letter('v2', [2, 1, 'two']), letter('v2 resent', [2, 1, 'two'])], []],
    ['nobody says anything', [letter('v1'), letter('v2')], []],
  ])('%s', (_, letters, expected) => {
    const entries = changelogBetween(letters, 0, letters.length - 1);
    expect(
      entries.map(
        ({ version, rfc, text, messageId }) =>
          `${rfc ? 'RFC ' : ''}v${version}: ${text} (${messageId?.split('@')[0]})`,
      ),
    ).toEqual(expected);
  });

  it('keeps to the requested span', () => {
    const letters = [letter('v1'), letter('v2', [2, 1, 'two']), letter('v3', [3, 2, 'three'])];
    expect(changelogBetween(letters, 0, 1).map((entry) => entry.text)).toEqual(['two']);
    expect(changelogBetween(letters, 0, 7)).toEqual([]);
  });
});
