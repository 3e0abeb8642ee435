/**
 * Discord's Markdown, as its clients read it: enough of it to tell what a person sees, who would be mentioned and where links lead.
 * Written after the published behavior of the clients, independent of what renders our messages.
 */
export type Node =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'style'; readonly style: Style; readonly inner: readonly Node[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly url: string; readonly inner: readonly Node[]; readonly masked: boolean }
  | { readonly kind: 'mention'; readonly text: string }
  | { readonly kind: 'emoji'; readonly text: string }
  | { readonly kind: 'time'; readonly seconds: number; readonly form: string };

type Style = 'bold' | 'italic' | 'underline' | 'strike' | 'spoiler';

export interface Line {
  readonly kind: 'plain' | 'h1' | 'h2' | 'h3' | 'small' | 'quote' | 'item' | 'fence';
  /** `1.` of an ordered item; `•` of another. */
  readonly mark: string;
  readonly nodes: readonly Node[];
}

const LINES: readonly (readonly [RegExp, Line['kind']])[] = [
  [/^### +(?=\S)/, 'h3'],
  [/^## +(?=\S)/, 'h2'],
  [/^# +(?=\S)/, 'h1'],
  [/^-# +(?=\S)/, 'small'],
  [/^(?:>>>|>) /, 'quote'],
  [/^ *[-*+] +/, 'item'],
  [/^ *\d{1,9}[.)] +/, 'item'],
];

/** One text display. A fence runs over lines; everything else ends with its line. */
export function readMarkdown(text: string): Line[] {
  const fence = /```[\s\S]*?```/.exec(text);
  if (fence !== null && !/\\$/.test(text.slice(0, fence.index)))
    return [
      ...readMarkdown(text.slice(0, fence.index)),
      { kind: 'fence', mark: '', nodes: [{ kind: 'code', text: fence[0] }] },
      ...readMarkdown(text.slice(fence.index + fence[0].length)),
    ];
  return text.split('\n').map((line) => {
    for (const [pattern, kind] of LINES) {
      const found = pattern.exec(line);
      if (found === null) continue;
      const mark = kind === 'item' ? (/\d+[.)]/.exec(found[0])?.[0] ?? '•') : '';
      return { kind, mark, nodes: inline(line.slice(found[0].length)) };
    }
    return { kind: 'plain', mark: '', nodes: inline(line) };
  });
}

type Rule = readonly [RegExp, (found: RegExpExecArray) => Node | null];

const styled =
  (style: Style) =>
  (found: RegExpExecArray): Node => ({
    kind: 'style',
    style,
    inner: inline(found[1] ?? ''),
  });

/** In the clients' order; each at the place that has been come to. */
const RULES: readonly Rule[] = [
  [/^\\([^0-9A-Za-z\s])/, (found) => ({ kind: 'text', text: found[1] ?? '' })],
  [/^(`+)([\s\S]*?[^`])\1(?!`)/, (found) => ({ kind: 'code', text: (found[2] ?? '').trim() })],
  [
    /^<t:(-?\d+)(?::([tTdDfFR]))?>/,
    (found) => ({ kind: 'time', seconds: Number(found[1]), form: found[2] ?? 'f' }),
  ],
  [/^<(?:@[!&]?|#)\d+>/, (found) => ({ kind: 'mention', text: found[0] })],
  [/^<\/[^:>]+:\d+>/, (found) => ({ kind: 'mention', text: found[0] })],
  [/^<id:\w+>/, (found) => ({ kind: 'mention', text: found[0] })],
  [/^@(?:everyone|here)\b/, (found) => ({ kind: 'mention', text: found[0] })],
  [/^<a?:\w+:\d+>/, (found) => ({ kind: 'emoji', text: found[0] })],
  [/^:[^\s:]{2,}?(?:::skin-tone-\d)?:/, (found) => ({ kind: 'emoji', text: found[0] })],
  [
    /^<(https?:\/\/[^\s<>]+)>/,
    (found) => ({
      kind: 'link',
      url: found[1] ?? '',
      inner: [{ kind: 'text', text: found[1] ?? '' }],
      masked: false,
    }),
  ],
  [
    /^\[((?:\[[^\]]*\]|[^[\]]|\](?=[^[]*\]))*)\]\(\s*<?((?:\([^()\s]*\)|[^\s\\()]|\\.)*?)>?(?:\s+['"][^'"]*['"])?\s*\)/,
    (found) =>
      /^https?:\/\//.test(found[2] ?? '')
        ? { kind: 'link', url: found[2] ?? '', inner: inline(found[1] ?? ''), masked: true }
        : null,
  ],
  [
    /^https?:\/\/[^\s<]+[^<.,:;"')\]\s]/,
    (found) => ({ kind: 'link', url: found[0], inner: [{ kind: 'text', text: found[0] }], masked: false }),
  ],
  [
    /^(?:discord\.gg|discord(?:app)?\.com\/invite)\/[\w-]+/,
    (found) => ({
      kind: 'link',
      url: `https://${found[0]}`,
      inner: [{ kind: 'text', text: found[0] }],
      masked: true,
    }),
  ],
  [/^\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)/, styled('bold')],
  [/^__((?:\\[\s\S]|[^\\])+?)__(?!_)/, styled('underline')],
  [/^\*(?=\S)((?:\\[\s\S]|\*\*|[^\\*])+?)\*(?!\*)/, styled('italic')],
  [/^_((?:\\[\s\S]|[^\\_])+?)_(?!\w)/, styled('italic')],
  [/^~~((?:\\[\s\S]|[^\\])+?)~~(?!~)/, styled('strike')],
  [/^\|\|([\s\S]+?)\|\|/, styled('spoiler')],
];

function inline(text: string): Node[] {
  const nodes: Node[] = [];
  let plain = '';
  const flush = () => {
    if (plain !== '') nodes.push({ kind: 'text', text: plain });
    plain = '';
  };
  for (let at = 0; at < text.length; ) {
    const hit = first(text.slice(at));
    if (hit === null) {
      plain += text[at];
      at++;
      continue;
    }
    if (hit.node.kind === 'text') plain += hit.node.text;
    else {
      flush();
      nodes.push(hit.node);
    }
    at += hit.units;
  }
  flush();
  return nodes;
}

const MAY_BEGIN = /^[\\`<@:[hd*_~|]/;

function first(rest: string): { node: Node; units: number } | null {
  if (!MAY_BEGIN.test(rest)) return null;
  // What a message can hold at most.
  const near = rest.slice(0, 4000);
  for (const [pattern, make] of RULES) {
    const found = pattern.exec(near);
    const node = found === null ? null : make(found);
    if (found !== null && node !== null) return { node, units: found[0].length };
  }
  return null;
}

/** What a person reads of some nodes. */
export function plainText(nodes: readonly Node[]): string {
  return nodes
    .map((node): string => {
      switch (node.kind) {
        case 'text':
        case 'code':
        case 'mention':
        case 'emoji':
          return node.text;
        case 'style':
        case 'link':
          return plainText(node.inner);
        case 'time':
          return new Date(node.seconds * 1000).toISOString();
        default:
          return node satisfies never;
      }
    })
    .join('');
}

/** Nodes of a kind, those inside others too. */
export function nodesOf<K extends Node['kind']>(
  nodes: readonly Node[],
  kind: K,
): Extract<Node, { kind: K }>[] {
  return nodes.flatMap((node) => [
    ...(isKind(node, kind) ? [node] : []),
    ...('inner' in node ? nodesOf(node.inner, kind) : []),
  ]);
}

function isKind<K extends Node['kind']>(node: Node, kind: K): node is Extract<Node, { kind: K }> {
  return node.kind === kind;
}
