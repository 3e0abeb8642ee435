import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { samePerson } from '../../../src/digest/mail/same-person.js';
import { personSet } from '../../../src/digest/review/person-set.js';

const label = fc.constantFrom('a', 'b', 'linux', 'example', 'org', '');
const email = fc.oneof(
  fc.constantFrom('', 'jane', '@', 'jane@', 'jane+tag@example.org', 'Jane@EXAMPLE.org', 'a@b@example.org'),
  fc
    .tuple(fc.constantFrom('jane', 'pat', 'pat+list'), fc.array(label, { minLength: 1, maxLength: 4 }))
    .map(([local, labels]) => `${local}@${labels.join('.')}`),
);
const name = fc.constantFrom('', 'Jane', 'Jane Doe', 'Doe, Jane', 'Jane Doe (Example)', 'Pat Erson');
const person = fc.record({ name, email });

describe('a set of people', () => {
  it('holds a person exactly where one that was added is the same person', () => {
    fc.assert(
      fc.property(fc.array(person, { maxLength: 6 }), person, (added, sought) => {
        const people = personSet();
        for (const one of added) people.add(one);
        expect(people.has(sought)).toBe(added.some((one) => samePerson(one, sought)));
      }),
      { numRuns: 3_000 },
    );
  });
});
