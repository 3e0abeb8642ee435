/** A column of bytes or documents, one after another, with the place of each. */
export interface JoinedBytes {
  readonly bytes: Buffer;
  /** Where the value of each row begins, from 1 on; null if there is none. */
  readonly at: readonly (number | null)[];
  readonly lengths: readonly (number | null)[];
}

export function joinBytes(values: readonly (Uint8Array | string | number | null | undefined)[]): JoinedBytes {
  const pieces: Uint8Array[] = [];
  const at: (number | null)[] = [];
  const lengths: (number | null)[] = [];
  let end = 0;
  for (const value of values) {
    if (value === null || value === undefined || typeof value === 'number') {
      at.push(null);
      lengths.push(null);
      continue;
    }
    const piece = typeof value === 'string' ? Buffer.from(value) : value;
    at.push(end + 1);
    lengths.push(piece.byteLength);
    pieces.push(piece);
    end += piece.byteLength;
  }
  return { bytes: Buffer.concat(pieces, end), at, lengths };
}
