import type { Answer } from '../../../digest/ports/chat-bot.js';
import { count } from '../../../digest/text/count.js';
import { shortId } from '../chat/action-ids.js';
import { button, nameFor, note, privately, problem, say } from '../chat/answers.js';
import { destinationOf, refusal } from '../chat/change.js';
import { type Asked, chatOf } from '../context.js';

/** `/covernote forget`: says what would go, and asks. */
export async function askForget(asked: Asked): Promise<Answer> {
  const refused = refusal(asked, 'have this channel forgotten');
  if (refused !== null) return refused;
  const { scene, place } = asked;
  const destination = await destinationOf(asked);
  const follows = destination === null ? [] : await chatOf(scene).follows.of(destination.id);
  const isChannel = place.kind === 'channel';
  if (isChannel && destination === null)
    return problem('I keep nothing of this channel.', 'There is nothing to do.');
  const what = `${follows.length === 0 ? '' : `${count(follows.length, 'follow')}, `}the schedule and the record of what was sent`;
  return privately(
    say(
      isChannel
        ? `This removes all that I keep of this channel: ${what}.`
        : `This removes all that I keep of you: ${what} to you, and your name wherever you set something up. Channels go on following what you set up there.`,
      note('It can’t be undone. /covernote export gives the settings as text first.'),
    ),
    [button(shortId({ kind: 'forget' }), isChannel ? 'Forget this channel' : 'Forget me', 'danger')],
  );
}

/** The button beneath it: the place where it is pressed is forgotten. */
export async function answerForget(asked: Asked): Promise<Answer> {
  const refused = refusal(asked, 'have this channel forgotten');
  if (refused !== null) return refused;
  const { scene, asker, place } = asked;
  const { platform, tenant, address } = place;
  const { destinations } = chatOf(scene);
  if (place.kind === 'channel' && (await destinations.byAddress(place)) === null)
    return { ...problem('I keep nothing of this channel.', 'There is nothing to do.'), replaces: true };
  await destinations.forget({ platform, tenant, address });
  if (place.kind === 'person')
    return {
      ...privately(say('Done: I keep nothing of you any more. /follow kvm starts anew.')),
      replaces: true,
    };
  const by = nameFor(asker.name, 'somebody');
  return {
    ...privately(say('Done: I keep nothing of this channel any more.')),
    replaces: true,
    announce: {
      view: say(
        `I have forgotten this channel: it follows nothing, and no digest comes. Done by ${by}.`,
        note('/follow kvm starts anew.'),
      ),
      actions: [],
    },
  };
}
