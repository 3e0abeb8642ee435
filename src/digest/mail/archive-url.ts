/** Lists with a name at lore other than the local part of their address. */
const NAMES_AT_LORE: Readonly<Record<string, string>> = {
  'linux-kernel@vger.kernel.org': 'lkml',
};
/** Everything is copied there: another list is more specific. */
const CATCH_ALL = 'linux-kernel@vger.kernel.org';

/** The name under which an archive knows a list: `kvm` for `kvm@vger.kernel.org`; `all` if no list is known. */
function archiveListName(lists: readonly string[]): string {
  const list = lists.find((address) => address !== CATCH_ALL) ?? lists[0];
  if (list === undefined) return 'all';
  return NAMES_AT_LORE[list] ?? (list.split('@')[0] || 'all');
}

/** public-inbox's rule for ids in paths: everything except RFC 3986's pchar is escaped. */
function escapeId(id: string): string {
  return encodeURIComponent(id.toWellFormed()).replace(/%(?:24|26|2B|2C|3A|3B|3D|40)/g, (code) =>
    decodeURIComponent(code),
  );
}

export type ArchiveUrl = (messageId: string, lists: readonly string[]) => string;

/** Links to mails after a template with `{list}` and `{id}` (ARCHIVE_URL). */
export function archiveUrl(template: string): ArchiveUrl {
  return (messageId, lists) =>
    template
      .replaceAll('{list}', () => encodeURIComponent(archiveListName(lists).toWellFormed()))
      .replaceAll('{id}', () => escapeId(messageId));
}
