import { UserError } from '../../digest/failure/failure.js';
import type { Group, NntpClient } from './client.js';

/** A group that was found and selected. */
export interface OpenGroup extends Group {
  /** `nntp.lore.kernel.org:119`. */
  readonly server: string;
  readonly name: string;
  /** The address of its list; null if the group's name does not imply it. */
  readonly list: string | null;
}

export interface GroupRequest {
  /** For display. */
  readonly server: string;
  /** Host and port: the key of stored numbers. */
  readonly key: string;
  readonly source: string;
  /** As configured: the whole name, or its last part. */
  readonly group: string;
  /** The whole name, if an earlier reading found it. */
  readonly known: string | null;
}

/** Finds a group by its name or the last part of it, and selects it. Throws UserError unless there is exactly one. */
export async function openGroup(client: NntpClient, request: GroupRequest): Promise<OpenGroup> {
  const selected = (name: string, group: Group): OpenGroup => ({
    ...group,
    server: request.key,
    name,
    list: listOf(name),
  });
  const first = request.known ?? (request.group.includes('.') ? request.group : null);
  if (first !== null) {
    const group = await client.group(first);
    if (group !== null) return selected(first, group);
  }
  const name = await lookUp(client, request);
  const group = await client.group(name);
  if (group === null) throw noSuchList(request);
  return selected(name, group);
}

async function lookUp(client: NntpClient, request: GroupRequest): Promise<string> {
  const names = [...new Set(await client.groupsLike(`*.${request.group}`))];
  const [only] = names;
  if (only === undefined) throw noSuchList(request);
  if (names.length === 1) return only;
  throw new UserError(
    'several-lists',
    `${request.source}: ${request.server} has ${names.length} lists of that name: ${names.slice(0, 10).join(', ')}${names.length > 10 ? ' …' : ''}.`,
    `Name one of them in full, for example nntp://${request.server}/${only}.`,
  );
}

function noSuchList({ source, server, group }: GroupRequest): UserError {
  return new UserError(
    'no-such-list',
    `${source}: ${server} has no list “${group}”.`,
    'Check its name at the archive (https://lore.kernel.org/ names its lists), or write the newsgroup in full: nntp://HOST/org.kernel.vger.kvm.',
  );
}

const TOP_DOMAINS = new Set(['com', 'dev', 'edu', 'gov', 'info', 'io', 'mil', 'net', 'org']);

/** `org.kernel.vger.kvm` carries kvm@vger.kernel.org: lore's and public-inbox's way to name groups. */
function listOf(group: string): string | null {
  const parts = group.toLowerCase().split('.');
  const [top = ''] = parts;
  if (parts.length < 3 || !(TOP_DOMAINS.has(top) || top.length === 2)) return null;
  return `${parts.at(-1)}@${parts.slice(0, -1).reverse().join('.')}`;
}
