import { describe, expect, it } from 'vitest';
import { buildCatalog, type Catalog, emptyCatalog } from '../../../src/digest/subsystem/catalog.js';
import { findSubsystems } from '../../../src/digest/subsystem/find-subsystems.js';
import { resolveSubsystem, subsystemOfList } from '../../../src/digest/subsystem/look-up.js';
import { parseMaintainers } from '../../../src/digest/subsystem/parse-maintainers.js';
import { humanSectionName, sectionSlug } from '../../../src/digest/subsystem/section-name.js';
import { exampleCatalog, hasKernelMaintainers, kernelCatalog } from './shared-maintainers.js';

describe('humanSectionName', () => {
  it.each([
    ['KERNEL VIRTUAL MACHINE FOR X86 (KVM/x86)', 'Kernel virtual machine for x86 (KVM/x86)'],
    ['PAGE TABLE CHECK', 'Page table check'],
    ['USB SUBSYSTEM', 'USB subsystem'],
    ['CACHESTAT: PAGE CACHE STATS FOR A FILE', 'Cachestat: page cache stats for a file'],
    ['MEMORY MANAGEMENT - THP (TRANSPARENT HUGE PAGE)', 'Memory management - THP (transparent huge page)'],
    ['USB MASS STORAGE DRIVER', 'USB mass storage driver'],
    ['READ-COPY UPDATE (RCU)', 'Read-copy update (RCU)'],
    ['IO_URING ZCRX', 'io_uring ZCRX'],
    ['KVM X86 HYPER-V (KVM/hyper-v)', 'KVM x86 Hyper-V (KVM/hyper-v)'],
    ['TEXAS INSTRUMENTS INC. AUDIO', 'Texas instruments Inc. audio'],
    ['ARM/Amlogic Meson SoC support', 'ARM/Amlogic Meson SoC support'],
    ['802.11 (including CFG80211/NL80211)', '802.11 (including CFG80211/NL80211)'],
    ['', ''],
  ])('%j reads %j', (section, name) => {
    expect(humanSectionName(section)).toBe(name);
  });
});

describe('sectionSlug', () => {
  it.each([
    ['KERNEL VIRTUAL MACHINE FOR X86 (KVM/x86)', ['KERNEL VIRTUAL MACHINE'], 'kvm', 'x86'],
    ['KERNEL VIRTUAL MACHINE (KVM)', ['KERNEL VIRTUAL MACHINE'], 'kvm', ''],
    ['MEMORY MANAGEMENT - GUP (GET USER PAGES)', ['MEMORY MANAGEMENT'], 'mm', 'gup'],
    ['NETWORKING [TCP]', ['NETWORKING ['], 'netdev', 'tcp'],
    ['NETWORKING [GENERAL]', ['NETWORKING ['], 'netdev', ''],
    ['MAPLE TREE', [], null, 'maple-tree'],
    ['REAL TIME CLOCK (RTC) SUBSYSTEM', [], null, 'rtc'],
    ['DRIVERS', [], null, 'drivers'],
  ])('%s gives %j', (section, strip, parent, slug) => {
    expect(sectionSlug(section, strip, parent)).toBe(slug);
  });
});

describe('buildCatalog', () => {
  it.each([
    ['kvm', 'KVM', null],
    ['kvm/x86', 'KVM for x86', 'kvm'],
    ['kvm/arm64', 'KVM for arm64', 'kvm'],
    ['mm', 'Memory management', null],
    ['mm/gup', 'Memory management - GUP (get user pages)', 'mm'],
    ['vfio', 'VFIO', null],
    ['s390', 'S390', null],
    ['io_uring', 'io_uring', null],
  ])('holds %s, called %s, part of %s', (slug, name, parent) => {
    expect(exampleCatalog().bySlug.get(slug)).toMatchObject({ name, parent });
  });

  it('makes a subsystem of a list, the entries that name the list, and those whose name says so', () => {
    const catalog = exampleCatalog();
    const names = catalog.bySlug.get('kvm')?.entries.map((position) => catalog.entries[position]?.name);
    expect(names).toEqual([
      'KERNEL VIRTUAL MACHINE (KVM)',
      // Its lists are kvmarm and linux-arm-kernel; its name makes it KVM's.
      'KERNEL VIRTUAL MACHINE FOR ARM64 (KVM/arm64)',
      'KERNEL VIRTUAL MACHINE for s390 (KVM/s390)',
      'KERNEL VIRTUAL MACHINE FOR X86 (KVM/x86)',
      'VFIO DRIVER',
    ]);
  });

  it('knows no subsystem for THE REST', () => {
    const catalog = exampleCatalog();
    const rest = catalog.entries.findIndex(({ name }) => name === 'THE REST');
    expect(catalog.slugsOfEntry[rest]).toEqual([]);
    expect(catalog.subsystems.some(({ entries }) => entries.includes(rest))).toBe(false);
  });

  it('names an entry without a list after its section, or puts it where its directory is at home', () => {
    const { entries } = parseMaintainers(
      'FROB CACHE\nM:\ta@example.org\nF:\tlib/frob.c\n\nNETWORKING DRIVERS\nL:\tnetdev@vger.kernel.org\nF:\tdrivers/net/\n\nEX CARD\nM:\ta@example.org\nF:\tdrivers/net/ex/\n',
    );
    const catalog = buildCatalog(entries);
    expect(catalog.slugsOfEntry).toEqual([['frob-cache'], ['netdev'], ['netdev', 'netdev/ex-card']]);
  });

  it('gives two sections of one name two slugs', () => {
    const { entries } = parseMaintainers('EX\nF:\ta/\n\nEX\nF:\tb/\n\nEX\nF:\tc/\n');
    const slugs = buildCatalog(entries).slugsOfEntry.flat();
    expect(new Set(slugs).size).toBe(3);
  });

  const catalogs: [string, () => Catalog][] = [
    ['empty', emptyCatalog],
    ['of the examples', exampleCatalog],
  ];
  if (hasKernelMaintainers) catalogs.push(["of the kernel's file", kernelCatalog]);
  it.each(catalogs)('the catalog %s keeps its promises', (_, make) => {
    const catalog = make();
    const slugs = catalog.subsystems.map(({ slug }) => slug);
    expect(new Set(slugs).size).toBe(slugs.length);
    expect([...slugs].sort()).toEqual(slugs);
    for (const { slug, name, parent } of catalog.subsystems) {
      expect(slug).toMatch(/^[a-z0-9_]+(?:-[a-z0-9_]+)*(?:\/[a-z0-9_]+(?:-[a-z0-9_]+)*)?$/);
      expect(name).not.toBe('');
      if (parent !== null) expect(catalog.bySlug.has(parent)).toBe(true);
    }
    for (const alias of catalog.byAlias.keys()) expect(catalog.bySlug.has(alias)).toBe(false);
    for (const slug of catalog.byAlias.values()) expect(catalog.bySlug.has(slug)).toBe(true);
  });

  it
    .skipIf(!hasKernelMaintainers)
    .each(
      'kvm mm s390 vfio io_uring netdev bpf rdma xfs btrfs x86 arm64 drm amdgpu usb pci devicetree virtio block nvme scsi sched tracing kvm/x86 kvm/arm64 kvm/s390 mm/gup mm/swap fs ext4 nfs iommu crypto rust docs'.split(
        ' ',
      ),
    )("the kernel's own file gives %s at least one entry", (slug) => {
    expect(kernelCatalog().bySlug.get(slug)?.entries.length).toBeGreaterThan(0);
  });
});

describe('look-ups', () => {
  it.each([
    ['KVM', 'kvm'],
    ['net', 'netdev'],
    ['net-next', 'netdev'],
    ['io-uring', 'io_uring'],
    ['dt', 'devicetree'],
    ['linux-mm', 'mm'],
    ['linux-mm@kvack.org', 'mm'],
    ['memory management', 'mm'],
    ['vhost', 'virtio'],
    ['kvmarm@lists.cs.columbia.edu', 'kvm/arm64'],
    ['nothing-of-the-kind', undefined],
    ['', undefined],
  ])('the word %j names %s', (word, slug) => {
    expect(resolveSubsystem(exampleCatalog(), word)?.slug).toBe(slug);
  });

  it.each([
    ['kvm@vger.kernel.org', 'kvm'],
    ['LINUX-MM@kvack.org', 'mm'],
    ['virtualization@lists.linux-foundation.org', 'virtio'],
    ['cgroups@lists.example.org', 'cgroups'],
    ['linux-kernel@vger.kernel.org', undefined],
    ['kvm@example.org', undefined],
    ['bo@example.org', undefined],
  ])('the list %s is of %s', (address, slug) => {
    expect(subsystemOfList(exampleCatalog(), address)?.slug).toBe(slug);
  });
});

describe('findSubsystems', () => {
  const slugs = (words: string): string[] =>
    findSubsystems(exampleCatalog(), words).found.map(({ slug }) => slug);
  const near = (words: string): string[] =>
    findSubsystems(exampleCatalog(), words).near?.map(({ slug }) => slug) ?? [];

  it.each([
    ['kvm', ['kvm', 'kvm/arm64', 'kvm/powerpc', 'kvm/riscv', 'kvm/s390', 'kvm/x86']],
    ['list:kvm@vger.kernel.org', ['kvm', 'kvm/arm64', 'kvm/powerpc', 'kvm/riscv', 'kvm/s390', 'kvm/x86']],
    ['kvm/x86', ['kvm/x86']],
    ['user pages', ['mm', 'mm/gup']],
  ])('%j finds %j', (words, expected) => {
    expect(slugs(words)).toEqual(expected);
  });

  it('finds all at the top where no words are given', () => {
    expect(slugs('').length).toBeGreaterThan(50);
    expect(slugs('').some((slug) => slug.includes('/'))).toBe(false);
  });

  it.each([
    ['kmv', 'kvm'],
    ['io_urng', 'io_uring'],
    ['netdve', 'netdev'],
    ['btfs', 'btrfs'],
    ['vfoi', 'vfio'],
  ])('%j may have meant %s', (words, slug) => {
    expect(slugs(words)).toEqual([]);
    expect(near(words)[0]).toBe(slug);
  });

  it('answers any words', () => {
    for (const words of ['((', '\u0000', 'x'.repeat(100_000), '🐧', '../..', '__proto__', 'constructor']) {
      expect(() => findSubsystems(exampleCatalog(), words)).not.toThrow();
    }
  });
});
