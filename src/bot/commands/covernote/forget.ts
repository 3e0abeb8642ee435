import type { Answer } from '../../../digest/ports/chat-bot.js';
import { count } from '../../../digest/text/count.js';
import { note, say } from '../../../digest/view/blocks.js';
import { manager } from '../access.js';
import { shortId } from '../chat/action-ids.js';
import { button, nameFor, privately, problem } from '../chat/answers.js';
import { destinationOf, followsOf } from '../chat/change.js';
import { personOf } from '../chat/requester-person.js';
import { type CommandContext, chatOf } from '../context.js';

export const forgetRight = manager('delete this channel’s settings');

/** `/covernote forget`: says what would go, and asks. */
export async function askForget(context: CommandContext): Promise<Answer> {
  const { place } = context;
  const destination = await destinationOf(context);
  const follows = await followsOf(context, destination);
  const isChannel = place.kind === 'channel';
  if (isChannel && destination === null)
    return problem('I store nothing about this channel.', 'There is nothing to do.');
  const what = `${follows.length === 0 ? '' : `${count(follows.length, 'follow')}, `}the schedule and the record of what was sent`;
  return privately(
    say(
      isChannel
        ? `This removes all that I store about this channel: ${what}.`
        : `This removes all that I store about you: ${what} to you, your mail addresses, what you snoozed, and your name wherever you set something up. Channels keep following what you set up there.`,
      note('It can’t be undone. /covernote export gives the settings as text first.'),
    ),
    [button(shortId({ kind: 'forget' }), isChannel ? 'Forget this channel' : 'Forget me', 'danger')],
  );
}

/** The button beneath it: the place where it is pressed is forgotten. */
export async function forgetPlace(context: CommandContext): Promise<Answer> {
  const { requester, place } = context;
  const { platform, tenant, address } = place;
  const { destinations } = chatOf(context);
  if (place.kind === 'channel' && (await destinations.byAddress(place)) === null)
    return { ...problem('I store nothing about this channel.', 'There is nothing to do.'), replaces: true };
  await destinations.forget({ platform, tenant, address });
  // Addresses and snoozes are kept by who someone is, which need not be how they are written to.
  if (place.kind === 'person') await destinations.forget({ ...personOf(context), platform });
  if (place.kind === 'person')
    return {
      ...privately(say('Done: I store nothing about you any more. /follow kvm starts again.')),
      replaces: true,
    };
  const by = nameFor(requester.name, 'someone');
  return {
    ...privately(say('Done: I store nothing about this channel any more.')),
    replaces: true,
    announce: {
      view: say(
        `I have forgotten this channel: it follows nothing, and no digest comes. Done by ${by}.`,
        note('/follow kvm starts again.'),
      ),
      actions: [],
    },
  };
}
