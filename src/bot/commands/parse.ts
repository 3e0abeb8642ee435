import { openFiles } from '../../adapters/files/open-files.js';
import type { ParsedMessage } from '../../digest/contract/parsed-message.js';
import { toParsedMessage } from '../../digest/contract/to-parsed-message.js';
import { mergeProblems } from '../../digest/mail/merge-problems.js';
import { understand } from '../../digest/message/understand.js';
import { count } from '../../digest/text/count.js';
import { oneLine } from '../../digest/text/inert.js';
import { argument, cliSide, example } from '../cli/cli-side.js';
import type { CliContext } from '../cli/context.js';
import { createProgress, printJson, printText } from '../cli/print.js';
import type { Command } from './command.js';

/** `covernote parse PATH…`: what is understood of each mail, in input order; touches no database. */
export const parse: Command = {
  name: 'parse',
  does: 'Read mail and print what was understood',
  chat: null,
  cli: cliSide({
    arguments: [
      argument(
        'path',
        'mbox, .eml, Maildir, a folder of these, gzipped or not, a Markdown dump, or - for stdin',
        {
          required: true,
          many: true,
          completes: 'files',
        },
      ),
    ],
    pages: true,
    examples: [
      example('parse examples/mail/kvm.mbox --json', 'what covernote understands of each mail'),
      example('parse examples/mail', 'a folder, in short'),
      example('parse - < examples/mail/broken.eml', 'standard input'),
    ],
    async run({ args }, context) {
      for (const path of args) await parsePath(path, context);
    },
  }),
};

async function parsePath(path: string, context: CliContext): Promise<void> {
  // The mail parser takes 20 MB that no other command needs in this thread.
  const { decodeMail } = await import('../../adapters/mail/decode-mail.js');
  const { io } = context;
  const progress = createProgress(io, io.isTty && path !== '-' && context.json);
  let read = 0;
  for await (const event of openFiles(path, io.stdin).read()) {
    if (context.out.destroyed) return;
    switch (event.kind) {
      case 'skipped':
        io.stderr.write(`${event.where}: ${event.problem.code}: ${oneLine(event.problem.detail)}\n`);
        break;
      case 'progress':
        progress.show(event.done, event.total, `${count(read, 'mail')} of ${path}`);
        break;
      case 'mail': {
        read++;
        const message = toParsedMessage(understand(await decodeMail(event.raw)));
        const parsed = { ...message, problems: mergeProblems(event.problems, message.problems) };
        if (context.json) await printJson(context, parsed);
        else await printText(context, describe(event.where, parsed));
        break;
      }
      case 'cursor':
      case 'removed':
      case 'evidence':
        break;
      default:
        event satisfies never;
    }
  }
  progress.end();
}

/** One mail in a few lines, for people. */
function describe(where: string, mail: ParsedMessage): string {
  const place = mail.index === null ? '' : ` ${mail.index}/${mail.total}`;
  const version = mail.versionInferred ? '' : ` v${mail.version}`;
  const lines = [
    `${where}: ${mail.kind}${version}${place}: ${mail.title || '(no title)'}`,
    `  ${mail.author.name} <${mail.author.email}>, ${mail.date ?? 'no date'}, ${mail.lists.join(' ') || 'no list'}`,
    mail.summary === null ? '' : `  ${mail.summary}`,
    mail.changelog.length === 0
      ? ''
      : `  changes: ${mail.changelog.map((entry) => `v${entry.version ?? '?'}`).join(', ')}`,
    mail.diffstat === null
      ? ''
      : `  ${count(mail.diffstat.files, 'file')}, +${mail.diffstat.insertions} -${mail.diffstat.deletions}`,
    ...mail.problems.map((problem) => `  problem ${problem.code}: ${problem.detail}`),
  ];
  return `${lines
    .filter((line) => line !== '')
    .map((line) => (line.startsWith('  ') ? `  ${oneLine(line)}` : oneLine(line)))
    .join('\n')}\n`;
}
