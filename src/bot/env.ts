/** One thing in the environment that is wrong: its name, what is wrong, what to write instead. Never the value of a secret. */
export interface ConfigProblem {
  readonly name: string;
  readonly message: string;
  readonly remedy: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** What a value of the environment is meant to be, or why it cannot be read. */
export type EnvValue = { readonly value: string } | { readonly problem: 'open-quote' };

const QUOTED = /^(["'`])([\s\S]*?)\1[ \t]*(?:#.*)?$/;

/**
 * Reads a value as Node reads a line of `.env`: without its quotes and a trailing comment. Docker's `--env-file` keeps both, systemd's
 * EnvironmentFile the comment, and all but Node the CR of a file from Windows. A `#` without a blank before it belongs to the value: it
 * may be part of a URL or a password.
 */
export function readEnvValue(text: string): EnvValue {
  const written = text.trim();
  const quoted = QUOTED.exec(written);
  if (quoted !== null) return { value: (quoted[2] ?? '').trim() };
  if (/^["'`]/.test(written)) return { problem: 'open-quote' };
  return { value: written.replace(/(?:^|\s)#.*$/s, '').trim() };
}

/**
 * The named variables that are set; an empty one counts as absent. `fallbacks`: another variable that is read where one is empty, so that
 * an `.env` with empty lines, as .env.example has, keeps the container image's own defaults.
 */
export function readEnv(
  env: Environment,
  names: readonly string[],
  fallbacks: Readonly<Record<string, string>>,
): { readonly values: Record<string, string>; readonly problems: readonly ConfigProblem[] } {
  const values: Record<string, string> = {};
  const problems: ConfigProblem[] = [];
  for (const name of names) {
    if (env[`export ${name}`] !== undefined)
      problems.push({ name, message: 'is set as “export …”', remedy: 'leave out the word “export”' });
    const read = readEnvValue(env[name] ?? '');
    if ('problem' in read)
      problems.push({
        name,
        message: 'begins with a quote that is not closed',
        remedy: 'close it, or leave it out',
      });
    else {
      const value = read.value || (env[fallbacks[name] ?? ''] ?? '');
      if (value !== '') values[name] = value;
    }
  }
  return { values, problems };
}
