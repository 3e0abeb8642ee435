/** What a value of the environment is meant to be, or why it cannot be read. */
export type EnvValue = { readonly value: string } | { readonly problem: 'open-quote' };

const QUOTED = /^(["'`])([\s\S]*?)\1[ \t]*(?:#.*)?$/;

/**
 * Reads a value as Node reads a line of `.env`: quotes around it and a comment behind it are no part of it. Docker's `--env-file` keeps
 * both, systemd's EnvironmentFile the comment, and all but Node the CR of a file from Windows. A `#` without a blank before it belongs to
 * the value: it may be part of a URL or a password.
 */
export function readEnvValue(text: string): EnvValue {
  const written = text.trim();
  const quoted = QUOTED.exec(written);
  if (quoted !== null) return { value: (quoted[2] ?? '').trim() };
  if (/^["'`]/.test(written)) return { problem: 'open-quote' };
  return { value: written.replace(/(?:^|\s)#.*$/s, '').trim() };
}
