import { type Command, InvalidArgumentError } from 'commander';
import { renderView } from '../../../adapters/terminal/render-view.js';
import { UserError } from '../../../digest/failure/failure.js';
import { digestSchema } from '../../../digest/plan/digest.js';
import { toIso } from '../../../digest/time/iso.js';
import { parseMoment } from '../../../digest/time/parse-moment.js';
import { isZone } from '../../../digest/time/zone.js';
import { digestView } from '../../../digest/view/digest-view.js';
import { withLibrary } from '../../library.js';
import { connectedPlatforms } from '../../platforms.js';
import { answerDigest } from '../../questions/digest.js';
import { digestMessages } from '../../questions/digest-messages.js';
import { contextOf } from '../context.js';
import { type CliIo, write, writeJson } from '../io.js';

const EXAMPLES = `
Examples:
  covernote digest                                     everything of the last 24 hours
  covernote digest --follow kvm --follow mm --since 7d
  covernote digest --since 2020-01-03 --until 2020-01-04 --tz Europe/Berlin
  covernote digest --follow 'kvm -kind:rfc' --json`;

const DAY_MS = 86_400_000;
const CHATS = connectedPlatforms.map(({ name }) => name);
const FORMATS = ['text', 'json', ...CHATS];

interface DigestOptions {
  readonly follow?: string[];
  readonly since?: string;
  readonly until?: string;
  readonly tz?: string;
  readonly format: string;
  readonly max: number;
}

/** `covernote digest`: builds a digest of a window of arrival and prints it; sends nothing. */
export function digestCommand(program: Command, io: CliIo): void {
  program
    .command('digest')
    .description('build a digest without sending it')
    .option(
      '--follow <what>',
      'a subsystem, list, author:…, path:… (repeatable; default: everything)',
      collect,
    )
    .option(
      '--since <moment>',
      'received from: 2020-01-03, "2020-01-03 09:00", 24h, 7d, yesterday (default: a day before --until)',
    )
    .option('--until <moment>', 'received before (default: now)')
    .option(
      '--tz <zone>',
      'time zone of --since, --until and of what is shown (default: TZ_DEFAULT, then UTC)',
    )
    .option(
      '--format <format>',
      `${FORMATS.join('|')}; ${CHATS.join(' and ')}: the messages that a chat would get, one JSON object a line`,
      oneOfFormats,
      'text',
    )
    .option('--max <n>', 'how many series a section may show', positive, 12)
    .addHelpText('after', EXAMPLES)
    .action(async (options: DigestOptions, command: Command) => {
      const context = contextOf(command, io);
      const zone = zoneOf(options, context.config.timeZone);
      const window = windowOf(options, io.nowMs(), zone);
      const digest = await withLibrary(context.config, (library) =>
        answerDigest(library, { follows: options.follow ?? [], window, budget: options.max }),
      );
      if (context.json || options.format === 'json') return writeJson(io, digestSchema.parse(digest.digest));
      const chat = connectedPlatforms.find(({ name }) => name === options.format);
      if (chat !== undefined) {
        for (const message of await digestMessages(digest.digest, chat.connection))
          await writeJson(io, message);
        return;
      }
      const view = digestView(digest.digest);
      const text = renderView(view, { columns: io.columns, color: io.color, zone, nowMs: io.nowMs() });
      await write(io.stdout, digest.hint === null ? text : `${text}\n${digest.hint}\n`);
    });
}

function collect(value: string, all: string[] = []): string[] {
  return [...all, value];
}

function positive(value: string): number {
  const n = Number(value);
  if (!Number.isInteger(n) || n < 1) throw new InvalidArgumentError('It must be a whole number from 1.');
  return n;
}

function oneOfFormats(value: string): string {
  if (!FORMATS.includes(value)) throw new InvalidArgumentError(`It must be one of ${FORMATS.join(', ')}.`);
  return value;
}

function zoneOf(options: DigestOptions, fallback: string): string {
  const zone = options.tz ?? fallback;
  if (!isZone(zone))
    throw new UserError(
      'usage',
      `“${zone}” is no time zone.`,
      'Use an IANA name such as Europe/Berlin or UTC.',
    );
  return zone;
}

function windowOf(options: DigestOptions, nowMs: number, zone: string): { since: string; until: string } {
  const until = momentOf('--until', options.until ?? 'now', nowMs, zone);
  const since =
    options.since === undefined
      ? toIso(Date.parse(until) - DAY_MS)
      : momentOf('--since', options.since, nowMs, zone);
  if (since >= until)
    throw new UserError(
      'usage',
      `--since (${since}) is not before --until (${until}).`,
      'Swap them, or leave one out.',
    );
  return { since, until };
}

function momentOf(option: string, text: string, nowMs: number, zone: string): string {
  const moment = parseMoment(text, nowMs, zone);
  if (moment === null)
    throw new UserError(
      'usage',
      `${option}: “${text}” is no moment.`,
      'Write 2020-01-03, "2020-01-03 09:00", 24h, 7d or yesterday.',
    );
  return moment;
}
