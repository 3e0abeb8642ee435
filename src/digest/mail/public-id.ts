/** A message's key as it is shown outside: null for mail without a Message-ID, whose key is our content hash. */
export function publicId(id: string): string | null {
  return id.startsWith('sha256:') ? null : id;
}
