import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';
import { openLoreGit } from '../../../src/adapters/lore/git-source.js';
import type { MailSource } from '../../../src/digest/ports/mail-source.js';
import { describeMailSource } from '../../contract/mail-source.js';
import { type CuttingProxy, startCuttingProxy } from '../../lib/cutting-proxy.js';
import { publicInboxMissing, skippedBecause, startPublicInbox } from '../../lib/public-inbox.js';

describe.skipIf(publicInboxMissing !== null)(`the contract over git${skippedBecause}`, () => {
  describeMailSource('lore+git', async () => {
    const server = await startPublicInbox();
    const folder = mkdtempSync(join(tmpdir(), 'covernote-git-'));
    const open = (port: number, name: string): MailSource =>
      openLoreGit(`lore+git+http://127.0.0.1:${port}/${name}`, {
        folder,
        userAgent: 'covernote/test (+https://example.org)',
        now: Date.now,
      });
    const proxies = new Map<number, CuttingProxy>();
    const cutOffs = [0, 10, 700, 5_000, 40_000, 200_000];
    for (const bytes of cutOffs) proxies.set(bytes, await startCuttingProxy(server.httpPort, bytes));
    return {
      openSource: () => open(server.httpPort, 'kvm'),
      openWrong: () => ({ source: open(server.httpPort, 'no-such-list'), named: 'no-such-list' }),
      deliver: (raws) => server.deliverMany('kvm', raws),
      remove: (raw) => server.remove('kvm', raw),
      server: { stop: () => server.stop('httpd'), start: () => server.start('httpd') },
      openCut: (bytes) => open(proxies.get(bytes)?.port ?? 0, 'kvm'),
      async close() {
        for (const proxy of proxies.values()) await proxy.close();
        await server.close();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  });
});
