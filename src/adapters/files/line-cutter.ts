const LF = 0x0a;

/** Longest line that is held together; a longer one is handed on in pieces. */
const MAX_LINE_BYTES = 1024 * 1024;

/** Cuts chunks into lines, their ends included; the last line may have none. */
export interface LineCutter {
  push(chunk: Buffer): Buffer[];
  end(): Buffer[];
}

export function lineCutter(): LineCutter {
  let carry: Buffer = Buffer.alloc(0);
  return {
    push(chunk) {
      const bytes = carry.length === 0 ? chunk : Buffer.concat([carry, chunk]);
      const lines: Buffer[] = [];
      let start = 0;
      // Pieces are cut at the same places whatever the length of chunks.
      for (;;) {
        const at = bytes.subarray(start, start + MAX_LINE_BYTES).indexOf(LF);
        if (at < 0 && bytes.length - start < MAX_LINE_BYTES) break;
        const end = at < 0 ? start + MAX_LINE_BYTES : start + at + 1;
        lines.push(bytes.subarray(start, end));
        start = end;
      }
      carry = Buffer.from(bytes.subarray(start));
      return lines;
    },
    end() {
      const lines = carry.length === 0 ? [] : [carry];
      carry = Buffer.alloc(0);
      return lines;
    },
  };
}
