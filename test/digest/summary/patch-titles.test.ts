import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { titlesSummary } from '../../../src/digest/summary/patch-titles.js';

describe('what the titles of the patches say', () => {
  it.each([
    [
      'without the areas in front',
      ['mm/zone: split the lock', 'KVM: x86: take it early'],
      '2 patches: split the lock; take it early',
    ],
    [
      'those that begin alike are one',
      [
        'mm: split the lock',
        'a: convert to the new lock',
        'b: convert to the new lock',
        'c: convert to the new lock',
      ],
      '4 patches: convert to the new lock (3 patches); split the lock',
    ],
    [
      'with what tells them apart',
      [
        't: add test for zones',
        't: add test for nodes',
        't: add test for lists',
        't: add test for pages',
        't: add test for locks',
      ],
      '5 patches: add test for zones, nodes, lists and 2 more',
    ],
    [
      'apart where different words go on',
      ['a: fix errors in fc42', 'b: fix errors when built for fc42', 'c: fix errors in fc42'],
      '3 patches: fix errors in fc42 (2 patches); fix errors when built for fc42',
    ],
    [
      'apart where one continues the other',
      ['a: use the lock', 'b: use the lock and the ring'],
      '2 patches: use the lock; use the lock and the ring',
    ],
  ])('%s', (_name, titles, text) => {
    expect(titlesSummary(titles)).toBe(text);
  });

  it('is nothing if it repeats the title above', () => {
    const titles = ['bindings: add ad1281 support', 'hwmon: Add AD1281 support'];
    expect(titlesSummary(titles, 'Add ad1281 support')).toBeNull();
    expect(titlesSummary([...titles, 'hwmon: test it at 5 V'], 'Add ad1281 support')).toBe(
      '3 patches: add ad1281 support (2 patches); test it at 5 V',
    );
  });

  it('is nothing for one patch: its title is shown anyway', () => {
    expect(titlesSummary(['mm: split the lock'])).toBeNull();
    expect(titlesSummary([])).toBeNull();
  });

  test('fits whatever the titles, and counts every patch', () => {
    const title = fc.array(fc.constantFrom('mm: ', 'add ', 'test ', 'the lock', 'a-very-long-name ', 'x'), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(fc.array(title, { maxLength: 60 }), (all) => {
        const text = titlesSummary(all.map((parts) => parts.join('')));
        if (text === null) return;
        expect(text.length).toBeLessThanOrEqual(320);
        expect(text.startsWith(`${all.length} patches: `)).toBe(true);
      }),
    );
  });
});
