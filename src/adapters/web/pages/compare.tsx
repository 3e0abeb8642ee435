import type { Comparison } from '../../../digest/series/comparison.js';
import type { SeriesRecord } from '../../../digest/series/record.js';
import { findVersion, versionName } from '../../../digest/series/version-name.js';
import { oneLine, shorten } from '../../../digest/text/inert.js';
import { more } from '../../../digest/view/blocks.js';
import { compareView } from '../../../digest/view/compare-view.js';
import { webUrl } from '../../../digest/view/inert-view.js';
import { comparePath, seriesPath } from '../../../digest/view/page-paths.js';
import type { Block, Span } from '../../../digest/view/view.js';
import { Line, MailLink, ViewBlocks } from '../blocks.js';
import { Layout } from '../layout.js';
import { href, type PageContext } from '../page.js';
import { CompareForm } from './compare-form.js';

/** The differences between two versions of a series. */
export function ComparePage({
  series,
  comparison,
  page,
}: {
  readonly series: SeriesRecord;
  readonly comparison: Comparison;
  readonly page: PageContext;
}) {
  const { from, to } = comparison;
  const names = `${versionName(from)} to ${versionName(to)}`;
  const blocks = compareView(comparison, 'whole').blocks.filter(isBelow);
  const start = blocks.findIndex((block) => block.kind === 'heading' && block.level === 2);
  const patches = start < 0 ? [] : blocks.slice(start + 1);
  const isNewest = findVersion(series.revisions, to) === series.revisions.at(-1);
  return (
    <Layout title={`${names} of ${series.title}`} page={page} canonical={comparePath(series.id, [from, to])}>
      <h1>What changed from {names}</h1>
      <p>
        <a href={href(page.site, seriesPath(series.id))}>{shorten(oneLine(series.title), 300)}</a>
        {isNewest ? null : <span class="quiet">; there are newer versions</span>}
      </p>
      <CompareForm series={series} chosen={[from, to]} page={page} />
      <ViewBlocks blocks={start < 0 ? blocks : blocks.slice(0, start + 1)} context={{ page }} />
      <Differences blocks={patches} page={page} />
    </Layout>
  );
}

/** How many patches, and lines of each, are shown; more would be megabytes. */
const MOST_PATCHES = 100;
const MOST_LINES = 400;
/** How many of those are unfolded. */
const UNFOLDED = 8;

/** The changes of each patch, each in a section that can be folded. */
function Differences({ blocks, page }: { readonly blocks: readonly Block[]; readonly page: PageContext }) {
  const patches: { title: readonly Span[]; below: Block[] }[] = [];
  for (const block of blocks) {
    if (block.kind === 'heading') patches.push({ title: block.spans, below: [] });
    else patches.at(-1)?.below.push(...cut(block));
  }
  const left = patches.length - MOST_PATCHES;
  return (
    <>
      {patches.slice(0, MOST_PATCHES).map(({ title, below }, i) => (
        <details open={i < UNFOLDED}>
          <summary>
            <Line spans={title.map(withoutLink)} context={{ page }} />
          </summary>
          {title.map((span) =>
            'url' in span && span.url !== undefined && webUrl(span.url) !== null ? (
              <MailLink url={webUrl(span.url) ?? ''} about={span.text} />
            ) : null,
          )}
          <ViewBlocks blocks={below} context={{ page }} />
        </details>
      ))}
      {left > 0 ? <p class="note">+{left} more patches changed</p> : null}
    </>
  );
}

function cut(block: Block): Block[] {
  if (block.kind !== 'code' || block.lines.length <= MOST_LINES) return [block];
  return [
    { ...block, lines: block.lines.slice(0, MOST_LINES) },
    ...more(block.lines.length - MOST_LINES, ' lines'),
  ];
}

/** What unfolds is pressed whole: it holds no link. */
function withoutLink(span: Span): Span {
  return 'at' in span
    ? span
    : { text: span.text, ...(span.style === undefined ? {} : { style: span.style }) };
}

/** The page has its own headline. */
function isBelow(block: { readonly kind: string; readonly level?: number }): boolean {
  return block.kind !== 'heading' || block.level !== 1;
}
