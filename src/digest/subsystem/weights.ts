import { byWord, words } from '../text/words.js';
/** Signs of where a series is at home, on the scale of "all of its changed lines are there". */
export const BY_TAG = 1;
export const BY_TITLE = 0.9;
export const BY_SECOND_TITLE = 0.35;
/** For a name that nothing else bears out: `test/uring: …` says nothing of EFI's tests. */
export const BY_BARE_TITLE = 0.15;
export const BY_GENERIC_TITLE = 0.1;
export const BY_LIST = 0.2;
/** A list that the mail came over breaks a tie with those it was addressed to. */
export const BY_CARRYING_LIST = 0.21;
/** For the list of a project beside the kernel, where most paths are none of the kernel's. */
export const BY_OTHER_LIST = 0.3;
export const BY_BROAD_LIST = 0.05;
/** For everything in it, even if its home is elsewhere. */
export const BY_TOUCH = 0.25;

/** Title words that name a kind of work; what they are about is after them or in the paths. */
export const GENERIC_PREFIXES = new Set(
  words(
    'selftests selftest documentation docs doc treewide drivers tools arch include lib stable uapi abi dt-bindings bindings tests',
  ),
);
/** Subsystems that gather what belongs elsewhere in the first place. */
export const SECONDARY = new Set(
  words('docs kselftest devicetree api arch stable llvm hardening rust staging kbuild library-code'),
);
/** Projects beside the kernel, whose paths are not the kernel's, by the subsystem whose people they are. */
const PROJECTS_OF = {
  kvm: 'kvm-unit-tests kvmtool',
  qemu: 'qemu',
  io_uring: 'liburing',
  block: 'fio blktests',
  netdev: 'iproute2 iproute2-next ethtool',
  netfilter: 'nft iptables libnftnl',
  rdma: 'rdma-core',
  btrfs: 'btrfs-progs',
  xfs: 'xfsprogs',
  ext4: 'e2fsprogs',
  fs: 'fstests xfstests',
  md: 'mdadm',
  dax: 'ndctl',
  bpf: 'pahole dwarves',
  tracing: 'trace-cmd libtracefs',
  kexec: 'kexec-tools',
  riscv: 'opensbi',
};
const OPEN_PROJECTS = words('ltp util-linux man-pages b4 smatch sparse edk2 seabios libvirt crosvm');

/** The same by project; '' if it is open whose people they are. */
export const OTHER_PROJECTS: ReadonlyMap<string, string> = new Map([
  ...byWord(PROJECTS_OF),
  ...OPEN_PROJECTS.map((project) => [project, ''] as const),
]);

/** Subsystems that are such projects themselves. */
export const OTHER_SUBSYSTEMS = new Set(['qemu']);
