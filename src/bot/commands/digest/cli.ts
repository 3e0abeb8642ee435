import { UserError } from '../../../digest/failure/failure.js';
import { type Digest, digestSchema } from '../../../digest/plan/digest.js';
import { planParts } from '../../../digest/plan/plan-parts.js';
import { DAY_MS, minuteText, toIso } from '../../../digest/time/iso.js';
import { parseMoment } from '../../../digest/time/parse-moment.js';
import { isZone } from '../../../digest/time/zone.js';
import { digestView } from '../../../digest/view/digest-view.js';
import { fitsPart, partActions, partView } from '../../../digest/view/part-view.js';
import { cliSide, example, list, oneOf, value, wholeNumber } from '../../cli/cli-side.js';
import { printJson, printText, printView } from '../../cli/print.js';
import { type Connection, connectedPlatforms } from '../../platforms.js';
import { answerDigest, readFollow } from './build.js';

const CHATS = connectedPlatforms.map(({ name }) => name);

/** `covernote digest`: builds a digest of a window of arrival and prints it; sends nothing. */
export const digestCli = cliSide({
  does: 'build a digest without sending it',
  options: {
    follow: list('<what>', 'a subsystem, list, author:…, path:… (repeatable; default: everything)'),
    since: value(
      '<moment>',
      'received from: 2020-01-03, "2020-01-03 09:00", 24h, 7d, yesterday (default: a day before --until)',
    ),
    until: value('<moment>', 'received before (default: now)'),
    tz: value('<zone>', 'time zone of --since, --until and of what is shown (default: TZ_DEFAULT, then UTC)'),
    format: oneOf(
      ['text', 'json', ...CHATS],
      `${CHATS.join(', ')}: the messages that would be sent there, one JSON object per line`,
      'text',
    ),
    max: wholeNumber('how many series a section may show', 12),
  },
  pages: true,
  examples: [
    example('digest --follow kvm --since 2026-11-09', 'what happened in kvm since then'),
    example('digest --follow kvm --follow mm --since 2026-11-09', 'in both of them'),
    example(
      'digest --since 2026-11-16 --until 2026-11-17 --tz Europe/Berlin',
      'everything of one day in Berlin',
    ),
    example("digest --follow 'kvm -kind:rfc' --since 2026-11-09 --json", 'without RFCs, for a program'),
  ],
  async run({ options: { follow, format, max, ...times } }, context) {
    const zone = zoneOf(times.tz ?? context.config.timeZone);
    const window = windowOf(times, context.io.nowMs(), zone);
    const { digest, hint } = await context.withLibrary((library) =>
      answerDigest(library, {
        follows: follow.map((typed) => readFollow(typed, library.catalog)),
        window,
        budget: max,
      }),
    );
    if (context.json || format === 'json') return printJson(context, digestSchema.parse(digest));
    const chat = connectedPlatforms.find(({ name }) => name === format);
    if (chat !== undefined) {
      for (const message of await digestMessages(digest, chat.connection)) await printJson(context, message);
      return;
    }
    await printView(context, digestView(digest), zone);
    if (hint !== null) await printText(context, `\n${hint}\n`);
  },
});

function zoneOf(zone: string): string {
  if (isZone(zone)) return zone;
  throw new UserError(
    'usage',
    `“${zone}” is not a time zone.`,
    'Use an IANA name such as Europe/Berlin or UTC.',
  );
}

function windowOf(
  typed: { readonly since: string | null; readonly until: string | null },
  nowMs: number,
  zone: string,
): { since: string; until: string } {
  const until = momentOf('--until', typed.until ?? 'now', nowMs, zone);
  const since =
    typed.since === null ? toIso(Date.parse(until) - DAY_MS) : momentOf('--since', typed.since, nowMs, zone);
  if (since < until) return { since, until };
  throw new UserError(
    'usage',
    `--since (${minuteText(since)}) is not before --until (${minuteText(until)}).`,
    'Swap them, or leave one out.',
  );
}

function momentOf(option: string, typed: string, nowMs: number, zone: string): string {
  const moment = parseMoment(typed, nowMs, zone);
  if (moment !== null) return moment;
  throw new UserError(
    'usage',
    `${option} can't be “${typed}”.`,
    'Write 2020-01-03, "2020-01-03 09:00", 24h, 7d or yesterday.',
  );
}

interface DigestMessage {
  /** The first goes to the channel, the others to its thread. */
  readonly place: 'channel' | 'thread';
  /** What is sent to the chat's API, unchanged. */
  readonly message: unknown;
}

/** A digest as the messages that a chat would get. */
async function digestMessages(digest: Digest, chat: Connection): Promise<DigestMessage[]> {
  const { fits, render } = await chat.renderer();
  const parts = planParts({ digest, reported: [], late: 0 }, fitsPart(fits));
  return parts.map(({ content }, at) => ({
    place: at === 0 ? 'channel' : 'thread',
    message: render(partView(content), partActions(content), content),
  }));
}
