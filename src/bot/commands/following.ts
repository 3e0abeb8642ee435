import type { Destination } from '../../adapters/store/chat/destination.js';
import type { StoredFollow } from '../../adapters/store/chat/follows.js';
import type { Action, Answer } from '../../digest/ports/chat-bot.js';
import { count } from '../../digest/text/count.js';
import { pageOf } from '../../digest/view/pages.js';
import type { Block, Span } from '../../digest/view/view.js';
import { dotted } from '../../digest/view/words.js';
import { idOf } from './chat/action-ids.js';
import { button, nameFor, note, privately, problem, say } from './chat/answers.js';
import { destinationOf } from './chat/change.js';
import { nextRunBlock, resultText } from './chat/next-run.js';
import { type Asked, type ChatScene, chatOf } from './context.js';
import { followText } from './follow/follow-words.js';
import { unfollowSelect } from './unfollow.js';

/** `/following [page:N]`: what is followed here, with filters, who set it, the last result and the next run. */
export async function answerFollowing(page: number, asked: Asked): Promise<Answer> {
  const { scene, place } = asked;
  const destination = await destinationOf(asked);
  const follows = destination === null ? [] : await chatOf(scene).follows.of(destination.id);
  const who = place.kind === 'channel' ? 'This channel follows' : 'You follow';
  if (destination === null || follows.length === 0)
    return privately(
      say(
        scene.delivers(place)
          ? `${who} nothing yet. Try /follow kvm; /subsystems lists what there is.`
          : `${who} nothing yet: /digest shows everything. Try /follow kvm.`,
      ),
    );
  const items = await Promise.all(follows.map((follow) => followItem(scene, follow)));
  const text = `${who} ${count(follows.length, 'thing')}.`;
  const view = say(text, { kind: 'list', items }, ...(await runBlocks(scene, destination)));
  const shown = pageOf(view, page, scene.pageCost);
  return privately(shown.view, [
    ...pageButton(`page:${shown.number + 1}`, shown.number < shown.of),
    unfollowSelect(follows),
  ]);
}

function pageButton(words: string, there: boolean): Action[] {
  const id = there ? idOf({ kind: 'command', command: 'following', words, replaces: true }) : null;
  return id === null ? [] : [button(id, 'Next page')];
}

async function followItem(scene: ChatScene, follow: StoredFollow): Promise<Span[]> {
  const text = await followText(scene, follow.tree);
  return dotted([
    { text: follow.words, style: 'code' },
    text,
    `set by ${nameFor(follow.madeByName, 'somebody')}`,
    { at: follow.madeAt, form: 'date' },
  ]);
}

/** The last result and the next run; nothing where nothing is ever sent. */
async function runBlocks(scene: ChatScene, destination: Destination): Promise<Block[]> {
  if (!scene.delivers(destination)) return [];
  const last = await chatOf(scene).slots.last(destination.id);
  const result =
    last === null
      ? note('No digest was sent here yet.')
      : note('Last digest: ', { at: last.due, form: 'relative' }, ` (${resultText(last)}).`);
  return [result, nextRunBlock(scene, destination)];
}

/** The answer where something is asked of a place that follows nothing. */
export function followsNothing({ place }: Asked): Answer {
  return problem(
    `${place.kind === 'channel' ? 'This channel follows' : 'You follow'} nothing yet, so there is no digest.`,
    'Try /follow kvm; /subsystems lists what there is.',
  );
}
