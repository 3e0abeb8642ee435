import { existsSync } from 'node:fs';
import { TransientFailure, UserError } from '../../digest/failure/failure.js';
import { count } from '../../digest/text/count.js';
import { DAY_MS, minuteText } from '../../digest/time/iso.js';
import { readCatalog } from '../catalog.js';
import type { CliContext } from '../cli/context.js';
import { type Config, readConfig } from '../config.js';
import { otherMaintainers } from '../ingest/maintainers-mark.js';
import { otherRules, REINDEX_REMEDY } from '../ingest/rules-mark.js';
import type { Library, WithLibrary } from '../library.js';
import { maintainersFile, maintainersTrouble, withoutPassword } from '../maintainers.js';
import { connectedPlatforms } from '../platforms.js';
import { readSource } from '../sources/read-source.js';
import { tryModel } from '../summaries/try-model.js';
import { answerQuarantine } from './sources/source-answers.js';

export interface Check {
  readonly name: string;
  readonly verdict: 'fine' | 'note' | 'wrong';
  readonly found: string;
  /** What to do; '' if no action is needed. */
  readonly remedy: string;
}

type DoctorContext = Pick<CliContext, 'env' | 'io' | 'withLibrary'>;

const OLDEST_NODE = [20, 19] as const;

/** Checks everything that covernote depends on. A check that fails never hides another. */
export async function runChecks({ env, io, withLibrary }: DoctorContext): Promise<readonly Check[]> {
  const node = checkNode(process.versions.node);
  const read = readConfig(env);
  if (read.ok)
    return [
      node,
      fine('Configuration', 'every variable that is set is valid'),
      ...(await checkParts(read.config, withLibrary, io.nowMs())),
    ];
  const problems = read.problems.map(({ name, message, remedy }) => wrong(name, message, remedy));
  // Without the variables that are wrong, the others can still be checked.
  const bad = new Set(read.problems.map((problem) => problem.name));
  const rest = readConfig(Object.fromEntries(Object.entries(env).filter(([name]) => !bad.has(name))));
  const others = rest.ok ? await checkParts(rest.config, withLibrary, io.nowMs()) : [];
  return [node, ...problems, ...others.filter(({ name }) => !bad.has(name))];
}

async function checkParts(config: Config, withLibrary: WithLibrary, nowMs: number): Promise<Check[]> {
  const ask: WithLibrary = (use) => withLibrary(use, 'ask', config);
  return [
    await attempt('Database', () => ask((library) => checkDatabase(library, nowMs))),
    ...(await checkQuarantine(ask)),
    ...checkSources(config),
    await attempt('MAINTAINERS', () => checkMaintainers(config)),
    ...(await checkTokens(config)),
    ...(await checkSummaryModel(config)),
  ];
}

function fine(name: string, found: string): Check {
  return { name, verdict: 'fine', found, remedy: '' };
}

function note(name: string, found: string, remedy: string): Check {
  return { name, verdict: 'note', found, remedy };
}

function wrong(name: string, found: string, remedy: string): Check {
  return { name, verdict: 'wrong', found, remedy };
}

async function attempt(name: string, check: () => Promise<Check> | Check): Promise<Check> {
  try {
    return await check();
  } catch (error) {
    const { message } = error as Error;
    if (error instanceof TransientFailure)
      return wrong(name, message, 'Is it running? Check the network and the address.');
    if (!(error instanceof UserError))
      return wrong(name, message, 'This is a bug in covernote, please report it.');
    // Before the first mail no action is needed.
    return (error.code === 'no-database' ? note : wrong)(name, message, error.remedy);
  }
}

function checkNode(version: string): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [wantMajor, wantMinor] = OLDEST_NODE;
  if (major > wantMajor || (major === wantMajor && minor >= wantMinor)) return fine('Node', version);
  return wrong('Node', `${version} is too old`, 'Install Node 20.19 or later.');
}

async function checkDatabase(library: Library, nowMs: number): Promise<Check> {
  const found = await library.store.check(nowMs);
  const name = [library.store.name, ...(found.length === 0 ? [] : [`(${found.join(', ')})`])].join(' ');
  const counts = await library.store.counts();
  const { received: newest } = await library.store.freshness();
  if (newest === null) return note('Database', `${name} is empty`, 'Run `covernote ingest SOURCE`.');
  const holds = `${name} holds ${count(counts.messages, 'mail')} in ${count(counts.series, 'series', 'series')}, the newest received ${minuteText(newest)}`;
  const rules = (await otherRules(library.store)) ?? (await otherMaintainers(library.store, library.catalog));
  if (rules !== null) return note('Database', `${holds}; ${rules}`, REINDEX_REMEDY);
  return nowMs - Date.parse(newest) > 7 * DAY_MS
    ? note('Database', holds, 'Nothing new for a week: is a source missing?')
    : fine('Database', holds);
}

/** Nothing where no mail is in quarantine, or where the database can't be read, which another check reports. */
async function checkQuarantine(ask: WithLibrary): Promise<Check[]> {
  const found = await ask(({ store }) => answerQuarantine(store)).catch(() => null);
  const last = found?.mails.at(-1);
  if (found === null || last === undefined) return [];
  return [
    note(
      'Quarantine',
      `${count(found.count, 'mail')} that crashed or stalled the reader twice, the last from ${last.source} at ${last.at}: ${last.where}: ${last.detail}`,
      'All other mail is read. Please report it; after an update of covernote, run `covernote reindex`.',
    ),
  ];
}

function checkSources(config: Config): Check[] {
  if (config.sources.length > 0) return config.sources.map(checkSource);
  return [note('SOURCES', 'not set', 'Without it the mail in examples/ is shown.')];
}

/** That it can be read at all is a matter of the configuration. */
function checkSource(text: string): Check {
  const source = readSource(text);
  if (source.isLive || text === '-') return fine('SOURCES', `${source.name}, ${source.transport.does}`);
  if (existsSync(text)) return fine('SOURCES', text);
  return wrong('SOURCES', `${text} does not exist`, 'Correct the path in SOURCES.');
}

function checkMaintainers(config: Config): Check {
  const { maintainers } = config;
  if (maintainers === null)
    return note(
      'MAINTAINERS',
      'not set',
      'Subsystems are known by list and title prefix only; set it to the path of the kernel’s MAINTAINERS.',
    );
  if (maintainersFile(config) === null)
    return wrong(
      'MAINTAINERS',
      `there is no copy of ${withoutPassword(maintainers)} yet`,
      'It is fetched while covernote runs; if this persists, check the URL.',
    );
  const { entries, subsystems } = readCatalog(maintainers, config);
  if (entries.length === 0)
    return wrong('MAINTAINERS', `${maintainers} holds no section`, 'Is it the kernel’s MAINTAINERS file?');
  const trouble = maintainersTrouble(config);
  if (trouble !== null)
    return note(
      'MAINTAINERS',
      `the copy of ${trouble.since} is used: ${trouble.reason}`,
      'Check the URL; it is read again each day.',
    );
  return fine('MAINTAINERS', `${count(entries.length, 'section')}, ${count(subsystems.length, 'subsystem')}`);
}

/** Sends it one request. Nothing if none is configured: the authors' own words are enough. */
async function checkSummaryModel({ summaryModel }: Config): Promise<Check[]> {
  if (summaryModel === null) return [];
  const name = 'Summary model';
  return [
    await attempt(name, async () => {
      const trial = await tryModel(summaryModel);
      switch (trial.kind) {
        case 'works':
          return fine(name, trial.found);
        case 'weak':
          return note(name, trial.found, trial.remedy);
        case 'fails':
          return wrong(name, trial.found, trial.remedy);
        default:
          return trial satisfies never;
      }
    }),
  ];
}

/** Says which tokens are set, and what they lack; never what they are. */
async function checkTokens(config: Config): Promise<Check[]> {
  const shown = connectedPlatforms.filter(
    ({ connection: { isChat, isConfigured } }) => isChat || isConfigured(config),
  );
  return Promise.all(
    shown.map(async ({ label, connection }) => {
      if (!connection.isConfigured(config))
        return note(label, 'no token', 'covernote works in the terminal.');
      const remark = await connection.remark(config);
      return remark === null
        ? fine(label, connection.isChat ? 'a token is set; it is checked when the bot starts' : 'configured')
        : note(label, 'the token lacks scopes', remark);
    }),
  );
}
