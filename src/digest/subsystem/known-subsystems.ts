/** What is known about a subsystem in addition to MAINTAINERS: what people call it, and where it was before. */
export interface KnownSubsystem {
  readonly slug: string;
  readonly name: string;
  /** Its lists, the one to name first; former addresses after it, since archives are full of them. */
  readonly lists: readonly string[];
  /** Other words that people type, and title prefixes (`[PATCH net-next]`, `ipv6:`). */
  readonly aliases: readonly string[];
  /** Beginnings of section names that are at home here, whichever list they name first. */
  readonly sections: readonly string[];
  /** Paths that it had before: MAINTAINERS has only today's. */
  readonly formerPaths: readonly string[];
}

const words = (text: string | undefined): string[] =>
  text === undefined || text === '' ? [] : text.split(' ');

function known(
  slug: string,
  name: string,
  more: { lists?: string; aliases?: string; sections?: readonly string[]; paths?: string } = {},
): KnownSubsystem {
  return {
    slug,
    name,
    lists: words(more.lists).map((list) => (list.includes('@') ? list : `${list}@vger.kernel.org`)),
    aliases: words(more.aliases),
    sections: more.sections ?? [],
    formerPaths: words(more.paths),
  };
}

/**
 * The subsystems whose slug cannot be derived from a list's address, in no order. Lists without `@` are on vger.kernel.org.
 * Everything else gets its slug from MAINTAINERS by rule (`catalog.ts`).
 */
export const KNOWN_SUBSYSTEMS: readonly KnownSubsystem[] = [
  known('kvm', 'KVM', {
    lists: 'kvm',
    aliases: 'kernel-virtual-machine',
    sections: ['KERNEL VIRTUAL MACHINE', 'KVM '],
  }),
  known('kvm/x86', 'KVM for x86', { sections: ['KERNEL VIRTUAL MACHINE FOR X86'] }),
  known('kvm/arm64', 'KVM for arm64', {
    lists: 'kvmarm@lists.linux.dev kvmarm@lists.cs.columbia.edu',
    aliases: 'kvmarm kvm-arm kvm/arm',
    sections: ['KERNEL VIRTUAL MACHINE FOR ARM64'],
    paths: 'virt/kvm/arm/ arch/arm/kvm/ arch/arm/include/asm/kvm*',
  }),
  known('kvm/riscv', 'KVM for RISC-V', {
    lists: 'kvm-riscv@lists.infradead.org',
    aliases: 'kvm-riscv',
    sections: ['KERNEL VIRTUAL MACHINE FOR RISC-V'],
  }),
  known('kvm/powerpc', 'KVM for PowerPC', {
    lists: 'kvm-ppc',
    aliases: 'kvm-ppc kvm/ppc kvm/book3s',
    sections: ['KERNEL VIRTUAL MACHINE FOR POWERPC'],
  }),
  known('vfio', 'VFIO', { aliases: 'vfio-pci mdev', sections: ['VFIO '] }),
  known('virtio', 'Virtio and vhost', {
    lists:
      'virtualization@lists.linux.dev virtualization@lists.linux-foundation.org virtio-dev@lists.oasis-open.org',
    aliases: 'virtualization vhost vdpa vduse virtio-net virtio_net virtio-blk virtio-mem virtio_ring virt',
    sections: ['VIRTIO', 'INTEL VIRTIO', 'VIRT LIB'],
  }),
  known('vsock', 'Virtual sockets', {
    aliases: 'af_vsock vhost/vsock virtio/vsock',
    sections: ['VIRTIO AND VHOST VSOCK', 'VM SOCKETS'],
  }),
  known('mm', 'Memory management', {
    lists: 'linux-mm@kvack.org',
    aliases:
      'linux-mm memory-management memory mm-unstable mm-stable mm-hotfixes gup thp ksm hugetlb hugetlbfs slub slab vmalloc userfaultfd memcg mm/memcg shmem tmpfs zswap zsmalloc swap vmscan mglru maple_tree mmu_notifier hmm',
    sections: ['MEMORY MANAGEMENT', 'MEMORY MAPPING', 'CONTROL GROUP - MEMORY'],
  }),
  known('damon', 'DAMON', { lists: 'damon@lists.linux.dev', aliases: 'mm/damon', sections: ['DAMON'] }),
  known('s390', 'S390', {
    lists: 'linux-s390',
    aliases: 'linux-s390 s390x vfio-ap vfio-ccw zcrypt zfcp',
    sections: ['S390'],
  }),
  known('io_uring', 'io_uring', {
    lists: 'io-uring',
    aliases: 'io-uring iouring uring io_wq io-wq',
    sections: ['IO_URING'],
    paths:
      'fs/io_uring.c fs/io_uring.h fs/io-wq.c fs/io-wq.h include/linux/io_uring.h include/uapi/linux/io_uring.h',
  }),
  known('netdev', 'Networking', {
    lists: 'netdev',
    aliases:
      'net networking net-next network ethernet tcp udp ipv4 ipv6 ethtool devlink dsa vxlan bonding phylink af_packet af_unix xsk page_pool net/mlx5 mlx5 mlxsw bnxt_en veth macsec geneve tun netlink skbuff',
    sections: ['NETWORKING [', 'NETWORKING DRIVERS'],
  }),
  known('wireless', 'Wireless', {
    lists: 'linux-wireless',
    aliases:
      'wifi linux-wireless wireless-next mac80211 cfg80211 nl80211 iwlwifi ath9k ath10k ath11k ath12k mt76 rtw88 rtw89 brcmfmac',
  }),
  known('bluetooth', 'Bluetooth', { lists: 'linux-bluetooth', aliases: 'bluez linux-bluetooth btusb' }),
  known('netfilter', 'Netfilter', {
    lists: 'netfilter-devel',
    aliases: 'nf nft nf-next nf_tables netfilter-devel ipset conntrack iptables ebtables',
    sections: ['NETFILTER'],
  }),
  known('bpf', 'BPF', {
    lists: 'bpf',
    aliases: 'bpf-next libbpf bpftool ebpf selftests/bpf xdp',
    sections: ['BPF ', 'BPF['],
  }),
  known('rdma', 'RDMA', {
    lists: 'linux-rdma',
    aliases: 'infiniband ib linux-rdma rdma-next rdma-core ib/core ib/mlx5 rdma/hns rdma/rxe',
    sections: ['INFINIBAND SUBSYSTEM'],
  }),
  known('x86', 'x86', {
    lists: 'x86@kernel.org',
    aliases: 'tip tdx sgx x86/mm x86/fpu x86_64',
    sections: ['X86 '],
  }),
  known('platform-x86', 'x86 platform drivers', {
    lists: 'platform-driver-x86',
    aliases: 'pdx86 platform-driver-x86 platform/x86',
    sections: ['X86 PLATFORM DRIVERS'],
  }),
  known('arm', 'Arm', {
    lists: 'linux-arm-kernel@lists.infradead.org',
    aliases: 'arm-kernel linux-arm-kernel arm32',
    sections: ['ARM PORT', 'ARM SUB-ARCHITECTURES', 'ARM/'],
  }),
  known('arm64', 'arm64', { aliases: 'aarch64', sections: ['ARM64 PORT'] }),
  known('riscv', 'RISC-V', {
    lists: 'linux-riscv@lists.infradead.org',
    aliases: 'risc-v linux-riscv',
    sections: ['RISC-V ARCHITECTURE'],
  }),
  known('powerpc', 'PowerPC', {
    lists: 'linuxppc-dev@lists.ozlabs.org linuxppc-embedded@ozlabs.org',
    aliases: 'ppc ppc64 linuxppc linuxppc-dev powerpc/mm powerpc/64s',
    sections: ['LINUX FOR POWERPC'],
  }),
  known('mips', 'MIPS', { lists: 'linux-mips', aliases: 'linux-mips' }),
  known('loongarch', 'LoongArch', { lists: 'loongarch@lists.linux.dev' }),
  known('parisc', 'PA-RISC', { lists: 'linux-parisc', aliases: 'linux-parisc pa-risc' }),
  known('sparc', 'SPARC', { lists: 'sparclinux', aliases: 'sparc64 sparclinux' }),
  known('alpha', 'Alpha', { lists: 'linux-alpha', aliases: 'linux-alpha' }),
  known('m68k', 'm68k', { lists: 'linux-m68k@lists.linux-m68k.org', aliases: 'linux-m68k' }),
  known('sh', 'SuperH', { lists: 'linux-sh', aliases: 'linux-sh superh' }),
  known('arch', 'Code shared by architectures', { lists: 'linux-arch', aliases: 'linux-arch asm-generic' }),
  known('fs', 'File systems (VFS)', {
    lists: 'linux-fsdevel',
    aliases: 'vfs fsdevel linux-fsdevel filesystems iov_iter iomap eventfd epoll eventpoll aio',
    sections: ['FILESYSTEMS'],
  }),
  known('xfs', 'XFS', { lists: 'linux-xfs xfs@oss.sgi.com', aliases: 'linux-xfs', sections: ['XFS '] }),
  known('ext4', 'ext4', { lists: 'linux-ext4', aliases: 'linux-ext4 jbd2 ext2 ext3' }),
  known('btrfs', 'Btrfs', { lists: 'linux-btrfs', aliases: 'linux-btrfs' }),
  known('nfs', 'NFS', {
    lists: 'linux-nfs nfs@lists.sourceforge.net',
    aliases: 'linux-nfs nfsd sunrpc nfsv4 lockd',
  }),
  known('cifs', 'SMB and CIFS', {
    lists: 'linux-cifs linux-cifs-client@lists.samba.org samba-technical@lists.samba.org',
    aliases: 'smb smb3 ksmbd linux-cifs samba',
  }),
  known('ceph', 'Ceph', { lists: 'ceph-devel', aliases: 'libceph rbd ceph-devel' }),
  known('fuse', 'FUSE', {
    lists: 'fuse-devel@lists.linux.dev fuse-devel@lists.sourceforge.net',
    aliases: 'virtiofs fuse-devel',
    sections: ['FUSE'],
  }),
  known('overlayfs', 'Overlayfs', { lists: 'linux-unionfs', aliases: 'ovl unionfs overlay linux-unionfs' }),
  known('f2fs', 'F2FS', {
    lists: 'linux-f2fs-devel@lists.sourceforge.net',
    aliases: 'f2fs-devel f2fs-dev linux-f2fs-devel',
  }),
  known('bcachefs', 'bcachefs', { lists: 'linux-bcachefs' }),
  known('erofs', 'EROFS', { lists: 'linux-erofs@lists.ozlabs.org' }),
  known('gfs2', 'GFS2 and DLM', {
    lists: 'gfs2@lists.linux.dev cluster-devel@redhat.com',
    aliases: 'dlm cluster-devel',
  }),
  known('9p', '9P', {
    lists: 'v9fs@lists.linux.dev v9fs-developer@lists.sourceforge.net',
    aliases: 'v9fs net/9p',
  }),
  known('dax', 'Persistent memory and DAX', {
    lists: 'nvdimm@lists.linux.dev linux-nvdimm@lists.01.org',
    aliases: 'nvdimm pmem libnvdimm device-dax linux-nvdimm',
    sections: ['LIBNVDIMM', 'DEVICE DIRECT ACCESS', 'FILESYSTEM DIRECT ACCESS'],
  }),
  known('block', 'Block layer', {
    lists: 'linux-block',
    aliases:
      'linux-block blk-mq blk blk-cgroup blkcg blk-throttle blk-iocost bfq ublk ublk_drv nbd null_blk loop bio',
    sections: ['BLOCK LAYER', 'UBLK', 'CONTROL GROUP - BLOCK IO'],
  }),
  known('nvme', 'NVMe', {
    lists: 'linux-nvme@lists.infradead.org',
    aliases: 'nvmet nvme-tcp nvme-pci linux-nvme',
  }),
  known('scsi', 'SCSI', {
    lists: 'linux-scsi',
    aliases: 'linux-scsi qla2xxx lpfc mpt3sas megaraid ufs scsi_debug',
  }),
  known('target', 'SCSI target', { lists: 'target-devel', aliases: 'target-devel lio' }),
  known('ata', 'ATA', { lists: 'linux-ide', aliases: 'libata ide ahci linux-ide' }),
  known('md', 'Software RAID', { lists: 'linux-raid', aliases: 'raid linux-raid md/raid5' }),
  known('dm', 'Device mapper', {
    lists: 'dm-devel@lists.linux.dev dm-devel@redhat.com',
    aliases: 'device-mapper dm-devel dm-crypt',
  }),
  known('bcache', 'bcache', { lists: 'linux-bcache' }),
  known('mtd', 'MTD', {
    lists: 'linux-mtd@lists.infradead.org',
    aliases: 'linux-mtd ubi ubifs jffs2 spi-nor nand',
  }),
  known('mmc', 'MMC and SD', { lists: 'linux-mmc', aliases: 'sdhci linux-mmc sdio' }),
  known('cgroups', 'Control groups', {
    lists: 'cgroups',
    aliases: 'cgroup cpuset',
    sections: ['CONTROL GROUP (CGROUP)', 'CONTROL GROUP - CPUSET'],
  }),
  known('sched', 'Scheduler', {
    aliases: 'scheduler sched/fair sched/core sched/deadline',
    sections: ['SCHEDULER'],
  }),
  known('sched_ext', 'sched_ext', {
    lists: 'sched-ext@lists.linux.dev',
    aliases: 'sched-ext scx',
    sections: ['SCHEDULER - SCHED_EXT'],
    paths: 'kernel/sched/ext*',
  }),
  known('locking', 'Locking', {
    aliases: 'futex lockdep rwsem locking/rtmutex mutex',
    sections: ['LOCKING PRIMITIVES', 'FUTEX SUBSYSTEM'],
  }),
  known('rcu', 'RCU', { lists: 'rcu', aliases: 'srcu rcutorture' }),
  known('timers', 'Timers', {
    aliases: 'time clocksource timekeeping posix-timers hrtimer clockevents',
    sections: ['CLOCKSOURCE', 'TIMEKEEPING', 'HIGH-RESOLUTION TIMERS', 'POSIX CLOCKS'],
  }),
  known('irq', 'Interrupts', {
    aliases: 'irqchip genirq irqdomain irqchip/gic',
    sections: ['IRQ SUBSYSTEM', 'IRQ DOMAINS', 'IRQCHIP DRIVERS'],
  }),
  known('perf', 'Perf', {
    lists: 'linux-perf-users',
    aliases: 'perf-events linux-perf-users perf/x86 perf/core perf-tools',
    sections: ['PERFORMANCE EVENTS SUBSYSTEM'],
  }),
  known('tracing', 'Tracing', {
    lists: 'linux-trace-kernel linux-trace-devel',
    aliases: 'trace ftrace kprobes uprobes rtla tracefs linux-trace-kernel ring-buffer',
    sections: ['TRACING'],
  }),
  known('workqueue', 'Workqueues', { aliases: 'wq', sections: ['WORKQUEUE'] }),
  known('audit', 'Audit', { lists: 'audit linux-audit@redhat.com', aliases: 'linux-audit' }),
  known('lsm', 'Security modules', {
    lists: 'linux-security-module',
    aliases: 'security linux-security-module landlock apparmor',
    sections: ['SECURITY SUBSYSTEM'],
  }),
  known('selinux', 'SELinux', { lists: 'selinux selinux@tycho.nsa.gov' }),
  known('integrity', 'Integrity (IMA, EVM)', {
    lists: 'linux-integrity',
    aliases: 'ima evm tpm linux-integrity',
  }),
  known('keyrings', 'Keys and keyrings', { lists: 'keyrings', aliases: 'keys' }),
  known('crypto', 'Crypto', { lists: 'linux-crypto', aliases: 'linux-crypto hwrng' }),
  known('hardening', 'Hardening', {
    lists: 'linux-hardening kernel-hardening@lists.openwall.com',
    aliases: 'linux-hardening kspp kernel-hardening',
  }),
  known('kasan', 'KASAN and friends', {
    lists: 'kasan-dev@googlegroups.com',
    aliases: 'kmsan kcsan kfence kasan-dev',
  }),
  known('drm', 'Graphics (DRM)', {
    lists: 'dri-devel@lists.freedesktop.org dri-devel@lists.sourceforge.net',
    aliases: 'dri dri-devel gpu graphics kms ttm dma-buf drm/panel drm/bridge drm-misc',
    sections: ['DRM DRIVERS', 'DRM COMMON'],
  }),
  known('amdgpu', 'AMD graphics', {
    lists: 'amd-gfx@lists.freedesktop.org',
    aliases: 'amd-gfx amdkfd radeon drm/amdgpu drm/amd drm/amdkfd drm/radeon',
    sections: ['RADEON and AMDGPU', 'AMD KFD', 'AMD DISPLAY CORE', 'AMD POWERPLAY'],
  }),
  known('i915', 'Intel graphics (i915)', {
    lists: 'intel-gfx@lists.freedesktop.org',
    aliases: 'intel-gfx drm/i915 gvt drm/i915/gvt intel-gvt-dev',
    sections: ['INTEL DRM I915', 'INTEL GVT-G'],
  }),
  known('xe', 'Intel graphics (Xe)', {
    lists: 'intel-xe@lists.freedesktop.org',
    aliases: 'intel-xe drm/xe',
    sections: ['INTEL DRM XE'],
  }),
  known('nouveau', 'Nouveau', { lists: 'nouveau@lists.freedesktop.org', aliases: 'drm/nouveau nova' }),
  known('freedreno', 'Qualcomm graphics (MSM)', {
    lists: 'freedreno@lists.freedesktop.org',
    aliases: 'drm/msm msm',
  }),
  known('fbdev', 'Frame buffers', { lists: 'linux-fbdev', aliases: 'linux-fbdev framebuffer' }),
  known('media', 'Media', {
    lists: 'linux-media',
    aliases: 'v4l v4l2 linux-media dvb videobuf2 vb2 uvcvideo',
  }),
  known('sound', 'Sound', {
    lists: 'linux-sound alsa-devel@alsa-project.org',
    aliases: 'alsa asoc audio linux-sound alsa-devel',
    sections: ['SOUND'],
  }),
  known('usb', 'USB', {
    lists: 'linux-usb linux-usb-devel@lists.sourceforge.net',
    aliases: 'linux-usb xhci dwc3 typec usbip',
    sections: ['USB SUBSYSTEM'],
  }),
  known('pci', 'PCI', {
    lists: 'linux-pci',
    aliases: 'pcie linux-pci pci/aer pciehp',
    sections: ['PCI SUBSYSTEM'],
  }),
  known('cxl', 'CXL', { lists: 'linux-cxl', aliases: 'linux-cxl' }),
  known('iommu', 'IOMMU', {
    lists: 'iommu@lists.linux.dev iommu@lists.linux-foundation.org',
    aliases: 'iommufd vt-d iommu/vt-d iommu/amd smmu arm-smmu iommu/arm-smmu',
    sections: ['IOMMU '],
  }),
  known('dma', 'DMA engine', { lists: 'dmaengine', aliases: 'dmaengine' }),
  known('devicetree', 'Device tree', {
    lists: 'devicetree devicetree-spec',
    aliases: 'dt device-tree dt-bindings of bindings',
    sections: ['OPEN FIRMWARE AND FLATTENED DEVICE TREE'],
  }),
  known('i2c', 'I2C', { lists: 'linux-i2c', aliases: 'linux-i2c' }),
  known('spi', 'SPI', { lists: 'linux-spi', aliases: 'linux-spi' }),
  known('gpio', 'GPIO', { lists: 'linux-gpio', aliases: 'linux-gpio gpiolib' }),
  known('pinctrl', 'Pin control', { aliases: 'pin-control', sections: ['PIN CONTROL'] }),
  known('iio', 'Industrial I/O', { lists: 'linux-iio', aliases: 'linux-iio' }),
  known('hwmon', 'Hardware monitoring', {
    lists: 'linux-hwmon lm-sensors@lm-sensors.org',
    aliases: 'linux-hwmon lm-sensors',
  }),
  known('input', 'Input and HID', { lists: 'linux-input', aliases: 'hid linux-input' }),
  known('leds', 'LEDs', { lists: 'linux-leds', aliases: 'linux-leds led' }),
  known('rtc', 'RTC', { lists: 'linux-rtc', aliases: 'linux-rtc' }),
  known('pwm', 'PWM', { lists: 'linux-pwm', aliases: 'linux-pwm' }),
  known('watchdog', 'Watchdogs', { lists: 'linux-watchdog', aliases: 'linux-watchdog' }),
  known('clk', 'Clocks', { lists: 'linux-clk', aliases: 'clock linux-clk' }),
  known('phy', 'PHYs', { lists: 'linux-phy@lists.infradead.org', aliases: 'linux-phy' }),
  known('pm', 'Power management', {
    lists: 'linux-pm cpufreq linux-pm@lists.linux-foundation.org',
    aliases: 'linux-pm cpufreq cpuidle thermal devfreq opp power',
  }),
  known('acpi', 'ACPI', { lists: 'linux-acpi', aliases: 'linux-acpi acpica' }),
  known('efi', 'EFI', { lists: 'linux-efi', aliases: 'linux-efi' }),
  known('edac', 'EDAC', { lists: 'linux-edac', aliases: 'linux-edac ras' }),
  known('serial', 'Serial and TTY', {
    lists: 'linux-serial',
    aliases: 'tty linux-serial uart 8250',
    sections: ['TTY LAYER'],
  }),
  known('staging', 'Staging', {
    lists: 'linux-staging@lists.linux.dev devel@driverdev.osuosl.org',
    aliases: 'linux-staging',
  }),
  known('driver-core', 'Driver core', {
    lists: 'driver-core@lists.linux.dev',
    aliases: 'drivercore sysfs kobject',
  }),
  known('xen', 'Xen', {
    lists: 'xen-devel@lists.xenproject.org xen-devel@lists.xensource.com xen-devel@lists.xen.org',
    aliases: 'xen-devel x86/xen',
  }),
  known('hyperv', 'Hyper-V', {
    lists: 'linux-hyperv devel@linuxdriverproject.org',
    aliases: 'hyper-v hv linux-hyperv vmbus x86/hyperv mshv',
  }),
  known('um', 'User-mode Linux', {
    lists: 'linux-um@lists.infradead.org user-mode-linux-devel@lists.sourceforge.net',
    aliases: 'uml user-mode-linux',
  }),
  known('coco', 'Confidential computing', {
    lists: 'linux-coco@lists.linux.dev',
    aliases: 'linux-coco confidential sev',
  }),
  known('rust', 'Rust', { lists: 'rust-for-linux', aliases: 'rust-for-linux rfl' }),
  known('docs', 'Documentation', {
    lists: 'linux-doc',
    aliases: 'documentation doc linux-doc docs-next',
    sections: ['DOCUMENTATION'],
  }),
  known('kselftest', 'Kernel self-tests', {
    lists: 'linux-kselftest',
    aliases: 'selftests selftest linux-kselftest',
    sections: ['KERNEL SELFTEST FRAMEWORK'],
  }),
  known('kunit', 'KUnit', { lists: 'kunit-dev@googlegroups.com', aliases: 'kunit-dev' }),
  known('kbuild', 'Kbuild', { lists: 'linux-kbuild', aliases: 'kconfig linux-kbuild' }),
  known('modules', 'Modules', { lists: 'linux-modules', aliases: 'module linux-modules' }),
  known('api', 'User-space interfaces', { lists: 'linux-api', aliases: 'linux-api uapi abi' }),
  known('qemu', 'QEMU', { lists: 'qemu-devel@nongnu.org' }),
  known('stable', 'Stable kernels', { lists: 'stable stable-commits', aliases: 'linux-stable' }),
  known('llvm', 'Clang and LLVM', {
    lists: 'llvm@lists.linux.dev clang-built-linux@googlegroups.com',
    aliases: 'clang clang-built-linux',
  }),
  known('msm', 'Qualcomm platforms', { lists: 'linux-arm-msm', aliases: 'qcom linux-arm-msm' }),
  known('renesas', 'Renesas platforms', { lists: 'linux-renesas-soc', aliases: 'linux-renesas-soc' }),
  known('samsung', 'Samsung platforms', { lists: 'linux-samsung-soc', aliases: 'exynos linux-samsung-soc' }),
];
