import type { Readable, Writable } from 'node:stream';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { type AssistantSetting, createAssistant } from './create-assistant.js';

/** Answers one client over a pair of streams until it closes its end or the signal ends. Nothing but the protocol is written. */
export async function serveStdio(
  setting: AssistantSetting,
  {
    stdin,
    stdout,
    signal,
  }: { readonly stdin: Readable; readonly stdout: Writable; readonly signal: AbortSignal },
): Promise<void> {
  const server = createAssistant(setting);
  const over = new Promise<void>((resolve) => {
    for (const event of ['end', 'close'] as const) stdin.once(event, resolve);
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await server.connect(new StdioServerTransport(stdin, stdout));
  await over;
  await server.close();
}
