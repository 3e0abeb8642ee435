/** `Reviewed-by: Name <address>`, `Fixes: …`, `Link: …`: one line of a letter or a reply. */
export interface Trailer {
  /** As git would capitalise it: `Reviewed-by`. */
  readonly kind: string;
  /** '' where the value holds no person. */
  readonly name: string;
  readonly email: string;
  /** All after the colon, rejoined. */
  readonly value: string;
}
