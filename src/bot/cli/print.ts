import { renderView, type TerminalOptions } from '../../adapters/terminal/render-view.js';
import type { View } from '../../digest/view/view.js';
import { otherMaintainers } from '../ingest/maintainers-mark.js';
import { otherRules, REINDEX_REMEDY } from '../ingest/rules-mark.js';
import type { Library } from '../library.js';
import type { CliContext } from './context.js';
import { type CliIo, write } from './io.js';

/** One JSON object on one line. */
export function printJson({ out }: CliContext, value: unknown): Promise<void> {
  return write(out, `${JSON.stringify(value)}\n`);
}

export function printText({ out }: CliContext, text: string): Promise<void> {
  return write(out, text);
}

/** A view as the terminal shows it. `zone`: TZ_DEFAULT where no other is given. */
export function printView(context: CliContext, view: View, zone = context.config.timeZone): Promise<void> {
  return write(context.out, renderView(view, terminalOptions(context, zone)));
}

export function terminalOptions({ io }: CliContext, zone: string): TerminalOptions {
  const { columns, color } = io;
  return { columns, color, zone, nowMs: io.nowMs() };
}

const EVERY_MS = 100;

interface Progress {
  /** `done` of `total` in any unit; total null if it is unknown. */
  readonly show: (done: number, total: number | null, words: string) => void;
  readonly end: () => void;
}

/** A bar on stderr during long work; nothing if stderr is not a terminal. */
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

/** Says on stderr that other rules made the database: stdout may hold JSON alone. */
export async function warnOfRules(
  { store, catalog }: Pick<Library, 'store' | 'catalog'>,
  io: CliIo,
): Promise<void> {
  const rules = (await otherRules(store)) ?? (await otherMaintainers(store, catalog));
  if (rules !== null) await write(io.stderr, `${store.name}: ${rules}. ${REINDEX_REMEDY}\n`);
}
