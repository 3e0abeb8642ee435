import { cliSide, example } from '../cli/cli-side.js';
import { warnOfRules } from '../cli/print.js';
import { createLog } from '../operation/log.js';
import { serveAssistant } from '../public/serve-assistant.js';
import type { Command } from './command.js';

/** `covernote mcp`: what anyone may ask, for assistants that speak the Model Context Protocol. */
export const mcp: Command = {
  name: 'mcp',
  does: 'Answer an assistant over standard input and output (Model Context Protocol)',
  chat: null,
  cli: cliSide({
    notes: `The assistant starts it: its settings name the program (covernote) and its arguments (mcp --db PATH).
It reads the database and changes nothing. Standard output carries only the protocol, standard error the log.`,
    examples: [
      example('mcp --db /var/lib/covernote/covernote.db', 'what an assistant is set up to start', 'server'),
    ],
    async run(_, context) {
      const { config, io } = context;
      await context.withLibrary(async (library) => {
        await warnOfRules(library, io);
        await serveAssistant({
          library,
          stdin: io.stdin,
          stdout: io.stdout,
          log: createLog({ level: config.logLevel, secrets: [] }),
          now: io.nowMs,
        });
      });
    },
  }),
};
