import { describe, expect, it } from 'vitest';
import { claimsOf, statesOf } from './mail.js';

describe('where a posting is', () => {
  it.each([
    ["This patch is now in Linus' tree."],
    ["This series is now in Linus's tree, thanks."],
    ["Just in case nobody pinged you, the rest of the series is now in Linus's\ntree."],
    ['This series is already in net-next (as commit 1a2b3c4d5e6f).'],
    ['This patch is already in net-next as commit 1a2b3c4d5e6f.'],
    ['This patch is already upstream as 1a2b3c4d5e6f.'],
    ['FYI, this patch is now in mainline.'],
    ['Your patch is already in bpf-next, thanks.'],
    ['These patches are already in mainline.'],
    ['This series is now in the net-next tree.'],
    ['Cherry-picked to release/2.3.'],
    ['Cherry-picked to branch-3.2, thanks.'],
    ['Cherry-picked into stable-2.1.'],
    ['Cherry-picked to master.'],
    ['Cherry-picked into the fixes branch.'],
    ['Cherry-picked to drm-misc-fixes.'],
    ['Cherry-picked this to drm-intel-fixes, thanks.'],
    ['Cherry-picked and pushed to master.'],
    ["I've cherry-picked it to drm-misc-next-fixes."],
    ['I cherry-picked this to for-linus.'],
  ])('%j: it was applied', (text) => {
    expect(statesOf(text)).toBe('applied');
  });

  it.each([
    ["Is this patch already in Linus' tree?"],
    ["Once this patch is in Linus' tree, please send the backport."],
    ['If this series is already in net-next, the test can go.'],
    ["This patch is not in Linus' tree."],
    ["This patch isn't in mainline yet."],
    ["The fix for that is now in Linus' tree."],
    ['That series is already in net-next.'],
    ['This patch is already in net-next as a different patch.'],
    ['A somewhat different fix is already in net-next.'],
    ['The same patch is already in net-next, so please drop yours.'],
    ['An identical patch is already in bluetooth-next.'],
    ['This patch is now in linux-next and breaks the build.'],
    ['This patch is already in the vendor tree.'],
    ["This patch is already in Debian's kernel."],
    ['This patch is now in v2.'],
    ['This series should now be in net-next.'],
    ["This patch will be in Linus' tree soon."],
    ['This series is now in review.'],
    ['This series is now in good shape.'],
    ["This patch is already in the 6.6.y and 6.1.y queues, so this can't be the fix."],
    ['The driver is already in mainline.'],
    ['The support is now upstream.'],
    ['This patch was in net-next but got dropped.'],
    ['I thought this patch is already in net-next.'],
    ['I assumed that this series is already in mainline.'],
    ['Please rebase on commit 1a2b3c4d5e6f ("frob: move it"). This patch is already in mainline.'],
    ['You need "frob: add a helper" first. This patch is already in net-next.'],
    ["Paul's fix removes the lock: https://lore.kernel.org/r/1@example.org. This patch is now in net-next."],
    ["Now that this patch is in Linus' tree, can we drop the workaround?"],
    ['This patch is already in the same state as the one before.'],
    ["This patch is now in Linus' hands."],
    ["This patch is already in Andrew's tree, I believe."],
    ['The code in this patch is already in net-next.'],
    ['Most of this series is already in net-next.'],
    ['Half of this series is already in net-next.'],
    ['This series is already in conflict with net-next.'],
    ['Maybe this patch is already in net-next.'],
    ['This patch is already in mainline, but in a broken form.'],
    ['This patch is now in my way.'],
    ['This is already in net-next.'],
    ["It's now upstream."],
    ['This patch is upstream material.'],
    ['This patch is already upstreamed by someone else.'],
    ['This patch is already in drm-misc-next according to your cover letter.'],
    ['This patch is now in net-next if I read the log correctly.'],
  ])('%j does not say that this one was applied', (text) => {
    expect(statesOf(text).split(' ')).not.toContain('applied');
  });

  it('is known of a backport: its change is in mainline', () => {
    const subject = 'Re: [PATCH 6.1 0/3] frob: teach it to fly';
    expect(statesOf("This series is already in Linus' tree.", { subject })).toBe('');
  });

  it.each([
    ["This patch is now in Linus' tree.", "Linus's tree", null],
    ["This patch is now in Linus's tree.", "Linus's tree", null],
    ['This series is already in net-next (as commit 1a2b3c4d5e6f).', 'net-next', null],
    ['Cherry-picked to release/2.3.', null, 'release/2.3'],
    ['Cherry-picked into the fixes branch.', null, 'fixes'],
    ['Cherry-picked to drm-misc-fixes.', null, 'drm-misc-fixes'],
  ])('%j names the tree %j and the branch %j', (text, tree, branch) => {
    expect(claimsOf(text)[0]).toMatchObject({ tree, branch });
  });
});

describe('what was picked into a branch', () => {
  it.each([
    ['Cherry-picked to my local branch to test it.'],
    ['Cherry-picked to 6.1 for testing.'],
    ['Cherry-picked to release/2.3 and it does not build.'],
    ['I cherry-picked it to master and the crash is gone.'],
    ['Can this be cherry-picked to stable-2.1?'],
    ['Should be cherry-picked to release/2.3.'],
    ['Please cherry-pick it to master.'],
    ['This needs to be cherry-picked to master.'],
    ['Not cherry-picked to master.'],
    ['Cherry-picked to drivers/net.'],
    ['Cherry-picked from master.'],
    ['Cherry-picked commit 1a2b3c4d5e6f to stable-2.1.'],
    ['I cherry-picked the helper to stable-2.1.'],
    ['If cherry-picked to master, it breaks the build.'],
    ['Once cherry-picked to master it can be dropped here.'],
    ['When I cherry-picked this to release/2.3 there were conflicts.'],
    ['It was cherry-picked to release/2.3 by mistake.'],
    ['He cherry-picked it to master.'],
    ['Cherry-picked to v5.10 it does not compile.'],
    ['Cherry-picked to a branch of mine.'],
    ['I would have cherry-picked this to drm-misc-fixes, but it conflicts.'],
    ['Cherry-picked to stable-2.1 in our product.'],
    ["I'll cherry-pick it to my laptop."],
    ['Cherry-picked to master, then reverted.'],
    ['Cherry-picked to linux-next for a test.'],
    ['Cherry-picked to master. I see the crash with it.'],
    ['Cherry-picked to release/2.3, will test it tomorrow.'],
    ['The series was cherry-picked to release/2.3 without patch 3.'],
  ])('%j does not say that it was', (text) => {
    expect(statesOf(text).split(' ')).not.toContain('applied');
  });
});
