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
/** For all that lies in it, be it at home elsewhere. */
export const BY_TOUCH = 0.25;

/** Title words that name a kind of work; what they are about stands after them or in the paths. */
export const GENERIC_PREFIXES = new Set([
  'selftests',
  'selftest',
  'documentation',
  'docs',
  'doc',
  'treewide',
  'drivers',
  'tools',
  'arch',
  'include',
  'lib',
  'stable',
  'uapi',
  'abi',
  'dt-bindings',
  'bindings',
  'tests',
]);
/** Subsystems that gather what belongs elsewhere in the first place. */
export const SECONDARY = new Set([
  'docs',
  'kselftest',
  'devicetree',
  'api',
  'arch',
  'stable',
  'llvm',
  'hardening',
  'rust',
  'staging',
  'kbuild',
  'library-code',
]);
/** Projects beside the kernel, whose paths are not the kernel's, and the subsystem whose people they are; '' where that is open. */
export const OTHER_PROJECTS = new Map(
  Object.entries({
    'kvm-unit-tests': 'kvm',
    kvmtool: 'kvm',
    qemu: 'qemu',
    liburing: 'io_uring',
    fio: 'block',
    blktests: 'block',
    iproute2: 'netdev',
    'iproute2-next': 'netdev',
    ethtool: 'netdev',
    nft: 'netfilter',
    iptables: 'netfilter',
    libnftnl: 'netfilter',
    'rdma-core': 'rdma',
    'btrfs-progs': 'btrfs',
    xfsprogs: 'xfs',
    e2fsprogs: 'ext4',
    fstests: 'fs',
    xfstests: 'fs',
    mdadm: 'md',
    ndctl: 'dax',
    pahole: 'bpf',
    dwarves: 'bpf',
    'trace-cmd': 'tracing',
    libtracefs: 'tracing',
    'kexec-tools': 'kexec',
    opensbi: 'riscv',
    ltp: '',
    'util-linux': '',
    'man-pages': '',
    b4: '',
    smatch: '',
    sparse: '',
    edk2: '',
    seabios: '',
    libvirt: '',
    crosvm: '',
  }),
);

/** Subsystems that are such projects themselves. */
export const OTHER_SUBSYSTEMS = new Set(['qemu']);
