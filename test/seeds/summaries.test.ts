import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openFiles } from '../../src/adapters/files/open-files.js';
import { decodeMail } from '../../src/adapters/mail/decode-mail.js';
import { toParsedMessage } from '../../src/digest/contract/to-parsed-message.js';
import { understand } from '../../src/digest/message/understand.js';
import { titlesSummary } from '../../src/digest/summary/patch-titles.js';

const seeds = fileURLToPath(new URL('../../../shared/seeds', import.meta.url));

/** Words of each seed's summary that a reader could not do without, by its subject. */
const MUST_SAY: Readonly<Record<string, RegExp>> = {
  'KVM: x86: MPX bug fix and cleanup': /MPX\+INIT bug/,
  'mm/gup: track dma-pinned pages: FOLL_PIN': /tracking of FOLL_PIN pages/,
  'mm/gup: track dma-pinned pages: FOLL_PIN, FOLL_LONGTERM':
    /FOLL_PIN is introduced|tracking of dma-pinned pages/,
  'Guest Last Branch Recording Enabling': /enable this feature for plenty of KVM guests/,
  'iommu aux-domain APIs extensions': /iommu_ops/,
  'follow_pfn and other iomap races': /races and gaps around follow_pfn/,
  'Standardize kvm exit reason field': /exit_reason/,
  'Fix various comment errors': /comment mistakes/,
  'virtio-mem: paravirtualized memory': /memory hot\(un\)plug/,
  'kvm: Use huge pages for DAX-backed files': /map huge pages for DAX-backed files/,
  'KVM: x86/mmu: TDP MMU fixes/cleanups': /TDP MMU|2 patches: /,
  'KVM: Fix missing GFP_KERNEL_ACCOUNT usage': /not correctly accounted/,
  'KVM: SVM: SEV{-ES} bug fixes': /malicious userspace/,
  'Introduce VDUSE - vDPA Device in Userspace': /vDPA Devices in a userspace program/,
  'kvm: cpuid: fix cpuid nent field': /KVM_GET_EMULATED_CPUID/,
  'KVM: x86: hyper-v: Fix TSC page update after KVM_SET_CLOCK(0) call': /signedness issue/,
  's390/vfio-ap: dynamic configuration support': /hot plug(?:\/unplug)? (?:of )?(?:AP )?adapters/,
  'More parallel operations for the TDP MMU': /under the MMU lock in read mode/,
};

describe.skipIf(!existsSync(seeds))('the summaries of the seeds (skipped without ../shared)', async () => {
  const letters: { title: string; summary: string | null }[] = [];
  if (existsSync(seeds)) {
    for await (const event of openFiles(seeds).read()) {
      if (event.kind !== 'mail') continue;
      const { title, summary, patches } = toParsedMessage(understand(await decodeMail(event.raw)));
      letters.push({ title, summary: summary ?? titlesSummary(patches.map((patch) => patch.title)) });
    }
  }

  it('are all 19 there', () => {
    expect(letters.filter((letter) => letter.summary === null)).toEqual([]);
    expect(letters).toHaveLength(19);
  });

  it('say what matters, within 45 words and 320 characters, and link nowhere', () => {
    for (const { title, summary } of letters) {
      expect(summary, title).toMatch(MUST_SAY[title] ?? /^$/);
      expect(summary?.split(/\s+/).length, title).toBeLessThanOrEqual(45);
      expect(summary?.length, title).toBeLessThanOrEqual(320);
      expect(summary, title).not.toMatch(/https?:|\bHi\b|applies on top/);
    }
  });
});
