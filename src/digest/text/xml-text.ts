const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Text as content or attribute of XML 1.0, which has no place for halves of surrogate pairs, U+FFFE and U+FFFF: one of them breaks the whole
 * document. Control characters are the caller's: `inert` and `oneLine` drop them.
 */
export function xmlText(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\ufffe\uffff]/g, '')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
