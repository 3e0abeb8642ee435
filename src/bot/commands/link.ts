import type { Command } from 'commander';
import { renderView } from '../../adapters/terminal/render-view.js';
import { correctionAnswerSchema } from '../../digest/contract/correction-answer.js';
import { oneLine } from '../../digest/text/inert.js';
import { toIso } from '../../digest/time/iso.js';
import { correctionView } from '../../digest/view/correction-view.js';
import { contextOf } from '../cli/context.js';
import { type CliIo, write, writeJson } from '../cli/io.js';
import { withLibrary } from '../library.js';
import { link, unlink } from './series/correct.js';

const SIDES = `
A and B are each a Message-ID, a lore link, a series' id, or words that match one series; a version behind
the words names one posting of it.`;

/** `covernote link A B`: two postings are one piece of work, whatever the rules say. */
export function linkCommand(program: Command, io: CliIo): void {
  const examples = `${SIDES}

Examples:
  covernote link 20191209225344.1-1-a@example.org 20191212081917.1-1-a@example.org
  covernote link "track pinned pages" 7d4f407b59d3`;
  addCorrection(program, io, 'link', 'join two postings into one series, for good', examples, link);
}

/** `covernote unlink A B`: two postings are no piece of one work; takes a link back. */
export function unlinkCommand(program: Command, io: CliIo): void {
  const examples = `${SIDES}

Examples:
  covernote unlink "foll_pin v1" "foll_pin v2"
  covernote unlink 20191209225344.1-1-a@example.org 20191212081917.1-1-a@example.org`;
  addCorrection(
    program,
    io,
    'unlink',
    'part two postings of one series, for good; takes back a link',
    examples,
    unlink,
  );
}

function addCorrection(
  program: Command,
  io: CliIo,
  name: string,
  description: string,
  examples: string,
  correct: typeof link,
): void {
  program
    .command(name)
    .argument('<a>', 'one posting or series')
    .argument('<b>', 'the other')
    .description(description)
    .addHelpText('after', examples)
    .action(async (a: string, b: string, _options: unknown, command: Command) => {
      const context = contextOf(command, io);
      const saying = { by: userName(io), now: toIso(io.nowMs()) };
      const answer = await withLibrary(context.config, (library) => correct(library, a, b, saying));
      if (context.json) return writeJson(io, correctionAnswerSchema.parse(answer));
      const { columns, color } = io;
      const view = correctionView(answer);
      await write(
        io.stdout,
        renderView(view, { columns, color, zone: context.config.timeZone, nowMs: io.nowMs() }),
      );
    });
}

/** Who works at this terminal, for the list of corrections. */
function userName({ env }: CliIo): string {
  return oneLine(env.USER || env.LOGNAME || env.USERNAME || 'somebody').slice(0, 100);
}
