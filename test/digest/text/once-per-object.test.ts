import { expect, it } from 'vitest';
import { oncePerObject } from '../../../src/digest/text/once-per-object.js';

it('works each object out once, whatever comes of it', () => {
  const calls: object[] = [];
  const answer = oncePerObject((of: { readonly is: string | undefined }) => {
    calls.push(of);
    return of.is;
  });
  const [here, same, none] = [{ is: 'a' }, { is: 'a' }, { is: undefined }];
  expect([here, here, same, none, none].map(answer)).toEqual(['a', 'a', 'a', undefined, undefined]);
  expect(calls).toEqual([here, same, none]);
});
