import { z } from 'zod';
import { UserError } from '../../digest/failure/failure.js';
import { oneLine, shorten } from '../../digest/text/inert.js';
import { cliSide, example } from '../cli/cli-side.js';
import { printJson, printText } from '../cli/print.js';
import type { Command } from './command.js';

const TIMEOUT_MS = 8_000;
const MAX_SHOWN = 500;

const healthSchema = z.looseObject({ ok: z.boolean(), problems: z.array(z.string()) });

/** Addresses that mean all of a machine's, and how the machine itself is reached there. */
const WILDCARDS: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

/** `covernote health`: asks the bot that runs with these settings how it is. */
export const health: Command = {
  name: 'health',
  does: 'Ask the running bot, over HTTP_PORT, whether all is well (for health checks)',
  chat: null,
  cli: cliSide({
    examples: [example('health', 'of the bot that runs with these settings', 'network')],
    async run(_, context) {
      const { host, port } = context.config.http;
      if (port === null)
        throw new UserError(
          'health-no-port',
          'covernote is not listening: HTTP_PORT is empty.',
          'Set HTTP_PORT, for example to 8080, and restart covernote.',
        );
      const found = await fetchHealth(healthUrl(host, port));
      if (context.json) await printJson(context, found);
      else if (found.ok) await printText(context, 'All is well.\n');
      if (!found.ok)
        throw new UserError('unhealthy', `Not all is well:\n  ${found.problems.map(shown).join('\n  ')}`, '');
    },
  }),
};

/** Where a bot that listens on a host and a port answers, for a program on the same machine. */
export function healthUrl(host: string, port: number): string {
  const reached = WILDCARDS[host] ?? host;
  return `http://${reached.includes(':') ? `[${reached}]` : reached}:${port}/healthz`;
}

async function fetchHealth(url: string): Promise<z.infer<typeof healthSchema>> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' });
    return healthSchema.parse(await response.json());
  } catch (cause) {
    throw new UserError(
      'health-no-answer',
      `No covernote answers at ${url}.`,
      'Check that it is running with the same HTTP_HOST and HTTP_PORT.',
      { cause },
    );
  }
}

const shown = (problem: string): string => shorten(oneLine(problem), MAX_SHOWN);
