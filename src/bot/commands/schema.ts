import { z } from 'zod';
import { boardAnswerSchema, myBoardAnswerSchema } from '../../digest/contract/board-answer.js';
import { correctionAnswerSchema, correctionsAnswerSchema } from '../../digest/contract/correction-answer.js';
import { parsedMessageSchema } from '../../digest/contract/parsed-message.js';
import { placesAnswerSchema } from '../../digest/contract/places-answer.js';
import { compareAnswerSchema, seriesAnswerSchema } from '../../digest/contract/series-answer.js';
import { sourcesAnswerSchema } from '../../digest/contract/sources-answer.js';
import { webhookBodySchema } from '../../digest/contract/webhook-body.js';
import { whyAnswerSchema } from '../../digest/contract/why-answer.js';
import { UserError } from '../../digest/failure/failure.js';
import { digestSchema } from '../../digest/plan/digest.js';
import { argument, cliSide, example } from '../cli/cli-side.js';
import { printText } from '../cli/print.js';
import type { Command } from './command.js';

const schemas: Readonly<Record<string, z.ZodType>> = {
  parse: parsedMessageSchema,
  series: seriesAnswerSchema,
  digest: digestSchema,
  board: boardAnswerSchema,
  'my-board': myBoardAnswerSchema,
  diff: compareAnswerSchema,
  why: whyAnswerSchema,
  link: correctionAnswerSchema,
  unlink: correctionAnswerSchema,
  corrections: correctionsAnswerSchema,
  sources: sourcesAnswerSchema,
  places: placesAnswerSchema,
  webhook: webhookBodySchema,
};

const names = Object.keys(schemas);

/** `covernote schema NAME`: the JSON Schema of what a command prints. */
export const schema: Command = {
  name: 'schema',
  does: 'Print the JSON Schema of what a command prints with --json',
  chat: null,
  cli: cliSide({
    arguments: [argument('name', names.join(', '), { completes: names })],
    pages: true,
    examples: [example('schema series', 'of `covernote series --json`')],
    async run({ args: [name] }, context) {
      const found = name !== undefined && Object.hasOwn(schemas, name) ? schemas[name] : undefined;
      if (found === undefined)
        throw new UserError(
          'usage',
          name === undefined ? 'Which schema?' : `There is no schema “${name}”.`,
          `Choose one of: ${names.join(', ')}.`,
        );
      await printText(context, `${JSON.stringify(z.toJSONSchema(found), null, 2)}\n`);
    },
  }),
};
