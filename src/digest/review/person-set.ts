import type { Address } from '../mail/mail.js';
import { personKeys } from '../mail/same-person.js';

/**
 * People seen so far. `has` answers as `samePerson` would for each of them, in constant time: a posting may have
 * thousands of reviewers.
 */
export interface PersonSet {
  has(person: Address): boolean;
  add(person: Address): void;
}

export function personSet(): PersonSet {
  const known = new Set<string>();
  return {
    has: (person) => personKeys(person).sought.some((key) => known.has(key)),
    add(person) {
      for (const key of personKeys(person).own) known.add(key);
    },
  };
}
