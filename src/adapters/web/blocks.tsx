import type { Child } from 'hono/jsx';
import { oneLine } from '../../digest/text/inert.js';
import { inertView } from '../../digest/view/inert-view.js';
import type { Block, Span, View } from '../../digest/view/view.js';
import { Moment } from './moment.js';
import { href, type PageContext } from './page.js';

/** The context in which a view is rendered. */
export interface ViewContext {
  readonly page: PageContext;
  /** Paths of our own pages for addresses at the archive: a title links to the page, and next to it is a link to the mail. */
  readonly pages?: ReadonlyMap<string, string>;
}

/** The blocks of a view as HTML; nothing in them can act. Text from mail is escaped by hono's JSX, which is what makes it safe here. */
export function ViewBlocks({
  blocks,
  context,
}: {
  readonly blocks: readonly Block[];
  readonly context: ViewContext;
}) {
  const { blocks: inert }: View = inertView({ fallback: '', blocks });
  return (
    <>
      {inert.map((block) => (
        <BlockHtml block={block} context={context} />
      ))}
    </>
  );
}

/** One line of a view. */
export function Line({ spans, context }: { readonly spans: readonly Span[]; readonly context: ViewContext }) {
  const { blocks } = inertView({ fallback: '', blocks: [{ kind: 'paragraph', spans }] });
  const [block] = blocks;
  return block?.kind === 'paragraph' ? <Spans spans={block.spans} context={context} /> : null;
}

function BlockHtml({ block, context }: { readonly block: Block; readonly context: ViewContext }) {
  switch (block.kind) {
    case 'heading':
      return (
        <Heading level={block.level}>
          <Spans spans={block.spans} context={context} />
        </Heading>
      );
    case 'paragraph':
      return (
        <p>
          <Spans spans={block.spans} context={context} />
        </p>
      );
    case 'note':
      return (
        <p class="note">
          <Spans spans={block.spans} context={context} />
        </p>
      );
    case 'item':
      return (
        <article class="item">
          <h4>
            <Spans spans={block.title} context={context} />
          </h4>
          {block.lines.map((line) => (
            <p>
              <Spans spans={line} context={context} />
            </p>
          ))}
          {block.meta === undefined ? null : (
            <p class="quiet">
              <Spans spans={block.meta} context={context} />
            </p>
          )}
        </article>
      );
    case 'facts':
      return (
        <dl class="facts">
          {block.rows.map(({ label, spans }) => (
            <div>
              <dt>{label}</dt>
              <dd>
                <Spans spans={spans} context={context} />
              </dd>
            </div>
          ))}
        </dl>
      );
    case 'list': {
      const items = block.items.map((item) => (
        <li>
          <Spans spans={item} context={context} />
        </li>
      ));
      if (block.ordered === true) return <ol>{items}</ol>;
      return <ul class={block.items.every(isNumbered) ? 'numbered' : undefined}>{items}</ul>;
    }
    case 'code':
      return <Code lines={block.lines} />;
    default:
      return block satisfies never;
  }
}

/** The line begins with its own number, which replaces the bullet. */
function isNumbered([first]: readonly Span[]): boolean {
  return first !== undefined && 'text' in first && /^\d+\. $/.test(first.text);
}

/** Lines of a diff: additions and removals are marked by their first character, and colored. */
function Code({ lines }: { readonly lines: readonly string[] }) {
  return (
    <pre>
      {lines.map((line) => {
        const style = line.startsWith('+') ? 'good' : line.startsWith('-') ? 'bad' : undefined;
        return style === undefined ? `${line}\n` : <span class={style}>{`${line}\n`}</span>;
      })}
    </pre>
  );
}

function Heading({ level, children }: { readonly level: 1 | 2 | 3; readonly children: Child }) {
  if (level === 1) return <h1>{children}</h1>;
  return level === 2 ? <h2>{children}</h2> : <h3>{children}</h3>;
}

function Spans({ spans, context }: { readonly spans: readonly Span[]; readonly context: ViewContext }) {
  return (
    <>
      {spans.map((span) =>
        'at' in span ? (
          <Moment at={span.at} form={span.form} page={context.page} />
        ) : (
          <SpanHtml span={span} context={context} />
        ),
      )}
    </>
  );
}

function SpanHtml({
  span: { text, url, style },
  context: { page, pages },
}: {
  readonly span: Extract<Span, { readonly text: string }>;
  readonly context: ViewContext;
}) {
  const words = <Styled text={text} style={style} />;
  if (url === undefined) return words;
  const path = pages?.get(url);
  if (path === undefined || text.trim() === url)
    return (
      <a href={url} rel="external nofollow">
        {words}
      </a>
    );
  return (
    <>
      <a href={href(page.site, path)}>{words}</a> <MailLink url={url} about={text} />
    </>
  );
}

/** A quiet link to the mail itself, next to one to our page. */
export function MailLink({ url, about }: { readonly url: string; readonly about: string }) {
  return (
    <a class="mail" href={url} rel="external nofollow" aria-label={`Mail: ${oneLine(about)}`}>
      mail
    </a>
  );
}

function Styled({
  text,
  style,
}: {
  readonly text: string;
  readonly style: Extract<Span, { readonly text: string }>['style'];
}) {
  if (style === undefined) return <>{text}</>;
  if (style === 'bold') return <b>{text}</b>;
  return style === 'code' ? <code>{text}</code> : <span class={style}>{text}</span>;
}
