import { UserError } from '../../digest/failure/failure.js';

/** A project of a patchwork server. */
export interface PatchworkAddress {
  /** `https://HOST`, with the path under which patchwork lives there; no slash at the end. */
  readonly base: string;
  /** The project's short name: `kvm`, `netdevbpf`. */
  readonly project: string;
  /** Covers and patches are fetched too, and not states and checks alone. */
  readonly mail: boolean;
  readonly name: string;
}

const EXAMPLE =
  'Write patchwork+https://patchwork.kernel.org/kvm; add ?mail=no for states and checks alone, where the list is already followed.';

/** Parses `patchwork+https://HOST/PROJECT[?mail=no]`; a link to the project's page is understood too. Throws UserError. */
export function readPatchworkAddress(text: string): PatchworkAddress {
  const bare = text.replace(/^patchwork\+/, '');
  const url = URL.canParse(bare) ? new URL(bare) : null;
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    throw new UserError('bad-source', 'That is not the address of a patchwork project.', EXAMPLE);
  const path = url.pathname
    .split('/')
    .filter((part) => part !== '' && part !== 'list' && part !== 'project')
    .map((part) => decoded(part, url.host));
  const project = path.pop();
  if (project === undefined)
    throw new UserError('bad-source', `${url.host} names no patchwork project.`, EXAMPLE);
  const base = [`${url.protocol}//${url.host}`, ...path.map(encodeURIComponent)].join('/');
  const mail = url.searchParams.get('mail') !== 'no';
  return { base, project, mail, name: `patchwork+${base}/${project}${mail ? '' : '?mail=no'}` };
}

function decoded(part: string, host: string): string {
  try {
    return decodeURIComponent(part);
  } catch (cause) {
    const message = `“${part}” in the address of a project at ${host} is not percent-encoded UTF-8.`;
    throw new UserError('bad-source', message, EXAMPLE, { cause });
  }
}
