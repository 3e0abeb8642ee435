import { createHttpClient } from '../../../src/adapters/lore/http-client.js';
import { openPatchwork } from '../../../src/adapters/patchwork/open-patchwork.js';
import { receivedDateIn } from '../../../src/digest/mail/mail-date.js';
import { describeMailSource } from '../../contract/mail-source.js';
import { startFakePatchwork } from '../../fakes/patchwork.js';
import { startCuttingProxy } from '../../lib/cutting-proxy.js';
import { asPatch, asPatchworkHolds } from './patchwork-mail.js';

const ask = createHttpClient({ userAgent: 'covernote/test (+https://example.org)', now: Date.now });

describeMailSource('a patchwork project', async () => {
  const server = await startFakePatchwork('kvm');
  const proxy = await startCuttingProxy(server.port);
  const open = (project: string, port = server.port) =>
    openPatchwork(`patchwork+http://127.0.0.1:${port}/${project}`, ask);
  return {
    openSource: () => open('kvm'),
    openWrong: () => ({ source: open('no-such-project'), named: 'no-such-project' }),
    async deliver(raws) {
      // Patchwork has a mail when its list has it: its events have that time, whatever the mail's Date says.
      for (const raw of raws) server.receive(asPatch(raw), new Date(receivedDateIn(raw) ?? 0));
    },
    // No `remove`: no event reports a patch that was deleted there.
    server: { stop: server.stop, start: server.start },
    openCut(bytes) {
      proxy.cutAfter(bytes);
      return open('kvm', proxy.port);
    },
    asHeld: asPatchworkHolds,
    async close() {
      await proxy.close();
      await server.close();
    },
  };
});
