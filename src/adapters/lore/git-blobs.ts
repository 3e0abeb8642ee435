import type { Readable } from 'node:stream';
import { TransientFailure } from '../../digest/failure/failure.js';
import { MAX_MAIL_BYTES } from '../../digest/mail/mail-size.js';
import { type GitMirror, onMirror } from './git-mirror.js';
import { gitFailure, startGit } from './git-process.js';
import { HEADER_BYTES, type MailBytes } from './mail-event.js';

/**
 * Questions that are before `git cat-file` unanswered. Its answers come by the bufferful, as each on its own would cost a turn of either side:
 * those to so many questions, be they all `missing`, fill the buffer of a pipe several times, so that some always come.
 */
const AHEAD = 1024;

/**
 * Reads files out of commits by one `git cat-file --batch`, in their order: `path` of each commit, or null if a commit has no such
 * file. No more is read ahead than a pipe holds; of a larger file than MAX_MAIL_BYTES only the headers are kept. Throws TransientFailure if the mirror is
 * damaged.
 */
export async function* readBlobs<Commit extends { readonly id: string }>(
  mirror: GitMirror,
  commits: AsyncIterable<Commit>,
  path: string,
  signal: AbortSignal,
): AsyncGenerator<{ readonly commit: Commit; readonly blob: MailBytes | null }> {
  const git = startGit(mirror.setup, onMirror(mirror, 'cat-file', '--batch', '--buffer'), signal);
  const questions = commits[Symbol.asyncIterator]();
  const waiting: Commit[] = [];
  const answers = createByteReader(git.stdout);
  let more = true;
  try {
    for (;;) {
      while (more && waiting.length < AHEAD) {
        const { done, value } = await questions.next();
        if (done) {
          more = false;
          // What is still in its buffer comes when it ends.
          git.stdin.end();
        } else {
          waiting.push(value);
          git.stdin.write(`${value.id}:${path}\n`);
        }
      }
      const next = waiting.shift();
      if (next === undefined) break;
      yield { commit: next, blob: await readAnswer(answers) };
    }
    await git.ended;
  } catch (error) {
    if (!(error instanceof OutputEnded) || signal.aborted) throw error;
    const { errorText } = await git.ended;
    throw gitFailure('mirror-damaged', 'read its mirror', errorText);
  } finally {
    await git.stop();
    await questions.return?.();
  }
}

class OutputEnded extends Error {
  override readonly name = 'OutputEnded';
}

/** `ID blob SIZE`, the bytes and a line end; or `NAME missing`. */
async function readAnswer(answers: ByteReader): Promise<MailBytes | null> {
  const words = (await answers.line()).split(' ');
  if (words.at(-1) === 'missing') return null;
  const total = Number(words[2]);
  if (words[1] !== 'blob' || !Number.isSafeInteger(total) || total < 0)
    throw new TransientFailure('mirror-damaged', 'git returned something other than a mail.');
  const raw = await answers.bytes(total, total > MAX_MAIL_BYTES ? HEADER_BYTES : total);
  await answers.bytes(1, 0);
  return { raw, total };
}

interface ByteReader {
  /** The text up to a line end, which is left out. */
  line(): Promise<string>;
  /** Reads `count` bytes and gives the first `keep` of them, copied. */
  bytes(count: number, keep: number): Promise<Buffer>;
}

const LF = 0x0a;
const MAX_LINE = 4096;

function createByteReader(stream: Readable): ByteReader {
  const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let rest: Buffer = Buffer.alloc(0);
  const more = async (): Promise<void> => {
    const { done, value } = await chunks.next();
    if (done) throw new OutputEnded();
    rest = rest.length === 0 ? value : Buffer.concat([rest, value]);
  };
  return {
    async line() {
      let end = rest.indexOf(LF);
      while (end < 0) {
        if (rest.length > MAX_LINE)
          throw new TransientFailure('mirror-damaged', 'git returned an unfinished line.');
        await more();
        end = rest.indexOf(LF);
      }
      const line = rest.toString('latin1', 0, end);
      rest = rest.subarray(end + 1);
      return line;
    },
    async bytes(count, keep) {
      const kept = Buffer.allocUnsafeSlow(Math.min(count, keep));
      let read = 0;
      while (read < count) {
        if (rest.length === 0) await more();
        const piece = rest.subarray(0, count - read);
        if (read < kept.length) piece.copy(kept, read);
        read += piece.length;
        rest = rest.subarray(piece.length);
      }
      return kept;
    },
  };
}
