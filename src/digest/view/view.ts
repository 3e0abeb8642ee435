import type { ItemMenu } from './item-menu.js';

/** A platform-neutral message: what a chat or the terminal renders within its own limits. */

export type Span =
  | {
      readonly text: string;
      readonly url?: string;
      readonly style?: 'bold' | 'code' | 'dim' | 'good' | 'bad' | 'warn';
    }
  /** A moment; each reader sees it on their own clock where the platform can. */
  | { readonly at: string; readonly form: 'date' | 'time' | 'relative' };

export type Block =
  /** Level 1 is the message's own headline, 2 a subsystem, 3 a section. */
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly spans: readonly Span[] }
  | { readonly kind: 'paragraph'; readonly spans: readonly Span[] }
  /** One series in a digest: a title line, lines that explain it, and a quiet line of what else there is to know. */
  | {
      readonly kind: 'item';
      readonly title: readonly Span[];
      readonly lines: readonly (readonly Span[])[];
      readonly meta?: readonly Span[];
      /** Chats alone show it. */
      readonly menu?: ItemMenu;
    }
  | { readonly kind: 'facts'; readonly rows: readonly { label: string; spans: readonly Span[] }[] }
  | { readonly kind: 'list'; readonly items: readonly (readonly Span[])[]; readonly ordered?: true }
  /** Lines as they are written, in a font of fixed width: what changed in a patch. */
  | { readonly kind: 'code'; readonly lines: readonly string[] }
  /** What was left out, how fresh the index is: quiet. */
  | { readonly kind: 'note'; readonly spans: readonly Span[] };

export interface View {
  /** One sentence that represents the whole if nothing else can be shown. */
  readonly fallback: string;
  readonly blocks: readonly Block[];
  /** Below the text, if a chat shows pictures: the address of a PNG, and its alternative text. */
  readonly picture?: { readonly url: string; readonly alt: string };
  /** How good the news is as a whole: a chat may color the message by it. */
  readonly tone?: 'good' | 'bad' | 'warn' | 'dim';
}
