import { createHash } from 'node:crypto';

/** What can be done with one series of a digest. Ids are those of buttons: `bot/commands/chat/action-ids.ts` reads them. */
export interface ItemMenu {
  /** Where a chat has one list for all the series of a message: the id of the list, and what is in it for this one. */
  readonly choose: { readonly id: string; readonly value: string };
  /** Where each series has a menu of its own: at most five. */
  readonly options: readonly { readonly id: string; readonly label: string }[];
}

/** The short name of a message (Message.id), for ids that hold no whole Message-ID. */
export function anchorOf(messageKey: string): string {
  return createHash('sha256').update(messageKey).digest('base64url').slice(0, 16);
}

export const CHOOSE_ITEM = 'series:item';

/** The menu of the series that holds a message; null if the mail has no Message-ID to know it by. */
export function itemMenu(messageId: string | null): ItemMenu | null {
  if (messageId === null) return null;
  const anchor = anchorOf(messageId);
  return {
    choose: { id: CHOOSE_ITEM, value: anchor },
    options: [
      { id: `series:o:card:${anchor}`, label: 'Open its card' },
      { id: `series:follow:${anchor}`, label: 'Follow this series' },
      { id: `series:mute:${anchor}`, label: 'Mute it here' },
      { id: `series:why:${anchor}`, label: 'Why is it here?' },
    ],
  };
}

/** The button to everything of the digest that was made at a moment (ISO UTC). `pops`: below a public message, which stays as it is. */
export function digestPageId(madeAt: string, page: number, pops: boolean): string {
  const seconds = Math.floor(Date.parse(madeAt) / 1000);
  return `digest:${pops ? 'o' : 'v'}:${seconds.toString(36)}${page > 1 ? `:${page}` : ''}`;
}
