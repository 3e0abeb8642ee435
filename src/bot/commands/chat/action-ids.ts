import { toIso } from '../../../digest/time/iso.js';
import { CHOOSE_ITEM, digestPageId } from '../../../digest/view/item-menu.js';

/** What a press requests. The id holds everything that is needed, so that buttons work after a restart. */
export type Pressed =
  /** A view of a series. `pops`: the button is under a public message, which stays as it is. */
  | {
      readonly kind: 'series';
      readonly pops: boolean;
      readonly view: string;
      readonly anchor: string;
      readonly page: number;
      /** The posting of the anchor, and not the latest. */
      readonly pinned: boolean;
    }
  /** The anchor is what was chosen. */
  | { readonly kind: 'pick' }
  | {
      readonly kind: 'share';
      readonly view: string;
      readonly anchor: string;
      readonly page: number;
      readonly pinned: boolean;
    }
  | { readonly kind: 'follow-series'; readonly anchor: string }
  /** A series of a digest: the anchor is what was chosen. */
  | { readonly kind: 'item' }
  /** What a digest's menu offers for a series, in addition to its card and its follow. `unmute` without an anchor: what was chosen. */
  | { readonly kind: 'mute-series' | 'why-series'; readonly anchor: string }
  | { readonly kind: 'unmute-series' }
  /** Snoozes a series, for the user or for the place; `ask`: until when? The anchor null: what was chosen. */
  | {
      readonly kind: 'snooze';
      readonly does: SnoozeVerb;
      readonly anchor: string | null;
      readonly isHere: boolean;
    }
  /** Everything of the digest that was made at a moment (ISO UTC). `pops`: as for a series. */
  | { readonly kind: 'digest'; readonly madeAt: string; readonly page: number; readonly pops: boolean }
  /** A command, as if it had been typed. */
  | {
      readonly kind: 'command';
      readonly command: string;
      readonly words: string;
      readonly replaces: boolean;
    }
  /** What was chosen, as if it had been typed behind /follow. */
  | { readonly kind: 'follow' }
  /** A channel that was chosen: what it follows. */
  | { readonly kind: 'following' }
  /** By StoredFollow.id; null: what was chosen. */
  | { readonly kind: 'unfollow'; readonly follow: number | null }
  | { readonly kind: 'undo'; readonly undo: string }
  /** The place where it is pressed. */
  | { readonly kind: 'forget' }
  /** One place of the tenant, by Destination.id; null: what was chosen. */
  | { readonly kind: 'place'; readonly does: PlaceVerb; readonly destination: number | null };

/** Until when a series is put off. */
export type SnoozeVerb = 'ask' | 'week' | 'version' | 'reply' | 'done' | 'off';

const SNOOZE_VERBS: readonly string[] = [
  'ask',
  'week',
  'version',
  'reply',
  'done',
  'off',
] satisfies readonly SnoozeVerb[];

/** What an admin does with a place. */
export type PlaceVerb = 'show' | 'pause' | 'resume' | 'off';

const PLACE_VERBS: readonly string[] = ['show', 'pause', 'resume', 'off'] satisfies readonly PlaceVerb[];

const MAX_ID = 90;

/** The id of a button. null if it would not fit into what both chats take. */
export function idOf(pressed: Pressed): string | null {
  const id = partsOf(pressed).join(':');
  return id.length <= MAX_ID ? id : null;
}

/** The id of a button whose parts are all ours and short. */
export function shortId(pressed: Exclude<Pressed, { kind: 'command' }>): string {
  const id = idOf(pressed);
  if (id === null) throw new Error(`the id of a ${pressed.kind} button is too long`);
  return id;
}

function partsOf(pressed: Pressed): readonly (string | number)[] {
  switch (pressed.kind) {
    case 'series':
      return [
        'series',
        `${pressed.pops ? 'o' : 'v'}${pressed.pinned ? 'p' : ''}`,
        pressed.view,
        pressed.anchor,
        ...later(pressed.page),
      ];
    case 'pick':
      return ['series', 'pick'];
    case 'share':
      return [
        'series',
        pressed.pinned ? 'sharep' : 'share',
        pressed.view,
        pressed.anchor,
        ...later(pressed.page),
      ];
    case 'follow-series':
      return ['series', 'follow', pressed.anchor];
    case 'item':
      return [CHOOSE_ITEM];
    case 'mute-series':
      return ['series', 'mute', pressed.anchor];
    case 'why-series':
      return ['series', 'why', pressed.anchor];
    case 'unmute-series':
      return ['series', 'unmute'];
    case 'snooze':
      return [
        'series',
        'snooze',
        pressed.does,
        ...(pressed.anchor === null ? [] : [pressed.anchor, ...(pressed.isHere ? ['here'] : [])]),
      ];
    case 'digest':
      return [digestPageId(pressed.madeAt, pressed.page, pressed.pops)];
    case 'command':
      return ['do', pressed.replaces ? 'r' : 'n', pressed.command, encodeWords(pressed.words)];
    case 'follow':
      return ['follow', 'pick'];
    case 'following':
      return ['following', 'pick'];
    case 'unfollow':
      return pressed.follow === null ? ['unfollow', 'pick'] : ['unfollow', pressed.follow];
    case 'undo':
      return ['undo', pressed.undo];
    case 'forget':
      return ['forget', 'here'];
    case 'place':
      return ['place', pressed.does, pressed.destination ?? 'pick'];
    default:
      return pressed satisfies never;
  }
}

function later(page: number): readonly number[] {
  return page > 1 ? [page] : [];
}

const ANCHOR = /^[\w-]{1,24}$/;

/** What an id of ours requests; null for any other, such as one of an older version. */
export function readId(id: string): Pressed | null {
  if (id.length > MAX_ID) return null;
  const [area = '', verb = '', third = '', fourth = '', fifth = '1'] = id.split(':');
  const page = /^\d{1,4}$/.test(fifth) ? Number(fifth) : 1;
  switch (area) {
    case 'series':
      if (verb === 'pick') return { kind: 'pick' };
      if (verb === 'item') return { kind: 'item' };
      if (verb === 'unmute') return { kind: 'unmute-series' };
      if (verb === 'follow' && ANCHOR.test(third)) return { kind: 'follow-series', anchor: third };
      if (verb === 'mute' && ANCHOR.test(third)) return { kind: 'mute-series', anchor: third };
      if (verb === 'why' && ANCHOR.test(third)) return { kind: 'why-series', anchor: third };
      if (verb === 'snooze') return readSnoozeId(third, fourth, fifth);
      if (!ANCHOR.test(fourth)) return null;
      if (verb === 'share' || verb === 'sharep')
        return { kind: 'share', view: third, anchor: fourth, page, pinned: verb === 'sharep' };
      return /^[vo]p?$/.test(verb)
        ? {
            kind: 'series',
            pops: verb[0] === 'o',
            view: third,
            anchor: fourth,
            page,
            pinned: verb.length > 1,
          }
        : null;
    case 'digest':
      return readDigestId(verb, third, fourth);
    case 'do': {
      const words = decodeWords(fourth);
      if (!/^[a-z]{1,32}$/.test(third) || words === null) return null;
      return { kind: 'command', command: third, words, replaces: verb === 'r' };
    }
    case 'follow':
      return verb === 'pick' ? { kind: 'follow' } : null;
    case 'following':
      return verb === 'pick' ? { kind: 'following' } : null;
    case 'unfollow':
      if (verb === 'pick') return { kind: 'unfollow', follow: null };
      return /^\d{1,15}$/.test(verb) ? { kind: 'unfollow', follow: Number(verb) } : null;
    case 'undo':
      return ANCHOR.test(verb) ? { kind: 'undo', undo: verb } : null;
    case 'forget':
      return verb === 'here' ? { kind: 'forget' } : null;
    case 'place':
      if (!isPlaceVerb(verb) || !/^(?:\d{1,15}|pick)$/.test(third)) return null;
      return { kind: 'place', does: verb, destination: third === 'pick' ? null : Number(third) };
    default:
      return null;
  }
}

/** `digest:o:s5k2x0:3`: whether it pops, the moment in seconds, the page. */
function readDigestId(pops: string, moment: string, pageText: string): Pressed | null {
  if (!/^[vo]$/.test(pops) || !/^[0-9a-z]{1,7}$/.test(moment)) return null;
  const page = /^\d{1,4}$/.test(pageText) ? Number(pageText) : 1;
  const madeAt = toIso(Number.parseInt(moment, 36) * 1000);
  return { kind: 'digest', madeAt, page, pops: pops === 'o' };
}

/** `series:snooze:week:ANCHOR:here`; without an anchor: what was chosen. */
function readSnoozeId(does: string, anchor: string, where: string): Pressed | null {
  if (!isSnoozeVerb(does) || !/^[\w-]{0,24}$/.test(anchor)) return null;
  return { kind: 'snooze', does, anchor: anchor === '' ? null : anchor, isHere: where === 'here' };
}

function isSnoozeVerb(verb: string): verb is SnoozeVerb {
  return SNOOZE_VERBS.includes(verb);
}

function isPlaceVerb(verb: string): verb is PlaceVerb {
  return PLACE_VERBS.includes(verb);
}

/** Words in printable ASCII without blanks and colons. */
function encodeWords(words: string): string {
  return encodeURIComponent(words.toWellFormed()).replaceAll('%20', '+');
}

function decodeWords(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll('+', '%20'));
  } catch {
    return null;
  }
}
