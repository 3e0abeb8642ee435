import type { Action } from '../view/action.js';
import type { View } from '../view/view.js';
import type { Address } from './chat-platform.js';
import type { CommandName, CommandSpec } from './command.js';

export type { Action } from '../view/action.js';

/** The person who asks, as the platform knows them. */
export interface Asker {
  /** The platform's id. */
  readonly id: string;
  readonly tenant: string;
  /** As others see them in the channel; plain text, hostile. */
  readonly name: string;
  /** Their IANA zone where the platform tells; null where it does not. */
  readonly zone: string | null;
  /** `manager` may change what a channel gets wherever that takes a right; `guest` never may. */
  readonly rights: 'manager' | 'member' | 'guest';
}

/** Where somebody asks. */
export interface Place extends Address {
  /** `#kvm`, or '' where the platform does not tell. */
  readonly name: string;
}

/** A typed or picked command. Options have been written as words already (see wordsOf in ports/command.ts). */
export interface Invocation {
  readonly command: CommandName;
  /** What stands behind the command: `kvm -kind:rfc`, `at 09:00 weekdays`. */
  readonly words: string;
  readonly asker: Asker;
  readonly place: Place;
}

/** A press of a button, or a choice from a list. */
export interface Press {
  readonly id: string;
  /** What was chosen, for a select. */
  readonly value: string | null;
  readonly asker: Asker;
  readonly place: Place;
}

export interface Answer {
  /** `problem`: it did not do what was asked; a form stays open and shows the view's fallback. */
  readonly kind: 'done' | 'problem';
  readonly view: View;
  readonly actions: readonly Action[];
  /** `private`: for the asker alone. `public`: it stands in the channel. */
  readonly visibility: 'private' | 'public';
  /** The message whose button was pressed is to show this instead. */
  readonly replaces: boolean;
  /** What everybody in the place is to read: a change of what it gets, with who did it and Undo. */
  readonly announce: {
    readonly view: View;
    readonly actions: readonly Action[];
    /** Where to: a channel that was changed from elsewhere, such as a person's overview. Absent: the place where it was asked. */
    readonly to?: Address;
  } | null;
}

export interface Suggestion {
  /** Shown: at most 100 characters. */
  readonly label: string;
  /** What is typed for it: at most 100 characters. */
  readonly value: string;
}

/** One place in a person's overview. */
export interface OverviewPlace {
  readonly place: Place;
  readonly zone: string;
  /** In words: `daily at 09:00`; null where no digest is sent. */
  readonly schedule: string | null;
  readonly paused: boolean;
  /** ISO UTC. */
  readonly nextRun: string | null;
  /** In words: `yesterday: 12 series`; null where nothing was sent yet. */
  readonly lastResult: string | null;
  /** `unfollow` is the id of a button that ends it. */
  readonly follows: readonly {
    readonly text: string;
    readonly words: string;
    readonly madeBy: string;
    readonly unfollow: string;
  }[];
  readonly actions: readonly Action[];
}

/** What one person and the places that they set up follow. */
export interface Overview {
  readonly places: readonly OverviewPlace[];
}

/** The bot, as a chat's edge talks to it. Nothing throws for what people can do wrong: that is an answer of kind `problem`. */
export interface ChatBot {
  readonly commands: readonly CommandSpec[];
  answer(invocation: Invocation): Promise<Answer>;
  press(press: Press): Promise<Answer>;
  /** What a half-typed option may become: at most 25, best first. */
  suggest(
    request: Pick<Invocation, 'command' | 'asker' | 'place'> & {
      readonly option: string;
      readonly typed: string;
    },
  ): Promise<readonly Suggestion[]>;
  overview(asker: Asker, place: Place): Promise<Overview>;
  /** The card of the series behind a link to an archive or a tracker; null where it is none or was shown there within half an hour. */
  unfurl(
    url: string,
    place: Place,
    /** Who posted it: the platform's id. */
    by: string,
  ): Promise<{ readonly view: View; readonly actions: readonly Action[] } | null>;
  /** Removes all that is kept of a person, a place or a tenant: the app was taken out, or somebody asked for it. */
  forget(what: {
    readonly platform: Address['platform'];
    readonly tenant: string;
    readonly address?: string;
  }): Promise<void>;
}
