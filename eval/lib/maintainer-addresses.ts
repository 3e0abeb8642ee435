/** Lower-case addresses and names of the `M:` lines of a MAINTAINERS file: those who may decide. */
export function maintainerAddresses(text: string): { mayDecide: (email: string, name: string) => boolean } {
  const emails = new Set<string>();
  const names = new Set<string>();
  for (const line of text.split('\n')) {
    const match = /^M:\s{1,8}"?([^"<]*)"?\s?<([^>]+)>/.exec(line);
    if (match === null) continue;
    emails.add((match[2] ?? '').toLowerCase());
    const name = (match[1] ?? '').trim().toLowerCase();
    if (name.includes(' ')) names.add(name);
  }
  return {
    mayDecide: (email, name) => emails.has(email.toLowerCase()) || names.has(name.trim().toLowerCase()),
  };
}
