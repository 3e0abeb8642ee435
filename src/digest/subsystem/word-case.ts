/** Short words of section names that are no acronyms; from six letters on, a word of letters alone is none. */
const PLAIN_WORDS = new Set(
  (
    'a abuse accel add age air all alloc alpha an and any api arch array art audio audit back bad bank bars base based bay big bit ' +
    'block board book boot box buddy buf build bus by byte cable cache cadet cafe cake call card cell char check chip chips class ' +
    'clock clone cloud code codec color copy core cores cove data day debug delay dir disk dock docs drive drop dual dummy dump eagle ' +
    'early edge end entry error etc event exec extra fan fast fault field file files find fit fix fixed flag flash flex flow focus ' +
    'for force frame free from front fuel gain gas gauge gene get glue grace grain graph group guest happy hard hash heap heaps help ' +
    'high hooks host hosts hot hub huge hung idle image in index info init ink input inter iris iron key keys kit lab labs lake lance ' +
    'layer lens level lib lid light line link linux list live local lock log logic loop low mail man map maple mass match max meal ' +
    'media mem merge meta meter mice micro mid min mini misc mixer mode model modem modes mono most mount mouse move multi new next ' +
    'ninja node nodes noise non not null num oat of off old on one ones only opal open or out over own pack page pages panel panic ' +
    'parts path paths peer pen per phone pin ping pipe plug plus point pool pools port power pre print pro proc pulse pump quad queue ' +
    'quick radio radix rail range rate raw read ready real relay res reset rest ring role root round safe same scale scan sched semi ' +
    'set sets sharp show shut side sigma sign since skip sky slab slave sleep slim slot small smart snap soft solid sound space spear ' +
    'speed spin split stack stall start state stats steal stick store stub style sub sum sun super swap sync table tag tap tape task ' +
    'team test tests text that the this those three time timer tiny to tool tools top total touch trace track trap tree true trust ' +
    'tulip tuner two type under union unit until upon upper use user util utils value venus very via video view virt voice vote wait ' +
    'wake warm watch wave way weak web what wheel when which while who why wide wild wind wire wise with word work world write year ' +
    'zero zip zone zoned'
  ).split(' '),
);
const LONG_WORD = 6;

/** Companies, products and projects. */
const NAMES = new Map(
  (
    'Acer Airoha Alps Amlogic Andes Apple Arrow Asahi Aspeed Asus Atmel Avago Bosch Broadcom Cavium Ceph Cirrus Cisco Clang CoreSight ' +
    'Corsair Dallas Dell Delta Epson Ericsson exFAT Faraday Freescale Himax Hisilicon Hygon Hynix Hyper Inc Intel Kionix KUnit Lego ' +
    'Linux Loongarch Loongson Mali Maxim Mediatek Mellanox Meson Microchip Microsoft Moxa Nokia Nuvoton Nvidia Octeon Qualcomm ' +
    'Realtek Renesas Ricoh Rockchip Rohm Rust Samsung Sony Starfive Synopsys Tegra Tesla Texas Toshiba Unisoc Unix Wacom XArray Xen ' +
    'Xenon Xilinx Zynq'
  )
    .split(' ')
    .map((name) => [name.toLowerCase(), name]),
);

/** Written in lower case by those who write them: names of code. */
const CODE_NAMES = new Set(
  'erofs futex io_uring iomap isofs kdump kexec kfifo lockd netfs sched_ext sysfs ubifs vhost zram zswap'.split(
    ' ',
  ),
);

/** Acronyms that are as long as words, or look like one. */
const ACRONYMS = new Set('netxtreme socfpga'.split(' '));

/** A word of a section name that MAINTAINERS shouts, as a sentence has it; what is not in capitals stays as it is. */
export function casedWord(word: string, isFirst: boolean): string {
  if (word !== word.toUpperCase() || !/[A-Z]/.test(word)) return word;
  const letters = word.toLowerCase();
  if (CODE_NAMES.has(letters) || letters.includes('_')) return letters;
  const name = NAMES.get(letters);
  if (name !== undefined) return name;
  if (letters === 'x86') return letters;
  const isPlain =
    /^[a-z]+(?:'s?)?$/.test(letters) && (letters.length >= LONG_WORD || PLAIN_WORDS.has(letters));
  if (!isPlain || ACRONYMS.has(letters)) return word;
  return isFirst ? letters.charAt(0).toUpperCase() + letters.slice(1) : letters;
}
