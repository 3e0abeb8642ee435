import { sourcesAnswerSchema } from '../../digest/contract/sources-answer.js';
import { UserError } from '../../digest/failure/failure.js';
import { count } from '../../digest/text/count.js';
import { toIso } from '../../digest/time/iso.js';
import type { SourceAudit } from '../../digest/view/source-status.js';
import { auditLines, quarantineLines, sourceLines } from '../../digest/view/sources-text.js';
import { argument, cliSide, example, on, sinceOf, valueOr } from '../cli/cli-side.js';
import type { CliContext } from '../cli/context.js';
import { createProgress, printJson, printText } from '../cli/print.js';
import type { Library } from '../library.js';
import { auditSource } from '../sources/audit-source.js';
import { isSource, type NamedSource, readSources } from '../sources/read-source.js';
import { sourceSettings } from '../sources/source-settings.js';
import type { Command } from './command.js';
import { answerQuarantine, answerSources } from './sources/source-answers.js';

interface Options {
  readonly audit: boolean;
  readonly fill: boolean;
  readonly since: string;
}

/** `covernote sources`: the state of each source, and whether what it has is here. */
export const sources: Command = {
  name: 'sources',
  does: 'The state of each source: lag, last error and what to do, mails a day, holes',
  chat: null,
  cli: cliSide({
    arguments: [
      argument('source', 'which ones (default: SOURCES, and all that were read before)', { many: true }),
    ],
    options: {
      audit: on('compare what they say they have with what is here'),
      fill: on('the same, and fetch what is missing'),
      since: valueOr('<when>', 'how far back to compare: 90d, 2026-01-01, all', '30d'),
    },
    pages: true,
    examples: [
      example('sources examples/mail', 'one by its name'),
      example('sources --audit', 'compared with what is here', 'network'),
    ],
    async run({ args, options }, context) {
      await context.withLibrary((library) => run(library, context, args, options));
    },
  }),
};

async function run(
  library: Library,
  context: CliContext,
  named: readonly string[],
  options: Options,
): Promise<void> {
  const { io, json } = context;
  const chosen = await chooseSources(library, context, named);
  if (chosen.length === 0)
    throw new UserError(
      'no-sources',
      'There are no sources.',
      'Set SOURCES in .env, for example SOURCES=lore:kvm.',
    );
  const audits = options.audit || options.fill ? await auditAll(library, context, chosen, options) : [];
  const answers = await answerSources(library.store, chosen, io.nowMs());
  const quarantine = await answerQuarantine(library.store);
  if (json) await printJson(context, sourcesAnswerSchema.parse({ sources: answers, audits, quarantine }));
  else {
    const lines = [
      ...answers.flatMap((answer) => sourceLines(answer, io.nowMs())),
      ...quarantineLines(quarantine),
      ...(audits.length > 0 ? ['', ...audits.flatMap(auditLines)] : []),
    ];
    await printText(context, `${lines.join('\n')}\n`);
  }
  const failed = audits.filter(({ problem }) => problem !== null);
  if (failed.length > 0)
    throw new UserError(
      'audit-failed',
      `${count(failed.length, 'source')} could not be compared.`,
      failed.flatMap(auditLines).join('\n  '),
    );
}

/** Those that are named; else those of SOURCES, then those that were read once and are followed no more. */
async function chooseSources(
  library: Library,
  context: CliContext,
  named: readonly string[],
): Promise<NamedSource[]> {
  if (named.length > 0) return readSources(named);
  const configured = readSources(context.config.sources);
  const known = new Set(configured.map(({ name }) => name));
  const states = await library.store.sources.all();
  const former = states.map(({ name }) => name).filter((name) => !known.has(name) && isSource(name));
  return [...configured, ...readSources(former)];
}

async function auditAll(
  library: Library,
  context: CliContext,
  chosen: readonly NamedSource[],
  options: Options,
): Promise<SourceAudit[]> {
  const { io, config } = context;
  const progress = createProgress(io, io.isTty);
  const settings = sourceSettings(config, { stdin: io.stdin, now: io.nowMs });
  const audits: SourceAudit[] = [];
  for (const source of chosen.filter(({ isLive }) => isLive)) {
    const audit = await auditSource(source.open(settings), {
      store: library.store,
      since: sinceOf(options.since, io.nowMs(), config.timeZone),
      fill: options.fill,
      bots: config.bots,
      signal: new AbortController().signal,
      now: () => toIso(io.nowMs()),
      onProgress: (listed) => progress.show(0, null, `${source.name}: ${count(listed, 'mail')} compared`),
    });
    audits.push(audit);
  }
  progress.end();
  return audits;
}
