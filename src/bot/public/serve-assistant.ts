import { randomBytes } from 'node:crypto';
import type { Readable, Writable } from 'node:stream';
import type { Log } from '../../digest/ports/log.js';
import { withoutTail } from '../../digest/text/without-tail.js';
import { VERSION } from '../cli/version.js';
import type { Library } from '../library.js';
import { minutely } from '../operation/minutely.js';
import { untilEnd } from '../until-end.js';
import { createPublicLibrary } from './create-public-library.js';

export interface ServeAssistantSetting {
  readonly library: Library;
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Answers an assistant over standard input and output until it disconnects or the process gets a signal to end. */
export async function serveAssistant({
  library,
  stdin,
  stdout,
  log,
  now,
}: ServeAssistantSetting): Promise<void> {
  const { serveStdio } = await import('../../adapters/mcp/serve-stdio.js');
  const { http, timeZone } = library.config;
  const stopping = new AbortController();
  const served = serveStdio(
    {
      library: createPublicLibrary({ library, nowMs: now }),
      publicUrl: http.publicUrl === null ? null : withoutTail(http.publicUrl, '/'),
      zone: timeZone,
      now,
      version: VERSION,
      newMark: () => randomBytes(6).toString('hex'),
      onBug: (error, { reference, operation: asked }) =>
        log.error({ error, reference, asked }, 'assistant.failed'),
    },
    { stdin, stdout, signal: stopping.signal },
  );
  // Mail is added beside it, and may come from lists that are new.
  const lists = minutely('lists', library.readLists, log);
  try {
    await untilEnd(served);
  } finally {
    await lists.stop();
    stopping.abort();
    await served;
  }
}
