import { inert } from '../../digest/text/inert.js';
import { feedPath } from '../../digest/view/page-paths.js';
import { absolute, href, type PageContext } from './page.js';

/** How to follow something: in both chats, and as a feed. `words`: as it is typed after `/follow`. */
export function FollowBox({
  words,
  what,
  page: { site },
}: {
  readonly words: string;
  /** `kvm`, `this series`: the words after "Follow". */
  readonly what: string;
  readonly page: PageContext;
}) {
  const feed = feedPath([words]);
  const typed = inert(words);
  return (
    <section class="box how" aria-labelledby="follow">
      <h2 id="follow">Follow {what}</h2>
      <dl class="facts">
        <div>
          <dt>Discord</dt>
          <dd>
            <code>{`/follow what:${typed}`}</code> in a channel, or in a message to the bot
          </dd>
        </div>
        <div>
          <dt>Slack</dt>
          <dd>
            <code>{`/follow ${typed}`}</code> in a channel, or in a message to the bot
          </dd>
        </div>
        <div>
          <dt>Feed reader</dt>
          <dd>
            <a href={href(site, feed)}>Atom feed</a>
            {site.publicUrl === null ? null : (
              <>
                {' '}
                <code>{absolute(site, feed)}</code>
              </>
            )}
          </dd>
        </div>
      </dl>
    </section>
  );
}
