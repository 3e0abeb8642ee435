import type { Asker } from '../../digest/ports/chat-bot.js';
import type { Address } from '../../digest/ports/chat-platform.js';

/** Whether somebody may change what a place gets; where not, why and what to do, for them. */
export type MayChange =
  | { readonly may: true }
  | { readonly may: false; readonly why: string; readonly remedy: string };

/**
 * Who may change what a place gets. In their own conversation with the bot everybody may; in a channel whoever the platform
 * calls a manager of it: its edge says so of all members where changing takes no right there.
 */
export function mayChange({ rights, kind }: Pick<Asker, 'rights'> & Pick<Address, 'kind'>): MayChange {
  if (kind === 'person') return { may: true };
  switch (rights) {
    case 'manager':
      return { may: true };
    case 'member':
      return {
        may: false,
        why: 'it takes the right to manage this channel',
        remedy: 'Ask somebody who has it, or do the same in a direct message to me: there it is yours alone.',
      };
    case 'guest':
      return {
        may: false,
        why: 'guests can’t change what a channel gets',
        remedy: 'Ask a member of this workspace to do it.',
      };
    default:
      return rights satisfies never;
  }
}
