import { oneLine } from '../../text/inert.js';
import { xmlText } from '../../text/xml-text.js';

/** A picture with its alternative text. Pure: the same facts give the same bytes. */
export interface Picture {
  /** A whole SVG document, also good within HTML. Drawn in light colors; each shape names its ink, by which a page recolors it. */
  readonly svg: string;
  readonly alt: string;
}

/** Wide enough for a phone to show it as it is drawn. */
export const WIDTH = 360;
export const MARGIN = 12;
/** Of the font that comes with covernote; readers of a page see it in theirs. */
const FONT = 'DejaVu Sans Condensed';

/**
 * Colors that differ in brightness as well, so that people with any color vision can distinguish them (after Okabe and Ito). Color is never
 * the only sign of anything.
 */
const INKS = {
  back: '#ffffff',
  text: '#1c2128',
  quiet: '#57606a',
  line: '#d0d7de',
  good: '#0067a3',
  warn: '#b35c00',
  bad: '#a3195b',
  dim: '#6e7781',
  waits: '#eba63f',
  rest: '#c9d1d9',
  /** Words on the two lighter ones: also where the ground is dark. */
  deep: '#1c2128',
} as const;
export type Ink = keyof typeof INKS;

/** A piece of a drawing, its text and attributes escaped. */
export interface Shape {
  readonly xml: string;
}

type Attributes = Readonly<Record<string, string | number>>;

const escaped = (text: string): string => xmlText(oneLine(text));

function element(name: string, attributes: Attributes, inside = ''): Shape {
  const given = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${typeof value === 'number' ? rounded(value) : escaped(value)}"`,
  );
  return { xml: `<${name}${given.join('')}>${inside}</${name}>` };
}

function rounded(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function filled(ink: Ink): Attributes {
  return { class: `fill-${ink}`, fill: INKS[ink] };
}

export function box(
  ink: Ink,
  area: { x: number; y: number; width: number; height: number },
  round = 0,
): Shape {
  return element('rect', { ...filled(ink), ...area, rx: round });
}

/** A line of text that begins at `x`, or ends there. */
export function words(
  text: string,
  at: { x: number; y: number; ink?: Ink; size?: number; bold?: true; ends?: true },
): Shape {
  const { x, y, ink = 'text', size = 12, bold, ends } = at;
  return element(
    'text',
    {
      ...filled(ink),
      x,
      y,
      'font-size': size,
      ...(bold === undefined ? {} : { 'font-weight': 'bold' }),
      ...(ends === undefined ? {} : { 'text-anchor': 'end' }),
    },
    escaped(text),
  );
}

/** A filled shape, with a rim in the background color that separates it from what is below. */
export function blob(ink: Ink, path: string): Shape {
  return element('path', {
    d: path,
    class: `fill-${ink} rim`,
    fill: INKS[ink],
    stroke: INKS.back,
    'stroke-width': 1.5,
    'paint-order': 'stroke',
  });
}

export function stroke(ink: Ink, path: string, width = 1): Shape {
  return element('path', {
    d: path,
    class: `stroke-${ink}`,
    fill: 'none',
    stroke: INKS[ink],
    'stroke-width': width,
    'stroke-linecap': 'round',
  });
}

/** The whole picture, on a ground of its own. */
export function picture(height: number, alt: string, shapes: readonly Shape[]): Picture {
  const ground = box('back', { x: 0, y: 0, width: WIDTH, height }, 6);
  const { xml } = element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: 'picture',
      role: 'img',
      'aria-label': alt,
      viewBox: `0 0 ${WIDTH} ${Math.ceil(height)}`,
      width: WIDTH,
      height: Math.ceil(height),
      'font-family': `${FONT}, system-ui, sans-serif`,
    },
    [ground, ...shapes].map((shape) => shape.xml).join(''),
  );
  return { svg: xml, alt };
}
