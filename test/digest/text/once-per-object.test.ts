import { expect, it } from 'vitest';
import { oncePerObject } from '../../../src/digest/text/once-per-object.js';

it('works each object out once, whatever comes of it', () => {
  const asked: object[] = [];
  const answer = oncePerObject((of: { readonly is: string | undefined }) => {
    asked.push(of);
    return of.is;
  });
  const [here, same, none] = [{ is: 'a' }, { is: 'a' }, { is: undefined }];
  expect([here, here, same, none, none].map(answer)).toEqual(['a', 'a', 'a', undefined, undefined]);
  expect(asked).toEqual([here, same, none]);
});
