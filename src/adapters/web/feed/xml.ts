import { inert } from '../../../digest/text/inert.js';

/** One element, its text and attributes escaped. `children`: text, or elements made by this function. */
export interface Xml {
  readonly xml: string;
}

export function element(
  name: string,
  attributes: Readonly<Record<string, string>>,
  children: string | readonly Xml[] = [],
): Xml {
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`);
  const inside = typeof children === 'string' ? escapeXml(children) : children.map(({ xml }) => xml).join('');
  return {
    xml: inside === '' ? `<${name}${given.join('')}/>` : `<${name}${given.join('')}>${inside}</${name}>`,
  };
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** XML 1.0 has no place for control characters, halves of surrogate pairs, U+FFFE and U+FFFF: one of them breaks the whole feed. */
function escapeXml(text: string): string {
  return inert(text.toWellFormed())
    .replace(/[\ufffe\uffff]/g, '')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
