import { TransientFailure, UserError } from '../../digest/failure/failure.js';
import { MAX_EPOCH, wholeNumber } from '../../digest/text/bounded-number.js';
import { judge, junkFailure, textOf } from './http-answer.js';
import type { HttpClient } from './http-client.js';
import { gunzip } from './http-gunzip.js';
import type { LoreAddress } from './lore-address.js';

/** The address of one epoch's repository: `https://lore.kernel.org/kvm/0`. */
export function epochUrl({ baseUrl, list }: LoreAddress, epoch: number): string {
  return `${baseUrl}/${list}/${epoch}`;
}

/** An object's name, whatever the hash. */
export const OBJECT_ID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/**
 * The newest commit of an epoch, by one small request (about 400 bytes): `absent` if there is no such epoch, `null` if it has no
 * commit yet. Throws TransientFailure.
 */
export async function fetchHead(
  client: HttpClient,
  address: LoreAddress,
  epoch: number,
  signal: AbortSignal,
): Promise<string | null | 'absent'> {
  const url = `${epochUrl(address, epoch)}/info/refs?service=git-upload-pack`;
  const judged = await judge(await client({ url, signal }), 'refs');
  if (judged.kind === 'junk') {
    if (judged.code === 'not-found') return 'absent';
    throw junkFailure(judged);
  }
  return readHead(await textOf(judged.body));
}

/** The commit that HEAD, or else the first ref, names in an advertisement of refs (gitprotocol-http); null if there is none. Pure. */
function readHead(advertisement: string): string | null {
  const refs = [...packetLines(advertisement)].flatMap((line) => {
    const [id = '', name = ''] = (line.split('\0')[0] ?? '').trim().split(' ');
    return OBJECT_ID.test(id) && !/^0+$/.test(id) ? [{ id, name }] : [];
  });
  return (refs.find(({ name }) => name === 'HEAD') ?? refs[0])?.id ?? null;
}

function* packetLines(text: string): Generator<string> {
  for (let at = 0; at + 4 <= text.length; ) {
    const length = Number.parseInt(text.slice(at, at + 4), 16);
    if (Number.isNaN(length)) throw new TransientFailure('unexpected', 'A list of refs could not be read.');
    if (length >= 4) {
      if (at + length > text.length) throw new TransientFailure('truncated', 'A list of refs was cut off.');
      yield text.slice(at + 4, at + length);
    }
    at += Math.max(length, 4);
  }
}

/** The highest epoch that the manifest names; null if it names none. It is a hint: it may be days old. */
async function epochHint(
  client: HttpClient,
  address: LoreAddress,
  signal: AbortSignal,
): Promise<number | null> {
  const url = `${address.baseUrl}/${address.list}/manifest.js.gz`;
  const judged = await judge(await client({ url, signal }), 'gzip');
  if (judged.kind === 'junk') return null;
  const text = await textOf(gunzip(judged.body, url));
  let newest: number | null = null;
  for (const [, digits] of text.matchAll(/\/git\/(\d{1,4})\.git"/g)) {
    const epoch = wholeNumber(digits, MAX_EPOCH);
    if (epoch !== null) newest = Math.max(newest ?? 0, epoch);
  }
  return newest;
}

/** The newest epoch of a list, by the manifest and then by asking; null if it has none: no mail yet, or no such list. */
export async function newestEpoch(
  client: HttpClient,
  address: LoreAddress,
  signal: AbortSignal,
): Promise<number | null> {
  let newest = await epochHint(client, address, signal);
  if (newest === null) {
    if ((await fetchHead(client, address, 0, signal)) === 'absent') return null;
    newest = 0;
  }
  while ((await fetchHead(client, address, newest + 1, signal)) !== 'absent') {
    newest++;
    // A server that claims to have every requested epoch.
    if (newest > MAX_EPOCH)
      throw new TransientFailure(
        'unexpected',
        `${address.host} shows more than ${MAX_EPOCH} epochs of ${address.list}.`,
      );
  }
  return newest;
}

export function noSuchList({ baseUrl, list, host }: LoreAddress): UserError {
  return new UserError(
    'no-such-list',
    `${host} has no list "${list}" that can be read with git.`,
    `See ${baseUrl}/ for the lists that it has, and check the spelling.`,
  );
}
