import { existsSync } from 'node:fs';
import { UserError } from '../digest/failure/failure.js';
import { count } from '../digest/text/count.js';
import { DAY_MS } from '../digest/time/units.js';
import { answerQuarantine } from './commands/sources/source-answers.js';
import { type Config, readConfig } from './config.js';
import { otherRules, REINDEX_REMEDY } from './ingest/rules-mark.js';
import { type Library, readCatalog, withLibrary } from './library.js';
import { maintainersFile, maintainersTrouble, withoutPassword } from './maintainers.js';
import { connectedPlatforms } from './platforms.js';
import { readSource } from './sources/read-source.js';
import { tryModel } from './summaries/try-model.js';

/** One thing that `doctor` checked. */
export interface Check {
  readonly name: string;
  readonly verdict: 'fine' | 'note' | 'wrong';
  readonly found: string;
  /** What to do; '' where no action is needed. */
  readonly remedy: string;
}

const OLDEST_NODE = [20, 19] as const;

/** Checks everything that covernote depends on. A check that fails never hides another. */
export async function examine(
  env: Readonly<Record<string, string | undefined>>,
  nowMs: number,
): Promise<readonly Check[]> {
  const node = checkNode(process.versions.node);
  const read = readConfig(env);
  if (read.ok)
    return [
      node,
      fine('Configuration', 'every variable that is set is valid'),
      ...(await checkParts(read.config, nowMs)),
    ];
  const problems = read.problems.map(
    ({ name, message, remedy }): Check => ({ name, verdict: 'wrong', found: message, remedy }),
  );
  // Without the variables that are wrong, the others can be looked at all the same.
  const wrong = new Set(read.problems.map((problem) => problem.name));
  const rest = readConfig(Object.fromEntries(Object.entries(env).filter(([name]) => !wrong.has(name))));
  const others = rest.ok ? await checkParts(rest.config, nowMs) : [];
  return [node, ...problems, ...others.filter(({ name }) => !wrong.has(name))];
}

async function checkParts(config: Config, nowMs: number): Promise<Check[]> {
  return [
    await attempt('Database', () => withLibrary(config, (library) => checkDatabase(library, nowMs))),
    ...(await checkQuarantine(config)),
    ...checkSources(config),
    await attempt('MAINTAINERS', () => checkMaintainers(config)),
    ...checkTokens(config),
    ...(await checkSummaryModel(config)),
  ];
}

function fine(name: string, found: string): Check {
  return { name, verdict: 'fine', found, remedy: '' };
}

async function attempt(name: string, check: () => Promise<Check> | Check): Promise<Check> {
  try {
    return await check();
  } catch (error) {
    const remedy =
      error instanceof UserError ? error.remedy : 'This is a bug in covernote, please report it.';
    // Before the first mail there is nothing to fix.
    const verdict = error instanceof UserError && error.code === 'no-database' ? 'note' : 'wrong';
    return { name, verdict, found: (error as Error).message, remedy };
  }
}

function checkNode(version: string): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [wantMajor, wantMinor] = OLDEST_NODE;
  if (major > wantMajor || (major === wantMajor && minor >= wantMinor)) return fine('Node', version);
  return {
    name: 'Node',
    verdict: 'wrong',
    found: `${version} is too old`,
    remedy: 'Install Node 20.19 or later.',
  };
}

async function checkDatabase(library: Library, nowMs: number): Promise<Check> {
  const { databaseUrl } = library.config;
  library.store.checkIntegrity();
  const counts = await library.store.counts();
  const { received: newest } = await library.store.freshness();
  if (newest === null)
    return {
      name: 'Database',
      verdict: 'note',
      found: `${databaseUrl} is empty`,
      remedy: 'Run `covernote ingest SOURCE`.',
    };
  const holds = `${databaseUrl} holds ${count(counts.messages, 'mail')} in ${count(counts.series, 'series', 'series')}, the newest received ${newest}`;
  const rules = await otherRules(library.store);
  if (rules !== null)
    return { name: 'Database', verdict: 'note', found: `${holds}; ${rules}`, remedy: REINDEX_REMEDY };
  if (nowMs - Date.parse(newest) > 7 * DAY_MS)
    return {
      name: 'Database',
      verdict: 'note',
      found: holds,
      remedy: 'Nothing new for a week: is a source missing?',
    };
  return fine('Database', holds);
}

/** Nothing where no mail is in quarantine, or where the database can't be read, which another check reports. */
async function checkQuarantine(config: Config): Promise<Check[]> {
  const { count: all, mails } = await withLibrary(config, ({ store }) => answerQuarantine(store)).catch(
    () => ({
      count: 0,
      mails: [],
    }),
  );
  const last = mails.at(-1);
  if (last === undefined) return [];
  return [
    {
      name: 'Quarantine',
      verdict: 'note',
      found: `${count(all, 'mail')} that ended or stalled reading twice, the last from ${last.source} at ${last.at}: ${last.where}: ${last.detail}`,
      remedy:
        'All other mail is read. Please report it; after an update of covernote, run `covernote reindex`.',
    },
  ];
}

function checkSources(config: Config): Check[] {
  if (config.sources.length === 0)
    return [
      {
        name: 'SOURCES',
        verdict: 'note',
        found: 'not set',
        remedy: 'Without it the mail in examples/ is shown.',
      },
    ];
  return config.sources.map(checkSource);
}

/** That it can be read at all is a matter of the configuration. */
function checkSource(text: string): Check {
  const source = readSource(text);
  if (source.isLive || text === '-') return fine('SOURCES', `${source.name}, ${source.transport.does}`);
  if (existsSync(text)) return fine('SOURCES', text);
  return {
    name: 'SOURCES',
    verdict: 'wrong',
    found: `${text} does not exist`,
    remedy: 'Correct the path in SOURCES.',
  };
}

function checkMaintainers(config: Config): Check {
  if (config.maintainers === null)
    return {
      name: 'MAINTAINERS',
      verdict: 'note',
      found: 'not set',
      remedy:
        'Subsystems are known by list and title prefix only; set it to the path of the kernel’s MAINTAINERS.',
    };
  if (maintainersFile(config) === null)
    return {
      name: 'MAINTAINERS',
      verdict: 'wrong',
      found: `there is no copy of ${withoutPassword(config.maintainers)} yet`,
      remedy: 'It is fetched when covernote runs; check the URL where that stays so.',
    };
  const catalog = readCatalog(config.maintainers, config.databaseUrl);
  if (catalog.entries.length === 0)
    return {
      name: 'MAINTAINERS',
      verdict: 'wrong',
      found: `${config.maintainers} holds no section`,
      remedy: 'Is it the kernel’s MAINTAINERS file?',
    };
  const trouble = maintainersTrouble(config);
  if (trouble !== null)
    return {
      name: 'MAINTAINERS',
      verdict: 'note',
      found: `the copy of ${trouble.since} stands in: ${trouble.reason}`,
      remedy: 'Check the URL; it is asked again each day.',
    };
  return fine(
    'MAINTAINERS',
    `${count(catalog.entries.length, 'section')}, ${count(catalog.subsystems.length, 'subsystem')}`,
  );
}

/** Asks it once. Nothing where none is configured: the authors' own words are all that is needed. */
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
          return { name, verdict: 'note', found: trial.found, remedy: trial.remedy };
        case 'fails':
          return { name, verdict: 'wrong', found: trial.found, remedy: trial.remedy };
        default:
          return trial satisfies never;
      }
    }),
  ];
}

/** Says which tokens are set; never what they are. */
function checkTokens(config: Config): Check[] {
  return connectedPlatforms.map(({ label, connection }) =>
    connection.isConfigured(config)
      ? fine(label, 'a token is set; it is checked when the bot starts')
      : { name: label, verdict: 'note', found: 'no token', remedy: 'covernote works in the terminal.' },
  );
}
