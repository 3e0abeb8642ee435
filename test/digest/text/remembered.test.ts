import fc from 'fast-check';
import { expect, it } from 'vitest';
import { remembered } from '../../../src/digest/text/remembered.js';

it('answers as the function does, however many texts there are', () => {
  const upper = (text: string) => ({ said: text.toUpperCase() });
  const quick = remembered(upper);
  const text = fc.oneof(fc.string(), fc.string({ unit: 'binary', minLength: 590, maxLength: 610 }));
  fc.assert(
    fc.property(fc.array(text, { maxLength: 700 }), (texts) => {
      for (const one of [...texts, ...texts]) expect(quick(one)).toEqual(upper(one));
    }),
    { numRuns: 20 },
  );
});

it('works a text out once, until others came in between', () => {
  let worked = 0;
  const quick = remembered((text) => `${text}${++worked}`);
  expect([quick('a'), quick('a'), quick('b'), quick('a')]).toEqual(['a1', 'a1', 'b2', 'a1']);
  for (let n = 0; n < 1000; n++) quick(`other ${n}`);
  quick('a');
  expect(worked).toBe(1003);
});
