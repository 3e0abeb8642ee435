import type { RevisionRecord } from '../series/record.js';
import { deedOf } from '../trailer/kinds.js';

interface Reviewer {
  readonly name: string;
  /** Verb → how many patches. */
  readonly did: Map<string, number>;
}

/** Who has looked at a revision, by name, and at how much of it: `Bo Lindqvist (reviewed 4 of 6)`, at most `most` of them. */
export function reviewersText(revision: RevisionRecord, most: number): string | null {
  const people = new Map<string, Reviewer>();
  for (const patch of revision.patches) {
    for (const review of patch.reviews) {
      const name = review.name || review.email;
      const key = name.toLowerCase();
      const verb = deedOf(review.kind);
      if (key === '' || verb === null) continue;
      const person = people.get(key) ?? { name, did: new Map<string, number>() };
      people.set(key, person);
      person.did.set(verb, (person.did.get(verb) ?? 0) + 1);
    }
  }
  if (people.size === 0) return null;
  const named = [...people.values()]
    .slice(0, most)
    .map((person) => reviewerText(person, revision.patches.length));
  const more = people.size - named.length;
  return named.join(', ') + (more > 0 ? `, +${more} more` : '');
}

function reviewerText({ name, did }: Reviewer, total: number): string {
  const deeds = [...did].map(([verb, n]) => (total < 2 || n >= total ? verb : `${verb} ${n} of ${total}`));
  return `${name} (${deeds.join(', ')})`;
}
