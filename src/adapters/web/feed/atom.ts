import { oneLine, shorten } from '../../../digest/text/inert.js';
import { tagsOf } from '../../../digest/view/backport-words.js';
import { webUrl } from '../../../digest/view/inert-view.js';
import { digestPath, feedPath, seriesPath } from '../../../digest/view/page-paths.js';
import { patchesText, sizeText, versionText } from '../../../digest/view/words.js';
import { absolute, type Site } from '../page.js';
import { stableId } from './entry-id.js';
import type { FeedEntry } from './feed-entries.js';
import { element, type Xml } from './xml.js';

export interface FeedParts {
  readonly site: Site;
  /** As they are typed after `/follow`. */
  readonly follows: readonly string[];
  readonly entries: readonly FeedEntry[];
  /** Its time if it has no entries, ISO UTC. */
  readonly updated: string;
}

const MAX_TITLE = 300;

/** A feed as defined by RFC 4287. IDs do not depend on where it is published. */
export function atomFeed({ site, follows, entries, updated }: FeedParts): string {
  const named = follows.join(', ');
  const feed = element('feed', { xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': 'en' }, [
    element('id', {}, stableId(`covernote:feed?${follows.join('&')}`)),
    element('title', {}, shorten(`covernote: ${oneLine(named)}`, MAX_TITLE)),
    element('updated', {}, entries[0]?.updated ?? updated),
    element('link', { rel: 'self', type: 'application/atom+xml', href: absolute(site, feedPath(follows)) }),
    element('link', {
      rel: 'alternate',
      type: 'text/html',
      href: absolute(site, digestPath(follows, { since: '7d' })),
    }),
    element('generator', {}, 'covernote'),
    ...entries.map((entry) => entryXml(site, entry)),
  ]);
  return `<?xml version="1.0" encoding="utf-8"?>\n${feed.xml}\n`;
}

function entryXml(site: Site, { series, revision, published, updated, state }: FeedEntry): Xml {
  const tag = [...tagsOf(revision.prefixes, series.backport).slice(0, 3), versionText(revision)]
    .filter((part) => part !== '')
    .join(' ');
  const title = `${tag === '' ? '' : `[${tag}] `}${revision.title}${state === null ? '' : ` (${state})`}`;
  const mail = revision.url === null ? null : webUrl(revision.url);
  const { name, email } = revision.author;
  const subsystem = series.subsystems.find(({ primary }) => primary);
  return element('entry', {}, [
    element('id', {}, stableId(`mid:${encodeURIComponent(revision.id.toWellFormed())}`)),
    element('title', {}, shorten(oneLine(title), MAX_TITLE)),
    element('published', {}, published),
    element('updated', {}, updated),
    element('author', {}, [element('name', {}, oneLine(name || email || 'unknown author'))]),
    element('link', {
      rel: 'alternate',
      type: 'text/html',
      href: absolute(site, seriesPath(revision.messageId ?? series.id)),
    }),
    ...(mail === null ? [] : [element('link', { rel: 'related', title: 'the mail', href: mail })]),
    ...(subsystem === undefined ? [] : [element('category', { term: subsystem.slug })]),
    element('summary', {}, shorten(oneLine(summaryOf(revision, state)), 1_500)),
  ]);
}

function summaryOf(revision: FeedEntry['revision'], state: string | null): string {
  const { summary, summaryBy, changed, diffstat, reviewText } = revision;
  const facts = [patchesText(revision), sizeText(diffstat), reviewText, state].filter(
    (part) => part !== null,
  );
  return [
    summary === null ? '' : `${summary}${summaryBy === undefined ? '' : ' (written by a language model)'}`,
    changed === null ? '' : `Changed: ${changed}.`,
    `${facts.join(' · ')}.`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}
