import type { Duplex } from 'node:stream';
import type { TransientFailure } from '../../digest/failure/failure.js';
import { brokeOff, noAnswer, socketFailure } from './failures.js';
import { MAX_LINE_BYTES, type TimeLimits } from './limits.js';

/** The text of a multi-line answer. */
interface Block {
  /** With LF line ends and without dot-stuffing. */
  readonly bytes: Buffer;
  /** Bytes on the wire; more than `bytes` if it was cut. */
  readonly size: number;
  readonly isCut: boolean;
}

/** Reads a server's answers one after another, pulling no more from the socket than it needs. */
export interface AnswerReader {
  /** One status line, without its end. `request`: for errors. Rejects with TransientFailure. */
  line(request: string): Promise<string>;
  /** A multi-line answer up to its final dot, of which a limited number of bytes is kept. */
  block(request: string, limit: number): Promise<Block>;
}

const LF = 0x0a;
const END = Buffer.from('\r\n.\r\n');

export function readAnswers(socket: Duplex, server: string, limits: TimeLimits): AnswerReader {
  let left: Buffer = Buffer.alloc(0);
  let broken: unknown = null;
  let startedAt = 0;
  socket.on('error', (error) => {
    broken = error;
  });

  const more = async (request: string): Promise<Buffer> => {
    for (;;) {
      const chunk: Buffer | null = socket.read();
      if (chunk !== null) return chunk;
      if (broken !== null) throw socketFailure(server, broken);
      if (socket.readableEnded || socket.destroyed) throw brokeOff(server, request);
      const waitMs = Math.min(limits.idleMs, startedAt + limits.answerMs - performance.now());
      const late = noAnswer(server, request, Math.ceil(limits.idleMs / 1000));
      await readable(socket, waitMs, late);
    }
  };
  const next = async (request: string): Promise<Buffer> => {
    const chunk = left.length > 0 ? left : await more(request);
    left = Buffer.alloc(0);
    return chunk;
  };

  return {
    async line(request) {
      startedAt = performance.now();
      let text = '';
      for (;;) {
        const chunk = await next(request);
        const end = chunk.indexOf(LF);
        text += chunk.toString('latin1', 0, end < 0 ? chunk.length : end);
        if (end >= 0) left = chunk.subarray(end + 1);
        if (end >= 0 || text.length > MAX_LINE_BYTES) return text.endsWith('\r') ? text.slice(0, -1) : text;
      }
    },
    async block(request, limit) {
      startedAt = performance.now();
      const parts: Buffer[] = [];
      let size = 0;
      let kept = 0;
      // The end of the status line counts: an empty answer is only a dot.
      let tail: Buffer = Buffer.from('\r\n');
      for (;;) {
        const chunk = await next(request);
        const end = endOf(tail, chunk);
        const own = end < 0 ? chunk : chunk.subarray(0, end);
        size += own.length;
        if (kept < limit) {
          const part = own.subarray(0, limit - kept);
          parts.push(part);
          kept += part.length;
        }
        if (end >= 0) {
          left = chunk.subarray(end);
          return { bytes: unstuffed(Buffer.concat(parts), size > kept), size, isCut: size > kept };
        }
        tail = Buffer.concat([tail, chunk.subarray(-END.length)]).subarray(-(END.length - 1));
      }
    },
  };
}

/** Where in the chunk the final dot's line ends; -1 if it does not. `tail`: the bytes before the chunk. */
function endOf(tail: Buffer, chunk: Buffer): number {
  const seam = Buffer.concat([tail, chunk.subarray(0, END.length - 1)]).indexOf(END);
  if (seam >= 0) return seam + END.length - tail.length;
  const at = chunk.indexOf(END);
  return at < 0 ? -1 : at + END.length;
}

/** RFC 3977, 3.1.1: removes the final dot and the first dot of a line; CRLF becomes LF. */
function unstuffed(bytes: Buffer, isCut: boolean): Buffer {
  const text = bytes.toString('latin1');
  const whole = isCut ? text : text.slice(0, -'.\r\n'.length);
  const first = whole.startsWith('.') ? whole.slice(1) : whole;
  return Buffer.from(first.replaceAll('\r\n.', '\r\n').replaceAll('\r\n', '\n'), 'latin1');
}

/** Waits until there is something to read, or the socket ends. */
function readable(socket: Duplex, waitMs: number, late: TransientFailure): Promise<void> {
  return new Promise((resolve, reject) => {
    const events = ['readable', 'end', 'close', 'error'];
    const done = () => {
      clearTimeout(timer);
      for (const event of events) socket.off(event, done);
      resolve();
    };
    const timer = setTimeout(
      () => {
        for (const event of events) socket.off(event, done);
        reject(late);
      },
      Math.max(0, waitMs),
    );
    for (const event of events) socket.on(event, done);
  });
}
