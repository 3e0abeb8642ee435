import { describe } from 'vitest';
import { openNntp } from '../../../src/adapters/nntp/open-nntp.js';
import { SUITE_LIST } from '../../contract/list-mail.js';
import { describeMailSource } from '../../contract/mail-source.js';
import { startCuttingProxy } from '../../lib/cutting-proxy.js';
import { publicInboxMissing, skippedBecause, startPublicInbox } from '../../lib/public-inbox.js';

describe.skipIf(publicInboxMissing !== null)(`with public-inbox${skippedBecause}`, () => {
  describeMailSource('a list read by NNTP', async () => {
    const server = await startPublicInbox({ lists: { kvm: SUITE_LIST } });
    const proxy = await startCuttingProxy(server.nntpPort);
    const open = (group: string, port = server.nntpPort) =>
      openNntp({ name: `nntp:${group}`, host: '127.0.0.1', port, tls: false, group });
    return {
      openSource: () => open('kvm'),
      openWrong: () => ({ source: open('no-such-list'), named: 'no-such-list' }),
      openCut(bytes) {
        proxy.cutAfter(bytes);
        return open('kvm', proxy.port);
      },
      deliver: (raws) => server.deliverMany('kvm', raws),
      server: { stop: () => server.stop('nntpd'), start: () => server.start('nntpd') },
      async close() {
        await proxy.close();
        await server.close();
      },
    };
  });
});
