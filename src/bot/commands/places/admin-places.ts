import type { Destination } from '../../../adapters/store/chat/destination.js';
import type { Action, Answer } from '../../../digest/ports/chat-bot.js';
import { count } from '../../../digest/text/count.js';
import { say } from '../../../digest/view/blocks.js';
import { pageOf } from '../../../digest/view/pages.js';
import type { Block, Span } from '../../../digest/view/view.js';
import { dotted } from '../../../digest/view/words.js';
import { admin, anyone, type PressAction } from '../access.js';
import { type PlaceVerb, shortId } from '../chat/action-ids.js';
import { button, nameFor, privately, problem, select } from '../chat/answers.js';
import { pageButtons } from '../chat/command-button.js';
import { nextRun, resultText, scheduleText } from '../chat/next-run.js';

import { type CommandContext, chatOf } from '../context.js';
import { followsText } from '../follow/follow-words.js';
import { type ListedPlace, listPlaces } from './list-places.js';

export const placesRight = admin('see every place');

/** `/covernote places`: every channel of this server or workspace, for its admins. Conversations with one person are theirs alone. */
export async function answerPlaces(page: number, context: CommandContext): Promise<Answer> {
  const { requester, place } = context;
  const within = { platform: place.platform, tenant: requester.tenant, kind: 'channel' } as const;
  const places = await listPlaces(chatOf(context), within);
  if (places.length === 0)
    return privately(say('No channel here follows anything yet. Try /follow kvm in one of them.'));
  const text = `${count(places.length, 'channel')} ${places.length === 1 ? 'gets' : 'get'} digests or follows something.`;
  const items = places.map((one, i) => [{ text: `${i + 1}. ` }, ...placeLine(one)]);
  const shown = pageOf(say(text, { kind: 'list', items }), page, context.pageCost);
  return privately(shown.view, [...pageButtons('covernote places', shown), placeSelect(places)]);
}

/** Its name, how much it follows, when it gets digests, the last result, and who set it up. */
function placeLine({ destination, follows, last }: ListedPlace): Span[] {
  return dotted([
    { text: nameFor(destination.name, 'a channel'), style: 'bold' },
    count(follows.length, 'follow'),
    scheduleText(destination) ?? 'no schedule',
    stateSpan(destination),
    ...lastSpans(last),
    `set up by ${nameFor(destination.setByName, 'someone')}`,
  ]);
}

function stateSpan({ state }: Destination): Span | null {
  switch (state) {
    case 'active':
      return null;
    case 'paused':
      return { text: 'paused', style: 'dim' };
    case 'broken':
      return { text: 'paused after failures', style: 'bad' };
    default:
      return state satisfies never;
  }
}

function lastSpans(last: ListedPlace['last']): (Span | string)[] {
  if (last === null) return ['nothing sent yet'];
  const result = `last: ${resultText(last)}`;
  return [last.state === 'refused' ? { text: result, style: 'bad' } : result];
}

function placeSelect(places: readonly ListedPlace[]): Action {
  return select(
    shortId({ kind: 'place', does: 'show', destination: null }),
    'Choose a place',
    places.map(({ destination, follows }) => ({
      value: String(destination.id),
      label: nameFor(destination.name, 'a channel'),
      describes: count(follows.length, 'follow'),
    })),
  );
}

/** Runs a line as if it had been typed. */
type RunLine = (line: string, context: CommandContext) => Promise<Answer>;

/** A choice from the list, or a button of one place: by an admin of its tenant. */
export async function placePress(
  does: PlaceVerb,
  id: number,
  context: CommandContext,
  runLine: RunLine,
): Promise<PressAction> {
  const { destinations } = chatOf(context);
  const found = await destinations.byId(id);
  const isHere =
    found?.kind === 'channel' &&
    found.platform === context.place.platform &&
    found.tenant === context.requester.tenant;
  if (found === null || !isHere) {
    const run = async () => problem('That place no longer exists.', 'Look at /covernote places.');
    return { right: anyone, run };
  }
  const run = async () =>
    does === 'show' ? showPlace(found, context) : changePlace(does, found, context, runLine);
  return { right: placesRight, target: found, run };
}

async function showPlace(destination: Destination, context: CommandContext): Promise<Answer> {
  const chat = chatOf(context);
  const follows = await chat.follows.of(destination.id);
  const last = await chat.slots.last(destination.id);
  const next = nextRun(context, destination);
  const name = nameFor(destination.name, 'this channel');
  const state = stateSpan(destination);
  const rows: Extract<Block, { kind: 'facts' }>['rows'] = [
    {
      label: 'Follows',
      spans: [{ text: follows.length === 0 ? 'nothing' : await followsText(context, follows) }],
    },
    { label: 'Schedule', spans: dotted([scheduleText(destination) ?? 'none', state]) },
    ...(next === null ? [] : [{ label: 'Next digest', spans: [{ at: next, form: 'time' } as const] }]),
    {
      label: 'Last digest',
      spans:
        last === null
          ? [{ text: 'none yet' }]
          : [{ at: last.due, form: 'time' }, { text: `: ${resultText(last)}` }],
    },
    {
      label: 'Set up by',
      spans: [
        { text: nameFor(destination.setByName, 'someone') },
        { text: ', ' },
        { at: destination.madeAt, form: 'date' },
      ],
    },
  ];
  const id = (does: PlaceVerb) => shortId({ kind: 'place', does, destination: destination.id });
  const actions: Action[] =
    destination.schedule === null
      ? []
      : [
          destination.state === 'active'
            ? button(id('pause'), 'Pause digests')
            : button(id('resume'), 'Resume digests', 'primary'),
          button(id('off'), 'Stop digests', 'danger'),
        ];
  const view = {
    fallback: `${name}: ${count(follows.length, 'follow')}.`,
    blocks: [
      { kind: 'heading', level: 2, spans: [{ text: name }] },
      { kind: 'facts', rows },
    ],
  } as const;
  return { ...privately(view, actions), replaces: true };
}

/** The same change as its command makes in that place, announced there. */
async function changePlace(
  does: Exclude<PlaceVerb, 'show'>,
  destination: Destination,
  context: CommandContext,
  runLine: RunLine,
): Promise<Answer> {
  const { platform, tenant, address, kind, name } = destination;
  const place = { platform, tenant, address, kind, name };
  const answer = await runLine(`/digest ${does}`, { ...context, place, isElsewhere: true });
  return { ...answer, replaces: true };
}
