import { expect, it } from 'vitest';
import { makeChatScene, textOf } from '../chat/chat-scene.js';

it('tells beside our own state what a tracker says of the latest version', async () => {
  const scene = await makeChatScene();
  const [hit] = await scene.store.search('foll_pin', 1);
  const latest = hit?.series.revisions.at(-1);
  const first = latest?.patches[0]?.messageId ?? '';
  const said = { tracker: 'https://patchwork.example.org/project/mm', by: 'ada', at: '2026-11-16T12:00:00Z' };
  await scene.store.sources.addEvidence({
    ...said,
    messageId: first,
    what: { kind: 'state', state: 'under-review' },
  });
  await scene.store.sources.addEvidence({
    ...said,
    messageId: first,
    what: { kind: 'check', context: 'build', result: 'fail', describes: '', url: null },
  });
  expect(textOf((await scene.ask('/series foll_pin view:details')).view)).toContain(
    `patchwork.example.org: under review 1 of ${latest?.total}; 1 check fails (build)`,
  );
});
