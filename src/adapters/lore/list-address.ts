import { judge, junkFailure, textOf } from './http-answer.js';
import type { HttpClient } from './http-client.js';
import type { LoreAddress } from './lore-address.js';

/** What an archive says of a list, as `/LIST/_/text/config/raw` gives it: it answers for an empty list too. */
export interface ListAtArchive {
  /** Lower case: `kvm@vger.kernel.org`; null where it does not say, and the mails must tell. */
  readonly address: string | null;
}

/** Asks for a list; null where there is none of that name. Throws TransientFailure. */
export async function fetchList(
  client: HttpClient,
  { baseUrl, list }: LoreAddress,
  signal: AbortSignal,
): Promise<ListAtArchive | null> {
  const judged = await judge(await client({ url: `${baseUrl}/${list}/_/text/config/raw`, signal }), 'text');
  if (judged.kind === 'junk') {
    if (judged.code === 'not-found') return null;
    throw junkFailure(judged);
  }
  return { address: readAddress(await textOf(judged.body)) };
}

/** The first `address =` of a snippet of configuration. Pure. */
function readAddress(config: string): string | null {
  const line = config
    .split('\n')
    .find((candidate) => /^\s{0,20}address\s{0,20}=/.test(candidate.slice(0, 300)));
  const address =
    line
      ?.slice(line.indexOf('=') + 1)
      .trim()
      .toLowerCase() ?? '';
  return /^[^\s@<>]{1,64}@[^\s@<>]{1,200}$/.test(address) ? address : null;
}
