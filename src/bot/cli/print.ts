import { renderView, type TerminalOptions } from '../../adapters/terminal/render-view.js';
import type { View } from '../../digest/view/view.js';
import type { CliContext } from './context.js';
import { write } from './io.js';

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
