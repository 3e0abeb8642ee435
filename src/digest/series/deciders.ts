import { emailKey, nameKey } from '../mail/person-key.js';
import type { Authority } from '../state/authority.js';
import type { Deciders } from '../state/weigh-claim.js';
import type { Catalog } from '../subsystem/catalog.js';
import { maintainersOf } from '../subsystem/maintainers-of.js';
import { oncePerObject } from '../text/once-per-object.js';

const allMaintainers = oncePerObject(
  ({ entries }: Catalog): ReadonlySet<string> =>
    new Set(entries.flatMap(({ maintainers }) => maintainers.map(({ email }) => emailKey(email)))),
);

/** Who may decide about a series: the maintainers of what it changes, according to MAINTAINERS. */
export function decidersOf(
  { catalog, authority }: { readonly catalog: Catalog; readonly authority: Authority },
  paths: readonly string[],
  recipients: readonly string[],
): Deciders {
  const people = maintainersOf(catalog, paths);
  const emails = new Set(people.map((person) => emailKey(person.email)));
  const names = new Set(people.map((person) => nameKey(person.name)));
  names.delete('');
  const addressed = new Set(recipients.map(emailKey));
  return {
    authority,
    known: people.length > 0,
    maintainsSomething: (email) => allMaintainers(catalog).has(emailKey(email)),
    mayDecide: (email, name) => emails.has(emailKey(email)) || names.has(nameKey(name)),
    isAddressed: (email) => addressed.has(emailKey(email)),
  };
}
