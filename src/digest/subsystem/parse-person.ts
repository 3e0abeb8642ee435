import type { Address } from '../mail/mail.js';

/** `Name <address>`, `"Quoted, Name" <address>` or a bare address; null if there is no address. */
export function parsePerson(value: string): Address | null {
  const open = value.lastIndexOf('<');
  const close = value.indexOf('>', open);
  if (open >= 0 && close > open) {
    const email = value.slice(open + 1, close).trim();
    const name = value.slice(0, open).trim().replaceAll('"', '');
    return email.includes('@') ? { name, email } : null;
  }
  const word = value.split(/\s/).find((part) => part.includes('@'));
  return word === undefined ? null : { name: '', email: word };
}
