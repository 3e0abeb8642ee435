import type { Address } from '../mail/mail.js';

const NOBODY: Address = { name: '', email: '' };

/**
 * The person in a trailer's value: `Name <a@b>`, `"Last, First" <a@b>`, `Name (Company) <a@b> # note`, a bare
 * address. A web mailer's `<a@b<mailto:a@b>>` gives a@b. A hidden address (`<a at b>`) is '', the name is kept. Name and address are '' if
 * the value names no one.
 */
export function readPerson(value: string): Address {
  const open = value.indexOf('<');
  if (open >= 0) {
    // The name is left to go by.
    if (isHidden(value.slice(open))) return { name: cleanName(value.slice(0, open)), email: '' };
    const email = readAngled(value.slice(open + 1));
    if (email !== null) return { name: cleanName(value.slice(0, open)), email };
  }
  const bare = /^[<(]?([^\s<>()[\]",;:]{1,64}@[^\s<>()[\]",;:]{1,255})/.exec(value.trim());
  if (bare !== null) return { name: '', email: trimEnd(bare[1] ?? '') };
  return NOBODY;
}

/** `<jane at example.org>`, `<jane (at) example (dot) org>`, `<jane(a)example.org>`, `<jane@...>`: an address that an archive has hidden. */
function isHidden(text: string): boolean {
  if (/^<[^\s<>@]{1,64}@\.{2,20}>/.test(text)) return true;
  const host = /^<[^\s<>@]{1,64}(?: ?[([{]at?[)\]}] ?| at )([^<>@]{1,200})>/i.exec(text)?.[1];
  return (
    host !== undefined &&
    /^\S{1,200}$/.test(host.replace(/ ?[([{]?\bdot\b[)\]}]? ?/gi, '.')) &&
    /\.|dot/i.test(host)
  );
}

function readAngled(text: string): string | null {
  const inner = text.slice(0, 330).replace(/^\s{0,4}(?:mailto:)?/i, '');
  const match = /^([^\s<>()[\]",;]{1,64}@[^\s<>()[\]",;]{1,255})/.exec(inner);
  return match === null ? null : trimEnd(match[1] ?? '');
}

function trimEnd(email: string): string {
  return email.replace(/[.:]$/, '');
}

/** Quotes round the whole name go, those within stay. */
function cleanName(text: string): string {
  const name = text.replace(/\s+/g, ' ').trim().replace(/[,;]$/, '');
  const quoted = /^"([^"]*)"$/.exec(name) ?? /^'([^']*)'$/.exec(name);
  return (quoted?.[1] ?? name).trim();
}
