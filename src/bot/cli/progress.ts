import type { CliIo } from './io.js';

const EVERY_MS = 100;

export interface Progress {
  /** `done` of `total` in any unit; total null where it is unknown. */
  readonly show: (done: number, total: number | null, words: string) => void;
  readonly end: () => void;
}

/** A bar on stderr while something long goes on; nothing at all where stderr is no terminal. */
export function createProgress(io: CliIo, isTty: boolean): Progress {
  let shownAt = 0;
  let shown = false;
  return {
    show(done, total, words) {
      if (!isTty || io.nowMs() - shownAt < EVERY_MS) return;
      shownAt = io.nowMs();
      shown = true;
      io.stderr.write(`\r\u001b[K${bar(done, total, words, io.columns)}`);
    },
    end() {
      if (shown) io.stderr.write('\r\u001b[K');
      shown = false;
    },
  };
}

function bar(done: number, total: number | null, words: string, columns: number): string {
  if (total === null || total === 0) return words.slice(0, columns - 1);
  const share = Math.min(1, done / total);
  const cells = Math.max(5, Math.min(30, columns - words.length - 8));
  const full = Math.round(share * cells);
  const percent = `${Math.floor(share * 100)}%`.padStart(4);
  return `${'█'.repeat(full)}${'░'.repeat(cells - full)}${percent} ${words}`.slice(0, columns - 1);
}
