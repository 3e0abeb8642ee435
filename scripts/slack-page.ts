import type { SlackMessage } from '../src/adapters/slack/render-message.js';

/** One message with what stands above it. */
export interface Shown {
  readonly title: string;
  readonly inThread: boolean;
  readonly message: SlackMessage;
}

type Node = Readonly<Record<string, unknown>>;

const STYLE = `body{font:15px/1.46 Lato,"Helvetica Neue",Arial,sans-serif;color:#1d1c1d;background:#fff;margin:0 auto;max-width:760px;padding:16px}
h2{font-size:13px;color:#616061;border-top:1px solid #ddd;padding-top:12px;margin:28px 0 8px}
.m{display:flex;gap:8px}.m.t{margin-left:44px}.a{width:36px;height:36px;border-radius:4px;background:#1d3557;flex:none;color:#fff;font-weight:900;text-align:center;line-height:36px}
.n{font-weight:900}.app{background:#e8e8e8;color:#616061;font-size:10px;border-radius:2px;padding:1px 3px;margin:0 4px}.w{color:#616061;font-size:12px}
.b{margin:4px 0;white-space:pre-wrap;overflow-wrap:anywhere}.h{font-size:18px;font-weight:900;margin:8px 0 4px}.c{color:#616061;font-size:13px}
.f{display:grid;grid-template-columns:1fr 1fr;gap:8px 16px}.x{display:flex;flex-wrap:wrap;gap:8px;margin:6px 0}
button{font:700 13px Lato,Arial;border:1px solid #bbb;border-radius:4px;background:#fff;padding:4px 10px;color:#1d1c1d}button.primary{background:#007a5a;color:#fff;border:0}button.danger{color:#e01e5a;border-color:#e01e5a}
a{color:#1264a3;text-decoration:none}code{background:#f6f6f6;border:1px solid #ddd;border-radius:3px;color:#e01e5a;font-size:12px;padding:1px 3px}`;

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Slack's markup as HTML, as far as covernote writes it; the text is escaped already as both want it. */
function markup(text: string): string {
  return text
    .replace(/<!date\^\d+\^[^|>]*\|([^>]*)>/g, '<span title="in each reader’s zone">$1</span>')
    .replace(
      /<(https?:[^|>]*)\|([^>]*)>/g,
      (_, url: string, label: string) => `<a href="${url.replaceAll('"', '%22')}">${label}</a>`,
    )
    .replace(/(^|[\s([])\*(?! )((?:(?!<br>)[^*\n])+)\*(?=$|[\s,.;:)\]<])/gm, '$1<b>$2</b>')
    .replace(/`([^`\n]+)`/g, '<code>$1</code>');
}

function textOf(node: unknown): string {
  const one = node as Node;
  const text = String(one.text);
  return one.type === 'mrkdwn' ? markup(text) : escapeHtml(text);
}

function blockHtml(block: Node): string {
  const list = (name: string) => (Array.isArray(block[name]) ? (block[name] as Node[]) : []);
  switch (block.type) {
    case 'header':
      return `<div class="b h">${textOf(block.text)}</div>`;
    case 'section':
      return block.text === undefined
        ? `<div class="b f">${list('fields')
            .map((field) => `<div>${textOf(field)}</div>`)
            .join('')}</div>`
        : `<div class="b">${textOf(block.text)}</div>`;
    case 'context':
      return `<div class="b c">${list('elements').map(textOf).join(' ')}</div>`;
    case 'actions':
      return `<div class="x">${list('elements').map(elementHtml).join('')}</div>`;
    case 'divider':
      return '<hr>';
    default:
      return `<div class="b">[${escapeHtml(String(block.type))}]</div>`;
  }
}

function elementHtml(element: Node): string {
  const label = textOf(element.text ?? element.placeholder);
  return `<button class="${escapeHtml(String(element.style ?? ''))}">${label}${element.type === 'static_select' ? ' ▾' : ''}</button>`;
}

/** Messages as a page that looks like Slack. */
export function pageOf(shown: readonly Shown[]): string {
  const messages = shown.map(
    ({
      title,
      inThread,
      message,
    }) => `<h2>${escapeHtml(title)}<br><small>Notification: ${message.text}</small></h2>
<div class="m${inThread ? ' t' : ''}"><div class="a">c</div><div><span class="n">covernote</span><span class="app">APP</span><span class="w">9:00 AM</span>
${(message.blocks as unknown as Node[]).map(blockHtml).join('\n')}</div></div>`,
  );
  return `<!doctype html><meta charset="utf-8"><title>covernote on Slack</title><style>${STYLE}</style>\n${messages.join('\n')}\n`;
}
