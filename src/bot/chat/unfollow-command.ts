import type { Destination } from '../../adapters/store/chat/destination.js';
import type { StoredFollow } from '../../adapters/store/chat/follows.js';
import type { Action, Answer } from '../../digest/ports/chat-bot.js';
import { shortId } from './action-ids.js';
import { echo, note, privately, problem, say, select } from './answers.js';
import { announceChange, refusal } from './change.js';
import { followOption, followsText, followText } from './follow-words.js';
import { readWants } from './read-want.js';
import { type Asked, chatOf } from './scene.js';

/** `/unfollow [WHAT]`. */
export async function answerUnfollow(typed: string, asked: Asked): Promise<Answer> {
  const { scene, place } = asked;
  const refused = refusal(asked, 'end what is followed here');
  if (refused !== null) return refused;
  const destination = await chatOf(scene).destinations.byAddress(place);
  const followed = destination === null ? [] : await chatOf(scene).follows.of(destination.id);
  if (destination === null || followed.length === 0)
    return problem(
      `${place.kind === 'channel' ? 'This channel follows' : 'You follow'} nothing.`,
      'Try /follow kvm.',
    );
  if (typed.trim() === '') return chooseFollow('Which one?', followed);
  const meant = await matching(typed, followed, asked);
  if (meant.kind === 'some') return endFollows(meant.follows, destination, asked);
  if (meant.kind === 'several') return chooseFollow(`${echo(typed)} may mean any of these.`, meant.follows);
  const verb = place.kind === 'channel' ? "This channel doesn't" : "You don't";
  return {
    ...chooseFollow(`${verb} follow ${echo(typed)}, but ${await followsText(scene, followed)}.`, followed),
    kind: 'problem',
  };
}

type Meant =
  | { readonly kind: 'some'; readonly follows: readonly StoredFollow[] }
  | { readonly kind: 'several'; readonly follows: readonly StoredFollow[] }
  | { readonly kind: 'none' };

/** Those that were typed as they were followed; else those that hold the words. */
async function matching(typed: string, followed: readonly StoredFollow[], { scene }: Asked): Promise<Meant> {
  if (/^(?:all|everything|\*)$/i.test(typed.trim())) return { kind: 'some', follows: followed };
  const exact = followed.filter(({ words }) => words === typed.trim());
  if (exact.length > 0) return { kind: 'some', follows: exact };
  const read = readWants(typed, scene.library.catalog);
  if (read.kind === 'wants') {
    const named = read.wants.map(({ words }) => followed.find((one) => one.words === words));
    const found = named.filter((one) => one !== undefined);
    if (found.length > 0 && found.length === named.length) return { kind: 'some', follows: found };
  }
  const wanted = typed.trim().toLowerCase();
  const holding: StoredFollow[] = [];
  for (const one of followed) {
    const text = `${one.words} ${await followText(scene, one.tree)}`.toLowerCase();
    if (text.includes(wanted)) holding.push(one);
  }
  const [first] = holding;
  if (first === undefined) return { kind: 'none' };
  return { kind: holding.length === 1 ? 'some' : 'several', follows: holding };
}

function chooseFollow(text: string, follows: readonly StoredFollow[]): Answer {
  return privately(say(text), [unfollowSelect(follows)]);
}

/** What is followed, to choose what to end. */
export function unfollowSelect(follows: readonly StoredFollow[]): Action {
  return select(shortId({ kind: 'unfollow', follow: null }), 'Stop following', follows.map(followOption));
}

/** Ends follows, and tells of it. */
async function endFollows(
  follows: readonly StoredFollow[],
  destination: Destination,
  asked: Asked,
): Promise<Answer> {
  const { scene } = asked;
  const removed = await chatOf(scene).follows.remove(
    destination.id,
    follows.map(({ id }) => id),
  );
  if (removed.length === 0)
    return problem('That was ended already.', 'Look at /following for what is followed.');
  const text = await followsText(scene, removed);
  const left = (await chatOf(scene).follows.of(destination.id)).length;
  const nothing = scene.delivers(destination)
    ? 'Nothing is followed here any more, so no digest comes.'
    : 'Nothing is followed any more: /digest shows everything.';
  const notes = left > 0 ? [] : [note(nothing)];
  return announceChange(
    asked,
    destination,
    {
      channel: `This channel no longer follows ${text}.`,
      person: `You no longer follow ${text}.`,
      notes,
      next: left > 0 ? 'with schedule' : null,
    },
    { added: [], removed, before: {}, after: {} },
  );
}

/** A choice from a list of follows, or the button of one: here, or from an overview in a place that the asker set up. */
export async function answerUnfollowPress(follow: number, asked: Asked): Promise<Answer> {
  const { scene, asker, place } = asked;
  const chat = chatOf(scene);
  const here = await chat.destinations.byAddress(place);
  const elsewhere = asker.rights === 'guest' ? [] : await chat.destinations.setUpBy(place.platform, asker.id);
  for (const destination of [...(here === null ? [] : [here]), ...elsewhere]) {
    const found = (await chat.follows.of(destination.id)).filter(({ id }) => id === follow);
    if (found.length === 0) continue;
    const refused = destination.id === here?.id ? refusal(asked, 'end what is followed here') : null;
    return refused ?? { ...(await endFollows(found, destination, asked)), replaces: true };
  }
  return problem('That is not followed here any more.', 'Look at /following for what is.');
}
