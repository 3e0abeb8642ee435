import type { Destination } from '../../adapters/store/chat/destination.js';
import type { StoredFollow } from '../../adapters/store/chat/follows.js';
import type { Answer } from '../../digest/ports/chat-bot.js';
import { count } from '../../digest/text/count.js';
import { list, note, say } from '../../digest/view/blocks.js';
import { pageOf } from '../../digest/view/pages.js';
import type { Block, Span } from '../../digest/view/view.js';
import { dotted } from '../../digest/view/words.js';
import { anyone } from './access.js';
import { nameFor, privately } from './chat/answers.js';
import { destinationOf, followsOf, whoFollows } from './chat/change.js';
import { pageButtons, takePage } from './chat/command-button.js';
import { myPlaces, myPlacesBlocks, myPlacesSelect } from './chat/my-places.js';
import { nextRunBlocks, resultText } from './chat/next-run.js';
import { placeActions } from './chat/place-actions.js';
import { type Command, form } from './command.js';
import { type CommandContext, chatOf } from './context.js';
import { followRow } from './follow/follow-words.js';
import { weeklyFollow } from './me/weekly-follow.js';
import { channel } from './option.js';
import { unfollowSelect } from './unfollow.js';

const DOES = 'What is followed here: filters, who set it, the last result and the next run';

/** `/following [page:N]`. */
export const following: Command = {
  name: 'following',
  does: DOES,
  cli: null,
  chat: {
    usage: '',
    otherNames: { follows: '', list: '' },
    examples: [],
    forms: [
      form({
        name: '',
        does: DOES,
        right: anyone,
        options: { in: channel('Of another channel') },
        parse: { words: (words) => takePage(words).page, options: () => 1 },
        run: answerFollowing,
      }),
    ],
  },
};

async function answerFollowing(page: number, context: CommandContext): Promise<Answer> {
  const { place } = context;
  const destination = await destinationOf(context);
  const follows = await followsOf(context, destination);
  const who = whoFollows(context);
  const mine = await myPlaces(context);
  const elsewhere = await myPlacesBlocks(context, mine);
  const opens = myPlacesSelect(mine);
  if (destination === null || follows.length === 0) {
    const nothing = context.delivers(place)
      ? `${who} nothing yet. Try /follow kvm; /subsystems lists what there is.`
      : `${who} nothing yet: /digest shows everything. Try /follow kvm.`;
    return privately(say(nothing, ...elsewhere), opens);
  }
  const items = await Promise.all(follows.map((follow, i) => followItem(context, follow, i + 1)));
  const text = `${who} ${count(follows.length, 'thing')}.`;
  const weekly = place.kind === 'person' ? weeklyFollow(follows) : null;
  const notes =
    weekly === null
      ? []
      : [
          note(
            `Number ${follows.indexOf(weekly) + 1} is your weekly digest of what waits for you; /me weekly off ends it.`,
          ),
        ];
  const view = say(text, list(items), ...notes, ...(await runBlocks(context, destination)), ...elsewhere);
  const shown = pageOf(view, page, context.pageCost);
  const acts = context.delivers(place) ? placeActions(destination) : [];
  const listed = [await unfollowSelect(context, follows), ...opens];
  return privately(shown.view, [...pageButtons('following', shown), ...listed, ...acts]);
}

/** By its number, which /unfollow takes. */
async function followItem(context: CommandContext, follow: StoredFollow, number: number): Promise<Span[]> {
  const { words, text } = await followRow(context, follow);
  const spans = dotted([
    words === null ? null : { text: words, style: 'code' },
    text,
    `set by ${nameFor(follow.madeByName, 'someone')}`,
    { at: follow.madeAt, form: 'date' },
  ]);
  return [{ text: `${number}. ` }, ...spans];
}

/** The last result and the next run; empty if nothing is ever sent. */
async function runBlocks(context: CommandContext, destination: Destination): Promise<Block[]> {
  if (!context.delivers(destination)) return [];
  const last = await chatOf(context).slots.last(destination.id);
  const result =
    last === null
      ? note('No digest was sent here yet.')
      : note('Last digest: ', { at: last.due, form: 'relative' }, ` (${resultText(last)}).`);
  return [result, ...nextRunBlocks(context, destination)];
}
