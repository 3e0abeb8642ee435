import { html } from 'hono/html';
import type { Child } from 'hono/jsx';
import { inert, oneLine, shorten } from '../../digest/text/inert.js';
import { Moment } from './moment.js';
import { href, type PageContext } from './page.js';
import { siteIcon, stylesheet } from './stylesheet.js';

export interface LayoutParts {
  /** Of the page alone. */
  readonly title: string;
  readonly page: PageContext;
  /** What is in the search box. */
  readonly query?: string;
  /** The path of the feed with the same content. */
  readonly feed?: string;
  /** The canonical path of the page. */
  readonly canonical?: string;
  readonly children: Child;
}

const MAX_TITLE = 150;

/** A whole page: head, search and navigation, foot. */
export function Layout({ title, page, query = '', feed, canonical, children }: LayoutParts) {
  const { site, newestMail } = page;
  const named = shorten(oneLine(title), MAX_TITLE);
  return html`<!doctype html>${(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{named === 'covernote' ? named : `${named} · covernote`}</title>
        <link rel="stylesheet" href={href(site, stylesheet.path)} />
        <link rel="icon" type="image/svg+xml" href={href(site, siteIcon.path)} />
        {feed === undefined ? null : (
          <link rel="alternate" type="application/atom+xml" title={named} href={href(site, feed)} />
        )}
        {canonical === undefined || site.publicUrl === null ? null : (
          <link rel="canonical" href={`${site.publicUrl}${canonical}`} />
        )}
      </head>
      <body>
        <a class="skip" href="#content">
          Skip to content
        </a>
        <header class="site">
          <a class="name" href={href(site, '/')}>
            covernote
          </a>
          <nav aria-label="Site">
            <ul>
              <li>
                <a href={href(site, '/subsystems')}>Subsystems</a>
              </li>
              <li>
                <a href={href(site, '/digest')}>Digest</a>
              </li>
            </ul>
          </nav>
          <SearchForm page={page} query={query} />
        </header>
        <main id="content">{children}</main>
        <footer>
          <p>
            {newestMail === null ? (
              'There is no mail here yet.'
            ) : (
              <>
                The newest mail here was received <Moment at={newestMail} form="relative" page={page} />.
              </>
            )}{' '}
            Times are in {site.zone}. The same as JSON: <a href={href(site, '/api/openapi.json')}>API</a>.
          </p>
        </footer>
      </body>
    </html>
  )}`;
}

function SearchForm({ page, query }: { readonly page: PageContext; readonly query: string }) {
  return (
    <search>
      <form action={href(page.site, '/series')} method="get">
        <label class="grow">
          Search series
          <input
            type="search"
            name="q"
            value={inert(query)}
            maxlength={300}
            placeholder="words, author:…, in:kvm, a Message-ID"
          />
        </label>
        <button type="submit">Search</button>
      </form>
    </search>
  );
}
