import type { Action } from '../view/action.js';
import type { View } from '../view/view.js';
import type { Address } from './chat-platform.js';
import type { CommandSpec, FormSpec, OptionValue } from './command.js';

export type { Action } from '../view/action.js';

/** The user, as the platform knows them. */
export interface Requester {
  /** The platform's id. */
  readonly id: string;
  readonly tenant: string;
  /** Their name as others see it in the channel; plain text, hostile. */
  readonly name: string;
  /** Their IANA zone; null if the platform does not say. */
  readonly zone: string | null;
  /** `manager` may change what a channel gets wherever that requires a permission; `guest` never may. */
  readonly rights: 'manager' | 'member' | 'guest';
  /** What the rights apply to: the place where they act, or every channel of their tenant. */
  readonly rightsHold: 'here' | 'in tenant';
  /** They administer the whole tenant: they may see and change every place of it. Absent: they do not. */
  readonly isAdmin?: boolean;
}

/** Where a person acts. */
export interface Place extends Address {
  /** `#kvm`, or '' if the platform does not say. */
  readonly name: string;
  /** If a thread has its own address: that of its channel. */
  readonly parent?: string;
}

/** Another channel than the one where a request is made, as the request names it: by the chat's id, else only by its name. */
export interface ChannelName {
  readonly id: string | null;
  /** Without its `#`; '' if only the id is known. */
  readonly name: string;
}

/** Such a channel, with the user's rights there. */
export type FoundChannel =
  | {
      readonly kind: 'found';
      readonly place: Place;
      /** With the rights that they hold in that channel. */
      readonly requester: Requester;
      /** Why the bot cannot post there; null if no reason is known. */
      readonly cannotPost: { readonly message: string; readonly remedy: string } | null;
    }
  /** There is none, or none that this person may know about: both answers are the same. */
  | { readonly kind: 'problem'; readonly message: string; readonly remedy: string };

/** Finds a channel of the user's server or workspace. Never throws, whatever the platform does. */
export type FindChannel = (channel: ChannelName) => Promise<FoundChannel>;

/** What is requested. */
export type Request =
  /** A line as the chat passes it on: `follow kvm`, `/covernote follow kvm`, words of a title. */
  | { readonly kind: 'typed'; readonly line: string }
  /** A form of a command with the options that were filled in, by name. */
  | {
      readonly kind: 'options';
      readonly command: string;
      readonly form: string;
      readonly options: Readonly<Record<string, OptionValue>>;
    };

/** A request, with its user and place. */
export interface Invocation {
  readonly request: Request;
  readonly requester: Requester;
  readonly place: Place;
  /** Absent if the chat has no channels. */
  readonly findChannel?: FindChannel;
}

/** A press of a button, or a choice from a list. */
export interface Press {
  readonly id: string;
  /** What was chosen, for a select. */
  readonly value: string | null;
  readonly requester: Requester;
  readonly place: Place;
  /** As of an Invocation. */
  readonly findChannel?: FindChannel;
}

export interface Answer {
  /** `problem`: it did not do what was requested; a form stays open and shows the view's fallback. */
  readonly kind: 'done' | 'problem';
  /** For a problem with one option of a form: its name, so that the form can mark that field. */
  readonly option?: string;
  readonly view: View;
  readonly actions: readonly Action[];
  /** `private`: only the user sees it. `public`: it is in the channel. */
  readonly visibility: 'private' | 'public';
  /** Replaces the message whose button was pressed. */
  readonly replaces: boolean;
  /** For everyone in the place: a change of what it gets, with who made it and Undo. */
  readonly announce: {
    readonly view: View;
    readonly actions: readonly Action[];
    /** Where to: a channel that was changed from elsewhere, such as a person's overview. Absent: the place of the request. */
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
  /** In words: `daily at 09:00`; null if no digest is sent. */
  readonly schedule: string | null;
  readonly paused: boolean;
  /** Who set it up, as others see them. */
  readonly setBy: string;
  /** ISO UTC. */
  readonly nextRun: string | null;
  /** In words: `yesterday: 12 series`; null if nothing was sent yet. */
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

/** What one person follows, and what the places follow that they set up. */
export interface Overview {
  readonly places: readonly OverviewPlace[];
}

/** The bot, as a chat's edge talks to it. A user's mistake never throws: it is an answer of kind `problem`. */
export interface ChatBot {
  readonly commands: readonly CommandSpec[];
  /** The form that a typed line names without the words that it needs; null for any other line. */
  emptyForm(line: string): { readonly command: CommandSpec; readonly form: FormSpec } | null;
  /** The current values of a form's options in a place, by name, so that the form begins with them; empty if nothing is set. */
  formValues(
    form: { readonly command: string; readonly form: string },
    at: Pick<Invocation, 'requester' | 'place'>,
  ): Promise<Readonly<Record<string, string>>>;
  answer(invocation: Invocation): Promise<Answer>;
  press(press: Press): Promise<Answer>;
  /** What a half-typed option may become: at most 25, best first. */
  suggest(
    request: Pick<Invocation, 'requester' | 'place'> & {
      readonly command: string;
      readonly option: string;
      readonly typed: string;
    },
  ): Promise<readonly Suggestion[]>;
  overview(requester: Requester, place: Place): Promise<Overview>;
  /** The card of the series behind a link to an archive or a tracker; null if it is none or was shown there within half an hour. */
  unfurl(
    url: string,
    place: Place,
    /** Who posted it: the platform's id. */
    by: string,
  ): Promise<{ readonly view: View; readonly actions: readonly Action[] } | null>;
  /** Removes everything that is stored about a person, a place or a tenant: the app was removed, or a user requested it. */
  forget(what: {
    readonly platform: Address['platform'];
    readonly tenant: string;
    readonly address?: string;
  }): Promise<void>;
}

/** A person as limits know them: the same in each channel of a server or workspace. `id`: the platform's. */
export function personKey({ platform, tenant }: Pick<Address, 'platform' | 'tenant'>, id: string): string {
  return JSON.stringify([platform, tenant, id]);
}
