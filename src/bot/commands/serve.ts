import { UserError } from '../../digest/failure/failure.js';
import { cliSide, example, value } from '../cli/cli-side.js';
import { printJson, printText, warnOfRules } from '../cli/print.js';
import { createLog } from '../operation/log.js';
import { servePages } from '../public/serve-pages.js';
import type { Command } from './command.js';

const DEFAULT_PORT = 8080;

/** `covernote serve`: pages, feeds and the API over a database, without chats. */
export const serve: Command = {
  name: 'serve',
  does: 'Serve pages, feeds and the JSON API over a database, without chats',
  chat: null,
  cli: cliSide({
    options: {
      port: value('<n>', `where to listen, 0 for any port (default: HTTP_PORT, then ${DEFAULT_PORT})`),
    },
    notes: `It reads the database and changes nothing; mail is added by \`covernote ingest\` or by a bot that runs beside it.
With --json it prints {"url": …} once it listens.`,
    examples: [example('serve --port 8080', 'at http://127.0.0.1:8080/', 'server')],
    async run({ options: { port } }, context) {
      const { config, io } = context;
      await context.withLibrary(async (library) => {
        await warnOfRules(library, io);
        await servePages({
          library,
          port: port === null ? (config.http.port ?? DEFAULT_PORT) : portOf(port),
          log: createLog({ level: config.logLevel, secrets: [] }),
          now: io.nowMs,
          onListening: (url) =>
            context.json
              ? printJson(context, { url })
              : printText(context, `Pages are at ${url}/. Ctrl-C stops the server.\n`),
        });
      });
    },
  }),
};

function portOf(typed: string): number {
  const port = Number(typed);
  if (/^\d{1,5}$/.test(typed) && port <= 65_535) return port;
  throw new UserError('usage', `--port can't be “${typed.slice(0, 20)}”.`, 'Write a number from 0 to 65535.');
}
