import type { Address, Mail } from './mail.js';

/** Who wrote a mail, and which address sent it. */
export interface Authorship {
  /** In-body From, else the sender. */
  readonly author: Address;
  /** From with a list's rewriting undone. */
  readonly sender: Address;
  /** The text without its in-body From line and the blank lines below. */
  readonly text: string;
}

/**
 * Finds out who wrote a mail. Lists rewrite From for DMARC (`X via list <list@…>`) and leave the real one in
 * X-Original-From, Reply-To or Cc; B4's relay hides it in `devnull+user.domain@kernel.org`; whoever posts another's
 * patch puts `From:` on the first line of the text. Never empty where the mail says anything at all.
 */
export function readAuthorship(mail: Mail): Authorship {
  const sender = undoRewriting(mail);
  const { from, text } = takeBodyFrom(mail.text);
  return { author: from ?? sender, sender, text };
}

function undoRewriting(mail: Mail): Address {
  const from = mail.from ?? mail.sender ?? { name: '', email: '' };
  const relayed = readRelay(from);
  if (relayed !== null) return relayed;
  const via = nameBeforeVia(from.name);
  if (via === null && !isListAddress(from.email, mail.lists)) return plain(from);
  return originalFrom(mail, via ?? from.name) ?? { name: via ?? from.name, email: from.email };
}

/** The places in which lists keep the real sender, the surest first. */
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
  // A sole Reply-To that is not the list is the sender's, though it says no name (patchwork #604).
  const sole = people.length === 1 ? people[0] : undefined;
  return sole === undefined ? null : { name: name === '' ? sole.name : name, email: sole.email };
}

function isPerson(address: Address, mail: Mail): boolean {
  return address.email !== '' && !isListAddress(address.email, mail.lists);
}

/** `Jane Doe via B4 Relay <devnull+jane.example.org@kernel.org>`: the first dot ends the local part. */
function readRelay(from: Address): Address | null {
  const match = /^devnull\+(.{1,200})@kernel\.org$/i.exec(from.email);
  if (match === null) return null;
  const name = nameBeforeVia(from.name) ?? from.name;
  return { name, email: decodeRelay(match[1] ?? '', from.email) };
}

/** The relay writes `user.domain` for user@domain; a local part with a dot of its own can't be told, the last plausible domain wins. */
function decodeRelay(encoded: string, whole: string): string {
  const parts = encoded.split('.');
  if (parts.length < 3) return parts.length === 2 ? `${parts[0]}@${parts[1]}` : whole;
  return `${parts[0]}@${parts.slice(1).join('.')}`;
}

/** `'Jane Doe' via linux-foo`, `Jane Doe via B4 Relay`: the name, null where nothing was rewritten. */
function nameBeforeVia(name: string): string | null {
  const at = name.lastIndexOf(' via ');
  return at <= 0 ? null : unquote(name.slice(0, at));
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

/** An address of the mail's own lists, or one whose host carries nothing but lists. */
function isListAddress(email: string, lists: readonly string[]): boolean {
  const lower = email.toLowerCase();
  return lists.includes(lower) || /@(?:vger\.kernel\.org|lists\.|kvack\.org|lore\.kernel\.org)/.test(lower);
}

/** `Name <a@b>`, `"Last, First" <a@b>`, `a@b`; null where there is no address. */
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

/** Git's own rule: `From:` on the first line of the text that holds anything names the author of the patch. */
function takeBodyFrom(text: string): { from: Address | null; text: string } {
  const start = text.search(/\S/);
  if (start < 0 || !/^from:/i.test(text.slice(start, start + 5))) return { from: null, text };
  const found = text.indexOf('\n', start);
  let end = found < 0 ? text.length : found;
  let line = text.slice(start + 5, end);
  // A long name pushes the address onto the next line.
  if (!line.includes('@') && text[end] === '\n') {
    const next = text.indexOf('\n', end + 1);
    end = next < 0 ? text.length : next;
    line = text.slice(start + 5, end);
  }
  const from = parseAddress(line);
  if (from === null) return { from: null, text };
  return { from, text: text.slice(end).replace(/^\n{1,4}/, '') };
}
