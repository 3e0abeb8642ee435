import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildCatalog, emptyCatalog } from '../../../src/digest/subsystem/catalog.js';
import { maintainersOf, whoLooksAfter } from '../../../src/digest/subsystem/maintainers-of.js';
import { matchSubsystems, type SeriesSigns } from '../../../src/digest/subsystem/match-subsystems.js';
import { parseMaintainers } from '../../../src/digest/subsystem/parse-maintainers.js';
import { finishes } from '../../lib/hang-guard.js';
import { exampleCatalog, hasKernelMaintainers, kernelCatalog } from './shared-maintainers.js';

const signs = (overrides: Partial<SeriesSigns>): SeriesSigns => ({
  paths: [],
  title: '',
  prefixes: [],
  lists: [],
  recipients: [],
  ...overrides,
});
const paths = (...given: (string | [string, number])[]): SeriesSigns['paths'] =>
  given.map((one) =>
    typeof one === 'string' ? { path: one, changes: 10 } : { path: one[0], changes: one[1] },
  );
const summary = (overrides: Partial<SeriesSigns>, catalog = exampleCatalog()): string[] =>
  matchSubsystems(catalog, signs(overrides)).map(
    ({ slug, primary, why }) => `${slug}${primary ? '!' : ''} ${why}`,
  );

describe('matchSubsystems', () => {
  it.each<[string, Partial<SeriesSigns>, string[]]>([
    ['the paths decide', { paths: paths('mm/gup.c') }, ['mm! paths', 'mm/gup paths']],
    [
      'a quarter of the lines is enough to belong',
      { paths: paths(['mm/gup.c', 75], ['drivers/vfio/vfio.c', 25]) },
      ['mm! paths', 'mm/gup paths', 'kvm paths', 'vfio paths'],
    ],
    [
      'less is not',
      { paths: paths(['mm/gup.c', 76], ['drivers/vfio/vfio.c', 24]) },
      ['mm! paths', 'mm/gup paths'],
    ],
    [
      'being sent to a list is',
      { paths: paths('mm/gup.c'), recipients: ['netdev@vger.kernel.org'] },
      ['mm! paths', 'mm/gup paths', 'netdev list'],
    ],
    [
      'the list that it was sent to comes before most of the lines',
      {
        paths: paths(['mm/gup.c', 60], ['net/core/skbuff.c', 40]),
        recipients: ['netdev@vger.kernel.org'],
      },
      ['netdev! paths', 'mm paths', 'mm/gup paths'],
    ],
    [
      'most of the lines decide among the lists that it was sent to',
      {
        paths: paths(['mm/gup.c', 60], ['net/core/skbuff.c', 40]),
        recipients: ['netdev@vger.kernel.org', 'linux-mm@kvack.org'],
      },
      ['mm! paths', 'mm/gup paths', 'netdev paths'],
    ],
    [
      'a subsystem without a list of its own is sent to the list that its entry names',
      { paths: paths('drivers/vfio/vfio.c'), title: 'fix a leak', lists: ['kvm@vger.kernel.org'] },
      ['vfio! paths', 'kvm paths'],
    ],
    [
      'being sent to everybody is not',
      { lists: ['linux-kernel@vger.kernel.org'], recipients: ['linux-kernel@vger.kernel.org'] },
      [],
    ],
    [
      'a copy for stable is not',
      { paths: paths('mm/gup.c'), recipients: ['stable@vger.kernel.org'] },
      ['mm! paths', 'mm/gup paths'],
    ],
    ['a list alone', { lists: ['kvm@vger.kernel.org'] }, ['kvm! list']],
    ['a list that nobody knows', { lists: ['frobs@lists.example.org'] }, ['frobs! list']],
    ['a title alone', { title: 'vfio/pci: Fix a leak' }, ['vfio! prefix']],
    ['a title names the child too', { title: 'KVM: s390: Fix a leak' }, ['kvm! prefix', 'kvm/s390 prefix']],
    ['a child as one word', { title: 'mm/gup: fix a leak' }, ['mm! prefix', 'mm/gup prefix']],
    ['a tag of the subject', { title: 'frob: fix', prefixes: ['net-next'] }, ['netdev! prefix']],
    ['nothing known', { title: 'Fix a leak', paths: paths('frob/frob.c') }, []],
    [
      'a title wins over half the paths',
      {
        title: 's390/vfio-ap: dynamic configuration',
        paths: paths('drivers/s390/crypto/vfio_ap_ops.c'),
        lists: ['kvm@vger.kernel.org'],
      },
      ['s390! paths', 'kvm list'],
    ],
    [
      'selftests are of what they test',
      {
        title: 'selftests/kvm: name what is compared',
        paths: paths('tools/testing/selftests/kvm/lib/kvm_util.c'),
      },
      ['kvm! paths'],
    ],
    [
      "another project's paths are not the kernel's",
      { title: 'x86: fix a test', prefixes: ['kvm-unit-tests'], paths: paths('arch/x86/kvm/x86.c') },
      ['kvm! prefix'],
    ],
    ['what moved belongs where it went', { paths: paths('fs/io_uring.c') }, ['io_uring! paths']],
    [
      'a rename without changed lines counts as one',
      {
        paths: [
          { path: 'mm/gup.c', changes: 0 },
          { path: 'logo.png', changes: null },
        ],
      },
      ['mm! paths', 'mm/gup paths'],
    ],
  ])('%s', (_, overrides, expected) => {
    expect(summary(overrides)).toEqual(expected);
  });

  it.each([
    ['KVM: x86: Fix', ['kvm@vger.kernel.org'], 'kvm'],
    ['mm/gup: fix', ['linux-mm@kvack.org'], 'mm'],
    ['io_uring/net: fix', ['io-uring@vger.kernel.org'], 'io_uring'],
    ['fix', ['linux-hwmon@vger.kernel.org'], 'hwmon'],
  ])('without MAINTAINERS, list and title tell: %s on %j is %s', (title, lists, slug) => {
    expect(matchSubsystems(emptyCatalog(), signs({ title, lists }))[0]).toMatchObject({
      slug,
      primary: true,
    });
  });

  it.each([
    ['a chip maker within a subsystem', 'drivers/rtc/rtc-maker.c', 'rtc'],
    ['a chip maker alone', 'drivers/soc/maker/soc.c', 'maker-platform'],
    ['an architecture that takes drivers', 'drivers/clk/maker/clk.c', 'clk'],
  ])("a vendor's or an architecture's entry gives way to the subsystem's own: %s", (_, path, slug) => {
    const catalog = buildCatalog(
      parseMaintainers(
        [
          'REAL TIME CLOCK (RTC) SUBSYSTEM\nM:\tA <a@example.org>\nL:\tlinux-rtc@vger.kernel.org\nF:\tdrivers/rtc/\n',
          'COMMON CLK FRAMEWORK\nM:\tA <a@example.org>\nL:\tlinux-clk@vger.kernel.org\nF:\tdrivers/clk/\n',
          'MAKER PLATFORM\nM:\tB <b@example.org>\nL:\tmaker-platform@maker.example\nF:\tdrivers/rtc/rtc-maker.c\nF:\tdrivers/soc/maker/\n',
          'ARM/MAKER SUPPORT\nM:\tC <c@example.org>\nL:\tlinux-arm-kernel@lists.infradead.org\nF:\tdrivers/clk/maker/\n',
        ].join('\n'),
      ).entries,
    );
    expect(matchSubsystems(catalog, signs({ paths: paths(path) }))[0]).toMatchObject({ slug, primary: true });
  });

  it.skipIf(!hasKernelMaintainers)('leaves to an architecture what its title and most lines say', () => {
    const overrides = {
      paths: paths(['arch/arm64/kernel/cpufeature.c', 60], ['include/asm-generic/tlb.h', 40]),
      recipients: ['linux-arm-kernel@lists.infradead.org', 'linux-mm@kvack.org'],
    };
    expect(
      matchSubsystems(kernelCatalog(), signs({ ...overrides, title: 'arm64: tlb: add a hint' }))[0]?.slug,
    ).toBe('arm64');
    expect(matchSubsystems(kernelCatalog(), signs({ ...overrides, title: 'add a hint' }))[0]?.slug).toBe(
      'mm',
    );
  });

  it.skipIf(!hasKernelMaintainers)(
    'leaves to a list of one concern what its title and a quarter of the lines say',
    () => {
      const overrides = {
        paths: paths(['security/security.c', 30], ['io_uring/io_uring.c', 70]),
        recipients: ['linux-security-module@vger.kernel.org', 'io-uring@vger.kernel.org'],
      };
      const primaryOf = (title: string) =>
        matchSubsystems(kernelCatalog(), signs({ ...overrides, title }))[0]?.slug;
      expect(primaryOf('lsm: add hooks')).toBe('lsm');
      expect(primaryOf('add hooks')).toBe('io_uring');
    },
  );

  it('says the share of the changed lines', () => {
    const [first] = matchSubsystems(
      exampleCatalog(),
      signs({ paths: paths(['mm/gup.c', 30], ['fs/a.c', 10]) }),
    );
    expect(first).toMatchObject({ slug: 'mm', share: 0.75 });
  });

  it('has one primary, first and at the top, parents with their children, and the same answer every time', () => {
    const path = fc.constantFrom(
      'mm/gup.c',
      'mm/swap.c',
      'arch/x86/kvm/x86.c',
      'drivers/vfio/a.c',
      'net/ipv4/tcp.c',
      '.../kvm/a.c',
      'x',
      '',
    );
    const address = fc.constantFrom(
      'kvm@vger.kernel.org',
      'linux-mm@kvack.org',
      'a@example.org',
      'kvmarm@lists.linux.dev',
      'x@lists.example.org',
      '@',
      'linux-kernel@vger.kernel.org',
    );
    const series = fc.record({
      paths: fc.array(fc.record({ path, changes: fc.option(fc.nat(1_000)) }), { maxLength: 5 }),
      title: fc.oneof(
        fc.string(),
        fc.constantFrom('KVM: x86: a', 'mm, vfio: b', 'selftests/mm: c', '::::', 'vfio/pci,kvm: d'),
      ),
      prefixes: fc.array(fc.constantFrom('net-next', 'kvm', 'qemu', 'x', '')),
      lists: fc.array(address),
      recipients: fc.array(address),
    });
    fc.assert(
      fc.property(series, (overrides) => {
        const matches = matchSubsystems(exampleCatalog(), overrides);
        expect(matches.filter(({ primary }) => primary)).toHaveLength(matches.length === 0 ? 0 : 1);
        expect(matches[0]?.primary ?? true).toBe(true);
        expect(matches[0]?.parent ?? null).toBeNull();
        const slugs = matches.map(({ slug }) => slug);
        expect(new Set(slugs).size).toBe(slugs.length);
        for (const { parent, share } of matches) {
          if (parent !== null) expect(slugs).toContain(parent);
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(1);
        }
        const shuffled = { ...overrides, paths: [...overrides.paths].reverse() };
        expect(matchSubsystems(exampleCatalog(), shuffled).map(({ slug }) => slug)).toEqual(slugs);
      }),
    );
  });

  it.each(['/', ':', 'a', ' ', 'a/', 'a: ', ','])('is not held up by 100,000 times %j', (piece) => {
    const long = piece.repeat(100_000 / piece.length);
    finishes(() => {
      matchSubsystems(
        exampleCatalog(),
        signs({
          title: long,
          prefixes: [long],
          lists: [long],
          recipients: [long, `${long}@x`],
          paths: paths(long),
        }),
      );
    });
  });

  it.skipIf(!hasKernelMaintainers)(
    "with the kernel's own file, 500 paths match in a few milliseconds",
    () => {
      const catalog = kernelCatalog();
      const many = paths(...Array.from({ length: 500 }, (_, n) => `drivers/net/ethernet/vendor${n}/file.c`));
      const [first] = matchSubsystems(catalog, signs({ paths: many }));
      expect(first?.slug).toBe('netdev');
    },
  );
});

describe('maintainersOf', () => {
  it('names the maintainers of every entry that a path belongs to, once each', () => {
    const people = maintainersOf(exampleCatalog(), ['mm/gup.c', 'mm/vmscan.c']).map(({ name }) => name);
    expect(people).toEqual(['Bo Lindqvist', 'Ada Quill', 'Léa Fontaine']);
  });

  it('names nobody for a path of THE REST', () => {
    expect(maintainersOf(exampleCatalog(), ['lib/frob.c'])).toEqual([]);
  });

  it('knows reviewers as people who look after a path', () => {
    expect(whoLooksAfter(exampleCatalog(), 'drivers/vfio/vfio.c').map(({ email }) => email)).toEqual([
      'kbrandt@example.org',
      'ada.quill@example.org',
    ]);
  });
});
