import { describe } from 'vitest';
import { openLoreHttp } from '../../../src/adapters/lore/http-source.js';
import type { MailSource } from '../../../src/digest/ports/mail-source.js';
import { describeMailSource } from '../../contract/mail-source.js';
import { type CuttingProxy, startCuttingProxy } from '../../lib/cutting-proxy.js';
import { publicInboxMissing, skippedBecause, startPublicInbox } from '../../lib/public-inbox.js';

describe.skipIf(publicInboxMissing !== null)(`the contract over HTTP${skippedBecause}`, () => {
  describeMailSource('lore+http', async () => {
    const server = await startPublicInbox();
    const open = (port: number, name: string): MailSource =>
      openLoreHttp(`lore+http://127.0.0.1:${port}/${name}`, {
        userAgent: 'covernote/test (+https://example.org)',
        now: Date.now,
      });
    const proxies = new Map<number, CuttingProxy>();
    for (const bytes of [0, 10, 700, 5_000, 40_000, 200_000])
      proxies.set(bytes, await startCuttingProxy(server.httpPort, bytes));
    return {
      openSource: () => open(server.httpPort, 'kvm'),
      openWrong: () => ({ source: open(server.httpPort, 'no-such-list'), named: 'no-such-list' }),
      deliver: (raws) => server.deliverMany('kvm', raws),
      server: { stop: () => server.stop('httpd'), start: () => server.start('httpd') },
      openCut: (bytes) => open(proxies.get(bytes)?.port ?? 0, 'kvm'),
      async close() {
        for (const proxy of proxies.values()) await proxy.close();
        await server.close();
      },
    };
  });
});
