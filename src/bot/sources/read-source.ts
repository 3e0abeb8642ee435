import { UserError } from '../../digest/failure/failure.js';
import type { MailSource } from '../../digest/ports/mail-source.js';
import { oneLine, shorten } from '../../digest/text/inert.js';
import { type SourceAddress, type SourceSettings, TRANSPORTS, type Transport } from './open-source.js';

/** A parsed entry of SOURCES. */
export interface NamedSource {
  /** Without a password: for display, and the key of its stored state. */
  readonly name: string;
  readonly transport: Transport;
  /** The host whose connections are limited together; null without a server. */
  readonly host: string | null;
  /** It can be followed: it has cursors, and is read repeatedly. */
  readonly isLive: boolean;
  open(settings: SourceSettings): MailSource;
}

/** Parses one entry of SOURCES: `lore:kvm`, `nntps://news.example.org/org.example.list`, a path. Throws UserError if no transport accepts it. */
export function readSource(text: string): NamedSource {
  const written = text.trim();
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(written)?.[1]?.toLowerCase() ?? '';
  const transport = TRANSPORTS.find((each) => each.scheme === scheme);
  if (transport === undefined) throw removedScheme(written, scheme) ?? unknownScheme(written, scheme);
  const address = takeApart(written, scheme);
  return {
    name: address.name,
    transport,
    host: transport.host(address),
    isLive: transport.intervalMs !== null,
    // State is stored under this name, whatever an adapter calls itself.
    open: (settings) => ({ ...transport.open(address, settings), name: address.name }),
  };
}

/** Whether it can be read: a stored source may be of a kind that was removed since. */
export function isSource(text: string): boolean {
  try {
    readSource(text);
    return true;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}

/** Parses a list of sources; duplicates are read once. */
export function readSources(texts: readonly string[]): NamedSource[] {
  const byName = new Map(texts.map((text) => readSource(text)).map((source) => [source.name, source]));
  return [...byName.values()];
}

/** Usually a comment after the value, which Docker and systemd pass on. */
const BLANK_OR_HASH = 'contains a space or “#”, which no address does';

function takeApart(text: string, scheme: string): SourceAddress {
  if (scheme === '') return { text, name: text, rest: text, url: null };
  const rest = text.slice(scheme.length + 1);
  if (!rest.startsWith('//')) {
    if (rest === '') throw badAddress(text, scheme, 'has nothing after the colon');
    if (scheme === 'lore' && /[\s#]/.test(rest)) throw badAddress(text, scheme, BLANK_OR_HASH);
    return { text, name: text, rest, url: null };
  }
  const url = urlOf(text, scheme, rest);
  const name = url.username === '' && url.password === '' ? text : withoutUser(text);
  return { text, name, rest, url };
}

function urlOf(text: string, scheme: string, rest: string): URL {
  // URL would drop all of them silently.
  if (/[\s#\u0000-\u001f]/.test(text)) throw badAddress(text, scheme, BLANK_OR_HASH);
  if (rest.startsWith('///')) throw badAddress(text, scheme, 'names no host');
  // `lore+git+http:`, `patchwork+http:`: the last part is the protocol on the wire.
  const spoken = scheme.split('+').at(-1) ?? scheme;
  try {
    // URL parses hosts and ports of web addresses only, so the protocol is handled here.
    const url = new URL(`${spoken === 'http' ? 'http' : 'https'}:${rest}`);
    if (url.hostname === '') throw badAddress(text, scheme, 'names no host');
    return url;
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw badAddress(text, scheme, 'is not an address');
  }
}

/** The address without `user:password@`. */
function withoutUser(text: string): string {
  const start = text.indexOf('//') + 2;
  const end = text.slice(start).search(/[/?#]/);
  const authority = end < 0 ? text.slice(start) : text.slice(start, start + end);
  const at = authority.lastIndexOf('@');
  return at < 0 ? text : text.slice(0, start) + text.slice(start + at + 1);
}

/** Following a list by its web pages lost mail with an old received time and removals, at one request a mail. */
const REPLACED: ReadonlyMap<string, string> = new Map([
  ['lore+https', 'lore+git'],
  ['lore+http', 'lore+git+http'],
]);

function removedScheme(text: string, scheme: string): UserError | null {
  const replacement = REPLACED.get(scheme);
  if (replacement === undefined) return null;
  const address = withoutUser(text).slice(scheme.length);
  const onLore = /^:\/\/(?:www\.)?lore\.kernel\.org\/([\w.-]+)\/*$/i.exec(address)?.[1];
  const choices = [
    ...(onLore === undefined ? [] : [`lore:${onLore} (by NNTP)`]),
    `${replacement}${address} (by git)`,
  ];
  return new UserError(
    'source-removed',
    `“${shown(text)}” cannot be followed: covernote no longer follows a list by its web pages (“${scheme}:”).`,
    `Replace it with ${choices.map((choice) => shorten(oneLine(choice), 200)).join(' or ')}. Mail that is here already is recognized.`,
  );
}

function unknownScheme(text: string, scheme: string): UserError {
  return new UserError(
    'unknown-source',
    `“${shown(text)}” is not a source that covernote knows: there is no “${scheme}:”.`,
    `Write one of these:\n${understood()}`,
  );
}

function badAddress(text: string, scheme: string, what: string): UserError {
  const form = TRANSPORTS.find((each) => each.scheme === scheme)?.form ?? 'SCHEME://HOST/LIST';
  return new UserError('bad-source', `The source “${shown(text)}” ${what}.`, `Write it as ${form}.`);
}

const shown = (text: string): string => shorten(oneLine(withoutUser(text)), 100);

/** The forms that SOURCES accepts, one per line. */
function understood(): string {
  return TRANSPORTS.map(({ form, does }) => `  ${form.padEnd(28)} ${does}`).join('\n');
}

/**
 * What SOURCES means for a bot that runs for months: it reads on where a file or a folder grows; a plain path would be read once. Everything that
 * is there is read, however old, as `ingest PATH` takes it: `follow:PATH` is for a person's mail delivery and begins with the last days, like every list.
 */
export function followedSources(texts: readonly string[]): NamedSource[] {
  const isPath = (text: string): boolean => readSource(text).transport.scheme === '' && text !== '-';
  const paths = new Set(texts.filter(isPath).map((text) => `follow:${text.trim()}`));
  const followed = readSources(texts.map((text) => (isPath(text) ? `follow:${text.trim()}` : text)));
  return followed.map((source) => (paths.has(source.name) ? fromTheBeginning(source) : source));
}

function fromTheBeginning(named: NamedSource): NamedSource {
  return {
    ...named,
    open(settings) {
      const source = named.open(settings);
      return { ...source, read: (request) => source.read(request && { ...request, since: null }) };
    },
  };
}
