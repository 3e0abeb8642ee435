import { inertView } from './inert-view.js';
import type { Block, Span, View } from './view.js';

/** A view as plain text, for programs and language models: links in full behind what they are of, moments in UTC, nothing that acts. */
export function viewText(view: View): string {
  return inertView(view).blocks.map(blockText).join('\n\n');
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${spansText(block.spans)}`;
    case 'paragraph':
    case 'note':
      return spansText(block.spans);
    case 'item':
      return [block.title, ...block.lines, ...(block.meta === undefined ? [] : [block.meta])]
        .map((line, i) => `${i === 0 ? '- ' : '  '}${spansText(line)}`)
        .join('\n');
    case 'facts':
      return block.rows.map(({ label, spans }) => `${label}: ${spansText(spans)}`).join('\n');
    case 'list':
      return block.items
        .map((item, i) => `${block.ordered === true ? `${i + 1}.` : '-'} ${spansText(item)}`)
        .join('\n');
    case 'code':
      return block.lines.map((line) => `    ${line}`).join('\n');
    default:
      return block satisfies never;
  }
}

function spansText(spans: readonly Span[]): string {
  return spans.map(spanText).join('').trim();
}

function spanText(span: Span): string {
  if ('at' in span) return momentText(span.at, span.form);
  return span.url === undefined || span.url === span.text
    ? span.text
    : `${span.text.trimEnd()} <${span.url}>${/\s$/.test(span.text) ? ' ' : ''}`;
}

/** What is relative to now would be wrong when it is read again. */
function momentText(at: string, form: 'date' | 'time' | 'relative'): string {
  const iso = new Date(Date.parse(at)).toISOString();
  return form === 'date' ? iso.slice(0, 10) : `${iso.slice(0, 16).replace('T', ' ')} UTC`;
}
