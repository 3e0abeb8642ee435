import { describe, expect, it } from 'vitest';
import { type NamedVersion, parseChangelogHeader } from '../../../src/digest/letter/changelog-header.js';

const show = (version: NamedVersion | null): string | null =>
  version === null ? null : `${version.rfc ? 'RFC ' : ''}${version.number}`;

const read = (line: string) => {
  const header = parseChangelogHeader(line);
  return header === null ? null : [show(header.version), show(header.since), header.inline];
};

describe('headings that say which version changed', () => {
  // line, the version described, the version compared with, text on the same line
  it.each<[string, string | null, string | null, string?]>([
    ['Changes since v7:', null, '7'],
    ['Changes in v5:', '5', null],
    ['v4 -> v5:', '5', '4'],
    ['v12->v13 Changelog:', '13', '12'],
    ['Change log v13-v14:', '14', '13'],
    ['Change log v3->v4:', '4', '3'],
    ['3. Changes RFC v2 -> v3', '3', 'RFC 2'],
    ['4. Changes RFC v3 -> RFC v4', 'RFC 4', 'RFC 3'],
    ['V5 to V6:', '6', '5'],
    ['v2:', '2', null],
    ['V2: corrected the title', '2', null, 'corrected the title'],
    ['- v2:', '2', null],
    ['* V2 -> V3', '3', '2'],
    ['[v2] drop the lock', '2', null, 'drop the lock'],
    ['v2 - drop the lock', '2', null, 'drop the lock'],
    ['(v3)', '3', null],
    ['<v3>', '3', null],
    ['变更 v3：', '3', null],
    ['v2 到 v3 的变更:', '3', '2'],
    ['自 v2 以来的变更:', null, '2'],
    ['Changes in this version:', null, null],
    ['New in this revision', null, null],
    ['Changes from v1', null, '1'],
    ['Changes from v1 to v2:', '2', '1'],
    ['Changes since RFC:', null, 'RFC 0'],
    ['RFC -> v1:', '1', 'RFC 0'],
    ['RFC->v1: rename it', '1', 'RFC 0', 'rename it'],
    ['Changes since RFCv2:', null, 'RFC 2'],
    ['v3 changes:', '3', null],
    ['Since v1:', null, '1'],
    ['Difference from v3', null, '3'],
    ['Changes in V2 (suggested by Jane)', '2', null],
    ['Changes since v1, as Jane proposed:', null, '1'],
    ['Changes since v9: fixes from review', null, '9', 'fixes from review'],
    ['Changes since v4;', null, '4'],
    ['Changes sice v2 [3]:', null, '2'],
    ['Changes in v1 -> v2:', '2', '1'],
    ['Changes v2 since v1 at [1]:', '2', '1'],
    ['Main changes compared to v4:', null, '4'],
    ['v1 --> v2:', '2', '1'],
    ['v1 => v2:', '2', '1'],
    ['v6…v7 https://lore.kernel.org/r/1@example.org/', '7', '6', 'https://lore.kernel.org/r/1@example.org/'],
    ['v1->v2 drop the lock', '2', '1', 'drop the lock'],
    ['Patch v1 -> Patch v2:', '2', '1'],
    ['from v10 to v9', '10', '9'],
    ['changes from v1/v2:', null, '2'],
    ['Changes from v3 and v4:', null, '4'],
    ['Changes since version 2:', null, '2'],
    ['Updates since v3:', null, '3'],
    ['=== v3 ===', '3', null],
    ['Changes since the last version:', null, null],
    ['Changelog:', null, null],
    ['## Changelog', null, null],
    ['Revision history:', null, null],
    ['Changes:', null, null],
  ])('%s', (line, version, since, inline = '') => {
    expect(read(line)).toEqual([version, since, inline]);
  });
});

describe('prose that names versions and is no heading', () => {
  it.each([
    'Changes in this series:',
    'Changes in this version of the chip:',
    '<v3.1@example.org>',
    '- (v2) has a reset',
    '<v2> shifted by 4',
    '(v2) of the controller adds a second FIFO',
    '(v2) was tested by Jane.',
    '更新 v2 固件:',
    '这个补丁修改 v3 芯片的驱动，因为它会崩溃',
    "I'll send a v2 to fix those conflicts.",
    'In v2 we discussed whether the lock is needed:',
    'v3 changed the order of the calls',
    'This is v2 of the series that frees memory:',
    'v5.17-rc6:  550 Mib/s',
    'cgroup v1: the old hierarchy',
    'This series adds support for the v2 format:',
    'iommu/arm-smmu-v3: Maintain a list of streams',
    'Fixes: 0123456789ab ("mm: free pages")',
    '- Update to v6',
    'The changes can also be found here:',
    '',
    'v',
  ])('%s', (line) => {
    expect(read(line)).toBeNull();
  });
});
