import type { Command } from 'commander';
import { sourcesAnswerSchema } from '../../../digest/contract/sources-answer.js';
import { UserError } from '../../../digest/failure/failure.js';
import { count } from '../../../digest/text/count.js';
import { toIso } from '../../../digest/time/iso.js';
import type { SourceAudit } from '../../../digest/view/source-status.js';
import { auditLines, quarantineLines, sourceLines } from '../../../digest/view/sources-text.js';
import { type Library, withLibrary } from '../../library.js';
import { answerQuarantine, answerSources } from '../../questions/sources.js';
import { auditSource } from '../../sources/audit-source.js';
import { isSource, type NamedSource, readSources } from '../../sources/read-source.js';
import { sourceSettings } from '../../sources/source-settings.js';
import { type CliContext, contextOf } from '../context.js';
import { type CliIo, write, writeJson } from '../io.js';
import { createProgress } from '../progress.js';
import { sinceOf } from './since.js';

interface Options {
  readonly audit?: boolean;
  readonly fill?: boolean;
  readonly since: string;
}

/** `covernote sources`: how each source fares, and whether what it has is here. */
export function sourcesCommand(program: Command, io: CliIo): void {
  program
    .command('sources')
    .argument('[source...]', 'which ones (default: SOURCES, and all that were read before)')
    .option('--audit', 'compare what they say they have with what is here')
    .option('--fill', 'the same, and fetch what is missing')
    .option('--since <when>', 'how far back to compare: 90d, 2026-01-01, all', '30d')
    .description('how each source fares: lag, last error and what to do, mails a day, holes')
    .action(async (named: string[], options: Options, command: Command) => {
      const context = contextOf(command, io);
      await withLibrary(context.config, (library) => run(library, context, named, options));
    });
}

async function run(library: Library, context: CliContext, named: string[], options: Options): Promise<void> {
  const { io, json } = context;
  const sources = await wanted(library, context, named);
  if (sources.length === 0)
    throw new UserError(
      'no-sources',
      'There is no source.',
      'Set SOURCES in .env, for example SOURCES=lore:kvm.',
    );
  const audits =
    options.audit === true || options.fill === true ? await auditAll(library, context, sources, options) : [];
  const answers = await answerSources(library.store, sources, io.nowMs());
  const quarantine = await answerQuarantine(library.store);
  if (json) await writeJson(io, sourcesAnswerSchema.parse({ sources: answers, audits, quarantine }));
  else {
    const lines = [
      ...answers.flatMap((answer) => sourceLines(answer, io.nowMs())),
      ...quarantineLines(quarantine),
      ...(audits.length > 0 ? ['', ...audits.flatMap(auditLines)] : []),
    ];
    await write(io.stdout, `${lines.join('\n')}\n`);
  }
  const failed = audits.filter(({ problem }) => problem !== null);
  if (failed.length > 0)
    throw new UserError(
      'audit-failed',
      `${count(failed.length, 'source')} could not be compared.`,
      failed.flatMap(auditLines).join('\n  '),
    );
}

/** Those that are named; else those of SOURCES, then those that were read once, where they can still be read. */
async function wanted(library: Library, context: CliContext, named: string[]): Promise<NamedSource[]> {
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
  sources: readonly NamedSource[],
  options: Options,
): Promise<SourceAudit[]> {
  const { io, config } = context;
  const progress = createProgress(io, io.isTty);
  const settings = sourceSettings(config, io.stdin);
  const audits: SourceAudit[] = [];
  for (const source of sources.filter(({ isLive }) => isLive)) {
    const audit = await auditSource(source.open(settings), {
      store: library.store,
      since: sinceOf(options.since, io.nowMs(), config.timeZone),
      fill: options.fill === true,
      signal: new AbortController().signal,
      now: () => toIso(io.nowMs()),
      onProgress: (listed) => progress.show(0, null, `${source.name}: ${count(listed, 'mail')} compared`),
    });
    audits.push(audit);
  }
  progress.end();
  return audits;
}
