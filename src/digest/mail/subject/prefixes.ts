import type { Group } from './front.js';
import type { Tag } from './tags.js';

/**
 * The stated version; an integer overrides a `v6.1` next to it, which then names a kernel, and `v3` overrides a `take 2`,
 * which then counts the sendings of v3.
 */
export function pickVersion(tags: readonly (Tag & { kind: 'version' })[]): number | null {
  const whole = tags.filter((tag) => Number.isInteger(tag.version));
  const stated = whole.findLast((tag) => !/^-?(?:take|try|round)/i.test(tag.text)) ?? whole[whole.length - 1];
  return (stated ?? tags[tags.length - 1])?.version ?? null;
}

/**
 * Groups before the PATCH group come from lists and gateways, save for those that name a tree. A list puts its one group first:
 * `[OE-core][kirkstone][PATCH]` has kirkstone from its author.
 */
export function readPrefixes(groups: readonly Group[]): string[] {
  const patchAt = groups.findIndex((group) => group.tags.some((tag) => tag.kind !== 'prefix'));
  const listAt = groups.findIndex((group) => !isGatewayTag(group.text));
  const prefixes: string[] = [];
  groups.forEach((group, at) => {
    const own = group.tags.every((tag) => tag.kind === 'prefix');
    if (own && isGatewayTag(group.text)) return;
    if (own && at < patchAt && at <= listAt && !namesTree(group.text)) return;
    if (own && (isListTag(group.text) || (at < patchAt && isLayer(group.text)))) return;
    if (own) prefixes.push(group.text.replace(/\s+/g, ' ').trim());
    else prefixes.push(...innerPrefixes(group.tags));
  });
  return [...new Set(prefixes.filter((prefix) => prefix !== ''))];
}

function innerPrefixes(tags: readonly Tag[]): string[] {
  const versions = tags.filter((tag) => tag.kind === 'version');
  const stated = pickVersion(versions);
  return tags.flatMap((tag) => {
    if (tag.kind === 'prefix') return isListTag(tag.text) ? [] : [tag.text];
    return tag.kind === 'version' && tag.version !== stated && !Number.isInteger(tag.version)
      ? [tag.text]
      : [];
  });
}

/** `[6.1]`, `[net-next]`, `[for-linus]`, `[stable-5.10]`: trees that people write in a separate group. */
function namesTree(text: string): boolean {
  return (
    /^(?:v?\d{1,2}\.\d|for-|stable|(?:net|bpf|wireless|rdma|mm|wpan|iproute2|ipsec|nf)(?:-|$)|-next|next$)/i.test(
      text,
    ) ||
    /^(?:branch\/|(?:origin|release|releases)\/|master\b|main$|20\d\d\.\d\d|[\w.]{1,30}-(?:next|stable|fixes|queue)$)/i.test(
      text,
    ) ||
    // Ubuntu's updates for releases by their first letters: `[SRU][J/N:linux-azure][PATCH]`.
    /^(?:SRU|[A-Z](?:\/[A-Z]){0,8}(?::linux[\w-]{0,30})?)$/.test(text) ||
    YOCTO_RELEASES.has(text.toLowerCase())
  );
}

/** Yocto's branches are named after its releases, and are in a separate group. */
const YOCTO_RELEASES = new Set(
  (
    'bernard edison denzil danny dylan dora daisy dizzy fido jethro krogoth morty pyro rocko sumo thud warrior zeus dunfell gatesgarth ' +
    'hardknott honister kirkstone langdale mickledore nanbield scarthgap styhead walnascar whinlatter wrynose'
  ).split(' '),
);

/** `[oe] [meta-python][PATCH]`: OpenEmbedded's layers share a list, and are written like lists. */
function isLayer(text: string): boolean {
  return /^meta-[a-z][\w-]{0,30}$/i.test(text);
}

/** What mail gateways put before a subject, before and after the list's own tag. */
function isGatewayTag(text: string): boolean {
  return /^(?:\W{0,3})(?:ext(?:ernal)?(?: e?-?mail| sender)?|spam|suspected spam|caution|phishing|bulk|marketing|warning|confidential|public|internal|secure|encrypt(?:ed)?|signed)\b[^a-z]{0,4}$/i.test(
    text.trim(),
  );
}

const LIST_TAGS = new Set([
  'ext',
  'external',
  'spam',
  'linaro-mm-sig',
  'intel-gfx',
  'bluez',
  'notmuch',
  'xen-devel',
]);

/** `[Qemu-devel]`, `[f2fs-dev]`, `[ath9k-devel]`: what list software puts before a subject. */
function isListTag(text: string): boolean {
  const lower = text.toLowerCase();
  return (
    LIST_TAGS.has(lower) ||
    /^[a-z0-9+]{1,30}(?:-[a-z0-9+]{1,30}){0,4}-(?:devel|dev|user|users|discuss|list)$/.test(lower)
  );
}
