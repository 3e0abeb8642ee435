import type { Readable } from 'node:stream';
import { openGrowing } from '../../adapters/files/growing-source.js';
import { openFiles } from '../../adapters/files/open-files.js';
import { openImap } from '../../adapters/imap/open-imap.js';
import { openLoreGit } from '../../adapters/lore/git-source.js';
import { createHttpClient } from '../../adapters/lore/http-client.js';
import { LORE_NNTP_HOST, openNntp } from '../../adapters/nntp/open-nntp.js';
import { openPatchwork } from '../../adapters/patchwork/open-patchwork.js';
import type { MailSource } from '../../digest/ports/mail-source.js';
import { MINUTE_MS } from '../../digest/time/iso.js';

/** An entry of SOURCES, parsed. */
export interface SourceAddress {
  /** As configured; it may contain a password. */
  readonly text: string;
  /** Without a password: for display, and the key of the source's stored state. */
  readonly name: string;
  /** The part after `SCHEME:`; the whole text if it has no scheme. */
  readonly rest: string;
  /** With the real protocol instead of ours (`https:` for `lore+git:`), and with the password; null without `//`. */
  readonly url: URL | null;
}

/** What sources need in addition to their address. */
export interface SourceSettings {
  /** A folder for what sources fetch (mirrors …), each in a folder of its own; created when needed. */
  readonly folder: string;
  /** `covernote/1.0 (+mailto:admin@example.org)`: identifies the program, and how to reach its operator. */
  readonly userAgent: string;
  readonly stdin: Readable;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** One kind of source. */
export interface Transport {
  /** Lower case, without the colon; '' for plain paths. */
  readonly scheme: string;
  /** How it is written: `lore:LIST`. */
  readonly form: string;
  readonly does: string;
  /** Time between two readings; null if it is read once. */
  readonly intervalMs: number | null;
  /** The host whose connections are limited together; null without a server. */
  host(address: SourceAddress): string | null;
  /** Throws UserError if the address is invalid. Sends no request yet. */
  open(address: SourceAddress, settings: SourceSettings): MailSource;
}

const urlHost = ({ url }: SourceAddress): string | null => url?.host ?? null;

/** '' if it cannot be decoded, which names no group. */
function groupIn(url: URL | null): string {
  try {
    return decodeURIComponent(url?.pathname.slice(1) ?? '');
  } catch {
    return '';
  }
}

/** Every transport; a new one is a row here. Plain paths are last: text without a scheme is a path. */
export const TRANSPORTS: readonly Transport[] = [
  {
    scheme: 'lore',
    form: 'lore:LIST',
    does: 'a list on lore.kernel.org, by NNTP',
    intervalMs: MINUTE_MS,
    host: () => LORE_NNTP_HOST,
    open: ({ name, rest }) => openNntp({ name, host: LORE_NNTP_HOST, port: null, tls: false, group: rest }),
  },
  ...(['nntp', 'nntps'] as const).map(
    (scheme): Transport => ({
      scheme,
      form: `${scheme}://HOST[:PORT]/GROUP`,
      does: scheme === 'nntp' ? 'a list on another NNTP server' : 'the same with TLS',
      intervalMs: MINUTE_MS,
      host: urlHost,
      open: ({ name, url }) =>
        openNntp({
          name,
          host: url?.hostname ?? '',
          port: url?.port ? Number(url.port) : null,
          tls: scheme === 'nntps',
          group: groupIn(url),
        }),
    }),
  ),
  ...(['imap', 'imaps'] as const).map(
    (scheme): Transport => ({
      scheme,
      form: `${scheme}://[USER:PASSWORD@]HOST/MAILBOX`,
      does: scheme === 'imap' ? 'a mailbox, or a list at an archive, by IMAP' : 'the same with TLS',
      intervalMs: 2 * MINUTE_MS,
      host: urlHost,
      open: ({ text }) => openImap(text),
    }),
  ),
  ...(['lore+git', 'lore+git+http'] as const).map(
    (scheme): Transport => ({
      scheme,
      form: `${scheme}://HOST/LIST`,
      does: scheme === 'lore+git' ? 'a list at an archive, by git over https' : 'the same without TLS',
      intervalMs: 2 * MINUTE_MS,
      host: urlHost,
      open: ({ text }, { folder, userAgent, now }) => openLoreGit(text, { folder, userAgent, now }),
    }),
  ),
  ...(['patchwork+https', 'patchwork+http'] as const).map(
    (scheme): Transport => ({
      scheme,
      form: `${scheme}://HOST/PROJECT[?mail=no]`,
      does:
        scheme === 'patchwork+https'
          ? 'a patchwork project: covers, patches, states and checks'
          : 'the same without TLS',
      intervalMs: 5 * MINUTE_MS,
      host: urlHost,
      open: ({ text }, { userAgent, now }) => openPatchwork(text, createHttpClient({ userAgent, now })),
    }),
  ),
  {
    scheme: 'follow',
    form: 'follow:PATH',
    does: 'an mbox file, a Maildir or a folder of mail that grows',
    intervalMs: MINUTE_MS,
    host: () => null,
    open: ({ name, rest }, { now }) => openGrowing(rest, { name, now }),
  },
  {
    scheme: '',
    form: 'PATH',
    does: 'a file or folder of mail',
    intervalMs: null,
    host: () => null,
    open: ({ text }, { stdin }) => openFiles(text, stdin),
  },
];
