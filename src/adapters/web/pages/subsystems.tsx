import type { FollowableFound } from '../../../digest/ports/public-library.js';
import { inert, oneLine, shorten } from '../../../digest/text/inert.js';
import { subsystemPath } from '../../../digest/view/page-paths.js';
import { FollowBox } from '../follow-box.js';
import { Layout } from '../layout.js';
import { href, type PageContext } from '../page.js';
import { SubsystemCards } from './home.js';

const ROWS = 150;

/** What can be followed, and how. */
export function SubsystemsPage({
  words,
  number,
  found: { subsystems, near },
  page,
}: {
  readonly words: string;
  /** From 1. */
  readonly number: number;
  readonly found: FollowableFound;
  readonly page: PageContext;
}) {
  const shown = subsystems.slice((number - 1) * ROWS, number * ROWS);
  const at = (n: number) => href(page.site, `/subsystems?q=${encodeURIComponent(words)}&page=${n}`);
  const example = shown[0]?.slug ?? 'kvm';
  return (
    <Layout title="What can be followed" page={page} canonical="/subsystems">
      <h1>What can be followed</h1>
      <p>
        Subsystems, with how many series of each are here. Lists (<code>list:linux-mm</code>), authors (
        <code>author:@example.org</code>), paths (<code>path:mm/**</code>), one series and words of titles can
        be followed as well, alone or together: <code>kvm -kind:rfc</code>.
      </p>
      <form action={href(page.site, '/subsystems')} method="get">
        <label class="grow">
          Words of a name, or a list address
          <input type="search" name="q" value={inert(words)} maxlength={200} />
        </label>
        <button type="submit">Find</button>
      </form>
      {shown.length === 0 ? (
        <>
          <p>
            {number > 1 ? 'There are no more.' : `No subsystem goes by “${shorten(oneLine(words), 60)}”.`}
          </p>
          {near.length === 0 ? null : (
            <p>
              Did you mean{' '}
              {near.map((slug, i) => (
                <>
                  {i === 0 ? '' : ', '}
                  <a href={href(page.site, subsystemPath(slug))}>{slug}</a>
                </>
              ))}
              ?
            </p>
          )}
        </>
      ) : (
        <SubsystemCards subsystems={shown} page={page} />
      )}
      <nav class="pages" aria-label="Pages of subsystems">
        {number > 1 ? <a href={at(number - 1)}>Previous page</a> : null}
        {subsystems.length > number * ROWS ? <a href={at(number + 1)}>Next page</a> : null}
      </nav>
      <FollowBox words={example} what={`a subsystem, such as ${example}`} page={page} />
    </Layout>
  );
}
