import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

export interface ChatOptions {
  readonly input: Readable;
  readonly output: Writable;
  readonly prompt: string;
  /** The answer to a typed line; null ends the chat. */
  readonly answer: (line: string) => Promise<string | null>;
  readonly complete: (line: string) => Promise<readonly string[]>;
  /** Typed by a person who sees the prompt; else the lines are read from a pipe, and each is printed before its answer. */
  readonly interactive: boolean;
}

/** A chat in the terminal: one line typed, one answer printed, until /quit or the end of input. */
export async function startChat(options: ChatOptions): Promise<void> {
  const { output, prompt, interactive } = options;
  const lines = createInterface({
    input: options.input,
    ...(interactive ? { output, prompt, completer: completer(options) } : {}),
  });
  if (interactive) {
    clearOnInterrupt(lines, output);
    lines.prompt();
  }
  for await (const line of lines) {
    if (!interactive && line.trim() !== '') output.write(`${prompt}${line}\n`);
    const answer = line.trim() === '' ? '' : await options.answer(line);
    if (answer === null) break;
    if (answer !== '') output.write(answer.endsWith('\n') ? answer : `${answer}\n`);
    if (interactive) lines.prompt();
  }
  lines.close();
  // Ctrl-D and Ctrl-C leave the cursor behind the prompt.
  if (interactive) output.write('\n');
}

/** Ctrl-C drops the half-typed line, as a shell does; on an empty one it ends the chat. */
function clearOnInterrupt(lines: Interface, output: Writable): void {
  lines.on('SIGINT', () => {
    if (lines.line === '') {
      lines.close();
      return;
    }
    output.write('^C\n');
    lines.write(null, { ctrl: true, name: 'e' });
    lines.write(null, { ctrl: true, name: 'u' });
    lines.prompt();
  });
}

function completer({ complete }: ChatOptions) {
  return (line: string, done: (error: null, found: [string[], string]) => void) => {
    // Completion that fails is none: the line can still be typed.
    complete(line).then(
      (found) => done(null, [[...found], line]),
      () => done(null, [[], line]),
    );
  };
}
