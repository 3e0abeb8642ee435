import type { Address, Mail } from './mail.js';

/**
 * The person who sent a mail. Lists rewrite From for DMARC (`X via list <list@…>`) and leave the real sender in
 * X-Original-From, Reply-To or Cc; B4's relay hides it in `devnull+user.domain@kernel.org`. The name in From is kept if the real address
 * has none. Empty if the mail says nothing.
 */
export function readSender(mail: Mail): Address {
  const from = mail.from ?? mail.sender ?? { name: '', email: '' };
  const relayed = readRelay(from, mail);
  if (relayed !== null) return relayed;
  const isList = isListAddress(from.email, mail.lists);
  const via = nameBeforeVia(from.name) ?? (isList ? nameBefore(from.name, IN_OTHER_WORDS) : null);
  if (via === null && !isList) return plain(from);
  const name = via ?? unquote(from.name);
  return (
    originalFrom(mail, via ?? from.name) ?? { name, email: decodeList(from.email, mail.lists) ?? from.email }
  );
}

/** The places where lists keep the real sender, the most reliable first. */
function originalFrom(mail: Mail, name: string): Address | null {
  for (const header of ['x-original-from', 'x-patchwork-original-from']) {
    const address = parseAddress(mail.headers[header] ?? '');
    if (address !== null) return { name: address.name === '' ? name : address.name, email: address.email };
  }
  const people = mail.replyTo.filter(
    (address) => address.email !== '' && !isListAddress(address.email, mail.lists),
  );
  const named = [...people, ...mail.cc].find(
    (address) => sameName(address.name, name) && isPerson(address, mail),
  );
  if (named !== undefined) return { name: named.name, email: named.email };
  // A sole Reply-To that is not the list is the sender's, even without a name (patchwork #604).
  const sole = people.length === 1 ? people[0] : undefined;
  return sole === undefined ? null : { name: name === '' ? sole.name : name, email: sole.email };
}

function isPerson(address: Address, mail: Mail): boolean {
  return address.email !== '' && !isListAddress(address.email, mail.lists);
}

/** `Jane Doe via B4 Relay <devnull+jane.doe.example.org@kernel.org>`: a dot stands for the `@`. */
function readRelay(from: Address, mail: Mail): Address | null {
  const encoded = /^devnull\+(.{1,200})@kernel\.org$/i.exec(from.email)?.[1];
  if (encoded === undefined) return null;
  const name = nameBeforeVia(from.name) ?? unquote(from.name);
  const original = originalFrom(mail, name);
  if (original !== null && original.email.replace('@', '.') === encoded)
    return { name, email: original.email };
  return { name, email: decodeRelay(encoded, mail.text) ?? from.email };
}

/** Which dot was the `@`: the one that makes an address of the text (its Signed-off-by), else the one before a usual domain. */
function decodeRelay(encoded: string, text: string): string | null {
  const dots = [...encoded].flatMap((char, at) => (char === '.' ? [at] : []));
  const candidates = dots.map((at) => `${encoded.slice(0, at)}@${encoded.slice(at + 1)}`);
  const written = candidates.find((email) => text.includes(`<${email}>`));
  if (written !== undefined) return written;
  const labels = /\.(?:co|com|org|net|ac|edu|gov)\.[a-z]{2}$/i.test(encoded) ? 3 : 2;
  return candidates[Math.max(0, candidates.length - labels)] ?? null;
}

/**
 * `jane=example.org@lists.example.org`, as groups.io writes the sender's address into that of the list. Only at groups.io or a host of the mail's own
 * lists: anyone can have such an address at their own host.
 */
function decodeList(email: string, lists: readonly string[]): string | null {
  const match = /^([^=@]{1,64})=([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5})@([a-z0-9.-]{1,255})$/i.exec(
    email,
  );
  if (match === null) return null;
  const [, local = '', domain = '', host = ''] = match;
  const lower = host.toLowerCase();
  const isOfList = lower === 'groups.io' || lists.some((list) => list.toLowerCase().endsWith(`@${lower}`));
  return !isOfList || NO_PERSON.test(local) ? null : `${local}@${domain}`;
}

/** Addresses that a list's own programs send from. */
const NO_PERSON =
  /bounce|^(?:owner|return|returns|confirm|notifications?|request)\b|-(?:owner|return|request|confirm)\b/i;

/** The same in other languages, and what Mailman has been set to write; from a list's address alone, since Outlook writes it for secretaries. */
const IN_OTHER_WORDS = [' über ', ' on behalf of '];

/** `'Jane Doe' via linux-foo`, `Jane Doe via B4 Relay`: the name, null if nothing was rewritten. */
function nameBeforeVia(name: string): string | null {
  return nameBefore(name, [' via ']);
}

function nameBefore(name: string, words: readonly string[]): string | null {
  const word = words.find((one) => name.lastIndexOf(one) > 0);
  if (word === undefined) return null;
  const at = name.lastIndexOf(word);
  const carrier = name.slice(at + word.length).trim();
  // A list has one word for a name; `Ana via Costa` would not be one.
  return carrier.includes(' ') && carrier !== 'B4 Relay' ? null : unquote(name.slice(0, at));
}

function unquote(name: string): string {
  const text = name.trim();
  const match = /^(["'])(.*)\1$/.exec(text);
  return (match?.[2] ?? text).trim();
}

function plain(address: Address): Address {
  return { name: unquote(address.name.replace(/\s+/g, ' ')), email: address.email.trim() };
}

function sameName(a: string, b: string): boolean {
  return a !== '' && nameKey(a) === nameKey(b);
}

/** `"Doe, Jane"` and `Jane Doe` are one name. */
function nameKey(name: string): string {
  const text = unquote(name).toLowerCase().replace(/\s+/g, ' ');
  const comma = text.indexOf(', ');
  return comma < 0 ? text : `${text.slice(comma + 2)} ${text.slice(0, comma)}`;
}

/** An address of the mail's own lists, or one at a host that carries only lists. */
function isListAddress(email: string, lists: readonly string[]): boolean {
  const lower = email.toLowerCase();
  return lists.includes(lower) || /@(?:vger\.kernel\.org$|lists?\.)|^linux-[a-z]+@kvack\.org$/.test(lower);
}

/** `Name <a@b>`, `"Last, First" <a@b>`, `a@b`; null if there is no address. */
export function parseAddress(text: string): Address | null {
  const clean = text.slice(0, 600).replace(/\s+/g, ' ').trim();
  const open = clean.lastIndexOf('<');
  if (open >= 0) {
    const email = /^<([^\s<>@]{1,64}@[^\s<>@]{1,255})>$/.exec(clean.slice(open))?.[1];
    return email === undefined ? null : { name: unquote(clean.slice(0, open)), email };
  }
  const bare = /^([^\s<>@,;()]{1,64}@[^\s<>@,;()]{1,255})(?: \(([^()]{1,100})\))?$/.exec(clean);
  return bare === null ? null : { name: bare[2] ?? '', email: bare[1] ?? '' };
}
