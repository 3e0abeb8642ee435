/**
 * Holds our range-diff against git's: `npx tsx eval/range-diff.ts DATABASE [--pairs 50] [--seed 1]`. For pairs of patches that changed between two
 * versions, commits are built from the text of their hunks before and after, so that git needs no tree of the project.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { decodeMail } from '../src/adapters/mail/decode-mail.js';
import { openStore } from '../src/adapters/store/store.js';
import { type PatchText, readPatchText } from '../src/digest/patch/patch-text.js';
import { rangeDiff } from '../src/digest/patch/range-diff.js';
import { compareRevisions } from '../src/digest/series/compare.js';
import { drawSample, seededRandom } from './lib/random.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { pairs: { type: 'string', default: '50' }, seed: { type: 'string', default: '1' } },
});
const [database = 'covernote.db'] = positionals;
const store = await openStore(`sqlite:${database}`);
const candidates: { title: string; older: string; newer: string }[] = [];
for await (const { id } of store.allSeries()) {
  const group = await store.groupOf(id);
  for (const [at, newer] of (group?.revisions ?? []).entries()) {
    const older = group?.revisions[at - 1];
    if (older === undefined) continue;
    for (const pair of compareRevisions(older, newer).changed)
      if (pair.older.id !== null && pair.newer.id !== null)
        candidates.push({ title: pair.newer.title, older: pair.older.id, newer: pair.newer.id });
  }
}

let same = 0;
let tried = 0;
for (const { title, older, newer } of drawSample(
  candidates,
  candidates.length,
  seededRandom(Number(values.seed)),
)) {
  if (tried === Number(values.pairs)) break;
  const mails = await store.mails([older, newer]);
  const [a, b] = await Promise.all([older, newer].map((id) => patchOf(mails.get(id))));
  if (a === undefined || b === undefined || a === null || b === null) continue;
  tried++;
  const [ours, theirs] = [changes(rangeDiff(a, b).lines), changes(gitRangeDiff(a, b))];
  const [onlyOurs, onlyTheirs] = [minus(ours, theirs), minus(theirs, ours)];
  if (onlyOurs.length + onlyTheirs.length === 0) {
    same++;
    continue;
  }
  console.log(
    `\n${title}\n  ${older} -> ${newer}: ${ours.length} lines, ${onlyOurs.length} only ours, ${onlyTheirs.length} only git's`,
  );
  for (const line of onlyOurs.slice(0, 4)) console.log(`  ours ${line}`);
  for (const line of onlyTheirs.slice(0, 4)) console.log(`  git  ${line}`);
}
console.log(
  `\n${same} of ${tried} pairs have the same differing lines as \`git range-diff\` (of ${candidates.length} changed patches)`,
);
await store.close();

async function patchOf(raw: Uint8Array | undefined): Promise<PatchText | null> {
  return raw === undefined ? null : readPatchText((await decodeMail(raw)).text);
}

/** Lines that differ, as `-+text`, without headings (git orders the parts otherwise) and empty lines. */
function changes(lines: readonly string[]): string[] {
  return lines
    .filter((line) => /^[+-][ +-]/.test(line) && !/^. ## /.test(line) && line.trim().length > 2)
    .map((line) => line.trimEnd());
}

function minus(a: readonly string[], b: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const line of b) left.set(line, (left.get(line) ?? 0) + 1);
  return a.filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  });
}

function gitRangeDiff(older: PatchText, newer: PatchText): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'covernote-range-diff-'));
  const git = (...words: string[]) =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...words], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      env: {
        ...process.env,
        GIT_AUTHOR_DATE: '2026-01-01T00:00:00Z',
        GIT_COMMITTER_DATE: '2026-01-01T00:00:00Z',
      },
    });
  const commit = (patch: PatchText, side: 'before' | 'after', message: string) => {
    git('rm', '-rfq', '--ignore-unmatch', '.');
    for (const [at, one] of patch.files.entries()) writeSide(folder, one, side, at);
    git('add', '-A');
    git('commit', '-q', '--allow-empty', '--cleanup=verbatim', '-m', message);
    return git('rev-parse', 'HEAD').trim();
  };
  try {
    git('init', '-q');
    const [a0, a1] = [commit(older, 'before', 'base'), commit(older, 'after', messageOf(older))];
    const [b0, b1] = [commit(newer, 'before', 'base'), commit(newer, 'after', messageOf(newer))];
    const out = git('range-diff', '--no-color', '--creation-factor=100', `${a0}..${a1}`, `${b0}..${b1}`);
    return out.split('\n').map((line) => line.replace(/^ {4}/, ''));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function messageOf({ message }: PatchText): string {
  return `title\n\n${message.join('\n')}\n`;
}

/** A file that holds what its hunks show, each under its function and apart from the next. */
function writeSide(
  folder: string,
  { file, hunks }: PatchText['files'][number],
  side: 'before' | 'after',
  at: number,
): void {
  if ((file.kind === 'add' && side === 'before') || (file.kind === 'delete' && side === 'after')) return;
  const sign = side === 'before' ? '-' : '+';
  const lines = hunks.flatMap(({ section, lines }, hunk) => [
    ...Array.from({ length: 8 }, (_, n) => `  .${at}.${hunk}.${n}`),
    ...(section === '' ? [] : [section]),
    ...lines.filter((line) => line[0] === ' ' || line[0] === sign).map((line) => line.slice(1)),
  ]);
  const whole = file.kind === 'add' || file.kind === 'delete';
  const own = whole
    ? hunks.flatMap(({ lines }) => lines.filter((line) => line[0] === sign).map((line) => line.slice(1)))
    : lines;
  const path = join(folder, file.path);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, own.map((line) => `${line}\n`).join(''));
}
