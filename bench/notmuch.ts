import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openFiles } from '../src/adapters/files/open-files.js';
import type { TimedMails } from './speed.js';

export const HOW_TO_INSTALL = '`apt install notmuch` on Debian and Ubuntu, `brew install notmuch` on macOS';

/** The version of the notmuch that is installed; null if none is. */
export function notmuchVersion(): string | null {
  const { status, stdout } = spawnSync('notmuch', ['--version'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
}

/** A mailbox as notmuch reads it: one file for each mail. */
export interface Maildir {
  /** Indexes all mail in a new database, in a separate process. */
  measure(): TimedMails;
}

/** Writes the mails of a mailbox as a Maildir; notmuch gets a separate configuration, and the user's is not touched. */
export async function writeMaildir(mailbox: string, folder: string): Promise<Maildir> {
  const [root, config] = [join(folder, 'maildir'), join(folder, 'notmuch-config')];
  for (const part of ['cur', 'new', 'tmp']) mkdirSync(join(root, part), { recursive: true });
  let mails = 0;
  for await (const event of openFiles(mailbox).read())
    if (event.kind === 'mail') writeFileSync(join(root, 'cur', `${++mails}.example:2,S`), event.raw);
  writeFileSync(
    config,
    `[database]\npath=${root}\n[user]\nname=Bench\nprimary_email=bench@example.org\n[new]\ntags=new\n[maildir]\nsynchronize_flags=false\n`,
  );
  // Its other variables would lead it to a database of the user's.
  const { NOTMUCH_DATABASE: _, NOTMUCH_PROFILE: _p, MAILDIR: _m, ...inherited } = process.env;
  const env = { ...inherited, NOTMUCH_CONFIG: config };
  return {
    measure() {
      rmSync(join(root, '.notmuch'), { recursive: true, force: true });
      const start = performance.now();
      const { status, stderr } = spawnSync('notmuch', ['new', '--quiet'], { encoding: 'utf8', env });
      if (status !== 0) throw new Error(`notmuch new ended with status ${status}: ${stderr}`);
      return { mails, ms: performance.now() - start };
    },
  };
}
