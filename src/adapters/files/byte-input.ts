/** Chunks of bytes, read in pieces of any length. */
export interface ByteInput {
  /** Bytes taken so far, those put back not counted. */
  readonly taken: number;
  /** The next bytes, at least one and at most `most`; null at the end. */
  piece(most: number): Promise<Buffer | null>;
  /** Gives back the end of the piece that was taken last. */
  putBack(bytes: Buffer): void;
  /** Lets go of the chunks, whether all of them were read or not. */
  close(): Promise<void>;
}

export function byteInput(chunks: AsyncIterable<Buffer>): ByteInput {
  const iterator = chunks[Symbol.asyncIterator]();
  let chunk: Buffer = Buffer.alloc(0);
  let at = 0;
  let taken = 0;
  return {
    get taken() {
      return taken;
    },
    async piece(most) {
      while (at === chunk.length) {
        const next = await iterator.next();
        if (next.done === true) return null;
        chunk = next.value;
        at = 0;
      }
      const piece = chunk.subarray(at, at + most);
      at += piece.length;
      taken += piece.length;
      return piece;
    },
    putBack(bytes) {
      at -= bytes.length;
      taken -= bytes.length;
    },
    async close() {
      await iterator.return?.();
    },
  };
}
