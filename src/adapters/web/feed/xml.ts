import { inert } from '../../../digest/text/inert.js';
import { xmlText } from '../../../digest/text/xml-text.js';

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

const escapeXml = (text: string): string => xmlText(inert(text));
