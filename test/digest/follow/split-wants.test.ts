import { describe, expect, it } from 'vitest';
import { splitWants } from '../../../src/digest/follow/split-wants.js';
import { emptyCatalog } from '../../../src/digest/subsystem/catalog.js';

const catalog = emptyCatalog();

describe('several wishes in one line', () => {
  it.each([
    ['kvm', ['kvm']],
    ['kvm mm', ['kvm', 'mm']],
    ['kvm, mm', ['kvm', 'mm']],
    ['kvm,mm,', ['kvm', 'mm']],
    ['kvm kvm', ['kvm']],
    ['kvm mm -kind:rfc', ['kvm -kind:rfc', 'mm -kind:rfc']],
    ['kvm, mm -kind:rfc', ['kvm', 'mm -kind:rfc']],
    ['kvm -kind:rfc, mm', ['kvm -kind:rfc', 'mm']],
    ['kvm -mm', ['kvm -mm']],
    ['kvm mm author:"Jane Doe"', ['kvm author:"Jane Doe"', 'mm author:"Jane Doe"']],
    ['kvm kind:rfc,pull', ['kvm kind:rfc,pull']],
    ['kvm gmem', ['kvm gmem']],
    ['memory management', ['memory management']],
    ['kvm OR mm', ['kvm OR mm']],
    ['(kvm mm)', ['(kvm mm)']],
    ['path:mm/**', ['path:mm/**']],
    ['"page table, walk"', ['"page table, walk"']],
    ['', ['']],
    ['"unclosed', ['"unclosed']],
  ])('reads %j as %j', (text, wants) => {
    expect(splitWants(text, catalog)).toEqual(wants);
  });
});
