import { formatFollow } from '../../../digest/follow/format-follow.js';
import type { RevisionRecord, SeriesRecord } from '../../../digest/series/record.js';
import { newestTwo, versionName } from '../../../digest/series/version-name.js';
import { oneLine, shorten } from '../../../digest/text/inert.js';
import { tagsOf } from '../../../digest/view/backport-words.js';
import { webUrl } from '../../../digest/view/inert-view.js';
import {
  comparePath,
  feedPath,
  seriesPath,
  subsystemPath,
  timelinePath,
  versionPath,
} from '../../../digest/view/page-paths.js';
import type { Picture } from '../../../digest/view/picture/drawing.js';
import { changesOf, reviewItems, reviewsSpan } from '../../../digest/view/series-pages.js';
import { patchesText, sizeText } from '../../../digest/view/words.js';
import { Line, MailLink, ViewBlocks } from '../blocks.js';
import { Figure } from '../figure.js';
import { FollowBox } from '../follow-box.js';
import { Layout } from '../layout.js';
import { Moment } from '../moment.js';
import { href, type PageContext } from '../page.js';
import { StateTag } from '../state-tag.js';
import { Table } from '../table.js';
import { CompareForm } from './compare-form.js';
import { StateSection } from './state-section.js';

/** With more than these a page would be megabytes; what is left out is counted, and is on the page of its version. */
const MOST_PATCHES = 300;
const MOST_VERSIONS = 60;
const MOST_REASONS = 30;
const MAX_TITLE = 300;

interface SeriesParts {
  readonly series: SeriesRecord;
  readonly latest: RevisionRecord;
  readonly page: PageContext;
}

/** One series: its summary, its state with evidence, and its versions, patches and reviews, each with a link to its mail. */
export function SeriesPage({
  series,
  newest,
  timeline,
  page,
}: {
  /** The series as of the version that is shown. */
  readonly series: SeriesRecord;
  /** The series with all its versions. */
  readonly newest: SeriesRecord;
  /** Of the version that is shown and those before it; null if there is nothing to see. */
  readonly timeline: Picture | null;
  readonly page: PageContext;
}) {
  const latest = series.revisions.at(-1);
  const words = followOf(newest);
  const isOld = newest.revisions.length > series.revisions.length;
  if (latest === undefined) return <Layout title={series.title} page={page} children="" />;
  const parts: SeriesParts = { series, latest, page };
  return (
    <Layout
      title={series.title}
      page={page}
      feed={feedPath([words])}
      {...(isOld ? {} : { canonical: seriesPath(series.id) })}
    >
      <Head {...parts} />
      {isOld ? (
        <p class="box">
          This is {versionName(latest)} as it was.{' '}
          <a href={href(page.site, seriesPath(series.id))}>See the newest version</a>.
        </p>
      ) : null}
      <Facts {...parts} />
      <StateSection series={series} page={page} />
      {timeline === null ? null : (
        <section aria-labelledby="timeline">
          <h2 id="timeline">Timeline</h2>
          <Figure picture={timeline} path={timelinePath(series.id)} page={page} />
        </section>
      )}
      <Versions series={newest} shown={latest} page={page} />
      <Changes {...parts} />
      <Patches {...parts} />
      <Reviews {...parts} />
      <Reasons {...parts} />
      <FollowBox words={words} what="this series" page={page} />
    </Layout>
  );
}

/** A follow of the series: its Message-ID stays valid even if the title changes. */
function followOf({ latest, title }: SeriesRecord): string {
  return formatFollow({ version: 1, where: { kind: 'series', query: latest ?? title }, bots: false });
}

function Head({ series, latest }: SeriesParts) {
  return (
    <>
      <h1>{shorten(oneLine(latest.title), MAX_TITLE)}</h1>
      <p class="tags">
        <StateTag name={series.state.name} />
        <span class="tag">{versionName(latest)}</span>
        {tagsOf(latest.prefixes, series.backport)
          .slice(0, 5)
          .map((prefix) => (
            <span class="tag">{shorten(oneLine(prefix), 80)}</span>
          ))}
      </p>
      {latest.summary === null ? null : (
        <p class="summary">
          {shorten(oneLine(latest.summary), 1_500)}
          {latest.summaryBy === undefined ? null : <span class="quiet"> (written by a language model)</span>}
        </p>
      )}
      {latest.extract?.summary == null ? null : (
        <details>
          <summary>In the author’s words</summary>
          <p>{shorten(oneLine(latest.extract.summary), 1_500)}</p>
        </details>
      )}
    </>
  );
}

function Facts({ series, latest, page }: SeriesParts) {
  const size = sizeText(latest.diffstat);
  const subsystems = [...series.subsystems]
    .sort((a, b) => Number(b.primary) - Number(a.primary))
    .slice(0, 12);
  const url = latest.url === null ? null : webUrl(latest.url);
  return (
    <dl class="facts">
      <div>
        <dt>Author</dt>
        <dd>{shorten(oneLine(series.author.name || series.author.email || 'unknown'), 100)}</dd>
      </div>
      <div>
        <dt>Sent</dt>
        <dd>
          {latest.date === null ? 'undated' : <Moment at={latest.date} form="time" page={page} />}
          {series.updated === null ? null : (
            <>
              {', last mail '}
              <Moment at={series.updated} form="relative" page={page} />
            </>
          )}
        </dd>
      </div>
      <div>
        <dt>Size</dt>
        <dd>
          {patchesText(latest)}
          {size === null ? '' : ` · ${size}`}
        </dd>
      </div>
      {subsystems.length === 0 ? null : (
        <div>
          <dt>Subsystems</dt>
          <dd>
            {subsystems.map(({ slug }, i) => (
              <>
                {i === 0 ? '' : ', '}
                <a href={href(page.site, subsystemPath(slug))}>{slug}</a>
              </>
            ))}
          </dd>
        </div>
      )}
      {url === null ? null : (
        <div>
          <dt>Read</dt>
          <dd>
            <a href={url} rel="external nofollow">
              {url}
            </a>
          </dd>
        </div>
      )}
    </dl>
  );
}

function Versions({
  series,
  shown,
  page,
}: {
  readonly series: SeriesRecord;
  readonly shown: RevisionRecord;
  readonly page: PageContext;
}) {
  const rows = [...series.revisions].reverse();
  const left = rows.length - MOST_VERSIONS;
  return (
    <section aria-labelledby="versions">
      <h2 id="versions">{rows.length === 1 ? 'One version' : `${rows.length} versions`}</h2>
      <Table
        rows={rows.slice(0, MOST_VERSIONS)}
        columns={[
          {
            title: 'Version',
            isPlain: true,
            cell: (one) => (
              <VersionLink series={series} one={one} isShown={one.id === shown.id} page={page} />
            ),
          },
          {
            title: 'Sent',
            cell: ({ date }) => (date === null ? 'undated' : <Moment at={date} form="date" page={page} />),
          },
          {
            title: 'Patches',
            cell: ({ received, total }) =>
              received < total && received > 0 ? `${received} of ${total}` : String(total),
          },
          { title: 'Size', cell: ({ diffstat }) => sizeText(diffstat) ?? '' },
          { title: 'Reviews', cell: ({ reviewText }) => reviewText ?? '' },
          {
            title: 'State',
            cell: (one) => (
              <StateTag name={one === series.revisions.at(-1) ? series.state.name : one.outcome} />
            ),
          },
        ]}
      />
      {left > 0 ? <p class="note">+{left} older versions</p> : null}
      {newestTwo(series.revisions) === null ? null : <CompareForm series={series} page={page} />}
    </section>
  );
}

function VersionLink({
  series,
  one,
  isShown,
  page,
}: {
  readonly series: SeriesRecord;
  readonly one: RevisionRecord;
  readonly isShown: boolean;
  readonly page: PageContext;
}) {
  const name = versionName(one);
  const url = one.url === null ? null : webUrl(one.url);
  const at = series.revisions.indexOf(one);
  const before = series.revisions[at - 1];
  const isNewest = at === series.revisions.length - 1;
  const path = isNewest ? seriesPath(series.id) : versionPath(series.id, one);
  return (
    <>
      {isShown ? <b>{name}</b> : <a href={href(page.site, path)}>{name}</a>}{' '}
      {url === null ? null : <MailLink url={url} about={`${name} of ${one.title}`} />}
      {before === undefined ? null : (
        <>
          {' '}
          <a class="mail" href={href(page.site, comparePath(series.id, [before, one]))}>
            what changed since {versionName(before)}
          </a>
        </>
      )}
      {one.title === series.title ? null : <div class="quiet">“{shorten(oneLine(one.title), 120)}”</div>}
    </>
  );
}

function Changes({ series, latest, page }: SeriesParts) {
  const changed = [...series.revisions]
    .reverse()
    .slice(0, MOST_VERSIONS)
    .map((revision) => ({ revision, blocks: changesOf(series, revision).slice(1) }))
    .filter(({ blocks }) => blocks.length > 0);
  if (changed.length === 0) return null;
  return (
    <section aria-labelledby="changes">
      <h2 id="changes">What each version changed</h2>
      {changed.map(({ revision, blocks }) => (
        <details open={revision === latest}>
          <summary>
            In {versionName(revision)}
            {revision.url === null ? null : <span class="quiet">, in its author’s words</span>}
          </summary>
          <ViewBlocks blocks={blocks} context={{ page }} />
        </details>
      ))}
    </section>
  );
}

function Patches({ series, latest, page }: SeriesParts) {
  const { patches } = latest;
  const left = patches.length - MOST_PATCHES;
  if (patches.length === 0) return null;
  return (
    <section aria-labelledby="patches">
      <h2 id="patches">Patches of {versionName(latest)}</h2>
      <Table
        rows={patches.slice(0, MOST_PATCHES).map((patch, i) => ({ ...patch, number: patch.index ?? i + 1 }))}
        columns={[
          {
            title: 'Patch',
            isPlain: true,
            cell: ({ number, title, url }) => (
              <Line
                spans={[
                  { text: `${number}. `, style: 'dim' },
                  { text: shorten(title, MAX_TITLE), ...(url === null ? {} : { url }) },
                ]}
                context={{ page }}
              />
            ),
          },
          {
            title: 'Author',
            cell: ({ author }) =>
              author === '' || author === series.author.name ? '' : shorten(oneLine(author), 60),
          },
          {
            title: 'Reviews',
            cell: ({ reviews }) => {
              const span = reviewsSpan(reviews);
              return span === null ? '' : <Line spans={[span]} context={{ page }} />;
            },
          },
        ]}
      />
      {left > 0 ? <p class="note">+{left} more patches</p> : null}
    </section>
  );
}

function Reviews({ series, latest, page }: SeriesParts) {
  const items = reviewItems(latest);
  return (
    <section aria-labelledby="reviews">
      <h2 id="reviews">Reviews of {versionName(latest)}</h2>
      <p>
        {latest.reviewText ?? 'No tags yet'} · {series.replies} {series.replies === 1 ? 'reply' : 'replies'}
      </p>
      <ViewBlocks
        blocks={items.length === 0 ? [] : [{ kind: 'list', items: items.slice(0, MOST_PATCHES) }]}
        context={{ page }}
      />
    </section>
  );
}

function Reasons({ series, page }: SeriesParts) {
  const problems = series.problems ?? [];
  if (series.why.length === 0 && problems.length === 0) return null;
  return (
    <details>
      <summary>Why these are one series</summary>
      <ViewBlocks
        blocks={[
          { kind: 'list', items: series.why.slice(0, MOST_REASONS).map((text) => [{ text }]) },
          ...problems.map(({ detail }) => ({ kind: 'note' as const, spans: [{ text: detail }] })),
        ]}
        context={{ page }}
      />
    </details>
  );
}
