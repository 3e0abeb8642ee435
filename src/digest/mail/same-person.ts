import type { Address } from './mail.js';
import { emailKey, nameKey } from './person-key.js';

/**
 * Whether two addresses are one person, as b4 judges it for trailers: the same address with a `+tag` left out, a
 * difference of one label in front of the domain (`linux.intel.com`, `intel.com`), or the same name, `Last, First` reversed. A single word
 * is not enough.
 */
export function samePerson(a: Address, b: Address): boolean {
  if (a.email !== '' && b.email !== '' && sameEmail(emailKey(a.email), emailKey(b.email))) return true;
  const name = nameKey(plainName(a.name));
  return name !== '' && name === nameKey(plainName(b.name));
}

function sameEmail(a: string, b: string): boolean {
  if (a === b) return true;
  const atA = a.lastIndexOf('@');
  const atB = b.lastIndexOf('@');
  if (atA < 1 || a.slice(0, atA) !== b.slice(0, atB)) return false;
  return oneLabelMore(a.slice(atA + 1), b.slice(atB + 1)) || oneLabelMore(b.slice(atB + 1), a.slice(atA + 1));
}

/** `linux.intel.com` is one label more than `intel.com`; but `intel.com` does not count as that of `com`. */
function oneLabelMore(long: string, short: string): boolean {
  return short.includes('.') && long.endsWith(`.${short}`) && !long.slice(0, -short.length - 1).includes('.');
}

/**
 * `samePerson` as keys, for large numbers of people: two are one person exactly if one's `sought` has a key of the other's `own`. The
 * relation is not transitive (`a@x.y.z`, `a@y.z`, `a@w.y.z`), so one key for each person is not enough.
 */
export function personKeys(person: Address): { own: readonly string[]; sought: readonly string[] } {
  const name = nameKey(plainName(person.name));
  const named = name === '' ? [] : [`name ${name}`];
  if (person.email === '') return { own: named, sought: named };
  const email = emailKey(person.email);
  const shorter = oneLabelLess(email);
  const same = `email ${email}`;
  return {
    own: [...named, same, ...(shorter === null ? [] : [`below ${shorter}`])],
    sought: [...named, same, `below ${email}`, ...(shorter === null ? [] : [`email ${shorter}`])],
  };
}

/** `jane@linux.intel.com` → `jane@intel.com`; null if the rest would not be a domain. */
function oneLabelLess(email: string): string | null {
  const at = email.lastIndexOf('@');
  const dot = email.indexOf('.', at);
  if (at < 1 || dot < 0 || !email.includes('.', dot + 1)) return null;
  return email.slice(0, at + 1) + email.slice(dot + 1);
}

/** `Steven Rostedt (Google)` is Steven Rostedt. */
function plainName(name: string): string {
  const open = name.indexOf('(');
  return open > 0 ? name.slice(0, open) : name;
}
