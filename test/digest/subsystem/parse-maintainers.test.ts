import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMaintainers } from '../../../src/digest/subsystem/parse-maintainers.js';
import { finishes } from '../../lib/hang-guard.js';
import { exampleMaintainers, hasKernelMaintainers, kernelMaintainers } from './shared-maintainers.js';

const SECTION = `List of maintainers
===================

	M: *Mail* patches to: FullName <address@domain>

WIDGET BUS [CORE]
M:	"Quill, Ada" <Ada.Quill@Example.org>
M:	bo@example.org
R:	Léa Fontaine <lea@example.org>
L:	Widgets@lists.example.org (moderated for non-subscribers)
L:	linux-kernel@vger.kernel.org
S:	Maintained
W:	https://widgets.example.org
T:	git git://git.example.org/widgets.git
F:	drivers/widget/
X:	drivers/widget/old/
N:	[^a-z]widget
K:	\\bwidget_
`;

describe('parseMaintainers', () => {
  it('reads each field of a section', () => {
    const { entries, problems } = parseMaintainers(SECTION);
    expect(problems).toEqual([]);
    expect(entries).toEqual([
      {
        name: 'WIDGET BUS [CORE]',
        maintainers: [
          { name: 'Quill, Ada', email: 'Ada.Quill@Example.org' },
          { name: '', email: 'bo@example.org' },
        ],
        reviewers: [{ name: 'Léa Fontaine', email: 'lea@example.org' }],
        lists: ['widgets@lists.example.org', 'linux-kernel@vger.kernel.org'],
        status: ['Maintained'],
        trees: ['git git://git.example.org/widgets.git'],
        files: ['drivers/widget/'],
        excluded: ['drivers/widget/old/'],
        pathRegexes: ['[^a-z]widget'],
        contentRegexes: ['\\bwidget_'],
        links: ['https://widgets.example.org'],
      },
    ]);
  });

  it.each([
    ['a field that nobody knows', 'A\nM:\ta@example.org\nZ:\tx\n', 'line 3: a field of no known kind: Z:\tx'],
    ['a maintainer without an address', 'A\nM:\tnobody\n', 'line 2: no address in it: M:\tnobody'],
    ['an empty field', 'A\nF:\n', 'line 2: an empty field: F:'],
    ['a field before any title', 'F:\tmm/\n', 'line 1: a field before any title: F:\tmm/'],
    [
      'an expression that cannot be read',
      'A\nN:\t(((\n',
      'line 2: not a regular expression that is safe to run: N:\t(((',
    ],
    [
      'a choice that repeats',
      'A\nN:\t^(a|aa)+$\n',
      'line 2: not a regular expression that is safe to run: N:\t^(a|aa)+$',
    ],
    [
      'an expression that could run away',
      'A\nN:\t(a+)+$\n',
      'line 2: not a regular expression that is safe to run: N:\t(a+)+$',
    ],
    [
      'a title without fields',
      'A\nF:\tmm/\n\nstray words\n\nB\nF:\tfs/\n',
      'line 4: a title without fields: stray words',
    ],
  ])('names and skips %s', (_, text, detail) => {
    expect(parseMaintainers(text).problems).toEqual([{ code: 'maintainers-line', detail }]);
  });

  it('goes on after a blank line between the fields of a section, as get_maintainer.pl does', () => {
    expect(parseMaintainers('A\nM:\ta@example.org\n\nF:\tmm/\n').entries[0]?.files).toEqual(['mm/']);
  });

  it('reads line ends of either kind', () => {
    expect(parseMaintainers('A\r\nF:\tmm/\r\n').entries[0]).toMatchObject({ name: 'A', files: ['mm/'] });
  });

  it('reads the file that ships with the examples without a problem', () => {
    const { entries, problems } = parseMaintainers(exampleMaintainers());
    expect(problems).toEqual([]);
    expect(entries.map(({ name }) => name)).toContain('MEMORY MANAGEMENT - GUP (GET USER PAGES)');
  });

  it.skipIf(!hasKernelMaintainers)(
    "reads every section of the kernel's file (it lies beside the repository)",
    () => {
      const { entries, problems } = parseMaintainers(kernelMaintainers());
      expect(problems).toEqual([]);
      expect(entries.length).toBeGreaterThan(3_000);
      expect(
        entries.every(
          ({ name, maintainers, lists, files, pathRegexes, contentRegexes, status }) =>
            name !== '' &&
            [maintainers, lists, files, pathRegexes, contentRegexes, status].some((all) => all.length > 0),
        ),
      ).toBe(true);
    },
  );

  it('takes any text', () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom('A', '', 'F:\tmm/', 'N:\t[', 'M:\t<', 'L:\tx', 'X:', 'S:\tOdd'),
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const { entries } = parseMaintainers(lines.join('\n'));
        expect(entries.length).toBeLessThanOrEqual(lines.length);
      }),
    );
  });

  it.each(['A', ' ', ':', '\t', '<', '('])('reads a line of 100,000 times %j fast', (character) => {
    finishes(() => {
      parseMaintainers(
        `A\nF:\t${character.repeat(100_000)}\n${character.repeat(100_000)}\nM:\t${'<'.repeat(1_900)}\n`,
      );
    });
  });
});

describe('the forms of other projects', () => {
  const sections = (text: string) =>
    parseMaintainers(text).entries.map(({ name, maintainers, files }) => [
      name,
      maintainers.length,
      files.length,
    ]);

  it('takes an underlined heading for a section where fields follow, and for a chapter where titles do', () => {
    const text =
      'QEMU Maintainers\n================\n\nGeneral\n-------\nM: Ada <ada@example.org>\n\nGuest CPU cores\n---------------\nOverall CPUs\nM: Ada <ada@example.org>\nF: softmmu/cpus.c\nF: accel/\n\nARM CPUs\nM: Bo <bo@example.org>\nF: target/arm/\n';
    expect(sections(text)).toEqual([
      ['General', 1, 0],
      ['Overall CPUs', 1, 2],
      ['ARM CPUs', 1, 1],
    ]);
    expect(parseMaintainers(text).problems).toEqual([]);
  });

  it("takes edk2's EDK II, which holds every file, for no subsystem of dashes", () => {
    expect(
      sections(
        'Intro.\n\nEDK II\n------\nF: *\nL: edk2@example.org\n\nArmPkg\nF: ArmPkg/\nM: Ada <ada@example.org>\n',
      ),
    ).toEqual([
      ['EDK II', 0, 1],
      ['ArmPkg', 1, 1],
    ]);
  });

  it("reads Buildroot's DEVELOPERS by directory, with the people of each", () => {
    const text =
      '# Who looks after what\n# N: is not read here\n\nN:\tAda Quill <ada@example.org>\nF:\tarch/Config.in.arm\nF:\tpackage/foo/\n\nN:\tBo Stone <bo@example.org>\nF:\tpackage/foo/foo.mk\n';
    expect(sections(text)).toEqual([
      ['arch/Config.in.arm', 1, 1],
      ['package/foo', 2, 2],
    ]);
    expect(parseMaintainers(text).problems).toEqual([]);
  });
});
