import type { Command } from 'commander';
import { openFiles } from '../../adapters/files/open-files.js';
import type { ParsedMessage } from '../../digest/contract/parsed-message.js';
import { mergeProblems } from '../../digest/message/merge-problems.js';
import { toParsedMessage } from '../../digest/message/to-parsed-message.js';
import { understand } from '../../digest/message/understand.js';
import { count } from '../../digest/text/count.js';
import { oneLine } from '../../digest/text/inert.js';
import { type CliContext, contextOf } from '../cli/context.js';
import { type CliIo, write, writeJson } from '../cli/io.js';
import { createProgress } from '../cli/progress.js';

const EXAMPLES = `
Examples:
  covernote parse mail.eml
  covernote parse --json lists/ | jq -c 'select(.kind == "cover") | [.version, .title]'
  zcat kvm.mbox.gz | covernote parse -`;

/** `covernote parse PATH…`: what is understood of each mail, in input order; touches no database. */
export function parseCommand(program: Command, io: CliIo): void {
  program
    .command('parse')
    .argument(
      '<path...>',
      'mbox, .eml, Maildir, a folder of these, gzipped or not, a Markdown dump, or - for stdin',
    )
    .description('read mail and print what was understood')
    .addHelpText('after', EXAMPLES)
    .action(async (paths: string[], _options: unknown, command: Command) => {
      const context = contextOf(command, io);
      for (const path of paths) await parsePath(path, context);
    });
}

async function parsePath(path: string, context: CliContext): Promise<void> {
  // The mail parser takes 20 MB that no other command needs in this thread.
  const { decodeMail } = await import('../../adapters/mail/decode-mail.js');
  const { io } = context;
  const progress = createProgress(io, io.isTty && path !== '-' && context.json);
  let read = 0;
  for await (const event of openFiles(path, io.stdin).read()) {
    if (io.stdout.destroyed) return;
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
        if (context.json) await writeJson(io, parsed);
        else await write(io.stdout, describe(event.where, parsed));
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
