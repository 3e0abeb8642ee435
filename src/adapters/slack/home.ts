import type { types } from '@slack/bolt';
import type { Action, Overview, OverviewPlace, Place } from '../../digest/ports/chat-bot.js';
import { count } from '../../digest/text/count.js';
import type { Span, View } from '../../digest/view/view.js';
import { chunksOf } from './chunks.js';
import { LIMITS } from './limits.js';
import { fitLine } from './mrkdwn.js';
import { plain, renderActions } from './render-actions.js';
import { layOut, type MessageBlock } from './render-message.js';

/** Buttons of the home that open a modal. */
export const HOME = 'home:';
type HomeVerb = 'follow' | 'schedule';

/** The place that a button of the home is about is in its block's id, since Slack tells none. */
const PLACE_MARK = 'place|';

/** A section of the home knows its place by this. */
function placeMark(place: Place, index: string): string {
  return `${PLACE_MARK}${place.address}|${place.kind}|${index}|${place.name}`.slice(0, LIMITS.blockId);
}

/** The place that a block's id names; null if it names none. */
export function markedPlace(blockId: string, tenant: string): Place | null {
  if (!blockId.startsWith(PLACE_MARK)) return null;
  const [address = '', kind = '', , ...name] = blockId.slice(PLACE_MARK.length).split('|');
  if (kind !== 'channel' && kind !== 'person') return null;
  return { platform: 'slack', tenant, address, kind, name: name.join('|') };
}

/** What happened by the last press in the home: shown on top of it, with Undo. */
export interface HomeNews {
  readonly view: View;
  readonly actions: readonly Action[];
}

/** The app's home for one person: what they and their channels follow, or what there is to try. */
export function renderHome(
  overview: Overview,
  self: Place,
  news: HomeNews | null,
  /** What this installation needs to do, such as to reauthorize. */
  notice: string | null = null,
): types.HomeView {
  const places = overview.places.filter((one) => one.follows.length > 0 || one.schedule !== null);
  const body = places.length === 0 ? newcomer(self) : places.flatMap((place, i) => placeBlocks(place, i));
  const top = [
    ...(notice === null ? [] : lines([[{ text: notice, style: 'warn' }]])),
    ...(news === null ? [] : newsBlocks(news)),
  ];
  const blocks = [...top, ...(places.length === 0 ? [] : intro(self, places)), ...body];
  return { type: 'home', blocks: withinLimit(blocks) };
}

function withinLimit(blocks: MessageBlock[]): MessageBlock[] {
  if (blocks.length <= LIMITS.blocksPerView) return blocks;
  const more: MessageBlock = {
    type: 'context',
    elements: [plain('This is not all: /following in a channel lists what it follows.', LIMITS.contextText)],
  };
  return [...blocks.slice(0, LIMITS.blocksPerView - 1), more];
}

function newsBlocks({ view, actions }: HomeNews): MessageBlock[] {
  return [...layOut(chunksOf(view.blocks), renderActions(actions, 'news'), 10).blocks, { type: 'divider' }];
}

function intro(self: Place, places: readonly OverviewPlace[]): MessageBlock[] {
  const active = places.filter(({ schedule, paused }) => schedule !== null && !paused).length;
  return [
    header('What you follow'),
    ...lines([[{ text: `${whoGets(active, places.length)}. Times are shown in your own zone.` }]]),
    buttons(self, 'top', [homeButton('follow', 'Follow something', 'primary')]),
    { type: 'divider' },
  ];
}

function whoGets(active: number, all: number): string {
  if (all === 1 && active === 0) return 'This place gets no digests now';
  const places = count(all, 'place');
  return `${active === all ? places : `${active} of ${places}`} ${active === 1 ? 'gets' : 'get'} digests`;
}

/** For who follows nothing yet: what this is, and the first three things to try. */
function newcomer(self: Place): MessageBlock[] {
  return [
    header('Follow kernel mailing lists from here'),
    ...lines([
      [
        {
          text: 'covernote reads the mailing lists, understands the patch series on them, and tells you once a day what is new in what you follow: what each series does, what changed since its last version, who has reviewed it, and where to read on.',
        },
      ],
      [{ text: 'Three things to try first', style: 'bold' }],
      [
        { text: '1. ' },
        { text: '/series foll_pin', style: 'code' },
        { text: ' in any channel: the card of one series. A lore link works as well.' },
      ],
      [
        { text: '2. ' },
        { text: '/follow kvm', style: 'code' },
        { text: ' in a channel, or here for you alone: a digest every morning.' },
      ],
      [
        { text: '3. ' },
        { text: '/digest', style: 'code' },
        { text: ': what the next digest would contain, shown only to you.' },
      ],
    ]),
    buttons(self, 'first', [
      homeButton('follow', 'Follow something', 'primary'),
      homeButton('schedule', 'Set the schedule'),
    ]),
    ...lines([
      [
        { text: '/covernote help', style: 'code' },
        { text: ' lists all commands, ' },
        { text: '/subsystems', style: 'code' },
        { text: ' what can be followed.' },
      ],
    ]),
  ];
}

function placeBlocks({ place, follows, actions, ...facts }: OverviewPlace, index: number): MessageBlock[] {
  const name = place.kind === 'person' ? 'Your own digest' : place.name || 'A channel';
  const when: Span[] = [
    {
      text: facts.schedule === null ? 'No digest is scheduled' : `Digest ${facts.schedule}`,
    },
    ...(facts.paused ? [{ text: ' · paused' } as const] : []),
    ...(facts.nextRun === null || facts.paused
      ? []
      : [{ text: ' · next ' } as const, { at: facts.nextRun, form: 'time' } as const]),
  ];
  const last: Span[] = [
    { text: facts.lastResult === null ? 'Nothing was sent yet' : `Last digest ${facts.lastResult}` },
    ...(place.kind === 'person' ? [] : [{ text: ` · set up by ${facts.setBy}`, style: 'dim' } as const]),
  ];
  return [
    header(name),
    ...lines([when, last]),
    ...follows.map((follow, i) => followBlock(place, follow, `${index}.${i}`)),
    ...renderActions(actions, 'x').map((block, i) => ({
      ...block,
      block_id: placeMark(place, `${index}.a${i}`),
    })),
    buttons(place, `${index}.set`, [
      homeButton('follow', 'Add a follow'),
      homeButton('schedule', 'Change the schedule'),
    ]),
    { type: 'divider' },
  ];
}

function followBlock(place: Place, follow: OverviewPlace['follows'][number], index: string): MessageBlock {
  const line: Span[] = [
    { text: '•  ' },
    { text: follow.text, style: 'bold' },
    ...(follow.madeBy === '' ? [] : [{ text: ` · by ${follow.madeBy}`, style: 'dim' } as const]),
  ];
  return {
    type: 'section',
    block_id: placeMark(place, index),
    text: { type: 'mrkdwn', text: fitLine(line, LIMITS.sectionText), verbatim: true },
    accessory: {
      type: 'overflow',
      action_id: `${HOME}more`,
      options: [
        { text: plain('Edit', LIMITS.optionText), value: `edit:${follow.unfollow}` },
        { text: plain('Remove', LIMITS.optionText), value: `remove:${follow.unfollow}` },
      ],
    },
  };
}

function header(text: string): MessageBlock {
  return { type: 'header', text: plain(text, LIMITS.headerText) };
}

function lines(spans: readonly (readonly Span[])[]): MessageBlock[] {
  const blocks = spans.map((line) => ({ kind: 'paragraph', spans: line }) as const);
  return layOut(chunksOf(blocks), [], LIMITS.blocksPerView).blocks;
}

type Button = types.Button;

function homeButton(verb: HomeVerb, label: string, style?: 'primary'): Button {
  return {
    type: 'button',
    action_id: HOME + verb,
    text: plain(label, LIMITS.buttonText),
    ...(style === undefined ? {} : { style }),
  };
}

function buttons(place: Place, index: string, elements: Button[]): MessageBlock {
  return { type: 'actions', block_id: placeMark(place, index), elements };
}
