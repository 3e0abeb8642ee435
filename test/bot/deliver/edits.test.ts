import { afterEach, beforeEach, expect, it } from 'vitest';
import { markStaleMessages } from '../../../src/bot/deliver/mark-stale-messages.js';
import { ingest } from '../../../src/bot/ingest/ingest.js';
import { inlineParser } from '../../../src/bot/ingest/inline-parser.js';
import { reindex } from '../../../src/bot/ingest/reindex.js';
import { RULES_MARK } from '../../../src/bot/ingest/rules-mark.js';
import { anchorOf } from '../../../src/digest/view/item-menu.js';
import { otherRules } from '../../simulation/other-rules.js';
import { HOUR, makeScene, type Scene } from './scene.js';

const LIST = 'kvm@lists.example.org';
let scene: Scene;

beforeEach(async () => {
  scene = await makeScene();
  await markStale();
  const id = await scene.follow('kvm', `list:${LIST}`);
  await come('[PATCH 0/2] KVM: rework gmap', 'c', null, 'This reworks gmap.');
  await come('[PATCH 1/2] KVM: move the locks of gmap', 'p1', 'c', patch('a'));
  await come('[PATCH 2/2] KVM: count the pages of gmap', 'p2', 'c', patch('b'));
  const destination = await scene.store.chat.destinations.byId(id);
  if (destination !== null) await scene.tick.digestNow(destination);
  await scene.delivery.turn();
});
afterEach(() => scene.store.close());

const markStale = () => markStaleMessages({ store: scene.store, now: () => Date.parse(scene.iso()) });

const patch = (file: string) =>
  `Signed-off-by: Ada <ada@example.org>\n---\ndiff --git a/${file} b/${file}\n--- a/${file}\n+++ b/${file}\n@@ -1 +1 @@\n-x\n+y\n`;

async function come(
  subject: string,
  id: string,
  to: string | null,
  body: string,
  parser = inlineParser(),
): Promise<void> {
  const raw = [
    // What its own author says ends nothing.
    (to === 'c' && subject.startsWith('Re:')) || subject.startsWith('[GIT PULL]')
      ? 'From: Bo Maintainer <bo@example.org>'
      : 'From: Ada Quill <ada@example.org>',
    `To: ${LIST}`,
    `Subject: ${subject}`,
    `Date: ${new Date(scene.iso()).toUTCString()}`,
    `Message-ID: <${id}@example.org>`,
    ...(to === null ? [] : [`In-Reply-To: <${to}@example.org>`, `References: <${to}@example.org>`]),
    '',
    body,
  ].join('\n');
  const source = {
    name: 'test',
    async *read() {
      yield {
        kind: 'mail' as const,
        raw: Buffer.from(raw),
        receivedAt: scene.iso(),
        list: LIST,
        where: id,
        problems: [],
      };
    },
  };
  await ingest(source, scene.store, { parser, now: scene.iso });
}

const run = async () => {
  const noted = await markStale();
  await scene.deliver();
  return noted;
};
const applied = (parser = inlineParser()) =>
  come('Re: [PATCH 0/2] KVM: rework gmap', 'thanks', 'c', 'Applied to kvm/next, thanks!\n', parser);

it('shows in the posted message what became of a series since', async () => {
  expect(scene.chat.log).toHaveLength(1);
  expect(scene.chat.log[0]?.firstText).not.toContain('applied');
  scene.pass(13 * 24 * HOUR);
  await applied();
  expect(await run()).toBe(1);
  expect(scene.chat.log).toHaveLength(1);
  expect(scene.chat.log[0]?.body.text).toContain('applied to kvm/next');
  expect(scene.chat.log[0]).toMatchObject({ edits: 1 });
  expect(await run()).toBe(0);
});

it('shows what a pull request lists, which is no answer to it', async () => {
  scene.pass(HOUR);
  await come(
    '[GIT PULL] KVM updates for 7.3',
    'pull',
    null,
    `The following changes since commit 0123456789abcdef0123456789abcdef01234567:

  Linux 7.2 (2026-02-01 10:00:00 +0000)

are available in the Git repository at:

  https://git.example.org/pub/scm/git/kvm/kvm.git tags/kvm-7.3

for you to fetch changes up to 89abcdef0123456789abcdef0123456789abcdef:

  KVM: count the pages of gmap (2026-03-05 08:00:00 +0000)

----------------------------------------------------------------
Ada Quill (2):
      KVM: move the locks of gmap
      KVM: count the pages of gmap

Bo Maintainer (1):
      KVM: paint it

 a | 2 +-
 1 file changed, 1 insertion(+), 1 deletion(-)
`,
  );
  expect(await run()).toBe(1);
  expect(scene.chat.log).toHaveLength(1);
  expect(scene.chat.log[0]?.body.text).toContain('applied to kvm/kvm (kvm-7.3) by Bo Maintainer');
  expect(await run()).toBe(0);
});

it('leaves a message alone when nothing that is seen changed', async () => {
  await come('Re: [PATCH 0/2] KVM: rework gmap', 'talk', 'c', 'Why?\n');
  expect(await run()).toBe(0);
});

it('leaves a message alone after a fortnight', async () => {
  scene.pass(15 * 24 * HOUR);
  await applied();
  expect(await run()).toBe(0);
});

it('tries an edit again, as long after as the chat asks for', async () => {
  await applied();
  scene.chat.failNext('edit', { kind: 'rate-limited', delayMs: 60_000 });
  await run();
  expect(scene.chat.log[0]).toMatchObject({ edits: 0 });
  scene.pass(59_000);
  await run();
  expect(scene.chat.log[0]).toMatchObject({ edits: 0 });
  scene.pass(2_000);
  await run();
  expect(scene.chat.log[0]).toMatchObject({ edits: 1 });
});

it('gives up an edit of a message that somebody took away', async () => {
  await applied();
  scene.chat.failNext('edit', { kind: 'gone' });
  await run();
  expect((await scene.store.chat.outbox.depth()).edits).toBe(0);
  // The place itself takes what is new.
  const place = { platform: 'memory', tenant: 't1', address: 'kvm' } as const;
  expect(await scene.store.chat.destinations.byAddress(place)).toMatchObject({
    state: 'active',
    failedSlots: 0,
  });
});

it.each([
  [1, 1],
  [25, 0],
])(
  'once other rules have read what was posted %i hours ago, edits %i messages and posts none',
  async (hours, edited) => {
    const { store, chat } = scene;
    await applied(otherRules(inlineParser()));
    await store.mark(RULES_MARK, 'other');
    expect(await run()).toBe(0);
    scene.pass(hours * HOUR);
    await reindex(store, { parser: inlineParser(), now: scene.iso });
    expect(await run()).toBe(edited);
    expect(chat.log).toHaveLength(1);
    expect(chat.log[0]?.body.text.includes('applied to kvm/next')).toBe(edited === 1);
    expect(await run()).toBe(0);
  },
);

it('edits what was posted in the layout before this one, whose menus then work', async () => {
  const [before] = await scene.store.chat.outbox.postedSince('2000-01-01T00:00:00Z');
  if (before === undefined || before.content.kind !== 'headline') throw new Error('a headline was posted');
  const { form: _, all: __, ...old } = before.content;
  await scene.store.chat.outbox.requestEdit(before, old, scene.iso());
  await scene.delivery.turn();
  expect(scene.chat.log[0]?.body.text).toContain('KVM: rework gmap');
  await applied();
  expect(await run()).toBe(1);
  expect(scene.chat.log[0]?.body.text).toContain('applied to kvm/next');
  const anchor = anchorOf(old.groups[0]?.sections[0]?.items[0]?.messageId ?? '');
  expect(await scene.store.chat.anchors.resolve(anchor)).toBe('c@example.org');
});
