import type { PreparedMail } from '../../adapters/store/prepared-mail.js';
import type { ParsedMail, RawMail } from './mail-parser.js';

/** Mails on their way to the worker: their bytes in one buffer, which is handed over and not copied. */
export interface ParseRequest {
  readonly id: number;
  readonly bytes: ArrayBuffer;
  readonly mails: readonly Packed<Omit<RawMail, 'raw'>>[];
}

/**
 * The outcomes, in the order of the request. What the request already contained of a mail is not sent back; documents and bodies
 * are in one buffer, which is handed over.
 */
export interface ParseReply {
  readonly id: number;
  readonly bytes: ArrayBuffer;
  readonly outcomes: readonly SentOutcome[];
}

type Stayed = 'raw' | 'copyHash' | 'source' | 'where';
type InBytes = 'facts' | 'posting' | 'body';
type SentOutcome =
  | ({ readonly kind: 'read'; readonly mail: Omit<PreparedMail, Stayed | InBytes> } & SentBytes)
  | Extract<ParsedMail, { kind: 'skipped' }>;
type SentBytes = { readonly facts: Place; readonly posting: Place | null; readonly body: Place | null };

const NONE = new Uint8Array();

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
  const pieces = outcomes.flatMap((outcome) =>
    outcome.kind === 'skipped'
      ? []
      : [outcome.mail.facts, outcome.mail.posting ?? NONE, outcome.mail.body ?? NONE],
  );
  const { bytes, places } = pack(pieces);
  let at = 0;
  return {
    id,
    bytes,
    outcomes: outcomes.map((outcome): SentOutcome => {
      if (outcome.kind === 'skipped') return outcome;
      const { raw: _r, copyHash: _c, source: _s, where: _w, facts: _, posting, body, ...mail } = outcome.mail;
      at += 3;
      return {
        kind: 'read',
        mail,
        facts: placeAt(places, at - 3),
        posting: posting === null ? null : placeAt(places, at - 2),
        body: body === null ? null : placeAt(places, at - 1),
      };
    }),
  };
}

/** `mails`: those of the request, in its order. */
export function unpackReply({ bytes, outcomes }: ParseReply, mails: readonly RawMail[]): ParsedMail[] {
  return outcomes.flatMap((outcome, i) => {
    const given = mails[i];
    if (given === undefined) return [];
    if (outcome.kind === 'skipped') return outcome;
    const { raw, copyHash, origin: source, where } = given;
    const facts = bytesAt(bytes, outcome.facts);
    const posting = outcome.posting === null ? null : bytesAt(bytes, outcome.posting);
    const body = outcome.body === null ? null : bytesAt(bytes, outcome.body);
    return {
      kind: 'read',
      mail: {
        ...outcome.mail,
        raw: body === null ? raw : NONE,
        copyHash,
        source,
        where,
        facts,
        posting,
        body,
      },
    };
  });
}

export function bytesAt(bytes: ArrayBuffer, { offset, length }: Place): Uint8Array {
  return new Uint8Array(bytes, offset, length);
}

/** Where some bytes are in a buffer that is handed over. */
export interface Place {
  readonly offset: number;
  readonly length: number;
}

export function placeAt(places: readonly Place[], i: number): Place {
  return places[i] ?? { offset: 0, length: 0 };
}

/** Pieces of bytes in one new buffer, which can be handed to another thread whole. */
export function pack(pieces: readonly Uint8Array[]): { bytes: ArrayBuffer; places: Place[] } {
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
