import { expect, it } from 'vitest';
import { makeChatScene, textOf } from '../chat/chat-scene.js';

it('tells beside our own state what a tracker says of the latest version', async () => {
  const scene = await makeChatScene();
  const [hit] = await scene.store.search('foll_pin', 1);
  const latest = hit?.series.revisions.at(-1);
  const first = latest?.patches[0]?.messageId ?? '';
  const report = {
    tracker: 'https://patchwork.example.org/project/mm',
    by: 'ada',
    at: '2026-11-16T12:00:00Z',
  };
  await scene.store.sources.addEvidence({
    ...report,
    messageId: first,
    what: { kind: 'state', state: 'under-review' },
  });
  await scene.store.sources.addEvidence({
    ...report,
    messageId: first,
    what: { kind: 'check', context: 'build', result: 'fail', describes: '', url: null },
  });
  expect(textOf((await scene.ask('/series foll_pin view:details')).view)).toContain(
    `patchwork.example.org: under review 1 of ${latest?.total}; 1 check fails (build)`,
  );
});

it('shows checks as verdicts: each tracker once for each patch, by the worst', async () => {
  const scene = await makeChatScene();
  const [hit] = await scene.store.search('foll_pin', 1);
  const [first, second] = hit?.series.revisions.at(-1)?.patches ?? [];
  const check = (
    messageId: string | null | undefined,
    context: string,
    result: 'success' | 'fail' | 'pending',
  ) =>
    scene.store.sources.addEvidence({
      tracker: 'https://patchwork.example.org/project/mm',
      by: 'robot',
      at: '2026-11-16T12:00:00Z',
      messageId: messageId ?? '',
      what: { kind: 'check', context, result, describes: '', url: `https://ci.example.org/${context}` },
    });
  await check(first?.messageId, 'apply', 'success');
  await check(first?.messageId, 'build', 'fail');
  await check(first?.messageId, 'test', 'pending');
  await check(second?.messageId, 'apply', 'success');
  await check(second?.messageId, 'test', 'pending');
  const card = textOf((await scene.ask('/series foll_pin')).view);
  expect(card).toContain('CI 1✓ 1✗');
  expect(card).toContain('patchwork.example.org: CI fails');
  const shown = await scene.store.seriesByMessage(first?.messageId ?? '');
  expect(shown?.revisions.at(-1)?.verdicts?.map(({ result, patch, url }) => [result, patch, url])).toEqual([
    ['fail', first?.messageId, 'https://ci.example.org/build'],
    ['pass', second?.messageId, 'https://ci.example.org/apply'],
  ]);
});
