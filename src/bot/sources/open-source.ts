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
  /** As it was written; it may hold a password. */
  readonly text: string;
  /** Without a password: shown to people, and the key of what is kept about the source. */
  readonly name: string;
  /** What is after `SCHEME:`; the whole text if it has no scheme. */
  readonly rest: string;
  /** With the real protocol in place of ours (`https:` for `lore+git:`), the password in it; null if there is no `//`. */
  readonly url: URL | null;
}

/** What sources need in addition to their address. */
export interface SourceSettings {
  /** Where a source may keep what it has fetched (mirrors …), in a separate folder; created when it is needed. */
  readonly folder: string;
  /** `covernote/1.0 (+mailto:admin@example.org)`: who asks, and how its operator is reached. */
  readonly userAgent: string;
  readonly stdin: Readable;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** One way in which mail comes. */
export interface Transport {
  /** Lower case, without the colon; '' for plain paths. */
  readonly scheme: string;
  /** How it is written: `lore:LIST`. */
  readonly form: string;
  readonly does: string;
  /** Time between two readings; null for what is read once. */
  readonly intervalMs: number | null;
  /** Whose connections are counted together; null if there is no server. */
  host(address: SourceAddress): string | null;
  /** Throws UserError if the address is wrong. Sends no request yet. */
  open(address: SourceAddress, settings: SourceSettings): MailSource;
}

const urlHost = ({ url }: SourceAddress): string | null => url?.host ?? null;

/** '' if it can't be read, which names no group. */
function groupIn(url: URL | null): string {
  try {
    return decodeURIComponent(url?.pathname.slice(1) ?? '');
  } catch {
    return '';
  }
}

/** Every transport; a new one is a line here. Plain paths are last: what has no scheme is one. */
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
