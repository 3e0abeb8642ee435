import { phraseTable } from './phrases.js';

/** What a sentence is about, one bit each. */
export const CUE = {
  /** Talk to reviewers, thanks, hopes, about the posting itself. Never shown. */
  chatter: 1,
  /** Versions, resends, what changed since. Never shown. */
  version: 2,
  /** Trees, branches, dependencies, where to fetch. Never shown. */
  base: 4,
  /** Reports of tests and runs. Never shown. */
  test: 8,
  /** Points to something that the summary does not hold: `see below`, `as discussed`. */
  pointer: 16,
  /** Plans, guesses, what is left out: `in the future`, `might`, `not yet`. */
  hedge: 32,
  /** `I`, `my`. */
  person: 64,
  /** `Patch 3 adds`, `the first two patches`. */
  patchNumber: 128,
  /** Numbers of runs: `30%`, `throughput`. */
  measure: 256,
  /** Does something: `adds`, `fixes`, `introduce`. */
  action: 512,
  /** For what: `in order to`, `so that`, `allows`. */
  purpose: 1024,
  /** What is wrong without it: `currently`, `cannot`, `race`. */
  problem: 2048,
  /** Names the series: `this patchset`, `these patches`. */
  series: 4096,
  /** `for example`, `e.g.`. */
  example: 8192,
  /** Tells of the part of the patches that only prepares: `The first 3 patches are cleanups`. */
  prep: 16384,
} as const;

/** Never shown, whatever else the sentence says. */
export const NOISE = CUE.chatter | CUE.version | CUE.base | CUE.test;

const CHATTER = `
thanks, thank, thanx, thx, kudos, please, pls, sorry, apologies, apologize, apologise, looking forward, feedback, hope, hopefully, hoping
comments|comment welcome, comments are|from|by, any|all|your|his|her|their|review|some comments, is|are|be|would appreciated|welcome, appreciated, thoughts
suggestions, suggestion, suggested by, as suggested, suggested, review, reviewers, reviewer, reviewed, reviewing, reviews, reviewed-by, acked-by, acks, acked, nacked, tested-by, signed-off-by
reported-by, regards, cheers, cc, cced, cc'ed, cc'ing, mailing list|lists, maintainers|maintainer, merge window, bikeshedding, bikeshed, enjoy, let me|us know
what do you think, wdyt, opinions|opinion, patchwork, inbox, spam, nits, as i|we said|mentioned|promised, my previous|earlier|last|other, i'm|i not sure, not sure|certain, no idea
hi, hello, happy holidays|new|to, for your|the consideration, please|kindly consider, if you have|want|prefer|think, would like to hear|get, open to, objections, any|no concerns
good to go, feel free, i'll, i'd, i'm, have|has not yet run, positive result|results, i feel|sent|have|will, ready to|for be|merge|merging|inclusion, upstreaming, upstreamed, asked me|us|to|for, pointed out, told me|us, i was, for merging|inclusion|review|discussion|comments, request for comments|comment, worth a, wip
address|addresses|addressed|addressing _ comments|comment|review|feedback, review comments, positive feedback, snowball, baby steps, be honest, fun, first|last|previous post, elaborate description, is|are|still|currently ongoing, work in progress, the test|tests succeeds|succeed|fails|fail, succeeds if, succeed if, builds on _ _ version|series|work, not done, separate patchset, especially|very|most|also|always|highly welcome, welcome here, runtime testing, keeping as|it, as an rfc, rfc for now, overlap|overlaps with, i think it, much more complicated, my plan, non-controversial, series|patchset consists|consist of <n>|one|two|three|four|five|six|seven, i even|found, unusable for me, to|for me, been requested, appended|attached below|here, example program, is|are now testing, days|weeks|months late, developed|written by, picked up by, separate series, somehow, i plan, once this|these is|are|has|gets|have, to reiterate, i adjusted|send|missed|forgot|spent|stumbled, is nice, might make sense, separate story, looking pretty|good|clean|better, not|are related, is|are|not|but|mostly unrelated, bundled, patches|patch are|is new|unchanged|untouched, let's continue our|the|this, let's discuss|see|consider|assume|start|hope|look, our discussion, as far as i, a little something, a bit annoying, for everyone here, some rounds, patches saw, different from the, independent each|of, core of the changes, <pct> of the time, are all independent, attached, can reproduce, detailed|described in the documentation, full outline, afaict, marked as rfc|wip|stable|experimental, all of the above, depending on the|your comments|feedback|review, for networking|mm|kvm|block|arch people|folks|maintainers, important parts are, patch|patches|series from <nth>, relies|relying of|on one|a|the|some patch|patches|series, works|work well|fine|great under|on|with|in|for, safe to apply, a hard time, long story, coffee,
first|my|initial attempt|try|stab, contains|are some questions, questions, question, bear with, by the way, btw, fyi, imho, imo, afaik, aiui, iirc, quick question, folks, guys
take a look, have a look, merged by|via|through, being|currently|already merged|posted|reviewed, has|have|had been merged|accepted|applied|pulled|queued, was|were merged|applied|accepted, mergeable, sending|sent this|it|them|these|separately|out, kernel newbies, lkml, checkpatch, whitespace
in collaboration with, on behalf of, this|my|the|next|last|first|previous posting, postings, posting this|these|as|the|all|patches|for|it|now|to, does not|doesn't belong, as promised, opportunity to, move forward, any chance, mm people, x86 people, subject line, convinced me, i still, not feature complete, pointed at, hereby, i've been, enough for, long time|overdue, series|patchset is|has|was|have quite|organized|organised|structured|divided|ordered|big|long|large|meant|grown
`;

const VERSION = `
revision history, update to the, in|since|from|to|for|of|as|with|between|over|against|the|here's|after <v>, <v> of|was|is|has|patch|series|adds|changes|and|with|fixes|i|we|to|rfc|for|which, this|that|new|next|newer|updated|previous|prior|last|earlier|older|original|current|<nth>|latest version|revision|iteration|posting|round|submission|attempt|respin|spin|repost of|that|which|with|is|has|was|adds|contains|fixes|addresses|i|we|and
previous|prior|earlier|last|older version|revision|iteration|posting|round|submission|attempt|rfc|series|patchset|patch|versions
version <n>, rfc <v>, rfcv1, rfcv2, rfcv3, no|minor|major|small|only|main|some|few changes|change since|from|in|to|are|is|were
changes|change|changed since|from, changelog, changelogs, change log, resend, resending, resent, repost, reposting, reposted, re-sending, resubmit, resubmission, respin, respinned, re-spin, respun, rebased, rebase, rebasing
split out|off from|of, i|we|was|were|been|previously|already|as|first|recently posted, posted by|on|at|here|earlier|as|before|this|it|a, sent out|before, follow-up|followup to|on|of|series|patch|patches|fix|fixes, follow up to|on|of|series|patch|patches, cover letter, coverletter, commit message|messages|log|logs|description
diff|differences|difference from|to|since with, addressed|addresses|addressing a|some|few|several|more|all|the issues|issue|few|more|remaining, addressed a|some few|more issues|nits|comments|bugs, separate|single|own patch|patches, incorporated|incorporates|incorporate, addressed|addresses|addressing _ comments|feedback|review, addressed|addresses|addressing comments|feedback|review, addressed|addresses|addressing all|the|some _ comments|feedback
comments|feedback on|from|to <v>|the|previous, since last|the|then, compared to|with <v>|the last|previous|earlier, added|dropped|removed|fixed|squashed|reworked|reordered|renamed|collected|updated in|since|from|for <v>, squashed, resurrect, resurrected
old|older version patch, before listing what, uapi|interface|api|code didn't|hasn't change|changed, otherwise identical|unchanged, current version expands|adds|also|now, remainder of the patches, this|it supersedes, supersedes, superseded, part <n>|one|two|three|1/2|2/2, part <n> of, <nth> part of, in reply to, once again, yet another, subset of, this|series is|was|are part
`;

const BASE = `
based on queue|_ branch|tree|queue|patches|series|patchset,
series|patchset|this|patches|patch|set depends|depend on,
it|this|series|patchset|they|these is|are based on|upon,
applies|apply|applied|applying cleanly|against, applies|apply|applied to|on|over|on-top|atop|after <tree>|top|linux|current|latest|kvm|mm|my|commit|tip|these|that, applies|apply|applied on|to the top|latest|current|following|kvm|tip|mm, based on|upon|off the <tree>|top|linux|linus|latest|current|tip|kvm|master|patch|patches|series|previous|following|mainline|upstream|next|mm|block|io_uring|net, based on|upon|off <tree>|top|linux|linus|latest|current|mm|kvm|tip|my|commit|akpm|patches|mainline|next|next/master|for-linus|block|work|patch|jens|jens'|christoph's|paolo's|davem's
base is|commit, on top of <tree>|linux|linus|my|mm|kvm|tip|the|latest|current|series|that|this|previous|it|patch, applicable to, ontop, atop of|the|my, depends|depend|dependent|dependency|dependencies on|upon|with patch|series|my|patchset|<n>|patches|<tree>, depends|depend on the|this|these patch|patches|series|patchset|following, dependencies, is|already|currently|been in <tree>, depends|depend on the|some|my|these|this _ series|patch|patches|patchset|changes|updates, depends on the|some _ _ updates|patches|changes|series, prerequisite, prerequisites
generated against, builds|build|sits|relies|rely|goes|built on|upon|against|on|off top|my|the|previous|earlier|series|patch, requires|require|needs|need patch|patches|series|the patch|patches|series|following|patchset, against <tree>|linux|linus|latest|the|current|mainline|commit
tree at|available|here|located, branch at|available|here|name, branches at|available, available at|here, can|may be found|fetched|pulled|obtained|viewed|accessed|cloned|seen|downloaded, found at|here|in|on
git tree|repo|repository|branch|clone|fetch|tag, github, gitlab, gitea, github.com, queued, cherry-pick, cherry-picked, cherrypick, backport, backported, backporting, backports, merge conflict|conflicts|order|base, conflicts|conflict with, stable trees|tree|kernel|kernels|branch|backport|releases
the following changes since, are available in, fetch changes up, for <tree>, targeted|targeting|targets|target for|at <tree>|the|next, merged|landed in|into|for <tree>|the, through|via the|your|my _ tree
corresponding userspace|qemu|liburing|patches|userland, userspace|qemu|liburing|user-space|userland side|patches|part|code|bits|changes is|are|can|patchset|also, liburing branch|repo|has|support|side|changes|patches, kernel tree|branch|patches side, bisectable, bisectability
linux-next
`;

const TEST = `
i|we|was|were|been|lightly|only|compile|build|boot|smoke|briefly|heavily|stress|unit|have|has|also|is|are|successfully|fully|well|extensively|properly|thoroughly tested|verified|validated|benchmarked
tested on|with|by|using|in|against|via|and|this|the|it|so|for|both|to|under|that|all|here, compile-tested, build-tested, boot-tested, untested, no regression|regressions|issue|issues|failure|failures|problem|problems|errors|new were|was|found|seen|observed|detected|noticed|in|have|so|regressions|failures
test result|results|case|setup|plan|environment|suite|report|program|was|were|passed|passes|on|box|machine|bench, xfstests, fstests, kselftest, kselftests, blktests, passes|pass|passed|passing all|without|tests|xfstests|selftests, performed|did his|her|their|my|some, own tests|testing|measurements, fio, iperf, iperf3, netperf, vmperf, sysbench, hackbench
benchmark|benchmarks|results|result show|shows|are|is|below|were, steps to, no ill effects|effect, testing on|with, benchmark|benchmarks tests|test|results|numbers, unixbench, performance|performace improvements|improvement in|on, cyclictest, load test|tests, survived the, to reproduce, reproducer, allmodconfig, defconfig, smatch, testing is|was|has|done|shows|so|showed, for testing, i|we see|saw|observe|observed|measured|get|got, my tests|testing|test|setup|machine|system|laptop|box|vm|local
tested fixed|the|it|all|these, timings are, stopwatch, only-compile, make runtests|check, kvm-unit-tests run|runs|pass|passes, can't|cannot test, can't|cannot be tested|verified, passes|passed|passing initial|most|my|our tests, tests still|now fail|pass, tests are back, ran|running|run kvm-unit-tests|selftests|fio|iperf|xfstests|tests|benchmarks, ran|running|run the tests|test|testsuite|suite|selftests|benchmark|xfstests, measured, in my, local testing|tests, real hardware
`;

const POINTER = `
consists|consist of <n>|two|three|four|five|six|seven|the|several|patch|these, organized|organised|structured|divided|split|broken into|as|in, following|some key|main|new|small parts|points|issues|ways|modes|steps|phases,
commit|patch descriptions|logs|messages, detailed|described|documented|explained|covered|outlined in, see|refer also|below|above|patch|commit|individual|each|here|changes|to|for|the|cover|documentation|next, as follows, as described|discussed|explained|mentioned|shown|noted|stated|seen|outlined|detailed|requested|reported|proposed|per
described|explained|mentioned|listed|shown|outlined|noted|given below|above|in|here|earlier|previously, example|code|table|figure|diagram|list|output|log|numbers|details|description|section|lines|explanation|splat|trace|warning|snippet|approach|issue|problem|above below|above
below, above, for more|further details|information|detail|info, more details|detail|info|information, following patch|output|example|table|numbers|results|log|script|command|trace|splat|discussion|figure|link|the|up|patches|commit|commits|call|stack|warning|error|code|bug|is|are|race|sequence|way|scenario
discussion, discussions, discussed, thread, presented, lsf/mm, lsfmm, lsf/mm/bpf, lpc, presentation, slides, talked, talk at|about|on, here is|are|the|comes|i|we, this|the email|mail|letter|message|text, each|individual patch|commit, see, here's, these|those are|were, two|three|several|some|many ways|options|approaches
`;

const HEDGE = `
still, limited to, proceed with, next step|steps, in|for the|near|a future, future, later, eventually, might, maybe, perhaps, probably, possibly, not yet, yet, todo, to-do, for now, at some point, could be, plan to|is|on, plans to, planning to, planned, next step|steps|series, will be|follow|come|need|have|send|post|add|also|then, would be|have|need|also, don't know|think|see|have|expect
i think|believe|guess|suspect|wonder|assume|am|was|tried|had|have|did|don't|also, out of scope, not included|covered|part|addressed|handled|supported, left for|out|as, does not|doesn't include|cover|change|touch|address|affect, should not|also, ideally, seems, seem, seemed, apparently, arguably, interesting|interestingly, turns|turned out, note that, notice that, historically, originally, initially, years ago, long ago, was introduced|added, been around, i want|wanted|would|decided, so far, if we|you|the, of course, hmm, anyway, obviously
we could|can|may|might|should|would, alternative, alternatively, other options|approaches|option, another option|approach|way|possibility, assuming, controversial, ugly, hacky, unlikely, unclear, fwiw, honest|honestly, for reference|completeness, mainly|mostly because, remaining, not|isn't clear|ideal|sure|too
`;

const PATCH_NUMBER = `
patch# <n>, patch# 1, patch#4, patch <n>|#1|#2|#3|#4|#5|#6|#7|#8|#9|one|two|three|1-2|1-3|1-4|1-5|2-3, patches <n>|#1|1-2|1-3|1-4|1-5|2-3|2-4|3-4|3-5|1,|1&2|one|1..3, patch#1, patch#2, patch#3, patch1, patch2, patch3, #1, #2, #3, #4, #5, <nth>|last|final|next|remaining|other|previous|following patch|patches|commit|commits|one|two|three|four|few|set|half|part, the rest, rest of, first|front|second|other|back half, middle|last chunk, prep|preparation|preparatory patch|patches, patch <n>/<n>, 1/2, 2/2, 1/3, 2/3, 3/3, 1/4, 2/4, 3/4, 4/4, 1/5, 01/13, 0001, cleanup|cleanups patch|patches, commit <n>, <nth> of, <nth>|last is|adds|fixes|removes|patch, <nth>|last two|three|four|few|couple|several|<n>
`;

const MEASURE = `
<pct>, iops, throughput, latency, bandwidth, gb/s, mb/s, gbps, mpps, percent, benchmark, benchmarks, numbers, improvement of|in, speedup, 2x, 3x, 10x, ns, ms, usec, cycles
`;

const ACTION = `
add, adds, added, adding, fix, fixes, fixing, fixed, introduce, introduces, introducing, introduced, implement, implements, implementing, implemented, enable, enables, enabling, support, supports, convert, converts, converting, remove, removes, removing, drop, drops
rework, reworks, replace, replaces, refactor, refactors, refactoring, clean, cleans, cleanup, cleanups, clean-up, move, moves, moving, extend, extends, extending, improve, improves, improving, optimize, optimizes, optimise, optimises, simplify, simplifies, provide, provides
make, makes, allow, allows, avoid, avoids, reduce, reduces, switch, switches, restructure, unify, unifies, consolidate, consolidates, export, exports, expose, exposes, rename, renames, split, splits, reorganizes, reorganize, eliminate, eliminates, change, changes, handle, handles, prevent, prevents, restrict, restricts
propose, proposes, resolve, resolves, solve, solves, address, addresses, correct, corrects, rewrite, rewrites, update, updates, use, uses, wire, wires, teach, teaches, create, creates, define, defines, deprecate, deprecates, revert, reverts, let, lets, harden, hardens, speed up, speeds up, get rid of, gets rid of, expands, expand, generalize, generalizes, lift, lifts, relax, relaxes, cache, batch, batches, port, ports, upgrade
`;

const PURPOSE = `
in order to, so that, so we|it|users|userspace, goal, goals, aim, aims, aimed, allows, allow, allowing, enables, enable, enabling, to avoid|support|reduce|improve|allow|enable|make|prevent|fix|solve|address|help|simplify|ensure|handle, useful for|when|to|in|if, helps, help, helpful, lets, motivation, purpose, benefit, benefits, designed to, intended to|for, thereby, this way, needed to|for|by|because, because, required to|for|by, makes it, instead of, rather than, without having|the|requiring|needing, to be able, ability, by using|adding|moving|making|introducing, faster, efficient, safer, simpler
`;

const PROBLEM = `
currently, problem, problems, issue, issues, cannot, can't, can not, lack, lacks, lacking, missing, bug, bugs, race, races, racy, deadlock, deadlocks, regression, leak, leaks, overflow, warning, crash, crashes, panic, fails, fail, failure, failures, wrong, wrongly, incorrect, incorrectly, broken, breaks, break, unable, inefficient, expensive, overhead, slow, limitation, limitations, limited
impossible, difficult, hard to, use-after-free, uaf, oops, hang, hangs, stall, stalls, corrupt, corruption, unnecessary, unnecessarily, redundant, duplicated, duplicate, waste, wasteful, contention, vulnerability, vulnerable, not supported|possible|work|available|handled|aware|allowed|enough, doesn't work|support|handle|have|allow, does not work|support|handle|have|allow, no way|support|means|longer, only supports|works|allows|handles, unsupported, leads to, lead to, causes, cause, causing, results in, resulting in, suffers, suffer, today, at present, at the moment, right now, never, error, errors, bogus, unused, stale, confusing, obsolete, bad, misses, forgets, forgot
`;

const SERIES = `
this|the|these|following|my series|patchset|patch-set|patchsets|patches|changeset|rfc, patch set|series, this|the patch, the|these|this changes, this|the pull|pr, these two|three|four|few|small|simple patches
`;

const EXAMPLE = 'for example, for instance, e.g, eg, such as, i.e, ie, imagine, consider, suppose';

const PREP = `
patch|patches <n>|#1|1-2|1-3|1-4|1-5|1-6|1-7|1-8|1/2|1&2 is|are a|cleanup|cleanups|preparation|preparations|prep|refactoring|refactorings|just|simple|fixes|trivial|small|minor|only, <nth> patch|patches|commits|commit is|are a|cleanup|cleanups|preparation|preparations|prep|refactoring|refactorings|just|simple|trivial|small|minor|only, <n>|two|three|four|five|six|few|couple patches|commits are|is cleanup|cleanups|preparation|preparations|prep|preparatory|refactoring|just|simple|trivial|minor|pure|only, <nth> <n> patches are, <nth> <n> commits|patches in this series are, <nth> <n> are|is, are|is just refactoring|preparation|cleanup|cleanups|preparations, patch|patches <n> prepares|prepare, prep patch|patches|work, preparation|preparatory patch|patches, no functional change|changes
`;

/** All cues in one table, found in one pass over the words. */
export const CUES = phraseTable([
  [CUE.chatter, CHATTER],
  [CUE.version, VERSION],
  [CUE.base, BASE],
  [CUE.test, TEST],
  [CUE.pointer, POINTER],
  [CUE.hedge, HEDGE],
  [CUE.person, "i, my, me, i'm, i've, myself"],
  [CUE.patchNumber, PATCH_NUMBER],
  [CUE.measure, MEASURE],
  [CUE.action, ACTION],
  [CUE.purpose, PURPOSE],
  [CUE.problem, PROBLEM],
  [CUE.series, SERIES],
  [CUE.example, EXAMPLE],
  [CUE.prep, PREP],
]);
