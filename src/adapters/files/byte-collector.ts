import { MAX_MAIL_BYTES } from '../../digest/mail/mail-size.js';

/** Bytes of one mail as they come in; keeps no more than a mail may have. */
export interface ByteCollector {
  /** Copies the bytes: the chunk they lie in is let go. */
  add(bytes: Uint8Array): void;
  /** What was added since the last take, and how many bytes there were in all. */
  take(): { bytes: Buffer; total: number };
  readonly total: number;
  /** The first bytes of what was added, up to a number. */
  head(most: number): Buffer;
}

export function byteCollector(): ByteCollector {
  let pieces: Buffer[] = [];
  let kept = 0;
  let total = 0;
  return {
    get total() {
      return total;
    },
    head(most) {
      let count = 0;
      const first = pieces.findIndex((piece) => {
        count += piece.length;
        return count >= most;
      });
      return Buffer.concat(first < 0 ? pieces : pieces.slice(0, first + 1)).subarray(0, most);
    },
    add(bytes) {
      total += bytes.length;
      const room = MAX_MAIL_BYTES - kept;
      if (room <= 0 || bytes.length === 0) return;
      const piece = Buffer.from(bytes.length > room ? bytes.subarray(0, room) : bytes);
      pieces.push(piece);
      kept += piece.length;
    },
    take() {
      const [only] = pieces;
      const bytes = pieces.length === 1 && only !== undefined ? only : Buffer.concat(pieces);
      const taken = { bytes, total };
      pieces = [];
      kept = 0;
      total = 0;
      return taken;
    },
  };
}
