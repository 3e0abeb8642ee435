import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { startChat } from '../../../src/adapters/terminal/chat.js';

/** A chat that repeats what is typed; `keys` are pressed one after the other. */
async function chat(keys: readonly string[], interactive: boolean) {
  const input = new PassThrough();
  const output = Object.assign(new PassThrough(), { isTTY: interactive, columns: 80 });
  const received: string[] = [];
  const done = startChat({
    input: Object.assign(input, { isTTY: interactive, setRawMode: () => input }),
    output,
    prompt: '> ',
    interactive,
    answer: async (line) => {
      received.push(line);
      return line === '/quit' ? null : `you said ${line}`;
    },
    complete: async () => [],
  });
  for (const key of keys) {
    input.write(key);
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (!interactive) input.end();
  await done;
  return { received, text: String(output.read() ?? '') };
}

describe('the chat in the terminal', () => {
  it('drops a half-typed line on Ctrl-C, and ends on an empty one', async () => {
    const { received } = await chat(['half a li', '\u0003', 'whole\r', '\u0003'], true);
    expect(received).toEqual(['whole']);
  });

  it('answers the lines of a pipe, each behind its own words, and ends with it', async () => {
    const { received, text } = await chat(['/series foll_pin\n\n/follow kvm'], false);
    expect(received).toEqual(['/series foll_pin', '/follow kvm']);
    expect(text).toBe('> /series foll_pin\nyou said /series foll_pin\n> /follow kvm\nyou said /follow kvm\n');
  });

  it('ends with /quit', async () => {
    expect((await chat(['/quit\n/series x\n'], false)).received).toEqual(['/quit']);
  });
});
