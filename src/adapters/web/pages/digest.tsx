import type { Digest } from '../../../digest/plan/digest.js';
import { DEFAULT_LAYOUT } from '../../../digest/plan/layout.js';
import type { ReadFollow } from '../../../digest/ports/public-library.js';
import { inert, oneLine, shorten } from '../../../digest/text/inert.js';
import { groupBlocks, NOTHING_NEW, newsText } from '../../../digest/view/digest-view.js';
import { webUrl } from '../../../digest/view/inert-view.js';
import { feedPath, seriesPath } from '../../../digest/view/page-paths.js';
import type { Block } from '../../../digest/view/view.js';
import { ViewBlocks } from '../blocks.js';
import { FollowBox } from '../follow-box.js';
import { Layout } from '../layout.js';
import { Moment } from '../moment.js';
import { href, type PageContext } from '../page.js';

/** A digest for any follows and window: what a chat would get. */
export function DigestPage({
  digest,
  follows,
  typed,
  page,
}: {
  readonly digest: Digest;
  readonly follows: readonly ReadFollow[];
  /** The form's value, as typed. */
  readonly typed: { readonly follow: string; readonly since: string; readonly until: string };
  readonly page: PageContext;
}) {
  const words = follows.map((follow) => follow.words);
  const [first] = words;
  const named = shorten(oneLine(words.join(', ')), 300);
  const title = words.length === 0 ? 'Digest of everything' : `Digest: ${named}`;
  return (
    <Layout title={title} page={page} feed={feedPath(words)}>
      <h1>{title}</h1>
      <p class="quiet">
        What was received from <Moment at={digest.window.since} form="time" page={page} /> to{' '}
        <Moment at={digest.window.until} form="time" page={page} />
      </p>
      <DigestForm typed={typed} page={page} />
      <DigestBody digest={digest} page={page} />
      {first === undefined ? null : <FollowBox words={words.join(', ')} what={named} page={page} />}
    </Layout>
  );
}

function DigestForm({
  typed,
  page,
}: {
  readonly typed: { readonly follow: string; readonly since: string; readonly until: string };
  readonly page: PageContext;
}) {
  return (
    <form action={href(page.site, '/digest')} method="get">
      <label class="grow">
        For
        <input name="follow" value={inert(typed.follow)} maxlength={2000} placeholder="kvm -kind:rfc" />
      </label>
      <label>
        Since
        <input
          name="since"
          value={inert(typed.since)}
          maxlength={40}
          placeholder="7d or 2026-11-09"
          size={14}
        />
      </label>
      <label>
        Until
        <input name="until" value={inert(typed.until)} maxlength={40} placeholder="now" size={14} />
      </label>
      <button type="submit">Show</button>
    </form>
  );
}

/**
 * The digest without its headline; each title links to its page, and next to it is a link to the mail. `isOfPage`: it is about the
 * subsystem of the page, which need not be named again.
 */
export function DigestBody({
  digest,
  page,
  isOfPage = false,
}: {
  readonly digest: Digest;
  readonly page: PageContext;
  readonly isOfPage?: boolean;
}) {
  const pages = new Map<string, string>();
  for (const { sections } of digest.groups)
    for (const { items } of sections)
      for (const { id, url } of items) {
        const shown = url === null ? null : webUrl(url);
        if (shown !== null) pages.set(shown, seriesPath(id));
      }
  const alone = isOfPage && digest.groups.length === 1;
  const news = digest.groups.length === 0 ? NOTHING_NEW : newsText(digest.counts, digest.groups);
  const blocks = digest.groups
    .flatMap((group) => groupBlocks(group, DEFAULT_LAYOUT.form, 'counted'))
    .filter((block) => !alone || !isNameOfGroup(block));
  return (
    <>
      <p>{shorten(oneLine(news), 300)}.</p>
      <ViewBlocks blocks={blocks} context={{ page, pages }} />
    </>
  );
}

function isNameOfGroup(block: Block): boolean {
  return block.kind === 'heading' && block.level === 2;
}
