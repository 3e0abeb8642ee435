import { words } from '../text/words.js';
import { toSlugWord } from './section-name.js';

/** Lists that everything is sent to: being on one says nothing about what a series belongs to. */
const EVERYBODY = new Set([
  'linux-kernel@vger.kernel.org',
  'linux-kernel@vger.rutgers.edu',
  'linux-next@vger.kernel.org',
  'patches@lists.linux.dev',
]);
/** Lists that fixes are copied to: only mail that came over them counts, not the address in Cc. */
const COPIED = new Set(['stable@vger.kernel.org', 'stable@kernel.org']);
/** Lists by architecture, vendor or concern; an entry also names the list of its subsystem. */
const BROAD = new Set(
  (
    'linux-arm-msm imx linux-renesas-soc linux-samsung-soc linux-mediatek linux-amlogic linux-rockchip linux-tegra linux-stm32 ' +
    'linux-aspeed openbmc linux-omap linux-sunxi asahi loongarch linux-riscv linuxppc-dev linux-mips linux-parisc linux-m68k ' +
    'rust-for-linux linux-hardening llvm linux-api linux-arch linux-kselftest linux-doc soc chrome-platform ' +
    'devicetree linux-unisoc linux-actions linux-oxnas kernel-janitors workflows linux-security-module'
  ).split(' '),
);
/** Lists that belong to a subsystem although entries name them together with others. */
const SHARED = new Set(['x86', 'linux-fsdevel']);
const BROADEST = new Set(['linux-arm-kernel']);
const VAGUE = new Set([
  ...words('patches kernel dev devel linux list lists users discuss driver drivers opensource support'),
  '',
]);
const PUBLIC_HOSTS = words(
  'vger.kernel.org kvack.org googlegroups.com lists. list. kernel.org infradead.org freedesktop.org sourceforge.net nongnu.org',
);

/** Lists that belong to no subsystem, by every name that people type for them. */
const CATCH_ALL: ReadonlyMap<string, string> = new Map(
  (
    [
      [
        'linux-kernel@vger.kernel.org',
        'linux-kernel lkml linux-kernel@vger.rutgers.edu lkml@vger.kernel.org',
      ],
      ['linux-next@vger.kernel.org', 'linux-next'],
      ['patches@lists.linux.dev', ''],
      ['stable@vger.kernel.org', 'stable@kernel.org'],
    ] as const
  ).flatMap(([address, names]) =>
    [address, ...names.split(' ')].filter((name) => name !== '').map((name) => [name, address] as const),
  ),
);

/** The address of the everything-list that a word names: `lkml`; null if it names none of them. */
export const catchAllList = (word: string): string | null => CATCH_ALL.get(word.toLowerCase()) ?? null;

const localPart = (address: string): string => address.slice(0, address.indexOf('@'));
const host = (address: string): string => address.slice(address.indexOf('@') + 1);

export const isEverybodysList = (address: string): boolean => EVERYBODY.has(address);
export const isCopiedList = (address: string): boolean => COPIED.has(address);

const isPublic = (address: string): boolean =>
  PUBLIC_HOSTS.some((name) =>
    name.endsWith('.') ? host(address).startsWith(name) : host(address).endsWith(name),
  );

/** How little a list says about where an entry is at home: 0 a subsystem's own, 4 a company's. */
export function listBreadth(address: string): number {
  if (isEverybodysList(address)) return 5;
  if (!isPublic(address)) return 4;
  if (BROADEST.has(localPart(address))) return 3;
  if (SHARED.has(localPart(address))) return 1;
  return BROAD.has(localPart(address)) ? 2 : 0;
}

/** True if an address may be a list that moved to another host: `kvmarm@lists.cs.columbia.edu`. */
export const looksLikeList = (address: string): boolean => address.includes('@') && isPublic(address);

const LIST_ENDS = words('-devel -dev -developer -users -list -discuss -discussion -general -maintainers');

/** `linux-hwmon@vger.kernel.org` → `hwmon`, `dev@openvswitch.org` → `openvswitch`. */
export function listSlug(address: string): string {
  let word = localPart(address);
  for (const start of ['linux-', 'linux_']) if (word.startsWith(start)) word = word.slice(start.length);
  for (const end of LIST_ENDS) if (word.endsWith(end)) word = word.slice(0, -end.length);
  if (!VAGUE.has(word) && !(BROADEST.has(localPart(address)) && !isPublic(address))) return toSlugWord(word);
  const labels = host(address).split('.');
  return toSlugWord(labels.at(-2) ?? host(address)) || toSlugWord(address) || 'list';
}

/** The words by which a list itself is known: its address and, if that is distinctive, the part before the `@`. */
export const listWords = (address: string): string[] =>
  VAGUE.has(localPart(address)) ? [address] : [address, localPart(address)];
