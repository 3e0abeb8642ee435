import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openFiles } from '../../../src/adapters/files/open-files.js';
import { decodeMail } from '../../../src/adapters/mail/decode-mail.js';
import { understand } from '../../../src/digest/message/understand.js';
import { joinFacts } from '../../../src/digest/revision/join-facts.js';
import type { JoinFacts, Revision } from '../../../src/digest/revision/revision.js';
import { titleKey } from '../../../src/digest/revision/title-key.js';
import { joinAtOnce, joinOneByOne } from './incremental-join.js';
import { ANN, BOB, DAY, type LittleMail, makeFacts } from './make-facts.js';

const CORPORA = fileURLToPath(new URL('../../../../shared/corpora/', import.meta.url));
const CASY = 'casey@lists.example.net';
const IDS = Array.from({ length: 14 }, (_, at) => `m${at}`);
const TITLES = [
  'kvm: fix the master clock',
  'mm/gup: track dma-pinned pages',
  'fix typo',
  'mm/gup: FOLL_PIN',
  '',
];
const TAGS = [
  'PATCH',
  'PATCH v2',
  'PATCH RFC',
  'PATCH RESEND',
  'PATCH net-next v3',
  'PATCH v2.1',
  'PATCH v4',
  'PATCH v5',
  'GIT PULL',
];
const COUNTERS = ['', ' 0/2', ' 0/2', ' 1/2', ' 2/2', ' 3/2', ' 0/3', ' 1/3', ' 2/3', ' 3/3', ' 1/1'];

/** A mail of a little list: every field drawn from few values, so that mails meet and clash often. */
const littleMail = fc
  .record({
    id: fc.constantFrom(...IDS),
    tag: fc.constantFrom(...TAGS),
    counter: fc.constantFrom(...COUNTERS),
    title: fc.constantFrom(...TITLES),
    reply: fc.boolean(),
    from: fc.constantFrom(ANN, BOB, CASY, 'Ann Author <ann@home.example.net>'),
    at: fc.constantFrom(null, 0, 3, 40, 90, DAY, DAY + 5, 9 * DAY, 40 * DAY, 500 * DAY),
    re: fc.array(fc.constantFrom(...IDS), { maxLength: 3 }),
    changeId: fc.constantFrom(null, null, null, 'one', 'two'),
    patchId: fc.constantFrom(null, 'feed', 'beef'),
    earlier: fc.array(fc.tuple(fc.constantFrom(null, 1, 2), fc.constantFrom(...IDS)), { maxLength: 1 }),
    supersedes: fc.constantFrom<readonly string[]>([], [], [], ['m1']),
    shortlog: fc.constantFrom([], [], TITLES.slice(0, 2), TITLES.slice(1, 4)),
  })
  .map(
    ({ tag, counter, title, reply, changeId, patchId, ...rest }): LittleMail => ({
      ...rest,
      subject: `${reply && counter !== ' 0/2' ? 'Re: ' : ''}[${tag}${counter}] ${title}`,
      ...(changeId === null ? {} : { changeId }),
      ...(patchId === null ? {} : { patchId }),
    }),
  );

const littleList = fc
  .uniqueArray(littleMail, { selector: (mail) => mail.id, minLength: 1, maxLength: IDS.length })
  .map((mails) => mails.map(makeFacts));

/** The list in another order, with some mails twice. */
function arrivals(facts: readonly JoinFacts[], random: () => number): readonly JoinFacts[] {
  const again = facts.filter(() => random() < 0.2);
  return [...facts, ...again]
    .map((one) => ({ one, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);
}

/** mulberry32 */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

describe('the order of arrival', () => {
  it('changes nothing on little lists', () => {
    fc.assert(
      fc.property(littleList, fc.integer(), (facts, seed) => {
        const joined = joinAtOnce(facts);
        expect(joinAtOnce(facts.toReversed())).toEqual(joined);
        expect(joinOneByOne(arrivals(facts, seeded(seed)))).toEqual(joined);
      }),
      { numRuns: 400 },
    );
  });

  it('puts each cover and patch into one revision, and each revision into one series', () => {
    fc.assert(
      fc.property(littleList, (facts) => {
        const { revisions, series, targets } = joinAtOnce(facts);
        const members = revisions.flatMap((revision) => revision.members);
        expect(new Set(members).size).toBe(members.length);
        const known = new Set(
          facts.filter((one) => one.kind === 'patch' || one.kind === 'cover').map((one) => one.id),
        );
        for (const id of known) expect(members).toContain(id);
        for (const target of targets.values()) expect(members).toContain(target);
        expect(series.flatMap((group) => group.revisions.map((one) => one.id)).sort()).toEqual(
          revisions.map((one) => one.id),
        );
        for (const { links, revisions: of } of series) expect(links.length).toBe(of.length - 1);
      }),
    );
  });

  it('puts two different postings of one number into one series only where the text says that one replaces the other', () => {
    fc.assert(
      fc.property(littleList, (facts) => {
        for (const { revisions, links } of joinAtOnce(facts).series) {
          if (links.some(({ reason }) => reason === 'supersedes')) continue;
          for (const [at, a] of revisions.entries())
            for (const b of revisions.slice(at + 1))
              if (a.version === b.version && a.rfc === b.rfc) expect(sharesAnything(a, b)).toBe(true);
        }
      }),
      { numRuns: 400 },
    );
  });

  describe.skipIf(!existsSync(CORPORA))('over real mail (skipped without ../shared)', () => {
    it.each([
      ['lkml-2010.mbox.gz', 300],
      ['covers-and-revisions.mbox.gz', 900],
      ['io-uring-10k.mbox.gz', 900],
    ])('changes nothing in %s', async (name, most) => {
      const facts = await readFacts(`${CORPORA}${name}`, most);
      expect(facts.length).toBeGreaterThan(150);
      const joined = joinAtOnce(facts);
      for (const seed of [1, 2]) expect(joinOneByOne(arrivals(facts, seeded(seed)))).toEqual(joined);
    });
  });
});

/**
 * Two postings that may be one sent twice: they have a word of their titles or a patch in common. A partial reroll
 * takes over the title of what it sends again: the words of its own patches are those that it was sent under.
 */
function sharesAnything(a: Revision, b: Revision): boolean {
  const keysOf = ({ title, slots, members }: Revision) =>
    new Set([
      ...titleKey(title).split(' '),
      ...slots
        .filter((slot) => slot.id !== null && members.includes(slot.id))
        .flatMap((slot) => titleKey(slot.title).split(' ')),
      ...slots.flatMap((slot) => [titleKey(slot.title), slot.patchId ?? '']),
    ]);
  const [left, right] = [keysOf(a), keysOf(b)];
  return [...left].some((key) => key !== '' && right.has(key));
}

/** The first mails of a file, each Message-ID once. */
async function readFacts(path: string, most: number): Promise<readonly JoinFacts[]> {
  const facts = new Map<string, JoinFacts>();
  for await (const event of openFiles(path).read()) {
    if (event.kind !== 'mail') continue;
    const one = joinFacts(understand(await decodeMail(event.raw)));
    if (!facts.has(one.id)) facts.set(one.id, one);
    if (facts.size >= most) break;
  }
  return [...facts.values()];
}
