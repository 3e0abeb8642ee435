import type { Topic } from '../../src/digest/ports/chat-platform.js';
import { type Line, type Node, readMarkdown } from '../../test/fakes/discord/markdown.js';

type Component = Readonly<Record<string, unknown>>;

const STYLE = `body{background:#313338;color:#dbdee1;font:16px/1.375 "gg sans","DejaVu Sans",sans-serif;width:760px;margin:0;padding:16px}
h6{color:#949ba4;font-size:12px;margin:26px 0 4px}.box{background:#2b2d31;border:1px solid #3f4147;border-left:4px solid;border-radius:8px;padding:12px 16px;max-width:600px}
a{color:#00a8fc;text-decoration:none}code{background:#1e1f22;border-radius:4px;padding:0 4px;font-size:85%}.h1{font-size:24px;font-weight:700;margin:6px 0}.h2{font-size:20px;font-weight:700;margin:6px 0}.h3{font-size:16px;font-weight:700;margin:6px 0}
.small{font-size:13px;color:#949ba4}.item{margin-left:18px;text-indent:-14px}.gap{height:11px}hr{border:0;border-top:1px solid #3f4147;margin:12px 0}.t{background:#3f4147;border-radius:3px;padding:0 2px}.row{margin-top:8px}
.btn{display:inline-block;border-radius:8px;padding:6px 14px;margin:4px 8px 0 0;font-size:14px;background:#4e5058;color:#fff}.b1{background:#5865f2}.b4{background:#da373c}.off{opacity:.5}.sel{background:#1e1f22;padding:8px;border-radius:8px;color:#949ba4;font-size:14px}.mention{background:red}.opt{margin-top:10px}.choice{display:inline-block;background:#1e1f22;border-radius:4px;padding:2px 8px;margin:4px 6px 0 0;font-size:13px}`;

/** A column of messages, as Discord's dark theme shows it. */
export function discordPage(parts: readonly string[]): string {
  return `<!doctype html><meta charset="utf-8"><style>${STYLE}</style>${parts.join('\n')}`;
}

/** One message; `components`: its body's. */
export function discordMessage(title: string, body: { readonly components: unknown }): string {
  return `<h6>${text(title)}</h6><div data-scene="message">${components(body.components)}</div>`;
}

/** A post in a forum: its name and tag above the message that it begins with. */
export function discordPost({ title, label }: Topic, message: string): string {
  const tag = label === null ? '' : `<span class="choice">${text(label)}</span>`;
  return `<div class="h2">${text(title)}</div>${tag}${message}`;
}

/** A command with its options, as the client shows them while it is typed: Discord's form. */
export function discordForm(
  name: string,
  does: string,
  options: readonly {
    readonly name: string;
    readonly description: string;
    readonly required?: boolean;
    readonly choices?: readonly { readonly name: string }[];
  }[],
): string {
  const rows = options.map(
    (one) =>
      `<div class="opt"><b>${text(one.name)}</b>${one.required === true ? ' <i>required</i>' : ''}<div class="small">${text(one.description)}</div>${(one.choices ?? []).map((choice) => `<span class="choice">${text(choice.name)}</span>`).join('')}</div>`,
  );
  return `<h6>${text(name)}</h6><div data-scene="form" class="box"><div class="h3">${text(name)}</div><div class="small">${text(does)}</div>${rows.join('')}</div>`;
}

function components(list: unknown): string {
  return Array.isArray(list) ? list.map(component).join('') : '';
}

function component(one: Component): string {
  switch (one.type) {
    case 17: {
      const color = `#${Number(one.accent_color).toString(16).padStart(6, '0')}`;
      return `<div class="box" style="border-left-color:${color}">${components(one.components)}</div>`;
    }
    case 10:
      return readMarkdown(String(one.content)).map(line).join('');
    case 14:
      return '<hr>';
    case 1:
      return `<div class="row">${components(one.components)}</div>`;
    case 2:
      return `<span class="btn b${String(one.style)}${one.disabled === true ? ' off' : ''}">${text(String(one.label))}${one.style === 5 ? ' ↗' : ''}</span>`;
    case 3:
      return `<div class="sel">${text(String(one.placeholder))} ▾</div>`;
    default:
      return `<pre>${text(JSON.stringify(one))}</pre>`;
  }
}

function line({ kind, mark, nodes }: Line): string {
  const inner = nodes.map(node).join('');
  if (kind === 'plain') return inner === '' ? '<div class="gap"></div>' : `<div>${inner}</div>`;
  return `<div class="${kind}">${mark === '' ? '' : `${text(mark)} `}${inner}</div>`;
}

const TAGS = { bold: 'b', italic: 'i', underline: 'u', strike: 's', spoiler: 'mark' } as const;

function node(one: Node): string {
  switch (one.kind) {
    case 'text':
      return text(one.text);
    case 'code':
      return `<code>${text(one.text)}</code>`;
    case 'style':
      return `<${TAGS[one.style]}>${one.inner.map(node).join('')}</${TAGS[one.style]}>`;
    case 'link':
      return `<a href="${text(one.url)}">${one.inner.map(node).join('')}</a>`;
    case 'time':
      return `<span class="t">${text(moment(one.seconds, one.form))}</span>`;
    case 'mention':
    case 'emoji':
      return `<span class="mention">${text(one.text)}</span>`;
    default:
      return one satisfies never;
  }
}

function moment(seconds: number, form: string): string {
  const style =
    form === 'D' ? ({ dateStyle: 'long' } as const) : ({ dateStyle: 'long', timeStyle: 'short' } as const);
  return new Intl.DateTimeFormat('en-US', { ...style, timeZone: 'UTC' }).format(seconds * 1000);
}

function text(raw: string): string {
  return raw.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
