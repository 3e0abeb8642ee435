import type { PreparedMail } from '../../adapters/store/prepared-mail.js';
import type { ParsedMail, RawMail } from './mail-parser.js';

/** Mails on their way to the worker: their bytes in one buffer, which is handed over and not copied. */
export interface ParseRequest {
  readonly id: number;
  readonly bytes: ArrayBuffer;
  readonly mails: readonly Packed<Omit<RawMail, 'raw'>>[];
}

/** The outcomes, in the order of the request; the mails themselves stayed where the request came from. */
export interface ParseReply {
  readonly id: number;
  readonly outcomes: readonly SentOutcome[];
}

type SentOutcome =
  | { readonly kind: 'read'; readonly mail: Omit<PreparedMail, 'raw'> }
  | Extract<ParsedMail, { kind: 'skipped' }>;

type Packed<T> = T & { readonly offset: number; readonly length: number };

/** Where the worker notes which mail it has at hand, for the case that it dies over it. */
export const AT_REQUEST = 0;
export const AT_MAIL = 1;

export function packRequest(id: number, mails: readonly RawMail[]): ParseRequest {
  const { bytes, places } = pack(mails.map((mail) => mail.raw));
  return {
    id,
    bytes,
    mails: mails.map(({ raw: _, ...mail }, i) => ({ ...mail, ...placeAt(places, i) })),
  };
}

export function unpackRequest({ bytes, mails }: ParseRequest): RawMail[] {
  return mails.map(({ offset, length, ...mail }) => ({
    ...mail,
    raw: new Uint8Array(bytes, offset, length),
  }));
}

export function packReply(id: number, outcomes: readonly ParsedMail[]): ParseReply {
  return {
    id,
    outcomes: outcomes.map((outcome) => {
      if (outcome.kind === 'skipped') return outcome;
      const { raw: _, ...mail } = outcome.mail;
      return { kind: 'read', mail };
    }),
  };
}

/** `raws`: the mails of the request, in its order. */
export function unpackReply({ outcomes }: ParseReply, raws: readonly Uint8Array[]): ParsedMail[] {
  return outcomes.map((outcome, i) =>
    outcome.kind === 'skipped'
      ? outcome
      : { kind: 'read', mail: { ...outcome.mail, raw: raws[i] ?? new Uint8Array() } },
  );
}

interface Place {
  readonly offset: number;
  readonly length: number;
}

function placeAt(places: readonly Place[], i: number): Place {
  return places[i] ?? { offset: 0, length: 0 };
}

function pack(pieces: readonly Uint8Array[]): { bytes: ArrayBuffer; places: Place[] } {
  const bytes = new ArrayBuffer(pieces.reduce((sum, piece) => sum + piece.byteLength, 0));
  const target = new Uint8Array(bytes);
  let offset = 0;
  const places = pieces.map((piece) => {
    const place = { offset, length: piece.byteLength };
    target.set(piece, offset);
    offset += piece.byteLength;
    return place;
  });
  return { bytes, places };
}
