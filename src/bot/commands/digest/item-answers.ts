import { shortFollow } from '../../../digest/follow/format-follow.js';
import { compileFollow } from '../../../digest/follow/matches-follow.js';
import { isMuted } from '../../../digest/plan/muted.js';
import type { Answer } from '../../../digest/ports/chat-bot.js';
import { shorten } from '../../../digest/text/inert.js';
import { list, note, say } from '../../../digest/view/blocks.js';
import type { Span } from '../../../digest/view/view.js';
import { shortId } from '../chat/action-ids.js';
import { button, privately } from '../chat/answers.js';
import { destinationOf, followsOf } from '../chat/change.js';
import { type CommandContext, chatOf } from '../context.js';
import { seriesCard } from '../series/card.js';
import { withSeries } from '../series/with-series.js';

/** A series chosen from a digest: its card, with what can be done with it here. */
export async function openItem(anchor: string, context: CommandContext): Promise<Answer> {
  return withSeries(context, anchor, async (series) => {
    const card = await seriesCard(context, series, {
      view: 'card',
      standing: 'private',
      place: context.place,
    });
    return privately(card.view, [
      ...card.actions,
      button(shortId({ kind: 'mute-series', anchor }), 'Mute it here'),
      button(shortId({ kind: 'why-series', anchor }), 'Why is it here?'),
    ]);
  });
}

/** Which of the follows of this place a series answers, and by what. */
export async function whyHere(anchor: string, context: CommandContext): Promise<Answer> {
  return withSeries(context, anchor, async (series) => {
    const destination = await destinationOf(context);
    const follows = await followsOf(context, destination);
    const reasons = follows.flatMap(({ tree }): Span[][] => {
      const { matched, because } = compileFollow(tree, context.library.catalog)(series);
      if (!matched) return [];
      const why = because.join(', ');
      const follow: Span = { text: shorten(shortFollow(tree), 120), style: 'code' };
      return [
        why === '' || why === shortFollow(tree) ? [follow] : [follow, { text: `: ${shorten(why, 200)}` }],
      ];
    });
    const muted = destination !== null && isMuted(series, await chatOf(context).mutes.keys(destination.id));
    const title = shorten(series.title, 120);
    const who = context.place.kind === 'channel' ? 'this channel follows' : 'you follow';
    const notes = muted ? [note('It has been muted here since: nothing more about it is posted.')] : [];
    return reasons.length === 0
      ? privately(
          say(
            `Nothing that ${who} matches “${title}” now.`,
            note('/following shows what is followed.'),
            ...notes,
          ),
        )
      : privately(say(`“${title}” is here because ${who}:`, list(reasons), ...notes));
  });
}
