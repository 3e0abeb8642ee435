import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { runInThread } from '../../../src/bot/cli/command-thread.js';

const file = new URL('./stand-in-command.mjs', import.meta.url);
const none = () => Readable.from([]);
const terminal = { columns: 80, isTty: false, color: false, pager: null };

describe('a command in a thread of its own', () => {
  it.each([0, 1, 2])('ends with exit status %i', async (status) => {
    expect(await runInThread({ argv: [String(status)], terminal }, none(), file)).toBe(status);
  });

  it('reads stdin to its end when it asks for it', async () => {
    const stdin = Readable.from(Array.from({ length: 200 }, () => Buffer.alloc(1000)));
    expect(await runInThread({ argv: ['stdin'], terminal }, stdin, file)).toBe(0);
  });

  it('leaves stdin alone otherwise', async () => {
    let wasRead = false;
    const stdin = new Readable({
      read() {
        wasRead = true;
        this.push(null);
      },
    });
    await runInThread({ argv: ['0'], terminal }, stdin, file);
    expect(wasRead).toBe(false);
  });

  it('rejects where the thread fails', async () => {
    await expect(runInThread({ argv: ['fail'], terminal }, none(), file)).rejects.toThrow('out of order');
  });

  it('is none where nothing was built', async () => {
    const missing = new URL('./no-such-thread.js', import.meta.url);
    expect(await runInThread({ argv: ['0'], terminal }, none(), missing)).toBeNull();
  });
});
