import type { Destination } from '../../adapters/store/chat/destination.js';
import type { StoredFollow } from '../../adapters/store/chat/follows.js';
import type { Action, Answer, FoundChannel } from '../../digest/ports/chat-bot.js';
import { note, say } from '../../digest/view/blocks.js';
import type { PressAction } from './access.js';
import { anyone, manager } from './access.js';
import { shortId } from './chat/action-ids.js';
import { echo, nameFor, privately, problem, select } from './chat/answers.js';
import { announceChange, destinationOf, followsOf, whoFollows } from './chat/change.js';
import { type Command, form } from './command.js';
import { type CommandContext, chatOf } from './context.js';
import { followOption, followsText, followText } from './follow/follow-words.js';
import { readWants } from './follow/read-want.js';
import { channel, text } from './option.js';

const DOES = 'Stop following something here';
const right = manager('end what is followed here');

/** `/unfollow [WHAT]`. */
export const unfollow: Command = {
  name: 'unfollow',
  does: DOES,
  cli: null,
  chat: {
    usage: '[WHAT]',
    otherNames: { unsubscribe: '' },
    examples: [
      { words: 'kvm', does: 'stops following KVM' },
      { words: '2', does: 'stops following the second in /following' },
      { words: '', does: 'shows what is followed, to choose from' },
    ],
    forms: [
      form({
        name: '',
        does: DOES,
        right,
        options: {
          what: text('As you followed it; without it you choose from a list', { suggests: 'followed' }),
          in: channel('In another channel'),
        },
        parse: { words: (words) => words, options: ({ what }) => what },
        run: answerUnfollow,
      }),
    ],
  },
};

async function answerUnfollow(typed: string, context: CommandContext): Promise<Answer> {
  const destination = await destinationOf(context);
  const followed = await followsOf(context, destination);
  if (destination === null || followed.length === 0)
    return problem(`${whoFollows(context)} nothing.`, 'Try /follow kvm.');
  if (typed.trim() === '') return chooseFollow('Which one?', followed, context);
  const meant = await matching(typed, followed, context);
  if (meant.kind === 'some') return endFollows(meant.follows, destination, context);
  if (meant.kind === 'perhaps') {
    const question =
      meant.follows.length === 1
        ? `Nothing here is called ${echo(typed)}. Did you mean this one?`
        : `${echo(typed)} may mean any of these.`;
    return chooseFollow(question, meant.follows, context);
  }
  const message = NUMBER.test(typed.trim())
    ? `/following has no number ${typed.trim()}, only ${followed.length === 1 ? '1' : `1 to ${followed.length}`}.`
    : `${echo(typed)} is not followed${inPlace(context)}. Followed: ${await followsText(context, followed)}.`;
  return { ...(await chooseFollow(message, followed, context)), kind: 'problem' };
}

function inPlace({ place, isElsewhere }: CommandContext): string {
  if (place.kind !== 'channel') return '';
  return isElsewhere === true ? ` in ${nameFor(place.name, 'that channel')}` : ' here';
}

/** `2`, `#2`: the place of a follow in /following. */
const NUMBER = /^#?(\d{1,4})$/;

type Meant =
  | { readonly kind: 'some'; readonly follows: readonly StoredFollow[] }
  /** They only contain what was typed: the user has to say which. */
  | { readonly kind: 'perhaps'; readonly follows: readonly StoredFollow[] }
  | { readonly kind: 'none' };

/**
 * The number of a follow in /following, or those that were typed as they were followed; else those that hold the words, to choose
 * from. A number is never looked for in the text of a follow: Message-IDs and addresses are full of them.
 */
async function matching(
  typed: string,
  followed: readonly StoredFollow[],
  context: CommandContext,
): Promise<Meant> {
  if (/^(?:all|everything|\*)$/i.test(typed.trim())) return { kind: 'some', follows: followed };
  const number = NUMBER.exec(typed.trim())?.[1];
  if (number !== undefined) {
    const numbered = followed[Number(number) - 1];
    return numbered === undefined ? { kind: 'none' } : { kind: 'some', follows: [numbered] };
  }
  const exact = followed.filter(({ words }) => words === typed.trim());
  if (exact.length > 0) return { kind: 'some', follows: exact };
  const read = readWants(typed, context.library.catalog);
  if (read.kind === 'wants') {
    const named = read.wants.map(({ words }) => followed.find((one) => one.words === words));
    const found = named.filter((one) => one !== undefined);
    if (found.length > 0 && found.length === named.length) return { kind: 'some', follows: found };
  }
  const part = typed.trim().toLowerCase();
  const holding: StoredFollow[] = [];
  for (const one of followed) {
    const described = `${one.words} ${await followText(context, one.tree)}`.toLowerCase();
    if (described.includes(part)) holding.push(one);
  }
  const whole = holding.filter(({ words }) => hasWholeWords(words, part));
  if (whole.length === 1) return { kind: 'some', follows: whole };
  return holding.length === 0 ? { kind: 'none' } : { kind: 'perhaps', follows: holding };
}

/** Whether each typed word is a whole condition of a follow, with or without its key: `mm` of `mm -kind:rfc`. */
function hasWholeWords(words: string, typed: string): boolean {
  const terms = words.toLowerCase().split(/[\s()"]+/);
  const values = new Set(terms.flatMap((term) => [term, term.slice(term.indexOf(':') + 1)]));
  return typed.split(/\s+/).every((word) => values.has(word));
}

async function chooseFollow(
  question: string,
  follows: readonly StoredFollow[],
  context: CommandContext,
): Promise<Answer> {
  return privately(say(question), [await unfollowSelect(context, follows)]);
}

/** What is followed, to choose what to end. */
export async function unfollowSelect(
  context: CommandContext,
  follows: readonly StoredFollow[],
): Promise<Action> {
  const options = await Promise.all(follows.map((follow) => followOption(context, follow)));
  return select(shortId({ kind: 'unfollow', follow: null }), 'Stop following', options);
}

/** Ends follows, and announces it. */
async function endFollows(
  follows: readonly StoredFollow[],
  destination: Destination,
  context: CommandContext,
): Promise<Answer> {
  const { follows: stored } = chatOf(context);
  const removed = await stored.remove(
    destination.id,
    follows.map(({ id }) => id),
  );
  if (removed.length === 0)
    return problem('That follow has already ended.', 'Look at /following for what is followed.');
  const ended = await followsText(context, removed);
  const left = (await stored.of(destination.id)).length;
  const nothing = context.delivers(destination)
    ? 'Nothing is followed here any more, so no digest comes.'
    : 'Nothing is followed any more: /digest shows everything.';
  const notes = left > 0 ? [] : [note(nothing)];
  return announceChange(
    context,
    destination,
    {
      channel: `This channel no longer follows ${ended}.`,
      person: `You no longer follow ${ended}.`,
      notes,
      next: left > 0 ? 'with schedule' : 'nothing',
    },
    { added: [], removed, before: {}, after: {} },
  );
}

/**
 * A choice from a list of follows, or the button of one: of the place where it is pressed, of another that the user set up, or of a channel
 * whose list they were shown. Where it is followed in none of them, it says so.
 */
export async function endFollowPress(follow: number, context: CommandContext): Promise<PressAction> {
  const { destinations, follows } = chatOf(context);
  const found = await follows.byId(follow);
  const target = found === null ? null : await destinations.byId(found.destinationId);
  const at = target === null ? null : await contextAt(target, context);
  if (found === null || target === null || at === null) {
    const run = async () => problem('That is no longer followed here.', 'Look at /following for what is.');
    return { right: anyone, run };
  }
  if ('kind' in at) return { right: anyone, run: async () => problem(at.message, at.remedy) };
  const run = async () => ({ ...(await endFollows([found], target, at)), replaces: true });
  return { right, at, target, run };
}

type Unseen = Extract<FoundChannel, { kind: 'problem' }>;

/** The user with their rights in a place; why they cannot see it; null for one that they have nothing to do with. */
async function contextAt(
  target: Destination,
  context: CommandContext,
): Promise<CommandContext | Unseen | null> {
  const { requester, place, findChannel } = context;
  if (target.platform !== place.platform) return null;
  if (target.tenant === place.tenant && target.address === place.address) return context;
  const setUp = await chatOf(context).destinations.setUpBy(place.platform, requester.tenant, requester.id);
  const isOwn = setUp.some(({ id }) => id === target.id);
  if (isOwn && requester.rightsHold === 'in tenant') return context;
  // A direct message on Discord belongs to no server: the channel says what may be done in it.
  const isThere =
    target.kind === 'channel' && (target.tenant === requester.tenant || requester.tenant === 'dm');
  const found = isThere ? await findChannel?.({ id: target.address, name: '' }) : undefined;
  if (found?.kind === 'found')
    return { ...context, requester: found.requester, place: found.place, isElsewhere: true };
  return isOwn ? context : (found ?? null);
}
