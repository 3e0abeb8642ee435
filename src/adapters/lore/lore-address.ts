import { UserError } from '../../digest/failure/failure.js';

/** A list on a server that runs public-inbox, as the kernel's archive does. */
export interface LoreAddress {
  /** `https://lore.kernel.org`, with the path above the lists; no slash at its end. */
  readonly baseUrl: string;
  /** The list's name there: `kvm`. */
  readonly list: string;
  /** `lore.kernel.org`; a port belongs to it. */
  readonly host: string;
}

/** Names that public-inbox takes for a list; also safe as the name of a folder. */
const LIST_NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}$/;

/** Each scheme, and the protocol beneath it. */
const SCHEMES: readonly (readonly [string, 'https:' | 'http:'])[] = [
  ['lore+git+http://', 'http:'],
  ['lore+git+https://', 'https:'],
  ['lore+git://', 'https:'],
];

/**
 * Reads `lore+git://HOST/LIST` (over https) and `lore+git+http://HOST:PORT/LIST` (plain, for a server of your own). Throws UserError
 * for anything else.
 */
export function parseLoreAddress(source: string): LoreAddress {
  const [scheme, protocol] = SCHEMES.find(([known]) => source.startsWith(known)) ?? ['', 'https:'];
  const url = scheme === '' ? null : parsed(`${protocol}//${source.slice(scheme.length)}`);
  const parts = url?.pathname.split('/').filter((part) => part !== '') ?? [];
  const list = parts.at(-1) ?? '';
  if (url === null || !LIST_NAME.test(list) || url.search !== '' || url.hash !== '')
    throw new UserError(
      'bad-source',
      `"${source}" does not name a list.`,
      'Write lore+git://HOST/LIST, for example lore+git://lore.kernel.org/kvm.',
    );
  if (url.username !== '' || url.password !== '')
    throw new UserError(
      'bad-source',
      'The address of the list contains a user name or a password, which covernote does not send.',
      `Write it without: ${scheme}${url.host}${url.pathname}`,
    );
  const above = parts.slice(0, -1).map((part) => `/${part}`);
  return { baseUrl: `${url.protocol}//${url.host}${above.join('')}`, list, host: url.host };
}

function parsed(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
