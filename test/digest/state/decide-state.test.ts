import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StateClaim } from '../../../src/digest/claims/claim.js';
import { readAuthority } from '../../../src/digest/state/authority.js';
import { decideState, isStale, revisionStates } from '../../../src/digest/state/decide-state.js';
import { type Deciders, SURE } from '../../../src/digest/state/weigh-claim.js';
import { factsOf, jane, mai, pat, revisionOf, type Said, settingOf, trailerOf } from './facts.js';

const v1 = revisionOf(1, 3, '2024-05-01T10:00:00Z');
const v2 = revisionOf(2, 3, '2024-05-10T10:00:00Z');
const single = revisionOf(1, 1, '2024-05-01T10:00:00Z');
const pwBot = { name: '', email: 'patchwork-bot+frob@kernel.org' };
const linus = { name: 'Linus Torvalds', email: 'torvalds@linux-foundation.org' };
const patch = (index: number, title = '') => ({ index, title, commit: null });
const refusal = (confidence: number): Partial<StateClaim> => ({
  says: 'rejected',
  confidence,
  quote: 'NAK',
});
const asks = (confidence = 0.6): Partial<StateClaim> => ({
  says: 'changes-requested',
  confidence,
  quote: 'Please resend.',
});
const again: Partial<StateClaim> = {
  says: 'author-will-change',
  confidence: 0.8,
  whole: true,
  quote: "I'll send a v2.",
};
const leftOut = { says: 'withdrawn', confidence: 0.7, quote: "Yep, I'll drop it." } as const;
const loose: Partial<StateClaim> = { confidence: 0.6, quote: "I've merged this." };
const takenOut: Partial<StateClaim> = { says: 'unapplied', confidence: 0.7, quote: 'Dropped again.' };
const promise: Partial<StateClaim> = { says: 'will-apply', confidence: 0.5, quote: "I'll queue it up." };
const command = (says: StateClaim['says']): Partial<StateClaim> => ({
  says,
  source: 'pw-bot',
  confidence: 0.95,
  whole: true,
  quote: 'pw-bot: …',
});

const said = (to: string, by: Said['by'], at: string, ...claims: Partial<StateClaim>[]): Said => ({
  to,
  by,
  at: `2024-05-${at}T10:00:00Z`,
  claims,
});

describe('that a newer version was sent', () => {
  const sent = (quote: string): Partial<StateClaim> => ({
    says: 'superseded',
    confidence: 0.7,
    whole: true,
    quote,
  });
  const marked = { ...sent('Marked as superseded in patchwork.'), confidence: 0.8 };
  it.each<[string, Said[], string]>([
    ['the author says so', [said('v1-1', jane, '02', sent("I've sent v2."))], 'superseded'],
    [
      'the author says so after a request',
      [said('v1-1', mai, '02', asks()), said('v1-1', jane, '03', sent('New version is here.'))],
      'superseded',
    ],
    ['the author means this one', [said('v1-1', jane, '02', sent('I sent v1 on Monday.'))], 'new'],
    ['another person says so', [said('v1-1', pat, '02', sent('Sent v2.'))], 'under-review'],
    ['a maintainer says so', [said('v1-1', mai, '02', sent('Sent v2.'))], 'under-review'],
    ['a maintainer marks it in patchwork', [said('v1-1', mai, '02', marked)], 'superseded'],
    ['another person marks it', [said('v1-1', pat, '02', marked)], 'under-review'],
  ])('%s', (_, mails, name) => {
    expect(decideState(settingOf([v1], mails)).name).toBe(name);
  });
});

describe('a posting that someone took out of their tree who does not decide', () => {
  const applied: Partial<StateClaim> = { tree: 'foo' };
  const dropped = (by: Said['by'], at: string) => said('v1-1', by, at, takenOut);
  const tom = { name: 'Tom', email: 'tom@example.org' };
  it.each<[string, Said[], string]>([
    ['and had applied it', [said('v1-1', pat, '02', applied), dropped(pat, '03')], 'under-review'],
    ['and had not', [said('v1-1', pat, '02', applied), dropped(tom, '03')], 'applied'],
    [
      'and another took it then',
      [said('v1-1', pat, '02', applied), dropped(pat, '03'), said('v1-1', mai, '04', applied)],
      'applied',
    ],
    [
      'as another has taken it',
      [said('v1-1', pat, '02', applied), said('v1-1', mai, '03', applied), dropped(pat, '04')],
      'applied',
    ],
    ['though no one applied it', [dropped(pat, '03')], 'under-review'],
  ])('%s', (_, mails, name) => {
    const setting = settingOf([single], mails, { maintainsSomething: () => true });
    expect(decideState(setting).name).toBe(name);
  });
});

describe('an author who writes `Rejected.` below their own patch', () => {
  it('withdraws it', () => {
    const rejected = { ...refusal(0.7), quote: 'Rejected.' };
    const { name, evidence } = decideState(settingOf([single], [said('v1-1', jane, '02', rejected)]));
    expect([name, evidence[0]?.says]).toEqual(['rejected', 'withdrawn']);
  });
});

describe('what an author promises below an older version', () => {
  const will = (quote: string, confidence = 0.7): Partial<StateClaim> => ({ ...again, quote, confidence });
  it.each<[string, Said, string]>([
    ['when the newest had not come', said('v1-1', jane, '09', will("I'll use a list.")), 'new'],
    [
      'just after it',
      { ...said('v1-1', jane, '10', will("I'll send v2.")), at: '2024-05-10T10:20:00Z' },
      'new',
    ],
    ['days after it', said('v1-1', jane, '12', will("I'll use a list.")), 'changes-requested'],
    ['naming the version after it', said('v1-1', jane, '12', will('Will fix in v3.')), 'changes-requested'],
    ['naming the newest', said('v1-1', jane, '12', will('That will be fixed by v2.')), 'new'],
    ['in one word', said('v1-1', jane, '12', will('Done.', 0.6)), 'new'],
    ['but another person', said('v1-1', pat, '12', will("I'll use a list.")), 'new'],
  ])('%s', (_, reply, name) => {
    expect(decideState(settingOf([v1, v2], [reply])).name).toBe(name);
  });
});

describe('a newer version that an author names below an older one', () => {
  const sent = (quote: string): Partial<StateClaim> => ({
    says: 'superseded',
    source: 'person',
    quote,
    confidence: 0.7,
  });
  it.each<[string, Said, string]>([
    ['is newer than all that are here', said('v1-1', jane, '12', sent("I've sent v3.")), 'superseded'],
    ['is the newest', said('v1-1', jane, '12', sent("I've sent v2.")), 'new'],
    ['has no number', said('v1-1', jane, '12', sent("I've sent a new version.")), 'new'],
    ['is named before the newest came', said('v1-1', jane, '09', sent("I've sent v3.")), 'new'],
    ['is named by another', said('v1-1', pat, '12', sent("I've sent v3.")), 'new'],
  ])('%s', (_, reply, name) => {
    expect(decideState(settingOf([v1, v2], [reply])).name).toBe(name);
  });
});

describe('the state of one posting', () => {
  it.each<[string, readonly Said[], string]>([
    ['nobody has answered', [], 'new'],
    ['the author alone has answered', [said('v1-0', jane, '02')], 'new'],
    ['a bot alone has answered', [{ ...said('v1-0', pat, '02'), bot: true }], 'new'],
    ['somebody has answered', [said('v1-2', pat, '02')], 'under-review'],
    ['a maintainer applied it', [said('v1-0', mai, '02', {})], 'applied'],
    ['a stranger says the formula', [said('v1-0', pat, '02', {})], 'under-review'],
    ['the author says the formula', [said('v1-0', jane, '02', {})], 'new'],
    ['a stranger says it loosely', [said('v1-0', pat, '02', loose)], 'under-review'],
    ['a maintainer says it loosely', [said('v1-0', mai, '02', loose)], 'applied'],
    ['a maintainer promises to', [said('v1-0', mai, '02', promise)], 'under-review'],
    ['a maintainer says no', [said('v1-0', mai, '02', refusal(0.8))], 'rejected'],
    ['Linus says no', [said('v1-0', linus, '02', refusal(0.7))], 'rejected'],
    ['a stranger says no', [said('v1-0', pat, '02', refusal(0.8))], 'under-review'],
    ['a maintainer says no to one patch', [said('v1-2', mai, '02', refusal(0.8))], 'changes-requested'],
    ['a maintainer leaves one patch out', [said('v1-2', mai, '02', leftOut)], 'under-review'],
    [
      'a maintainer wants one patch dropped',
      [said('v1-2', mai, '02', { ...leftOut, quote: 'Please drop this patch.' })],
      'changes-requested',
    ],
    ['the author will drop one patch', [said('v1-2', jane, '02', leftOut)], 'changes-requested'],
    ['the author agrees to drop one patch', [said('v1-2', jane, '02', refusal(0.7))], 'changes-requested'],
    ['a reviewer asks for a change', [said('v1-2', pat, '02', asks())], 'changes-requested'],
    ['the author asks for a change', [said('v1-2', jane, '02', asks())], 'new'],
    ['the author withdraws it', [said('v1-0', jane, '02', refusal(0.6))], 'rejected'],
    ['a maintainer asks for another', [said('v1-0', mai, '02', asks())], 'changes-requested'],
    ['the author will send another', [said('v1-2', jane, '02', again)], 'changes-requested'],
    ['somebody else will send another', [said('v1-2', pat, '02', again)], 'under-review'],
    [
      'the author will send another, yet it is applied',
      [said('v1-2', jane, '02', again), said('v1-0', mai, '03', {})],
      'applied',
    ],
    ['patchwork is told so', [said('v1-2', mai, '02', command('changes-requested'))], 'changes-requested'],
    [
      'patchwork is told so, and back',
      [said('v1-0', mai, '02', command('changes-requested')), said('v1-0', mai, '03', command('open'))],
      'under-review',
    ],
    ['the author tells patchwork that it is accepted', [said('v1-0', jane, '02', command('applied'))], 'new'],
    ['the author tells patchwork to drop it', [said('v1-0', jane, '02', command('rejected'))], 'rejected'],
    [
      'it is asked for again, then applied',
      [said('v1-0', mai, '02', asks()), said('v1-0', mai, '03', {})],
      'applied',
    ],
    [
      'it is applied, then asked for a patch on top',
      [said('v1-0', mai, '02', {}), said('v1-0', mai, '03', asks())],
      'applied',
    ],
    [
      'it is applied, then a request is posted, however sure',
      [said('v1-0', mai, '02', {}), said('v1-0', mai, '03', asks(0.8))],
      'applied',
    ],
    [
      'it is applied, then taken out',
      [said('v1-0', mai, '02', {}), said('v1-0', mai, '03', takenOut)],
      'under-review',
    ],
    [
      'it is applied, then taken out with a request',
      [said('v1-0', mai, '02', {}), said('v1-0', mai, '03', takenOut, asks())],
      'changes-requested',
    ],
    [
      'it is applied, and a stranger says that it was taken out',
      [said('v1-0', mai, '02', {}), said('v1-0', pat, '03', takenOut)],
      'applied',
    ],
    [
      'it is taken out and applied again',
      [said('v1-0', mai, '02', {}), said('v1-0', mai, '03', takenOut), said('v1-0', mai, '04', {})],
      'applied',
    ],
    [
      'a reviewer asks, then reviews it',
      [
        said('v1-1', pat, '02', asks()),
        { ...said('v1-1', pat, '03'), trailers: [trailerOf('Reviewed-by', pat)] },
      ],
      'under-review',
    ],
    [
      'a reviewer asks in the mail that reviews it',
      [{ ...said('v1-1', pat, '02', asks()), trailers: [trailerOf('Reviewed-by', pat)] }],
      'changes-requested',
    ],
    [
      'its mail was found forged where it was received',
      [{ ...said('v1-0', mai, '02', {}), unauthenticated: true }],
      'under-review',
    ],
    [
      'it names patches that are not there',
      [said('v1-0', mai, '02', { patches: [patch(9)] })],
      'under-review',
    ],
    [
      'it is applied, then dropped',
      [said('v1-0', mai, '02', {}), said('v1-0', mai, '03', refusal(0.7))],
      'rejected',
    ],
    [
      'it is applied, then merged',
      [
        said('v1-0', mai, '02', {}),
        said('v1-0', pwBot, '03', { says: 'merged', source: 'patchwork-bot', confidence: 1 }),
      ],
      'merged',
    ],
    [
      'a stranger forges the bot',
      [said('v1-0', pat, '03', { says: 'merged', source: 'patchwork-bot', confidence: 1 })],
      'under-review',
    ],
  ])('where %s', (_, replies, name) => {
    expect(decideState(settingOf([v1], replies)).name).toBe(name);
  });

  it.each<[string, Partial<StateClaim>, string]>([
    ['a notice with the tree', { branch: 'for-next' }, 'applied'],
    ['a notice of b4 ty', { source: 'b4-ty', confidence: 1 }, 'applied'],
    ['bare words, which may take up a suggestion', {}, 'new'],
    ['looser words', { ...loose, branch: 'for-next' }, 'new'],
  ])("is proven for a maintainer's own patch by %s: %j is %s", (_, claim, name) => {
    const own = { ...single, author: mai };
    expect(decideState(settingOf([own], [said('v1-1', mai, '02', claim)])).name).toBe(name);
  });

  it.each<[string, Partial<Deciders>, typeof mai, Partial<StateClaim>, string]>([
    ['no maintainer is known', { known: false }, pat, {}, 'applied'],
    [
      'no maintainer is known, and the tree is named',
      { known: false },
      pat,
      { ...loose, tree: 'foo' },
      'applied',
    ],
    ['no maintainer is known, and no tree is named', { known: false }, pat, loose, 'under-review'],
    ['no maintainer is known, and the author says so', { known: false }, jane, {}, 'new'],
    ['the author sent it to who says so', { isAddressed: () => true }, pat, {}, 'applied'],
    ['the author sent it to who says so loosely', { isAddressed: () => true }, pat, loose, 'under-review'],
    [
      'the author sent it to who says so loosely and names the tree',
      { isAddressed: () => true },
      pat,
      { ...loose, tree: 'foo' },
      'applied',
    ],
    [
      'who says so loosely and names the tree was not addressed',
      {},
      pat,
      { ...loose, tree: 'foo' },
      'under-review',
    ],
    [
      'who says so maintains something else',
      { maintainsSomething: () => true },
      pat,
      { tree: 'foo' },
      'applied',
    ],
    [
      'an address of the table says so',
      { authority: readAuthority(['pat@example.org']) },
      pat,
      loose,
      'applied',
    ],
    ['a domain of the table says so', { authority: readAuthority(['@example.org']) }, pat, loose, 'applied'],
    [
      'a domain that ends alike says so',
      { authority: readAuthority(['@ample.org']) },
      pat,
      {},
      'under-review',
    ],
  ])('is decided by who says so: where %s', (_, given, by, claim, name) => {
    expect(decideState(settingOf([v1], [said('v1-0', by, '02', claim)], given)).name).toBe(name);
  });

  it.each<[string, Partial<StateClaim>, boolean, string]>([
    ['pushes it to a shared tree once it is reviewed', { ...loose, tree: 'frob-next' }, true, 'applied'],
    ['pushes it before any review', { ...loose, tree: 'frob-next' }, false, 'under-review'],
    ['puts it in a tree of their own', { ...loose, tree: "Jane Doe's tree" }, true, 'under-review'],
    ['pushes it to a repository under a name', { ...loose, tree: 'jane/linux' }, true, 'under-review'],
  ])('where the author %s: %j, reviewed: %s', (_, claim, isReviewed, name) => {
    const trailers = isReviewed ? [trailerOf('Reviewed-by', pat)] : [];
    const answer = { ...said('r0', jane, '03', claim), target: 'v1-0' };
    const setting = settingOf([v1], [{ ...said('v1-0', pat, '02'), trailers }, answer]);
    expect(decideState(setting).name).toBe(name);
  });

  it('is shown as uncertain where a maintainer calls it by a word of its title', () => {
    const claim = { ...loose, confidence: 0.5, tree: 'foo' };
    const [evidence] = decideState(settingOf([v1], [said('v1-0', mai, '02', claim)])).evidence;
    expect(evidence?.confidence).toBeLessThan(SURE);
  });

  it('waits for changes where a maintainer says what to do instead of the patch', () => {
    const withdrawal = {
      says: 'withdrawn',
      confidence: 0.6,
      quote: 'Please drop this and inline it.',
    } as const;
    const [alone, instead] = [[withdrawal], [withdrawal, asks()]].map((claims) =>
      decideState(settingOf([v1], [said('v1-0', mai, '02', ...claims)])),
    );
    expect(alone?.name).toBe('rejected');
    expect(instead).toMatchObject({ name: 'changes-requested' });
    expect(instead?.disbelieved).toBeUndefined();
  });

  it("takes an author's NAK of their own posting for its withdrawal", () => {
    const [evidence] = decideState(settingOf([v1], [said('v1-0', jane, '02', refusal(0.8))])).evidence;
    expect(evidence?.says).toBe('withdrawn');
  });

  it("takes an author's NAK of a backport that another sent for one", () => {
    const setting = settingOf([single], [said('v1-1', jane, '02', refusal(0.8))]);
    const facts = new Map([
      ...setting.facts,
      ['v1-1', factsOf('v1-1', { kind: 'patch', senderEmail: pat.email })],
    ]);
    expect(decideState({ ...setting, facts }).evidence).toMatchObject([{ says: 'rejected' }]);
  });

  it('is proven for the author without MAINTAINERS by an answer to a review', () => {
    const review = { ...said('v1-0', pat, '02'), trailers: [trailerOf('Reviewed-by', pat)] };
    const setting = settingOf([v1], [review, { ...said('r0', jane, '03', {}), target: 'v1-0' }], {
      known: false,
    });
    expect(decideState(setting).name).toBe('applied');
  });

  it('names the mails that are not believed, and why', () => {
    const replies = [
      said('v1-0', pat, '02', {}),
      { ...said('v1-0', mai, '03', refusal(0.8)), unauthenticated: true },
    ];
    expect(decideState(settingOf([v1], replies)).disbelieved).toEqual([
      { messageId: 'r0', by: pat, says: 'applied', date: '2024-05-02T10:00:00Z', reason: 'not-entitled' },
      {
        messageId: 'r1',
        by: mai,
        says: 'rejected',
        date: '2024-05-03T10:00:00Z',
        reason: 'not-authenticated',
      },
    ]);
  });

  it('shows the request that the author answers, and the promise', () => {
    const { evidence } = decideState(
      settingOf([v1], [said('v1-2', pat, '02', asks()), said('v1-2', jane, '03', again)]),
    );
    expect(evidence.map(({ by, says }) => [by.name, says])).toEqual([
      ['Pat Erson', 'changes-requested'],
      ['Jane Doe', 'author-will-change'],
    ]);
  });

  it.each<[string, string, Partial<StateClaim>, number]>([
    ['the cover', 'v1-0', {}, 3],
    ['one patch', 'v1-2', {}, 1],
    ['one patch, of all of them', 'v1-2', { whole: true }, 3],
    ['the cover, of two by number', 'v1-0', { patches: [patch(1), patch(2)] }, 2],
    ['the cover, of one by title', 'v1-0', { patches: [patch(9, 'frob: part 2')] }, 1],
    [
      'the cover, with a title that was changed while applying',
      'v1-0',
      { patches: [patch(2, 'etsockopt reading')] },
      1,
    ],
    [
      'the cover, of all by title',
      'v1-0',
      { patches: [1, 2, 3].map((at) => patch(at, `frob: part ${at}`)) },
      3,
    ],
  ])('a word about %s', (_, to, claim, patches) => {
    expect(decideState(settingOf([v1], [said(to, mai, '02', claim)])).applied).toEqual({ patches, total: 3 });
  });

  it('adds up what was applied in several mails, and takes off what was dropped', () => {
    const replies = [
      said('v1-1', mai, '02', {}),
      said('v1-3', mai, '03', {}),
      said('v1-3', mai, '04', refusal(0.7)),
    ];
    expect(decideState(settingOf([v1], replies))).toMatchObject({
      name: 'applied',
      applied: { patches: 1, total: 3 },
    });
  });

  it('proves it with the mail, its sender, the tree and the words', () => {
    const claim = { tree: 'frob/frob', branch: 'for-next' };
    expect(decideState(settingOf([v1], [said('v1-0', mai, '02', claim)])).evidence).toEqual([
      {
        messageId: 'r0',
        url: null,
        by: mai,
        date: '2024-05-02T10:00:00Z',
        source: 'person',
        says: 'applied',
        tree: 'frob/frob',
        branch: 'for-next',
        confidence: 0.9,
        quote: 'Applied, thanks!',
      },
    ]);
  });

  it('proves that it is under review by the tag that was given', () => {
    const reply = { ...said('v1-1', pat, '02'), trailers: [trailerOf('Reviewed-by', pat)] };
    expect(decideState(settingOf([v1], [reply])).evidence).toMatchObject([
      { source: 'review', by: pat, quote: 'Reviewed-by: Pat Erson <pat@example.org>' },
    ]);
  });
});

describe('notices that answer to no mail', () => {
  const akpm = { name: 'Andrew Morton', email: 'akpm@linux-foundation.org' };
  const notice = (title: string, author: typeof jane): Said => ({
    ...said('', akpm, '12', {
      source: 'mm',
      branch: 'mm-unstable',
      patches: [{ ...patch(0, title), index: null, author }],
    }),
  });

  it.each([
    ['title and author are those of a patch', notice('frob: part 2', jane), 'applied'],
    ['the title differs', notice('frob: part 9', jane), 'new'],
    ['the author differs', notice('frob: part 2', pat), 'new'],
  ])('count where %s', (_, reply, name) => {
    expect(decideState(settingOf([v1, v2], [reply])).name).toBe(name);
  });

  it.each<[string, string, string, string]>([
    ['from GitHub, of a repository that counts', 'noreply@github.com', 'bluez/bluez', 'applied'],
    ["from GitHub, of anyone's repository", 'noreply@github.com', 'mallory/bluez', 'new'],
    ["from a project's own host", 'jakub@gcc.gnu.org', 'gcc', 'applied'],
    ['from a host that ends alike', 'jakub@notgcc.gnu.org.example.org', 'gcc', 'new'],
    ['from a maintainer', mai.email, 'frob', 'applied'],
  ])('of a push count by who sends them: %s', (_, email, tree, name) => {
    const push = said('', { name: '', email }, '12', {
      source: 'commit',
      tree,
      branch: 'master',
      patches: [{ ...patch(0, 'frob: part 1'), index: null, author: jane }],
    });
    expect(decideState(settingOf([v1], [push])).name).toBe(name);
  });

  it('of a push count for the patches of its commits alone, though it was given to one of them', () => {
    const [other, own] = ['build: raise the version', 'frob: part 2'].map((title) => ({
      source: 'commit' as const,
      tree: 'bluez/bluez',
      patches: [{ ...patch(0, title), index: null, author: jane }],
    }));
    const push = said('', { name: '', email: 'noreply@github.com' }, '12', other ?? {}, own ?? {});
    const setting = settingOf([v1], [{ ...push, to: 'v1-2' }]);
    expect(decideState(setting)).toMatchObject({
      applied: { patches: 1, total: 3 },
      evidence: [{ says: 'applied' }],
    });
    expect(decideState(setting).evidence).toHaveLength(1);
  });

  it('count for the mail that they link to, whatever its title', () => {
    const linked = { ...patch(0, 'frob: retitled'), index: null, messageId: 'v2-2' };
    const outcome = decideState(
      settingOf([v1, v2], [said('', akpm, '12', { source: 'mm', patches: [linked] })]),
    );
    expect(outcome).toMatchObject({ name: 'applied', applied: { patches: 1, total: 3 } });
  });

  it('are about the latest posting that was there', () => {
    const states = revisionStates(settingOf([v1, v2], [notice('frob: part 2', jane)]));
    expect([...states].map(([id, state]) => [id, state.name])).toEqual([
      ['v1-0', 'superseded'],
      ['v2-0', 'applied'],
    ]);
  });
});

describe('a series of several postings', () => {
  it.each<[string, readonly Said[], string, string]>([
    ['the latest decides', [said('v1-0', mai, '02', asks())], 'superseded', 'new'],
    ['an older one that was applied stays so', [said('v1-0', mai, '02', {})], 'applied', 'new'],
    [
      'the maintainer took the older one though the newer was out',
      [said('v1-0', mai, '12', {})],
      'applied',
      'applied',
    ],
    [
      'the newer is applied',
      [said('v1-0', mai, '02', asks()), said('v2-0', mai, '12', {})],
      'superseded',
      'applied',
    ],
    ['the older was rejected', [said('v1-0', mai, '02', refusal(0.8))], 'rejected', 'new'],
  ])('%s', (_, replies, older, series) => {
    const setting = settingOf([v1, v2], replies);
    expect(revisionStates(setting).get('v1-0')?.name).toBe(older);
    expect(decideState(setting).name).toBe(series);
  });

  it('proves by the newer one that the older is superseded', () => {
    expect(revisionStates(settingOf([v1, v2], [])).get('v1-0')?.evidence).toMatchObject([
      { messageId: 'v2-0', source: 'newer-version', by: jane, quote: 'v2: frob: teach it to fly' },
    ]);
  });
});

it('decides the same whatever the order in which mail arrived', () => {
  const replies = [
    said('v1-0', mai, '02', asks()),
    said('v1-1', mai, '03', {}),
    said('v2-2', pat, '11', {}),
    said('v2-0', mai, '12', { patches: [patch(1)] }),
    said('v2-2', mai, '13', refusal(0.7)),
  ];
  const setting = settingOf([v1, v2], replies);
  const expected = decideState(setting);
  fc.assert(
    fc.property(fc.shuffledSubarray([...setting.facts], { minLength: setting.facts.size }), (facts) => {
      expect(decideState({ ...setting, facts: new Map(facts) })).toEqual(expected);
    }),
  );
});

describe('isStale', () => {
  const now = '2024-08-01T00:00:00Z';
  it.each([
    ['under-review', '2024-05-01T00:00:00Z', true],
    ['new', '2024-05-01T00:00:00Z', true],
    ['changes-requested', '2024-05-01T00:00:00Z', true],
    ['under-review', '2024-07-01T00:00:00Z', false],
    ['applied', '2020-05-01T00:00:00Z', false],
    ['merged', '2020-05-01T00:00:00Z', false],
    ['rejected', '2020-05-01T00:00:00Z', false],
    ['under-review', null, false],
    ['under-review', 'soon', false],
  ] as const)('%s, last heard of at %s: %s', (state, last, stale) => {
    expect(isStale(state, last, now)).toBe(stale);
  });

  it('takes another number of days', () => {
    expect(isStale('new', '2024-07-01T00:00:00Z', now, 14)).toBe(true);
  });
});
