import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterStrike, careFor, judgeEnd, type Standing } from '../../../src/bot/ingest/reading-verdicts.js';

const STANDINGS: Readonly<Record<string, Standing>> = { s1: 'suspect', s2: 'suspect', q: 'quarantined' };
const standingOf = (key: string): Standing => STANDINGS[key] ?? 'clean';
const batch = (...keys: string[]) => ({ keys, isAlone: false });
const alone = (...keys: string[]) => ({ keys, isAlone: true });

describe('what is read how', () => {
  it.each([
    ['clean', 'together'],
    ['suspect', 'alone'],
    ['quarantined', 'not'],
  ] as const)('%s mail: %s', (standing, care) => {
    expect(careFor(standing)).toBe(care);
  });

  it.each([
    ['clean', false, 'suspect'],
    ['clean', true, 'suspect'],
    ['suspect', false, 'suspect'],
    ['suspect', true, 'quarantined'],
    ['quarantined', false, 'quarantined'],
    ['quarantined', true, 'quarantined'],
  ] as const)('%s mail that strikes (alone: %s) becomes %s', (standing, isAlone, after) => {
    expect(afterStrike(standing, isAlone)).toBe(after);
  });
});

describe('the end of a process', () => {
  it.each([
    ['nothing at hand', [], [], []],
    ['one batch', [batch('a', 'b')], ['a', 'b'], []],
    ['a batch parsed and another stored', [batch('a', 'b'), batch('b', 'c')], ['a', 'b', 'c'], []],
    ['a batch of one clean mail', [batch('a')], ['a'], []],
    ['a suspect, alone', [alone('s1')], [], ['s1']],
    ['a suspect in a batch', [batch('s1', 'a')], ['a'], []],
    ['a suspect that was not alone after all', [alone('s1'), batch('a')], ['a'], []],
    ['a clean mail, alone', [alone('a')], ['a'], []],
    ['a message of two mails, both suspects', [alone('s1', 's2')], [], ['s1', 's2']],
    ['a mail in quarantine, tried again', [alone('q')], [], ['q']],
  ])('with %s', (_, notes, suspected, convicted) => {
    const verdict = judgeEnd(notes, standingOf);
    expect(verdict.suspected).toEqual(suspected);
    expect(verdict.convicted.flatMap(({ keys }) => keys)).toEqual(convicted);
  });

  it('convicts the guilty one of any mails at its second end, and no other', () => {
    const keys = fc.uniqueArray(fc.integer({ min: 0, max: 60 }).map(String), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(keys, fc.nat(), fc.integer({ min: 1, max: 16 }), (mails, which, size) => {
        const guilty = mails[which % mails.length] ?? '';
        const standings = new Map<string, Standing>();
        const of = (key: string) => standings.get(key) ?? 'clean';
        let ends = 0;
        /** One life: what it has at hand when it ends; null if it reads all. */
        const live = () => {
          for (let at = 0; at < mails.length; at += size) {
            const group = mails.slice(at, at + size);
            for (const key of group.filter((one) => careFor(of(one)) === 'alone'))
              if (key === guilty) return alone(key);
            const together = group.filter((one) => careFor(of(one)) === 'together');
            if (together.includes(guilty)) return batch(...together);
          }
          return null;
        };
        for (let note = live(); note !== null; note = live()) {
          ends++;
          // Judged twice, as where that was interrupted: nothing changes.
          for (let i = 0; i < 2; i++) {
            const { suspected, convicted } = judgeEnd([note], of);
            for (const key of suspected) standings.set(key, 'suspect');
            if (i === 0 || note.isAlone)
              for (const key of convicted.flatMap((one) => one.keys)) standings.set(key, 'quarantined');
          }
          expect(ends).toBeLessThan(3);
        }
        expect(ends).toBe(2);
        expect(mails.filter((key) => of(key) === 'quarantined')).toEqual([guilty]);
      }),
    );
  });
});
