import type { StateName } from '../../../digest/claims/claim.js';
import { stateNames } from '../../../digest/claims/claim.js';
import type { Digest } from '../../../digest/plan/digest.js';
import type {
  PublicSubsystem,
  SeriesTable,
  TableOrder,
  TableQuestion,
} from '../../../digest/ports/public-library.js';
import type { SeriesRecord } from '../../../digest/series/record.js';
import { versionName } from '../../../digest/series/version-name.js';
import { count } from '../../../digest/text/count.js';
import { inert, oneLine, shorten } from '../../../digest/text/inert.js';
import {
  digestPath,
  feedPath,
  seriesPath,
  subsystemPath,
  weeksPath,
} from '../../../digest/view/page-paths.js';
import type { Picture } from '../../../digest/view/picture/drawing.js';
import { patchesText } from '../../../digest/view/words.js';
import { Figure } from '../figure.js';
import { FollowBox } from '../follow-box.js';
import { Layout } from '../layout.js';
import { Moment } from '../moment.js';
import { href, type PageContext } from '../page.js';
import { StateTag } from '../state-tag.js';
import { type Column, Table } from '../table.js';
import { DigestBody } from './digest.js';

interface SubsystemParts {
  readonly subsystem: PublicSubsystem;
  /** As it is typed after `/follow`. */
  readonly words: string;
  readonly question: TableQuestion;
  readonly table: SeriesTable;
  readonly page: PageContext;
}

/** A subsystem: the last day's digest, and its series as a table that query parameters sort and filter. */
export function SubsystemPage({
  digest,
  weeks,
  ...parts
}: SubsystemParts & { readonly digest: Digest; readonly weeks: Picture }) {
  const { subsystem, words, page } = parts;
  const { since, until } = digest.window;
  const title = headline(subsystem);
  return (
    <Layout title={title} page={page} feed={feedPath([words])} canonical={subsystemPath(subsystem.slug)}>
      <h1>{title}</h1>
      <About subsystem={subsystem} page={page} />
      <section aria-labelledby="digest" class="digest">
        <h2 id="digest">The last day</h2>
        <p class="quiet">
          <Moment at={since} form="time" page={page} /> to <Moment at={until} form="time" page={page} />
          {' · '}
          <a href={href(page.site, digestPath([words], { since: '7d' }))}>one week</a>
        </p>
        <DigestBody digest={digest} page={page} isOfPage />
      </section>
      <section aria-labelledby="activity">
        <h2 id="activity">Activity</h2>
        <Figure picture={weeks} path={weeksPath(subsystem.slug)} page={page} />
      </section>
      <TableSection {...parts} />
      <FollowBox words={words} what={subsystem.slug} page={page} />
    </Layout>
  );
}

function headline({ slug, name }: PublicSubsystem): string {
  return name === '' || name.toLowerCase() === slug ? slug : `${slug}: ${shorten(oneLine(name), 100)}`;
}

function About({
  subsystem: { lists, parts },
  page,
}: {
  readonly subsystem: PublicSubsystem;
  readonly page: PageContext;
}) {
  return (
    <>
      {lists.length === 0 ? null : <p class="quiet">{lists.slice(0, 6).join(', ')}</p>}
      {parts.length === 0 ? null : (
        <details>
          <summary>{count(parts.length, 'part')}</summary>
          <p>
            {parts.map((slug, i) => (
              <>
                {i === 0 ? '' : ', '}
                <a href={href(page.site, subsystemPath(slug))}>{slug}</a>
              </>
            ))}
          </p>
        </details>
      )}
    </>
  );
}

function TableSection({ subsystem, question, table, page }: SubsystemParts) {
  const { rows, total } = table;
  const first = (question.page - 1) * question.limit;
  const at = (change: Partial<TableQuestion>) => addressOf(subsystem.slug, { ...question, ...change }, page);
  return (
    <section aria-labelledby="series">
      <h2 id="series">Series</h2>
      <FilterForm slug={subsystem.slug} question={question} page={page} />
      {rows.length === 0 ? (
        <p>{total === 0 ? 'None.' : 'There are no more.'}</p>
      ) : (
        <Table
          caption={`${first + 1} to ${first + rows.length} of ${total.toLocaleString('en-US')}`}
          rows={rows}
          columns={columnsOf(question, at, page)}
        />
      )}
      <nav class="pages" aria-label="Pages of series">
        {question.page > 1 ? <a href={at({ page: question.page - 1 })}>Previous page</a> : null}
        {first + rows.length < total ? <a href={at({ page: question.page + 1 })}>Next page</a> : null}
      </nav>
    </section>
  );
}

function addressOf(
  slug: string,
  { state, words, order, descending, page: number }: TableQuestion,
  page: PageContext,
) {
  const query = new URLSearchParams({ state, sort: `${descending ? '-' : ''}${order}` });
  if (words !== '') query.set('q', words);
  if (number > 1) query.set('page', String(number));
  return `${href(page.site, subsystemPath(slug))}?${query}#series`;
}

function columnsOf(
  question: TableQuestion,
  at: (change: Partial<TableQuestion>) => string,
  page: PageContext,
): Column<SeriesRecord>[] {
  const sorted = (
    title: string,
    order: TableOrder,
  ): Pick<Column<SeriesRecord>, 'title' | 'head' | 'sort'> => {
    const isNow = question.order === order;
    // The first click on times and counts sorts in descending order.
    const first = order === 'updated' || order === 'activity';
    const descending = isNow ? !question.descending : first;
    return {
      title,
      head: (
        <a href={at({ order, descending, page: 1 })}>
          {title}
          {isNow ? <span aria-hidden="true">{question.descending ? ' ↓' : ' ↑'}</span> : null}
        </a>
      ),
      sort: isNow ? (question.descending ? 'descending' : 'ascending') : 'none',
    };
  };
  return [
    {
      ...sorted('Title', 'title'),
      isPlain: true,
      cell: (series) => <TitleCell series={series} page={page} />,
    },
    { title: 'Author', cell: ({ author }) => shorten(oneLine(author.name || author.email), 40) },
    { ...sorted('State', 'state'), cell: ({ state }) => <StateTag name={state.name} /> },
    { title: 'Reviews', cell: ({ revisions }) => revisions.at(-1)?.reviewText ?? '' },
    { ...sorted('Replies', 'activity'), isNumber: true, cell: ({ replies }) => String(replies) },
    {
      ...sorted('Last mail', 'updated'),
      cell: ({ updated }) => (updated === null ? '' : <Moment at={updated} form="date" page={page} />),
    },
  ];
}

function TitleCell({ series, page }: { readonly series: SeriesRecord; readonly page: PageContext }) {
  const latest = series.revisions.at(-1);
  return (
    <>
      <a href={href(page.site, seriesPath(series.id))}>{shorten(oneLine(series.title), 160)}</a>{' '}
      {latest === undefined ? null : (
        <span class="quiet">
          {versionName(latest)} · {patchesText(latest)}
        </span>
      )}
    </>
  );
}

const STATES: readonly (readonly [TableQuestion['state'], string])[] = [
  ['open', 'open'],
  ...stateNames.map((name: StateName) => [name, name.replace('-', ' ')] as const),
  ['all', 'all'],
];
const ORDERS: readonly (readonly [string, string])[] = [
  ['-updated', 'newest mail first'],
  ['updated', 'oldest mail first'],
  ['-activity', 'most discussed first'],
  ['title', 'title'],
  ['state', 'state'],
];

function FilterForm({
  slug,
  question: { state, words, order, descending },
  page,
}: {
  readonly slug: string;
  readonly question: TableQuestion;
  readonly page: PageContext;
}) {
  const now = `${descending ? '-' : ''}${order}`;
  const select = (
    name: string,
    label: string,
    chosen: string,
    options: readonly (readonly [string, string])[],
  ) => (
    <label>
      {label}
      <select name={name}>
        {options.map(([value, text]) => (
          <option value={value} selected={value === chosen}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <form action={`${href(page.site, subsystemPath(slug))}#series`} method="get">
      {select('state', 'State', state, STATES)}
      <label class="grow">
        Part of a title
        <input name="q" value={inert(words)} maxlength={100} />
      </label>
      {select('sort', 'Order', now, ORDERS)}
      <button type="submit">Show</button>
    </form>
  );
}
