import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

export interface ChatOptions {
  readonly input: Readable;
  readonly output: Writable;
  readonly prompt: string;
  /** The answer to a typed line; null ends the chat. */
  readonly answer: (line: string) => Promise<string | null>;
  /** What a half-typed line may become. */
  readonly complete: (line: string) => Promise<readonly string[]>;
}

/** A chat in the terminal: one line typed, one answer printed, until /quit or the end of input. */
export async function startChat(options: ChatOptions): Promise<void> {
  const lines = createInterface({
    input: options.input,
    output: options.output,
    prompt: options.prompt,
    completer: (line: string, done: (error: null, found: [string[], string]) => void) => {
      // Completion that fails is none: the line can still be typed.
      options.complete(line).then(
        (found) => done(null, [[...found], line]),
        () => done(null, [[], line]),
      );
    },
  });
  lines.prompt();
  for await (const line of lines) {
    const answer = line.trim() === '' ? '' : await options.answer(line);
    if (answer === null) break;
    if (answer !== '') options.output.write(answer.endsWith('\n') ? answer : `${answer}\n`);
    lines.prompt();
  }
  lines.close();
  // Ctrl-D and Ctrl-C leave the cursor behind the prompt.
  options.output.write('\n');
}
