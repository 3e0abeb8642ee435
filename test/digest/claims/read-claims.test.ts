import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finishes } from '../../lib/hang-guard.js';
import { claimsOf, statesOf } from './mail.js';

describe('what a person says was done', () => {
  it.each([
    ['Applied, thanks!'],
    ['applied.'],
    ['Thanks, applied to nvme-6.13.'],
    ['Looks good to me, applied.'],
    ['Queued up, thanks for testing.'],
    ['All now queued up, thanks.'],
    ['And pulled, thanks.'],
    ['Picked up, thanks.'],
    ['Both patches have been merged, thanks everyone!'],
    ['Patches 10,14,16,37 applied.  Thanks.'],
    ['Applied, but new features should always get based on the branch for the\nnext release.'],
    ['Applied with the other remnants killed, too.'],
    ['Applied the first three as they stand alone quite nicely.'],
    ['Yep, I shuffled it below the lock. I queued this one for 6.12 as it is a fix.'],
    ["I've now queued up the 5.10 and 5.15 backports, thanks!"],
    ["I've queued up the rest."],
    ['Pushed to frob-next for .38, thanks.'],
    ['Thank you, applied.'],
    ['Merged!'],
    [
      'Applied to the testing branch of foo.git and pushed out as testing for\n0-day to see if we missed anything.',
    ],
    ['Applied to next after fixing the hash, thanks!'],
    ["Thanks, I've queued this to target-arm.next."],
    ['OK, that does look funky, applied.'],
    ['I went ahead and pushed this to drm-misc-next.'],
    ['I have applied the patches to an immutable branch and pushed it to kernel.org for testing.'],
    ["I've picked it separately on modules-next."],
    ['Sorry for the delay, I should have been faster; now applied.'],
    ['Right now it is part of my next tree on top of rc3.'],
    ["It's queued in frob-stable and all looks good for a 6.20-rc1 merge."],
    ['I have these queued in the dev branch.'],
    ['I have these placed on top of the -frob "dev" branch for further testing.'],
    ['Anyway, the frob() patches are queued up in the dev branch.'],
    ['If that changes I can drop it, but for now: applied.'],
    ['How to reproduce this is still unclear to me.\n\nApplied, thanks.'],
    ['On Thu, May 2, 2024 Jane Doe wrote:\n> one more time\n\nApplied\n\nThanks'],
    ['Took it, thanks.'],
    ['Added to the queue, thanks.'],
    ['Added to my queue.'],
    ['Added to frob-next, thanks.'],
    ['Cherry-picked to net-next.'],
    ['Took patches 1-3, thanks.'],
    ["I've cherry-picked this to 2024.02.x, thanks."],
    ['Accepted, thanks.'],
    ['I accepted the patch into jc/frob.'],
    ['Checked in, thanks.'],
    ["I've checked this in to trunk."],
    ['Commited to trunk.'],
    ['Installed on trunk, thanks.'],
    ['In my tree now, thanks.'],
    ['Added to my queue for 6.10.'],
    ['Applied, thanks! No luck with the second one, though.'],
    ['Now in my tree.'],
    ['This patchset is now in frob/dev, thanks everyone!'],
    ['I have applied it to my tree, and I see no problem with the warnings.'],
    ['I applied this to for-6.10 and get the same warning as before, but that is not yours.'],
    ['Applied, thanks. There is still a warning by sparse.'],
    ["I've applied this to net-next. The warning was there before."],
    ['I applied it, with the sparse warning fixed.'],
    ['Applied to net-next. The selftest still fails on s390'],
    ['Pushed to drm-misc-next. The bug was still there in 6.8'],
    ['Pushed to master, and it works nicely.'],
    ['I have this series queued up for 6.10, it will be in the next pull.'],
    ['This is in my tree and will be in the next PR.'],
    ['I have it in my tree.'],
    ['I have these queued in my tree to test them with the rest.'],
    ['I have these placed on top of the -frob "dev" branch initially for further review and testing.'],
    ['I already have this queued, will be in rc3.'],
    ['Queued for 6.9. I see no issues.'],
    ['Applied. It helps to send a cover letter next time.'],
    ['Pulled. I noticed a warning in the merge.'],
    ['I took this as a fix for 6.9.'],
    ["I've taken this as an urgent fix."],
    ['I took this for a 6.10 pull.'],
    ['Applied on 6.9-rc3, thanks.'],
  ])('%j is applied', (text) => {
    expect(statesOf(text)).toBe('applied');
  });

  it.each([
    ['a quote', '> Applied, thanks!'],
    ['a nested quote', '> > Applied, thanks!\n> Really?\n\nYes, really.'],
    ['a question', 'Can this be applied?'],
    ['a question without a question mark', 'could you apply this'],
    ['a question of what to do', 'Should I apply this to my tree?'],
    ['a wish', 'Can someone get this applied, please?'],
    ['a condition', 'If applied, this breaks the build.'],
    ['a condition before a comma', 'Once the tests pass, applied to my tree it goes.'],
    ['a failure', 'This patch does not apply to net-next.'],
    ['a failure in the past', "I tried but it wasn't applied cleanly."],
    ['a promise with a condition', 'It will be applied once the merge window closes.'],
    ['a test', 'Applied on top of v5.10 it fails with the log below.'],
    ['a tester', 'It indeed does! I applied the patch on top of Linus tree and the issue is gone!'],
    ['another thing', 'applied boost is taken into account'],
    ['a tale', "That's the approach I took, rather than add an explicit flag to it."],
    ['another person', 'But you pushed the API in despite reservations back then.'],
    ['another patch', "I've queued up a fixup with a Reported-by for you."],
    ['a look', "I'll take a look this weekend, thanks."],
    [
      'a participle after another subject',
      'It took a year to get the first ones reviewed and merged, so I wait.',
    ],
    ['a source', 'I do it like this, pulled from the docs:'],
    ['an adjunct', 'With this applied, the warning is gone.'],
    ['an adjunct of time', 'Once applied, it works.'],
    ['a wish in the passive', 'It would be applied to both.'],
    ['testing alone', 'Applied for testing.'],
    ['a maintainer who tests', 'I applied it and ran the tests on top.'],
    ['an older version', 'I already applied v3 to cgroup/for-6.8.'],
    ['a posting by a word that is not in the title', 'The crash() patches are queued up in the dev branch.'],
    ['a promise about it', 'The frob() patches will be queued up in the dev branch.'],
    ['another version', 'And yes, that applied to mainline as well'],
    ['a branch for testing', 'Pushed it here: https://git.example.org/frob'],
    ['a tester whose bug stays', 'I applied your patch and the bug is still there.'],
    ['a tester on a release', 'I applied the series on 6.9-rc3 and see a crash.'],
    ['a release alone', 'I applied the series on v6.9-rc3.'],
    ['a tester of a public tree', 'I applied the series to linux-next, and I still see the same warning.'],
    ['a tester without a subject', 'Applied the patch, but the crash still happens.'],
    ['a tester in two sentences', 'I have applied this. The problem is still there.'],
    ['a tester whose machine boots', 'I applied both patches and it boots again.'],
    ['a tester who sees no difference', 'We applied this series and it makes no difference.'],
    ['a machine', 'I have applied this on my laptop.'],
    ['a kernel of their own', 'I applied it to the Frobian kernel.'],
    ['a purpose', 'I have applied it to see if that helps.'],
    ['a tester who is content', 'I applied the patch. It works.'],
    ['thanks for words', 'Accepted, thanks for explaining.'],
    ['what waits for a review', 'Added to my queue for review.'],
    ['what is to be reviewed', 'This patch is in my queue to review now.'],
    ['what is to be tried', 'I have it in my tree to try.'],
    ['what is to be tested', 'I have these patches in my tree for testing.'],
    ['what one only wants to see', 'This is in my tree to see whether it helps.'],
    ['what a company has', 'This patch is in our internal tree.'],
    ['what a company ships', 'We have these patches in our downstream tree.'],
    ['what only the writer has', 'I have this series in my local branch.'],
    ['what was understood', 'I took it to mean that you agree.'],
    ['what was not questioned', 'I have taken it for granted.'],
    ['a ride', 'I took this for a ride.'],
    ['a way', 'Took the other way, thanks.'],
    ['a source it was taken from', 'Took it from the datasheet.'],
    ['a line taken out', 'Took it out.'],
    ['time', 'Took two days to find.'],
    ['a line added elsewhere', 'Added to the device tree.'],
    ['a queue of the code', 'Added to the send queue.'],
    ['a list of reviews', 'Added to my review queue.'],
    ['the text of the patch', 'Added to the commit message, thanks.'],
    ['a folder', 'Added to drivers/frob.'],
    ['a plan', 'To be added to my queue.'],
    ['a source it was picked from', 'Cherry-picked from 1a2b3c4d5e6f.'],
    ['a tester who picked it', 'I cherry-picked this to our vendor tree.'],
    ['a pick on a release', 'Cherry-picked to 6.9.3.'],
    ['a question about a pick', 'Cherry-picked into kirkstone?'],
    ['a wish for a pick', 'This should be cherry-picked into kirkstone.'],
    ['an argument', 'Accepted.'],
    ['an argument in words', 'I accepted your explanation.'],
    ['what others accept', 'It is generally accepted in the kernel.'],
    ['a look', 'I checked in the debugger.'],
    ['a check in the code', 'This is checked in the caller.'],
    ['a check elsewhere', 'Checked in QEMU, works.'],
    ['what is installed', 'Installed on my machine.'],
    ['what is installed there', 'Installed on the main server.'],
    ['code of theirs', 'In my tree it fails to build.'],
    ['code of theirs, now', 'In my tree now the build fails.'],
    ['a place of code', 'This is now in drivers/frob.'],
    ['a place of code, with the patch', 'The patch is now in the way.'],
    ['a question of where', 'Is this series now in frob/dev?'],
    ['not in a tree', 'This series is not in my tree now.'],
    ['the rest', 'The rest of the series is now in frob/dev.'],
    ['its next version', 'Good catch, it was applied to v10'],
    ['below the signature', 'Thanks\n-- \nApplied, thanks!'],
    ['code', 'diff --git a/x b/x\n Applied, thanks!'],
    [
      'a condition of the other kind',
      'Applied, once you resend.'.replace('Applied, once', 'Not applied, once'),
    ],
    ['the end of the quoted world', '-----Original Message-----\nApplied, thanks!'],
  ])('%s proves nothing', (_, text) => {
    expect(statesOf(text)).not.toContain('applied');
  });

  it.each([
    ["Added to my queue, I'll get to it."],
    ['Added to my queue if there are no objections.'],
    ['Added to my tree, but not pushed yet, waiting for acks.'],
    ['Took it, built it, still crashes.'],
    ['Took it and squashed it into v3, thanks.'],
    ['Checked in, the code does this.'],
    ["Added to my queue. I'll review it next week."],
    ['Took it. Will test over the weekend.'],
    ['Accepted, thanks. Will change it in v3.'],
    ['Cherry-picked to production.'],
    ['Cherry-picked to CI.'],
    ['Cherry-picked to HEAD.'],
    ['Cherry-picked to github.'],
    ['Cherry picked in error.'],
    ['Cherry picked in part.'],
    ['Cherry picked in frob.c.'],
    ['Cherry picked to drivers/frob.'],
    ['This was cherry-picked to stable.'],
    ['I cherry-picked this to mainline and it does not apply.'],
    ["I've checked this in as many configs as possible."],
    ['Checked in as root.'],
    ['Checked in now with the hardware team.'],
    ['We checked this in on master and could reproduce it.'],
    ['This is already in net-next.'],
    ['This is already in net-next as commit 1a2b3c by Bob.'],
    ["The patch is already in Linus' tree, no need to send it again."],
    ['This patch is now in linux-next and causes a boot failure.'],
    ['This series is now in v3.'],
    ['Took this into account in my tree.'],
    ['Took it too literally.'],
    ['Took this series for a spin on linux-next.'],
    ['Took both.'],
    ['Added to the queue, so the lock is held.'],
    ['Added in my branch.'],
    ['Added to my tree with your tags.'],
    ['Installed on main and rebooted.'],
    ['I accepted this into patchwork.'],
  ])('%j tells of no patch that was taken', (text) => {
    expect(statesOf(text)).not.toContain('applied');
  });

  it('reads only replies: a cover that tells of applied patches says nothing about itself', () => {
    const text = 'Applied patches 1-3 of v2 are dropped.\n\nApplied, thanks!';
    expect(claimsOf(text, { subject: '[PATCH v3 0/2] frob', inReplyTo: [], references: [] })).toEqual([]);
  });

  it.each([
    ["Thanks, I'll queue this up."],
    ["I'll push this later today."],
    ['Will push shortly.'],
    ['Will apply tonight.'],
    ['Thanks, will add it to slab pull for 6.13.'],
    ["I'll apply 1-7 to for-6.15."],
    ['I will apply this in my tree, adding "kbuild:".'],
    ['Thanks, will merge this patch without that "export".'],
    ["I'd like to merge this patchset this week."],
    ["So I'm going to move this over into my for-next branch to see some testing."],
    ['I\'d like to merge this patchset with "[PATCH 1/1] frob: support wings" together this week.'],
  ])('%j is a promise to apply, with its words', (quote) => {
    expect(claimsOf(quote)).toMatchObject([{ says: 'will-apply', confidence: 0.5, quote }]);
  });

  it.each([
    ["I'll take a look."],
    ["I'll apply 1-7 once rc1 is out."],
    ['Thanks for the tip, will apply it from now on.'],
    ["I'll merge it if there are no objections."],
    ["I'll push back on that."],
    ['Will push tomorrow if no one objects.'],
    ["I'd push this down into the caller."],
  ])('sees no promise in %j', (text) => {
    expect(claimsOf(text)).toEqual([]);
  });

  it('is least sure of a posting that is called by a word of its title', () => {
    expect(claimsOf('The frob() thing is queued up in the dev branch.')).toMatchObject([{ confidence: 0.5 }]);
  });

  it('is surer of the formula than of looser words', () => {
    const [formula] = claimsOf('Applied, thanks!');
    const [loose] = claimsOf('It was merged through the frob tree.');
    expect(formula?.confidence).toBeGreaterThan(loose?.confidence ?? 1);
  });

  it.each([
    ['Applied patches 1-3, thanks.', [1, 2, 3]],
    ['Applied the first two.', [1, 2]],
    ['Patches 10,14,16,37 applied.', [10, 14, 16, 37]],
    ["I've taken the first patch to frob-next.", [1]],
    ['Applied patch 2 and 5, thanks!', [2, 5]],
    ['Applied, thanks!', []],
  ])('%j names the patches %j', (text, indexes) => {
    expect(claimsOf(text)[0]?.patches.map((patch) => patch.index)).toEqual(indexes);
  });

  it.each([
    ['Applied to for-6.9/io_uring, thanks.', null, 'for-6.9/io_uring'],
    ['Applied to the vfs.misc branch of the vfs/vfs.git tree.', 'vfs/vfs', 'vfs.misc'],
    ['Added to my queue.', "Mai Ntainer's queue", null],
    ['Applied to my tree, thanks.', "Mai Ntainer's tree", null],
    ['Applied to net-next, thanks.', 'net-next', null],
    ['Thanks, applied to nvme for-next.', 'nvme', 'for-next'],
    [
      'Applied to https://git.kernel.org/pub/scm/linux/kernel/git/frob/frob.git for-next, thanks!',
      'frob/frob',
      'for-next',
    ],
    ['Queued for the next merge window, thanks.', null, null],
    ['I have merged this into signal-for-v5.11.', null, 'signal-for-v5.11'],
    ['I have applied it to an immutable branch.', "Mai Ntainer's immutable branch", null],
    ['I have these placed on top of the -frob "dev" branch.', 'frob', 'dev'],
    ["This is queued up in Ada's tree.", "Ada's tree", null],
    ['Applied, thanks!', null, null],
  ])('%j names the tree %j and the branch %j', (text, tree, branch) => {
    expect(claimsOf(text)[0]).toMatchObject({ tree, branch });
  });
});

describe('what a person turns down', () => {
  it.each([
    ['NAK. This breaks every user of the ABI.', 'rejected'],
    ['NAK, and I withdraw my Reviewed-by.', 'rejected'],
    ['Nack, we took a similar patch back in 2019.', 'rejected'],
    ['I reverted this from for-next because it breaks boot.', 'unapplied'],
    ["I've removed this from my tree, since it still has problems.", 'unapplied'],
    ['This patch has been removed from the -mm tree.', 'unapplied'],
    ['This series has been removed from the tree because of build failures.', 'unapplied'],
    ["I'll rebase and push.", 'author-will-change'],
    ['Self-nack, v2 coming.', 'author-will-change'],
    ['Applied, but I had to drop patch 3.', 'applied'],
    ['So, hard NAK from me.', 'rejected'],
    ['Yes, I NAK this on the basis of its ABI.', 'rejected'],
    ['Nacked-by: Mai Ntainer <mai@example.org>', 'rejected'],
    ['Sorry, Nack on this.', 'rejected'],
    ['It helps no one, so this is a NACK to your patch from my side.', 'rejected'],
    ['It falls back without notice, and on those grounds alone the current code gets a NACK.', 'rejected'],
    ['If that is how you answer, then for this entire series: NAK.', 'rejected'],
    ["I've marked the patch as rejected.", 'rejected'],
    ["I'm not taking this.", 'rejected'],
    ["I won't apply this series.", 'rejected'],
    ["I'm dropping this series.", 'unapplied'],
    ['FWIW, I dropped this one.', 'unapplied'],
    ['Dropped again: it breaks the build.', 'unapplied'],
    ['Applied to my tree, but then dropped again since it breaks the build.', 'unapplied'],
    ['Applied it, saw the build break, un-applied it.', 'unapplied'],
    ["It breaks 32-bit compiles, so I've dropped it for now.", 'unapplied'],
    ["I've dropped this now, please submit for all relevant trees.", 'unapplied changes-requested'],
    ["I've pulled this, but it makes no sense to me, so I unpulled it again.", 'unapplied'],
    ["I'll drop it from my tree.", 'unapplied'],
    ['Applied, then backed out: it breaks arm64.', 'unapplied'],
    ['I had applied this, but had to revert it because CI fails.', 'unapplied'],
    ['I had to back this out.', 'unapplied'],
    ['Had to drop it: conflicts with frob/mm.', 'unapplied'],
    ['This has been reverted in master.', 'unapplied'],
    ['Pushed, but reverted right away because of a regression.', 'unapplied'],
    ['Queued initially, but kicked out of the queue: clang again.', 'unapplied'],
    ["I've taken this out of my tree.", 'unapplied'],
    ['Dropping it from the queue.', 'unapplied'],
    ['Self-NAK: this breaks the ABI.', 'rejected'],
    ['self-nack, it breaks the ABI.', 'rejected'],
    ['I withdraw this patch.', 'withdrawn'],
    ["I'm withdrawing this series.", 'withdrawn'],
    ['I am abandoning this series.', 'withdrawn'],
    ['Withdrawn.', 'withdrawn'],
    ['This series is hereby withdrawn.', 'withdrawn'],
    ['Ignore this, sent by mistake.', 'withdrawn'],
    ['Ignore this series, v2 is not needed.', 'withdrawn'],
    ['Never mind this patch.', 'withdrawn'],
    ['Rejected: it breaks the ABI.', 'rejected'],
    ["I'm rejecting this series.", 'rejected'],
    ['Marking as rejected in patchwork.', 'rejected'],
    ['Marked as superseded in patchwork.', 'superseded'],
    ["I've set this to changes requested in patchwork.", 'changes-requested'],
    ['I marked this as Returned with Feedback in the commitfest.', 'changes-requested'],
    ['Obsoleted by v3.', 'superseded'],
    ['This is obsoleted by v3.', 'superseded'],
    ['Replaced by v3: https://lore.example.org/x', 'superseded'],
    ['This patch was replaced by a newer version.', 'superseded'],
    ['Hence I dropped it until everyone agrees.', 'unapplied'],
    ['Please ignore, was resent by accident.', 'withdrawn'],
    ['Resent by mistake, please ignore', 'withdrawn'],
    ['Please drop this patch.', 'withdrawn'],
    ['Please disregard this.', 'withdrawn'],
    ['> +\tfoo();\n\nPlease disregard this.', 'withdrawn'],
    ['I will drop this one then', 'withdrawn'],
    ['Please do not apply this patch for now.', 'withdrawn'],
    ["Let's drop this patch from the series for now.", 'withdrawn'],
    ['Sorry, please ignore this patch, I will resend one later.', 'withdrawn author-will-change'],
    ['This is superseded by v8: https://lore.example.org/x', 'superseded'],
    ['Please see v8: https://lore.example.org/x', 'superseded'],
    ['Sent out a v2.', 'superseded'],
    ["I've sent -v7:\nhttps://lore.example.org/x", 'superseded'],
    ["Right, I'd already changed it in the version I posted yesterday.", 'superseded'],
    ['You will notice that I dropped these clean-ups in my latest repost.', 'superseded'],
    ["Makes sense, I've sent a v5 here:\nhttps://lore.example.org/x", 'superseded'],
    ['I already sent out v3 of this series several weeks ago.', 'superseded'],
    ['I just sent a v2 to address this.', 'superseded'],
    ['In the meantime I posted a new version.', 'superseded'],
    ['I have sent out a v2 patch with bindings for the wakeup source.', 'superseded'],
    ['V2 has been posted with typos fixed.', 'superseded'],
    ['Patch V3 re-submitted, thanks!', 'superseded'],
    ['It took a while to get back to it, but v5 is sent now.', 'superseded'],
    ['New version is here, it is not the same: https://lore.example.org/x', 'superseded'],
    ["I'll send out a v2.", 'author-will-change'],
    ['I will make sure to add it.', 'author-will-change'],
    ['frob: teach it to fly\n\nApplied, thanks.', 'applied'],
    ['I sent v1 too early, v2 will follow tomorrow.', 'author-will-change'],
    ['For future revisions, please use tabs.', 'changes-requested'],
    ['Next time you respin, please fix the typo.', 'changes-requested'],
    ['[Please resend with a cover letter.]', 'changes-requested'],
    ['No need to flush the work here.', 'changes-requested'],
    ["I'll make sure to use tabs.", 'author-will-change'],
    ["I'll update the patch and push out again.", 'author-will-change'],
    ['It will be replaced by v3.', 'author-will-change'],
    ['The macro should be replaced by the new version.', 'changes-requested'],
    ["I've pushed it out again now.", 'applied'],
    ['I will make sure the error path frees it.', 'author-will-change'],
    ['I will use our existing helper instead.', 'author-will-change'],
    ['I will fix that in a future version.', 'author-will-change'],
    ['I will add a comment, since others might use this in the future.', 'author-will-change'],
  ])('%j is %s', (text, says) => {
    expect(statesOf(text)).toBe(says);
  });

  it.each([
    ['Why not just NAK it?'],
    ["I just haven't posted a v2 yet."],
    ['If that works I sent v2 too early.'],
    ['If someone sent v1 and then sent v2, you may think so.'],
    ['I sent v3 of the tests to the other list.'],
    ['Bob sent v3 of his series.'],
    ['Have you sent v2?'],
    ['Next time, please send the patch to yourself first.'],
    ['In the future, please use tabs.'],
    ["I'll keep the lines short in the future."],
    ['I will pay closer attention in future submissions.'],
    ['The other fixes are for 6.20, and I will make sure to promote them for stable.'],
    ['Nice, I will integrate this in our event loop and test it.'],
    ['No need to resend and no need to work on this.'],
    ['[ trim CCs, add Bob ]'],
    ["This refers to\n'[net] frob: remove the offload bit'\nhttps://lore.example.org/x"],
    [
      'This is what I have:\n\nfrob: teach it to fly\n\nUse wings to fly.\n\nSigned-off-by: Ada <ada@example.org>',
    ],
    ['v2 is out of date.'],
    ['The new version is out of the question.'],
    ['I sent a new patch to fix the build error.'],
    ['It applies after reverting 1a2b3c4d5e6f ("frob: Fix the length of its wings").'],
    ['This is not a NAK.'],
    ['> NAK'],
    ['NAK withdrawn.'],
    ['I withdraw my NAK.'],
    ['I take my NACK back.'],
    ['This is not a self-nak.'],
    ['Objection withdrawn.'],
    ['I withdraw it.'],
    ['I withdraw my comment.'],
    ['I withdraw this objection.'],
    ['Should this be withdrawn?'],
    ['If it breaks, I withdraw this patch.'],
    ['Was this patch withdrawn?'],
    ['The write is rejected.'],
    ['This is rejected by the verifier.'],
    ['I rejected this patch before.'],
    ['Rejected by the mail server.'],
    ['My patch is marked as rejected in patchwork.'],
    ['Why was this marked as superseded in patchwork?'],
    ['It will be in my latest series.'],
    ['This is not in the version I posted.'],
    ['I see the crash in my latest series of tests.'],
    ['Does it happen in the version I posted?'],
    ['It was in the version you sent.'],
    ['I marked v1 as superseded in patchwork.'],
    ['It is marked as superseded in patchwork.'],
    ['The lock is replaced by a mutex.'],
    ['Obsoleted by the helper.'],
    ['For v2 I am going to abandon this patch.'],
    ['I had to drop this in v2.'],
    ['Never mind the patch number.'],
    ['Ignore this.'],
    ['Ignore this set of warnings.'],
    ['You can ignore this.'],
    ['Tools ignore this patch.'],
    ['I abandoned this approach.'],
    ['It backed out of the loop.'],
    ['The transaction is backed out on failure.'],
    ['It is taken out of the list.'],
    ['I had to revert this patch to get the machine to boot.'],
    ['I had to drop the lock.'],
    ['After I had to revert this, it boots.'],
    ['I reverted this locally and it works.'],
    ['Obsoleted by v3 of the specification.'],
    ['Replaced by a new version of the helper.'],
    ['We had to drop it in v2.'],
    ['If I had to drop it, I would say so.'],
    ['The change was reverted in v6.1.'],
    ['> +\tfrob->core = 1;\n\nI had to drop this.'],
    ['The device answers with a NAK.'],
    ['This is not a NAK to your patch.'],
    ["I wasn't done with my reply and hit send. Please ignore it, thanks!"],
    ['The others were still using the old flag but just dropped it later.'],
    ['I dropped the reference too early.'],
    ['I dropped that because of its size.'],
    ['> +\tfrob->core = 1;\n\nI dropped this one.'],
    ['0-day reported:\n\n1030  \t.delay = 5,  <-- set twice\n\nI dropped this one.'],
    ['We should not merge two lists here.'],
  ])('%j turns nothing down', (text) => {
    expect(statesOf(text)).toBe('');
  });

  it.each([
    ['Ignore the RFC tag, this is ready.'],
    ['Ignore my previous patch, this one is right.'],
    ['Ignore the version number.'],
    ['Scrap this version check.'],
    ['Ignore the patch that moves the lock.'],
    ['Ignore this patch for now.'],
    ['Ignore this, I replied to the wrong patch.'],
    ['Disregard it, I accidentally booted the old kernel.'],
    ['git am: patch rejected'],
    ['The bot says: rejected.'],
    ['My comment above: withdrawn.'],
    ['Patch rejected, hunk 3 fails.'],
    ['Bad packets are counted and rejected.'],
    ['The patch is rejected: git am says it does not apply.'],
    ['Rejected, but only by the syntax checker.'],
    ['Never mind this patch number, the rest holds.'],
    ['Never mind this version of gcc.'],
    ['Never mind this patch for a moment.'],
    ['I withdraw my patch in favour of yours.'],
    ['I abandoned this patch years ago, but Ada picked it up.'],
    ['I had withdrawn this series, but changed my mind.'],
    ['I withdraw this patch once yours is in.'],
    ['He said: "I withdraw this patch".'],
    ['As Bob wrote, I withdraw this patch.'],
    ['I rejected the series by mistake, sorry.'],
    ["I've marked the duplicates as superseded in patchwork."],
    ["I've set the old version to superseded in patchwork."],
    ["I marked Bob's series as rejected in patchwork, not this one."],
    ['I had marked this as superseded in patchwork, undone now.'],
    ['Marked as rejected in patchwork according to the bot.'],
    ['This is replaced by the next patch.'],
    ['It was replaced by v2 in the firmware.'],
    ['Replaced by v2 API.'],
    ['Replaced with v2 syntax.'],
    ['This is obsoleted by v2 hardware.'],
    ["This is replaced by v2, isn't it."],
    ['Is this obsoleted by v3'],
    ["OK, I'll scrap it, the caller checks."],
    ['Please scrap the change in patch 2.'],
    ['Sorry for the self-nak on v1.'],
    ['After my self-NAK Bob asked for v2.'],
    ['It is taken out of the queue before the lock is dropped.'],
    ['If it fails, it is backed out.'],
    ['Kicked out of the queue by the scheduler.'],
    ['This is reverted in the next patch.'],
    ['It is dropped in the main loop.'],
    ['v1 was reverted in master.'],
    ['I had to revert this on my machine.'],
    ['We had to drop this in the past'],
    ['Dropping it from the queue needs the lock.'],
    ['I un-applied it and the crash is gone.'],
  ])('%j closes nothing', (text) => {
    expect(statesOf(text)).not.toMatch(/unapplied|withdrawn|rejected|superseded/);
  });

  it("reads which patches are dropped: `For now I'll just drop 6-8.`", () => {
    expect(claimsOf("For now I'll just drop 6-8.")[0]).toMatchObject({
      says: 'withdrawn',
      patches: [{ index: 6 }, { index: 7 }, { index: 8 }],
    });
  });
});

describe('what a person asks for', () => {
  it.each([
    ['Can you send out a v2?'],
    ['Please rebase and resend.'],
    ['Please repost this with a more comprehensive CC list...'],
    ['Could you please respin this on top of for-next?'],
    ["Doesn't apply, please rebase on top of io_uring-6.11."],
    ['Please take a look at this incremental and test it, and then post a v9 that looks more finished.'],
    ['Needs v2'],
    ['Please use tabs instead of spaces for indentation.'],
    ['Please drop this lock before you sleep.'],
    ['If not, please remove them.'],
    ['Can you please drop all these externs while at it?'],
    ['Could we please just join the string?'],
    ['Could we please add a comment here?'],
    ['This needs an extra tab, as the condition should not be aligned.'],
    ['So I think this comment needs to be moved to the caller.'],
    ['Just drop the attribute.'],
    ['Maybe it should be called frob_zero_size instead.'],
    ['No need for the ifdef here.'],
    ['Do not advertise it before it works.'],
    ["They generally look good, but they're failing to build for me."],
    ['Otherwise this looks good.'],
    ['With that fixed,\nReviewed-by: Mai Ntainer <mai@example.org>'],
  ])('%j asks for a change', (text) => {
    expect(statesOf(text)).toBe('changes-requested');
  });

  it.each([
    ['Then use a larger buffer, if you like to see it fail.'],
    ['Use a raw device or a pipe, if you really know what you are doing.'],
    ["It runs in there, so make the request long enough, if you're stuck in it for too long."],
    ['Do you want to respin it or do you want me to fold it in?'],
    ["Please drop this hunk if you'll be resubmitting."],
    ["Don't disagree with that, it is the primary function here."],
    ['Definitely any addition should be added there too.'],
    ["I don't see why this should be added."],
    ['Beside it there is one more:\n\n"sub: use a helper in frob"\n'],
    ['It crashes here.\n\nHow to reproduce:\nPlease use the config below and copy it to the tree.'],
    ['It fails with:\n\nexport TEST_DEV=/dev/loop0 use this one\nmake olddefconfig use that\n'],
    ['It runs in the handler, so make the request long enough, if you want to see it stall.'],
    [
      'This one causes the crash below.\n\ngit bisect start\n# good: [1a2b3c4d] frob: tidy up\nDrop the custom\ndestructor\ngit bisect good 1a2b3c4d5e6f',
    ],
    ['If you find more, please resend.'],
    ['Minor thing, no need for a respin just for that.'],
    ['Please let me know what you think.'],
    ['Please note that the merge window is open.'],
    ['Could you take a look?'],
    ['Can we please merge this series?'],
    ['Could we please add this to linux-next?'],
    ['Can we please get this in?'],
    ['Could we please move forward with this?'],
    ['The port should be disabled when it is idle.'],
    ['It should be called with the lock held.'],
    ['Could you clarify what overhead you mean?'],
    ['Fix for this has already been folded in.'],
    ['That is why we have a helper function, to hide the details.'],
    ["Don't worry about it."],
    ['- use one disk with large sectors'],
    ['It applies to v6.1 alone: the other trees do not build it.'],
    ['Looks good to me.'],
  ])('%j asks for none', (text) => {
    expect(statesOf(text)).toBe('');
  });
});

describe('what an author promises', () => {
  it.each([
    ['Thanks. Will send a v3 with the changes.'],
    ["I'll just update the commit messages and send a functionally identical v2."],
    ['Will do it in v5.'],
    ['Will do.'],
    ['Whoops, will fix.'],
    ["I'll add a comment."],
    ['Good idea. Will update. Thanks.'],
    ['Thanks for the review, V3 soon.'],
    ["There'll be a v5 once I fix the remaining problem."],
    ['I can change it to that for the next version.'],
    ['That will be fixed in the next version.'],
    ['Done.'],
    ['Fixed in v2.'],
    ["I'll drop this for v2."],
    ["> -\tfoo();\n\nI'll revert it."],
    ["I'll go fix all offset values."],
    ['I have to fix that.'],
    ['We have to fix that in v2.'],
    ['Please hold on a little bit, I hope to send out a new version.'],
    ["Thanks Klara-- I'll make sure to add it on the next version!"],
  ])('%j is a change to come', (text) => {
    expect(statesOf(text)).toBe('author-will-change');
  });

  it.each([
    ["I'll send the tests to liburing."],
    ["I'll change it if you prefer that."],
    ['I will check that.'],
    ["I'll try to reproduce it."],
    ['Shall I fix that in v3?'],
    ['I can just make this change while applying, or send a v2.'],
    ['TEST_PROGS will compile the tests and will add them to the list.'],
    ["You'll fix that, I hope."],
    ['We just have to implement it in a cheap way.'],
    ["We'll need to make time_t 64-bit."],
  ])('%j is none', (text) => {
    expect(statesOf(text)).toBe('');
  });
});

describe('pw-bot commands', () => {
  it.each([
    ['pw-bot: cr', 'changes-requested'],
    ['pw-bot: changes-requested', 'changes-requested'],
    ['Please fix.\n-- \npw-bot: cr', 'changes-requested'],
    ['pw-bot: accept', 'applied'],
    ['PW-Bot: Rejected', 'rejected'],
    ['pw-bot: au', 'open'],
    ['pw-bot: ur', 'open'],
    ['pw-bot: needs ack', 'open'],
    ['pw-bot: defer', 'changes-requested'],
    ['pw-bot: new', 'open'],
    ['pw-bot: cr\npw-bot: under-review', 'open'],
    ['> pw-bot: cr', ''],
    ['I wrote pw-bot: cr', ''],
    ['pw-bot: dance', ''],
  ])('%j is %j', (text, state) => {
    const states = claimsOf(text).filter((claim) => claim.source === 'pw-bot');
    expect(states.map((claim) => claim.says).join(' ')).toBe(state);
  });
});

describe('hostile mail', () => {
  it.each([
    ['spaces', ' '.repeat(100_000)],
    ['quote marks', '>'.repeat(100_000)],
    ['brackets', '['.repeat(100_000)],
    ['letters', 'a'.repeat(100_000)],
    ['counters', '1/'.repeat(50_000)],
    ['dashes', '-'.repeat(100_000)],
    ['bars', '| '.repeat(50_000)],
    ['ranges', `Applied patches ${'1-9,'.repeat(25_000)}`],
    ['words', 'applied '.repeat(12_500)],
    ['sentences', 'Applied. '.repeat(11_000)],
    ['links', 'Applied to https://git.kernel.org/'.repeat(3000)],
  ])('a line of 100,000 characters of %s is read without hanging', (_, text) => {
    const read = () => [claimsOf(text), claimsOf(`Applied, thanks!\n\n[1/3] ${text}`)];
    expect(finishes(read)).toHaveLength(2);
  });

  it('never throws, and what it quotes fits a line', () => {
    const word = fc.constantFrom(
      'Applied',
      'thanks',
      'I',
      "I've",
      'patches',
      '1-3',
      '>',
      'to',
      'pw-bot:',
      'cr',
      '\n',
      '[1/2]',
      'commit:',
      'abcdef1',
      'tree',
      '.',
      '?',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(word).map((words) => words.join(' ')),
        ),
        (text) => {
          for (const claim of claimsOf(text, { subject: `Re: ${text}`.slice(0, 100) })) {
            expect(claim.confidence).toBeGreaterThan(0);
            expect(claim.confidence).toBeLessThanOrEqual(1);
            expect(claim.quote.length).toBeLessThanOrEqual(160);
            expect(claim.quote).not.toContain('\n');
          }
        },
      ),
    );
  });
});

describe('the first words of a direct answer', () => {
  it.each([
    ['Nevermind, the tester says it does not help.', 'withdrawn'],
    ['Never mind.', 'withdrawn'],
    ['Hi all,\n\nScratch that, I was too quick.', 'withdrawn'],
    ['Ah, nevermind...', 'withdrawn'],
    ['Already fixed, and as Bo mentioned, this only silences the warning.', 'rejected'],
    ['That was already fixed.', 'rejected'],
    ["already fixed, it's a week old.", 'rejected'],
    ['Thanks for sending a patch, but Bo already fixed it:', 'rejected'],
    ['Sorry, but this has already been fixed.', 'rejected'],
    ['This is already fixed in frob-next.', 'rejected'],
  ])('%s: %s', (text, expected) => {
    const [first] = claimsOf(text);
    expect([first?.says, first?.direct]).toEqual([expected, true]);
  });
  it.each([
    ['Nevermind this comment, a close review of patch 18 answered it.'],
    ['Never mind the style of the comment.'],
    ['Looks odd to me.  Never mind.'],
    ["> +\tfrob->wings = 4;\n\nNever mind, I see it's in the next patch."],
    ['Already fixed?'],
    ['Already fixed in my local tree.'],
    ['Already fixed in v2.'],
    ['If it was already fixed we would know.'],
    ['This is partly already fixed.'],
    ['I thought this was already fixed.'],
    ['> +\tfrob->wings = 4;\n\nAlready fixed.'],
    ["The kernel hasn't been fixed yet."],
  ])('nothing is direct in %j', (text) => {
    expect(claimsOf(text).filter(({ direct }) => direct === true)).toEqual([]);
  });
});

describe('a fix on top', () => {
  it.each([
    ['Please send a follow-up patch.'],
    ['Please send that as an incremental patch on top.'],
    ['Please send a fix on top, I have queued this up already.'],
    ['Can you please post a fixup?'],
    ['Can you send a followup patch?'],
  ])('requests no new version: %s', (text) => {
    expect(statesOf(text)).not.toContain('changes-requested');
  });
  it.each([['Please resend on top of frob-next.'], ['Please send a v2 on top of frob-next.']])(
    'is not %s',
    (text) => {
      expect(statesOf(text)).toContain('changes-requested');
    },
  );
});
