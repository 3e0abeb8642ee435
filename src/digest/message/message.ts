import type { StateClaim } from '../claims/claim.js';
import type { Report } from '../claims/report.js';
import type { Letter } from '../letter/letter.js';
import type { Bot } from '../mail/bots.js';
import type { Address, Problem } from '../mail/mail.js';
import type { Subject } from '../mail/subject/subject.js';
import type { Diff } from '../patch/diff.js';
import type { Trailer } from '../trailer/trailer.js';

/** The patches that one mail posts as files. */
export interface PostedFiles {
  /** Their names are those of `git format-patch -vN`. */
  readonly formatted: boolean;
  readonly patches: readonly {
    readonly title: string;
    /** A name, else an address. */
    readonly author: string;
    readonly patchId: string | null;
    /** Reviews, tests and acks that the commit bears; absent without any. */
    readonly trailers?: readonly Trailer[];
  }[];
}

export type MessageKind = 'cover' | 'patch' | 'reply' | 'pull' | 'other';

/** One mail, understood on its own: all that can be known without looking at any other mail. Made by `understand`. */
export interface Message {
  /** The key inside: the Message-ID, or `sha256:` and the content hash if there is none. */
  readonly id: string;
  readonly messageId: string | null;
  readonly kind: MessageKind;
  /** The mail's own; in patches and covers with the title of an in-body `Subject:`. */
  readonly subject: Subject;
  /** A patch in a mail marked as a reply: a new version if its sender wrote what it answers, else a proposal in a discussion. */
  readonly inAnswer: boolean;
  /** Of a patch that is attached; null if it is in the text, or has neither a header nor a name that says what it is. */
  readonly files: PostedFiles | null;
  /** The person who wrote it: in-body From, else From with a list's rewriting undone. */
  readonly author: Address;
  /** The address that sent it, lower case: From with a list's rewriting undone. */
  readonly senderEmail: string;
  /** The sender's name, where the text names another author; absent where it does not. */
  readonly sender?: string;
  /** The commit that a patch says it is a copy of; absent if it does not. */
  readonly upstream?: string;
  readonly date: string | null;
  readonly received: string | null;
  readonly lists: readonly string[];
  /** Addresses in To and Cc, lower case, once each. */
  readonly recipients: readonly string[];
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  /** The letter of a cover, a pull request or a patch; null for replies and others. */
  readonly letter: Letter | null;
  readonly diff: Diff | null;
  readonly trailers: readonly Trailer[];
  readonly claims: readonly StateClaim[];
  /** What a program reports about a patch; null for people's mail, and if it reports on none. */
  readonly report: Report | null;
  /** The host that received it found the sender forged (DKIM, DMARC): what it says about a posting is not believed. */
  readonly unauthenticated: boolean;
  /** The program that wrote it (patchwork-bot, syzbot, kernel test robot …); null for a person. */
  readonly bot: Bot | null;
  readonly problems: readonly Problem[];
}
