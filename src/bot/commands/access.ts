import type { Answer, Place, Requester } from '../../digest/ports/chat-bot.js';
import type { Address } from '../../digest/ports/chat-platform.js';

export type Right =
  /** It only reads, or acts on the user's own view. */
  | { readonly kind: 'anyone' }
  /** It changes what a place gets. `to`: what a refusal says the user can't do, `follow anything here`. */
  | { readonly kind: 'manager'; readonly to: string }
  /** It shows or changes any place of the tenant. */
  | { readonly kind: 'admin'; readonly to: string };

export const anyone: Right = { kind: 'anyone' };

export function manager(to: string): Right {
  return { kind: 'manager', to };
}

export function admin(to: string): Right {
  return { kind: 'admin', to };
}

/** Changing when a place gets digests, and sending one. */
export const changeDigests = manager('change the digests here');

export interface Refusal {
  readonly message: string;
  readonly remedy: string;
}

/**
 * The one check of rights and tenant, for every command, button and form: null if the user may, else why not. `target`: the
 * place that would change, by default the one where they act. Their own conversation is only theirs; a channel needs a manager
 * of that channel, and rights held in one place or tenant say nothing about another. `isElsewhere`: the place is another channel, for the
 * wording.
 */
export function refusal(
  right: Right,
  {
    requester,
    place,
    isElsewhere = false,
  }: { readonly requester: Requester; readonly place: Place; readonly isElsewhere?: boolean },
  target: Address = place,
): Refusal | null {
  if (right.kind === 'anyone') return null;
  const there = isElsewhere ? place.name || 'that channel' : null;
  const what = there === null ? right.to : right.to.replace(/\bhere\b/, `in ${there}`);
  const because = (why: string, remedy: string) => ({ message: `You can't ${what}: ${why}.`, remedy });
  if (right.kind === 'admin')
    return requester.isAdmin === true
      ? null
      : because(
          'only an admin of this server or workspace can',
          'Ask an admin. /following shows this place.',
        );
  const here = isSame(target, place);
  if (target.kind === 'person') {
    const own = target.address === requester.id && (here || target.tenant === requester.tenant);
    return own ? null : because('it belongs to another person', 'Only they can change it.');
  }
  if (target.platform !== place.platform || target.tenant !== requester.tenant)
    return because('that channel is not in this server or workspace', 'Do it in that channel.');
  if (requester.isAdmin === true) return null;
  if (!here && requester.rightsHold === 'here')
    return because('I don’t know your permissions there', 'Do it in that channel.');
  switch (requester.rights) {
    case 'manager':
      return null;
    case 'member':
      return because(
        `that needs permission to manage ${there ?? 'this channel'}`,
        'Ask someone who has it, or do the same in a direct message to me: there it affects only you.',
      );
    case 'guest':
      return because('guests can’t change what a channel gets', 'Ask a member of this workspace to do it.');
    default:
      return requester.rights satisfies never;
  }
}

function isSame(a: Address, b: Address): boolean {
  return a.platform === b.platform && a.tenant === b.tenant && a.address === b.address;
}

/** What a press does, and what must be checked before it runs. */
export interface PressAction {
  readonly right: Right;
  /** The user and the place whose rights count; by default those of the press. */
  readonly at?: Parameters<typeof refusal>[1];
  /** The place that it changes; by default the one of `at`. */
  readonly target?: Address;
  readonly run: () => Promise<Answer>;
}
