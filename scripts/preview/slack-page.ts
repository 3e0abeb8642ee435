import type { SlackMessage } from '../../src/adapters/slack/render-message.js';

type Node = Readonly<Record<string, unknown>>;

const STYLE = `body{font:15px/1.46 Lato,"Helvetica Neue",Arial,sans-serif;color:#1d1c1d;background:#fff;margin:0 auto;max-width:760px;padding:16px}
h2{font-size:13px;color:#616061;border-top:1px solid #ddd;padding-top:12px;margin:28px 0 8px}
.m{display:flex;gap:8px}.m.t{margin-left:44px}.a{width:36px;height:36px;border-radius:4px;background:#1d3557;flex:none;color:#fff;font-weight:900;text-align:center;line-height:36px}
.n{font-weight:900}.app{background:#e8e8e8;color:#616061;font-size:10px;border-radius:2px;padding:1px 3px;margin:0 4px}.w{color:#616061;font-size:12px}
.b{margin:4px 0;white-space:pre-wrap;overflow-wrap:anywhere}.h{font-size:18px;font-weight:900;margin:8px 0 4px}.c{color:#616061;font-size:13px}
.s{display:flex;gap:12px}.s>.b{flex:1}.more{align-self:flex-start;border:1px solid #ddd;border-radius:4px;padding:0 8px;color:#616061}.modal{border:1px solid #ddd;border-radius:8px;padding:16px 20px;max-width:520px;box-shadow:0 4px 16px #0003}.l{font-weight:700;margin-top:14px}.in{border:1px solid #bbb;border-radius:4px;padding:6px 10px;color:#616061}
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
        : block.accessory === undefined
          ? `<div class="b">${textOf(block.text)}</div>`
          : `<div class="s"><div class="b">${textOf(block.text)}</div><span class="more">⋯</span></div>`;
    case 'input':
      return inputHtml(block);
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

/** A field of a modal with what is filled in or chosen, and what there is to choose from. */
function inputHtml(block: Node): string {
  const element = block.element as Node;
  const options = Array.isArray(element.options) ? (element.options as Node[]) : [];
  const initial = (element.initial_option ?? null) as Node | null;
  const chosen = Array.isArray(element.initial_options) ? (element.initial_options as Node[]) : [];
  const ticks = element.type === 'checkboxes' || element.type === 'radio_buttons';
  const shown = ticks
    ? options
        .map(
          (one) =>
            `${[initial, ...chosen].some((other) => other?.value === one.value) ? '☑' : '☐'} ${textOf(one.text)}`,
        )
        .join('<br>')
    : initial === null
      ? escapeHtml(
          String(
            element.initial_value ?? element.initial_time ?? (options.length > 0 ? 'Choose an option ▾' : ''),
          ),
        )
      : `${textOf(initial.text)} ▾`;
  const hint = block.hint === undefined ? '' : `<div class="c">${textOf(block.hint)}</div>`;
  const label = `${textOf(block.label)}${block.optional === true ? ' (optional)' : ''}`;
  return `<div class="l">${label}</div><div class="${ticks ? 'b' : 'in'}">${shown || '&nbsp;'}</div>${hint}`;
}

/** A column of messages, as Slack shows it. */
export function slackPage(parts: readonly string[]): string {
  return `<!doctype html><meta charset="utf-8"><title>covernote on Slack</title><style>${STYLE}</style>\n${parts.join('\n')}\n`;
}

export function slackMessage(title: string, { text, blocks }: SlackMessage, inThread: boolean): string {
  return `<h2>${escapeHtml(title)}<br><small>Notification: ${text}</small></h2>
<div data-scene="message" class="m${inThread ? ' t' : ''}"><div class="a">c</div><div style="flex:1"><span class="n">covernote</span><span class="app">APP</span><span class="w">9:00 AM</span>
${(blocks as unknown as Node[]).map(blockHtml).join('\n')}</div></div>`;
}

/** A modal, or the app's home. */
export function slackView(
  title: string,
  view: { readonly blocks: readonly object[]; readonly title?: unknown; readonly submit?: unknown },
): string {
  const head = view.title === undefined ? '' : `<div class="h">${textOf(view.title)}</div>`;
  const foot =
    view.submit === undefined
      ? ''
      : `<div class="x"><button class="primary">${textOf(view.submit)}</button></div>`;
  return `<h2>${escapeHtml(title)}</h2><div data-scene="view" class="${view.title === undefined ? '' : 'modal'}">${head}${(view.blocks as Node[]).map(blockHtml).join('\n')}${foot}</div>`;
}
