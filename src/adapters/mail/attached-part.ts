/** A part that is not the body, transfer encoding undone. */
export interface AttachedPart {
  readonly name: string | null;
  readonly type: string;
  readonly charset: string | null;
  readonly bytes: Uint8Array;
}
