/** What a person can press or choose beneath a message. Ids say everything that is needed, so that they work after a restart. */
export type Action =
  | {
      readonly kind: 'button';
      /** At most 90 characters of printable ASCII. */
      readonly id: string;
      readonly label: string;
      readonly tone: 'plain' | 'primary' | 'danger';
      /** The view that is open: shown as chosen, and not to be pressed. */
      readonly current?: true;
    }
  | { readonly kind: 'link'; readonly label: string; readonly url: string }
  | {
      readonly kind: 'select';
      readonly id: string;
      readonly placeholder: string;
      /** At most 25; values at most 75 characters. */
      readonly options: readonly {
        readonly value: string;
        readonly label: string;
        readonly describes: string;
      }[];
    };
