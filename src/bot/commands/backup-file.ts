import { existsSync } from 'node:fs';
import { link, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../../digest/failure/failure.js';

/**
 * Writes a file so that its name never leads to half of it, and replaces a file of the user's only with `force`. `write` fills the path
 * that it is given. What a killed attempt left next to the file is removed first.
 */
export async function writeWhole(
  path: string,
  { force }: { readonly force: boolean },
  write: (part: string) => Promise<void>,
): Promise<void> {
  if (!force && existsSync(path)) throw existsAlready(path);
  await removeLeftovers(path);
  const part = join(dirname(path), `${partPrefix(path)}${process.pid}.part`);
  try {
    await write(part);
    if (force) await rename(part, path);
    else await renameToFree(part, path);
  } finally {
    await removePart(part);
  }
}

/** `copy.db.covernote-`, then the number of the process that writes: no one else names files so. */
function partPrefix(path: string): string {
  return `${basename(path)}.covernote-`;
}

/** Files of attempts whose process is gone; SQLite keeps a journal next to each. One that is still running is left alone. */
async function removeLeftovers(path: string): Promise<void> {
  const prefix = partPrefix(path);
  // A folder that cannot be listed fails below, where the reason is put in words.
  const names = await readdir(dirname(path)).catch(() => []);
  for (const name of names) {
    const pid = name.startsWith(prefix)
      ? /^(\d{1,10})\.part(?:-journal|-wal|-shm)?$/.exec(name.slice(prefix.length))
      : null;
    if (pid !== null && !isRunning(Number(pid[1]))) await rm(join(dirname(path), name), { force: true });
  }
}

async function removePart(part: string): Promise<void> {
  for (const suffix of ['', '-journal', '-wal', '-shm']) await rm(`${part}${suffix}`, { force: true });
}

/** This process has not begun yet: what has its number was left by an earlier one, as in a container where it is always the same. */
function isRunning(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A rename would replace a file that came meanwhile; a second name is refused then. */
async function renameToFree(part: string, path: string): Promise<void> {
  try {
    await link(part, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw existsAlready(path);
    // File systems without hard links.
    await rename(part, path);
  }
}

function existsAlready(path: string): UserError {
  return new UserError('backup-exists', `${path} already exists.`, 'Give another path, or add --force.');
}
