/** Ids of the mails that hold several patches of a posting, as files. */
export function sharedIds({
  slots,
}: {
  readonly slots: readonly { readonly id: string | null }[];
}): ReadonlySet<string> {
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const { id } of slots) {
    if (id !== null && seen.has(id)) shared.add(id);
    if (id !== null) seen.add(id);
  }
  return shared;
}
