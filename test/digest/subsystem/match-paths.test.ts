import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPathMatcher } from '../../../src/digest/subsystem/match-paths.js';
import { parseMaintainers } from '../../../src/digest/subsystem/parse-maintainers.js';
import { finishes } from '../../lib/hang-guard.js';

function matches(fields: string, path: string): boolean {
  return (
    createPathMatcher(
      parseMaintainers(
        `A\n${fields
          .split(' ')
          .map((field) => field.replace(':', ':\t'))
          .join('\n')}\n`,
      ).entries,
    )(path).length > 0
  );
}

describe("createPathMatcher, by get_maintainer.pl's rules", () => {
  it.each([
    ['a trailing slash takes all beneath', 'F:drivers/net/', 'drivers/net/ethernet/example/ex.c', true],
    ['and what lies directly in it', 'F:drivers/net/', 'drivers/net/tun.c', true],
    ['but not a directory that begins alike', 'F:drivers/net/', 'drivers/network.c', false],
    ['a star at the end takes files in the directory', 'F:virt/kvm/*', 'virt/kvm/kvm_main.c', true],
    ['but not below', 'F:virt/kvm/*', 'virt/kvm/arm/arm.c', false],
    ['a star in the middle takes any directory', 'F:arch/*/kvm/', 'arch/x86/kvm/vmx/vmx.c', true],
    ['for directories it may take several', 'F:arch/*/kvm/', 'arch/x86/new/kvm/vmx.c', true],
    ['for files just as many as there are slashes', 'F:arch/*/kvm.h', 'arch/x86/include/kvm.h', false],
    ['a pattern need only match the beginning', 'F:include/linux/kvm', 'include/linux/kvm_host.h', true],
    ['a plain file', 'F:mm/gup.c', 'mm/gup.c', true],
    ['not another in the same directory', 'F:mm/gup.c', 'mm/gup_test.c', false],
    ['a directory without its slash', 'F:mm', 'mm/damon/core.c', true],
    ['a question mark is one character', 'F:drivers/rtc/rtc-da90??.c', 'drivers/rtc/rtc-da9052.c', true],
    ['not none', 'F:drivers/rtc/rtc-da90??.c', 'drivers/rtc/rtc-da90.c', false],
    ['a class', 'F:lib/locking*.[ch]', 'lib/locking-selftest.h', true],
    ['a class, missed', 'F:lib/locking*.[ch]', 'lib/locking-selftest.S', false],
    ['a dot is a dot', 'F:mm/gup.c', 'mm/gupxc', false],
    ['two stars take any directories', 'F:fs/**/*foo*.c', 'fs/a/b/myfoo1.c', true],
    ['or none', 'F:fs/**/*foo*.c', 'fs/foo.c', true],
    ['an exclusion wins', 'F:net/ X:net/ipv6/', 'net/ipv6/udp.c', false],
    ['an exclusion leaves the rest', 'F:net/ X:net/ipv6/', 'net/ipv4/udp.c', true],
    ['an exclusion wins over an expression too', 'N:udp X:net/ipv6/', 'net/ipv6/udp.c', false],
    ['an expression looks anywhere in the path', 'N:[^a-z]tegra', 'drivers/clk/tegra/clk.c', true],
    ['and only there', 'N:[^a-z]tegra', 'arch/arm/integrator.c', false],
    ['a plain word as an expression', 'N:riscv', 'Documentation/arch/riscv/boot.rst', true],
    ['everything is nothing: THE REST', 'F:* F:*/', 'mm/gup.c', false],
  ])('%s: %s takes %s: %s', (_, fields, path, expected) => {
    expect(matches(fields, path)).toBe(expected);
  });

  it('says how precise the pattern was', () => {
    const { entries } = parseMaintainers('MM\nF:\tmm/\n\nGUP\nF:\tmm/gup.c\n\nWORD\nN:\tgup\n');
    expect(createPathMatcher(entries)('mm/gup.c')).toEqual([
      { entry: 0, depth: 1, weight: 1 },
      { entry: 1, depth: 2, weight: 1 },
      { entry: 2, depth: 0, weight: 1 },
    ]);
  });

  it.each([
    [
      'a path that git shortened is guessed from its end, and half believed',
      '.../example/ex_main.c',
      [{ entry: 1, depth: 4, weight: 0.5 }],
    ],
    ['a shortened path of no known directory is nobody’s', '.../nowhere/ex_main.c', []],
    ['as is a shortened bare name', '.../ex_main.c', []],
  ])('%s', (_, path, expected) => {
    const { entries } = parseMaintainers('MM\nF:\tmm/\n\nEX\nF:\tdrivers/net/ethernet/example/\n');
    expect(createPathMatcher(entries)(path)).toEqual(expected);
  });

  it('takes any pattern and any path', () => {
    const piece = fc.constantFrom('a', '/', '*', '?', '[', ']', '!', '-', '**/', '.', '(', '+', '\\', 'é');
    const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 4 }), text, (patterns, path) => {
        const fields = patterns.map((pattern, index) => `${'FXN'.charAt(index % 3)}:\t${pattern}`).join('\n');
        createPathMatcher(parseMaintainers(`A\n${fields}\n`).entries)(path);
      }),
    );
  });

  it('is not held up by stars or expressions that meet a hostile path', () => {
    const fields = `A\nF:\t${'*a'.repeat(40)}b\nF:\tx/${'*a'.repeat(40)}/\nN:\t^.*a.*a.*b$\nN:\ta*a*b$\nN:\t^(a|aa)+$\n`;
    const match = createPathMatcher(parseMaintainers(fields).entries);
    finishes(() => {
      match('a'.repeat(255));
      match(`${'a'.repeat(250)}c`);
      match(`x/${'a'.repeat(1_000)}`);
      match('a'.repeat(100_000));
      match('/'.repeat(100_000));
    });
  });
});
