import { toWords, wrap } from '../../adapters/terminal/wrap.js';
import { UserError } from '../../digest/failure/failure.js';
import { oneLine } from '../../digest/text/inert.js';
import { cliSide, example } from '../cli/cli-side.js';
import { printJson, printText } from '../cli/print.js';
import type { Command } from './command.js';
import { type Check, runChecks } from './doctor-checks.js';

const MARKS: Readonly<Record<Check['verdict'], string>> = { fine: 'ok  ', note: 'note', wrong: 'BAD ' };

/** `covernote doctor`: checks configuration, database, sources and tokens, and says what to fix. */
export const doctor: Command = {
  name: 'doctor',
  does: 'Check configuration, database, sources and tokens, and say what to fix',
  chat: null,
  cli: cliSide({
    examples: [example('doctor', 'one line for each check')],
    async run(_, context) {
      const checks = await runChecks(context);
      if (context.json) await printJson(context, checks);
      else {
        // What is read by a program stays a line each.
        const columns = context.io.isTty ? context.io.columns : Number.POSITIVE_INFINITY;
        for (const check of checks) await printText(context, line(check, columns));
      }
      const wrong = checks.filter((check) => check.verdict === 'wrong').length;
      if (wrong > 0) throw new UserError('unwell', `${wrong} of ${checks.length} checks failed.`, '');
    },
  }),
};

/** Where the words of a check begin below its mark. */
const INDENT = ' '.repeat(7);

function line({ name, verdict, found, remedy }: Check, columns: number): string {
  const said = [`${name}: ${oneLine(found)}`, oneLine(remedy)].flatMap((text) => folded(text, columns));
  const [first = '', ...others] = said;
  return [`${MARKS[verdict]} ${first}`, ...others.map((text) => `${INDENT}${text}`)].join('\n').concat('\n');
}

function folded(text: string, columns: number): string[] {
  return wrap(toWords([{ text, style: '' }]), columns - INDENT.length).map((words) =>
    words.map((word) => word.map((piece) => piece.text).join('')).join(' '),
  );
}
