/** `%40` as `@`; a text that is not percent-encoded UTF-8 throughout stays as it is. */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
