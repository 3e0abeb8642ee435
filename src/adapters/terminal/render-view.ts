import { inert, oneLine } from '../../digest/text/inert.js';
import { openZone } from '../../digest/time/zone.js';
import type { Block, Span, View } from '../../digest/view/view.js';
import { type Piece, toWords, width, wrap } from './wrap.js';

export interface TerminalOptions {
  /** Columns of the terminal; lines are kept within, but for links. */
  readonly columns: number;
  readonly color: boolean;
  /** IANA zone in which times are shown. */
  readonly zone: string;
  /** For `3 hours ago`. */
  readonly nowMs: number;
}

const SGR: Readonly<Record<string, string>> = {
  bold: '1',
  code: '36',
  dim: '2',
  good: '32',
  bad: '31',
  warn: '33',
  link: '34',
};

/** The view as lines of text for a terminal or a pipe. Nothing in it can act on the terminal. */
export function renderView(view: View, options: TerminalOptions): string {
  const lines: string[] = [];
  view.blocks.forEach((block, i) => {
    if (i > 0 && needsGap(view.blocks[i - 1], block)) lines.push('');
    lines.push(...renderBlock(block, options));
  });
  const { picture } = view;
  if (picture !== undefined)
    lines.push(
      '',
      ...flow([{ text: picture.alt }], '', '', options),
      ...flow([{ text: picture.url, url: picture.url }], '', '', options),
    );
  return `${lines.join('\n')}\n`;
}

function needsGap(before: Block | undefined, block: Block): boolean {
  if (before?.kind === 'heading') return before.level === 1;
  return block.kind === 'heading' || block.kind === 'item' || before?.kind !== block.kind;
}

function renderBlock(block: Block, options: TerminalOptions): string[] {
  switch (block.kind) {
    case 'heading':
      return renderHeading(block, options);
    case 'paragraph':
      return flow(block.spans, '', '', options);
    case 'item':
      return renderItem(block, options);
    case 'facts':
      return renderFacts(block.rows, options);
    case 'list':
      return renderList(block, options);
    case 'code':
      return block.lines.map((line) => `    ${paint(codeText(line), codeStyle(line), options)}`);
    case 'note':
      return flow(block.spans, '  ', '  ', options, 'dim');
    default:
      return block satisfies never;
  }
}

/** Never wrapped: a diff that is broken into lines cannot be read. */
function codeText(line: string): string {
  return inert(line.replace(/\n/g, ' ').replace(/\t/g, '        '));
}

function codeStyle(line: string): string {
  if (line.startsWith('@@')) return 'dim';
  return line.startsWith('+') ? 'good' : line.startsWith('-') ? 'bad' : '';
}

/** The address that a title links to is shown last: a terminal has no other way to it. */
function renderItem(
  { title, lines, meta }: Extract<Block, { kind: 'item' }>,
  options: TerminalOptions,
): string[] {
  const linked = title.find((span) => 'text' in span && span.url !== undefined);
  const url = linked !== undefined && 'text' in linked ? linked.url : undefined;
  return [
    ...flow(title, '  ', '    ', options, 'bold'),
    ...lines.flatMap((line) => flow(line, '    ', '    ', options)),
    ...(meta === undefined ? [] : flow(meta, '    ', '    ', options, 'dim')),
    ...(url === undefined ? [] : flow([{ text: url, url }], '    ', '    ', options, 'dim')),
  ];
}

function renderHeading(block: Extract<Block, { kind: 'heading' }>, options: TerminalOptions): string[] {
  const lines = flow(block.spans, '', '', options, 'bold');
  if (block.level === 3) return lines;
  const rule = (block.level === 1 ? '=' : '-').repeat(Math.max(1, Math.min(options.columns, 79)));
  return [...lines, paint(rule, 'dim', options)];
}

function renderList(block: Extract<Block, { kind: 'list' }>, options: TerminalOptions): string[] {
  const digits = String(block.items.length).length;
  return block.items.flatMap((item, i) => {
    const own = ownNumber(item);
    // A line that brings its own number needs no dash.
    if (own !== null && block.ordered !== true) return flow(item, '  ', ' '.repeat(own.length + 2), options);
    const mark = block.ordered === true ? `${String(i + 1).padStart(digits)}.` : '-';
    return flow(item, `  ${mark} `, ' '.repeat(mark.length + 3), options);
  });
}

function ownNumber([first]: readonly Span[]): string | null {
  return first !== undefined && 'text' in first ? (/^\d{1,4}\. /.exec(first.text)?.[0] ?? null) : null;
}

function renderFacts(
  rows: readonly { label: string; spans: readonly Span[] }[],
  options: TerminalOptions,
): string[] {
  const labelColumns = Math.max(0, ...rows.map((row) => width(row.label))) + 2;
  if (labelColumns + 2 > options.columns / 2) return stackFacts(rows, options);
  return rows.flatMap(({ label, spans }) => {
    const head = `  ${label}${' '.repeat(labelColumns - width(label))}`;
    const rest = flow(spans, '', ' '.repeat(labelColumns + 2), {
      ...options,
      columns: options.columns - labelColumns - 2,
    });
    return [paint(head, 'dim', options) + (rest[0] ?? ''), ...rest.slice(1)];
  });
}

/** In a narrow terminal each label is above what it labels. */
function stackFacts(
  rows: readonly { label: string; spans: readonly Span[] }[],
  options: TerminalOptions,
): string[] {
  return rows.flatMap(({ label, spans }) => [
    ...flow([{ text: label, style: 'dim' }], '  ', '  ', options),
    ...flow(spans, '    ', '    ', options),
  ]);
}

/** Wraps spans; `first` and `next` are the indents, which count as columns at the left edge. */
function flow(
  spans: readonly Span[],
  first: string,
  next: string,
  options: TerminalOptions,
  base = '',
): string[] {
  const words = toWords(spans.map((span) => toPiece(span, options, base)));
  const hanging = first === '' ? 0 : next.length;
  const lines = wrap(words, Math.max(8, options.columns - hanging));
  return lines.map((line, i) => {
    const text = line
      .map((word) => word.map((piece) => paint(piece.text, piece.style, options)).join(''))
      .join(' ');
    return (i === 0 ? first : next) + text;
  });
}

function toPiece(span: Span, options: TerminalOptions, base: string): Piece {
  if ('at' in span) return { text: formatMoment(span.at, span.form, options), style: base };
  const text = /^\s/.test(span.text) ? ` ${oneLine(span.text)}` : oneLine(span.text);
  const tail = /\S\s+$/.test(span.text) ? ' ' : '';
  return { text: text + tail, style: span.style ?? (span.url !== undefined && base === '' ? 'link' : base) };
}

function paint(text: string, style: string, options: TerminalOptions): string {
  const code = SGR[style];
  return options.color && code !== undefined ? `\u001b[${code}m${text}\u001b[0m` : text;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function formatMoment(at: string, form: 'date' | 'time' | 'relative', options: TerminalOptions): string {
  const ms = Date.parse(at);
  if (Number.isNaN(ms)) return 'at an unknown time';
  if (form === 'relative') return relative(options.nowMs - ms);
  const local = openZone(options.zone).localTime(ms);
  const day = `${local.day} ${MONTHS[local.month - 1]} ${local.year}`;
  const two = (n: number) => String(n).padStart(2, '0');
  return form === 'date' ? day : `${day} ${two(local.hour)}:${two(local.minute)}`;
}

function relative(agoMs: number): string {
  const minutes = Math.round(Math.abs(agoMs) / 60_000);
  const [n, unit] =
    minutes < 90
      ? [minutes, 'minute']
      : minutes < 2880
        ? [Math.round(minutes / 60), 'hour']
        : [Math.round(minutes / 1440), 'day'];
  const words = `${n} ${unit}${n === 1 ? '' : 's'}`;
  return agoMs >= 0 ? `${words} ago` : `in ${words}`;
}
