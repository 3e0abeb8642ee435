import type { Command } from 'commander';
import { z } from 'zod';
import { compareAnswerSchema } from '../../digest/contract/compare-answer.js';
import { correctionAnswerSchema, correctionsAnswerSchema } from '../../digest/contract/correction-answer.js';
import { digestSchema } from '../../digest/contract/digest-answer.js';
import { parsedMessageSchema } from '../../digest/contract/parsed-message.js';
import { seriesAnswerSchema } from '../../digest/contract/series-answer.js';
import { sourcesAnswerSchema } from '../../digest/contract/sources-answer.js';
import { whyAnswerSchema } from '../../digest/contract/why-answer.js';
import { UserError } from '../../digest/failure.js';
import { type CliIo, write } from '../cli/io.js';

const schemas: Readonly<Record<string, z.ZodType>> = {
  parse: parsedMessageSchema,
  series: seriesAnswerSchema,
  digest: digestSchema,
  diff: compareAnswerSchema,
  why: whyAnswerSchema,
  link: correctionAnswerSchema,
  unlink: correctionAnswerSchema,
  corrections: correctionsAnswerSchema,
  sources: sourcesAnswerSchema,
};

/** `covernote schema NAME`: the JSON Schema of what a command prints. */
export function schemaCommand(program: Command, io: CliIo): void {
  const names = Object.keys(schemas).join(', ');
  program
    .command('schema')
    .argument('[name]', names)
    .description('print the JSON Schema of what a command prints with --json')
    .action(async (name: string | undefined) => {
      const schema =
        name === undefined ? undefined : Object.hasOwn(schemas, name) ? schemas[name] : undefined;
      if (schema === undefined)
        throw new UserError(
          'usage',
          name === undefined ? 'Which schema?' : `There is no schema “${name}”.`,
          `Choose one of: ${names}.`,
        );
      await write(io.stdout, `${JSON.stringify(z.toJSONSchema(schema), null, 2)}\n`);
    });
}
