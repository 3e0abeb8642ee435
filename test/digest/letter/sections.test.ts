import { describe, expect, it } from 'vitest';
import { letterOf, TAIL } from './letters.js';

describe('what is left as the intro', () => {
  it.each<[string, string, string]>([
    [
      'keeps its paragraphs',
      `Hi,\n\nFree pages\nearly.\n\nThey are short.\n\n${TAIL}`,
      'Hi,\n\nFree pages\nearly.\n\nThey are short.',
    ],
    [
      'has no in-body headers',
      `From: Ada Example <ada@example.org>\n\nFree pages.\n\n${TAIL}`,
      'Free pages.',
    ],
    [
      'has no trailers',
      'Free pages.\n\nSigned-off-by: Ada <ada@example.org>\nCc: Bo\n <bo@example.org>\nReviewed-by: Bo <bo@example.org> # mm\n',
      'Free pages.',
    ],
    ['has no quotes', '> Why?\n\nFree pages.', 'Free pages.'],
    [
      'has no lists of links',
      'Free pages [1].\n\n[1] https://example.org/a\n[2] A paper\n    https://example.org/b\nLink: https://example.org/c',
      'Free pages [1].',
    ],
    [
      'has no label that leads to links alone',
      'Free pages.\n\nThe talk is here:\n\nhttps://example.org/a',
      'Free pages.',
    ],
    [
      'keeps a sentence that contains a link',
      'Free pages, as in\nhttps://example.org/a\nand early.',
      'Free pages, as in\nand early.',
    ],
    [
      'has no changelog',
      'Free pages.\n\nChanges since v1:\n- earlier\n\nThey are short.',
      'Free pages.\n\nThey are short.',
    ],
    ['keeps text between two rulers', 'One.\n---\nTwo.\n---\nThree.', 'One.\n\nTwo.\n\nThree.'],
    ['has no signature', 'Free pages.\n\n-- \nAda Example', 'Free pages.'],
    ['has no signature that lost its space', 'Free pages.\n--\n2.43.0', 'Free pages.'],
    ['has no signature that was damaged', 'Free pages.\n---\n2.24.0', 'Free pages.'],
    ['has no signature of another git', 'Free pages.\n-- \n2.49.0.rc1.451.g8f38331e32-goog', 'Free pages.'],
    [
      'keeps text below two dashes that is no signature',
      `Free pages.\n--\n${'Line.\n'.repeat(20)}`,
      `Free pages.\n\n${'Line.\n'.repeat(20)}`.trim(),
    ],
    ['has no git version on a line of its own', 'Free pages.\n\n2.53.0-Meta', 'Free pages.'],
    [
      'has no heading over links',
      'Free pages.\n\nReferences\n----------\n[1] https://example.org/a',
      'Free pages.',
    ],
    [
      'has no footer of a mailman',
      'Free pages.\n_______________________________________________\nExample mailing list\nexample@lists.example.org\nhttps://lists.example.org/',
      'Free pages.',
    ],
    [
      'has no footer of a list server',
      'Free pages.\n\nTo unsubscribe from this list: send the line "unsubscribe"',
      'Free pages.',
    ],
    [
      'has no PGP',
      '-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\nFree pages.\n-----BEGIN PGP SIGNATURE-----\n\niQ==\n-----END PGP SIGNATURE-----',
      'Free pages.',
    ],
    [
      'has no base block',
      'Free pages.\n\n---\nbase-commit: 0123456789abcdef0123456789abcdef01234567\nchange-id: 20250102-free-0123456789ab\nprerequisite-patch-id: 0123\n',
      'Free pages.',
    ],
    [
      'has no interdiff',
      'Free pages.\n\nInterdiff against v1:\n  diff --git a/a.c b/a.c\n  @@ -1 +1 @@\n  -a\n  +b\n',
      'Free pages.',
    ],
  ])('%s', (_, text, intro) => {
    expect(letterOf(text).intro).toBe(intro);
  });

  it('takes a changelog below two dashes, which some write there', () => {
    expect(letterOf('Free pages.\n\n--\n\nChanges since v1:\n- earlier\n').changelog).toHaveLength(1);
  });
});

describe('the base', () => {
  it.each<[string, string | null, string | null]>([
    [
      'base-commit: 0123456789abcdef0123456789abcdef01234567',
      '0123456789abcdef0123456789abcdef01234567',
      null,
    ],
    ['base-tree: mm-unstable', null, 'mm-unstable'],
    ['Base: mm/mm-new', null, 'mm/mm-new'],
    ['Base: the lock of the page', null, null],
    ['This series applies on top of kvm/queue.', null, 'kvm/queue'],
    ['It is based on v6.10-rc2.', null, 'v6.10-rc2'],
    ['Based on the latest linux-next tree.', null, 'linux-next'],
    ['The patches are based on\nLinux 6.10-rc1.', null, '6.10-rc1'],
    ['Rebased onto mm/mm-new', null, 'mm/mm-new'],
    ["Based on top of Ada's for-next.", null, 'for-next'],
    ['The series is on top of mm-everything-2025-01-02-03-04.', null, 'mm-everything-2025-01-02-03-04'],
    ['It is based on an idea of Bo.', null, null],
    ['This depends on top of things', null, null],
    ['base-commit: none yet', null, null],
  ])('%j', (text, commit, tree) => {
    expect(letterOf(text).base).toEqual(commit === null && tree === null ? null : { commit, tree });
  });

  it('is not that of an older version', () => {
    expect(letterOf('Text.\n\nChanges since v1:\n- rebased onto v6.9-rc1\n').base).toBeNull();
  });
});

describe('the lines of tools', () => {
  it('change-id counts alone on its line, and not as a prerequisite', () => {
    expect(letterOf('change-id: 20250102-Free-0123').changeId).toBe('20250102-Free-0123');
    expect(letterOf('prerequisite-change-id: 20250102-other-0123:v1').changeId).toBeNull();
    expect(letterOf('The change-id: 20250102-free-0123').changeId).toBeNull();
  });

  it.each([
    ['as a prerequisite', 'change-id: 20250102-own-0123\nprerequisite-change-id: 20250101-other-0123:v3'],
    ['in a quote', '> change-id: 20250101-other-0123\n\nchange-id: 20250102-own-0123'],
    ['in prose', 'Depends on change-id: 20250101-other-0123\n\nchange-id: 20250102-own-0123'],
    [
      'alone on a line above its own',
      'It depends on\n\nchange-id: 20250101-other-0123\n\nText.\n\n---\nchange-id: 20250102-own-0123',
    ],
  ])('G24 the change-id of another series is not its own: %s', (_, text) => {
    expect(letterOf(text).changeId).toBe('20250102-own-0123');
  });

  it('C7 the lines of the base, all of them, belong to no prose', () => {
    const commit = '0123456789abcdef0123456789abcdef01234567';
    const text = `Free pages.\n\nbase-commit: ${commit}\nprerequisite-message-id: <1@example.org>\nprerequisite-patch-id: ${commit}\nprerequisite-change-id: 20250101-other-0123:v3\nchange-id: 20250102-own-0123\n`;
    for (const end of ['-- \n2.24', '---\n2.24', '--\n2.24']) {
      expect(letterOf(text + end)).toMatchObject({
        intro: 'Free pages.',
        base: { commit, tree: null },
        changeId: '20250102-own-0123',
        supersedes: [],
        previousVersions: [],
      });
    }
  });

  it('links are listed once, in order', () => {
    const text = 'See https://example.org/b and (https://example.org/a).\n\nLink: https://example.org/b\n';
    expect(letterOf(text).links).toEqual(['https://example.org/b', 'https://example.org/a']);
  });
});
