import { parseSubject } from '../../../src/digest/mail/subject/parse-subject.js';
import type { JoinFacts } from '../../../src/digest/revision/revision.js';

/** A little mail for tests: a subject line and what joining sees of the rest. */
export interface LittleMail {
  readonly id: string;
  readonly subject: string;
  /** `Name <address>`; Ann by default. */
  readonly from?: string;
  /** Author of the patch, where the body says so. */
  readonly author?: string;
  /** Minutes since the start of 2024; null for an undated mail. */
  readonly at?: number | null;
  /** In-Reply-To, then the references before it, newest first. */
  readonly re?: readonly string[];
  readonly kind?: JoinFacts['kind'];
  readonly hasDiff?: boolean;
  readonly patchId?: string;
  readonly changeId?: string;
  readonly supersedes?: readonly string[];
  /** Ids of earlier versions that the text names, by version. */
  readonly earlier?: readonly (readonly [number | null, string])[];
  readonly bodyVersion?: number;
  readonly shortlog?: readonly string[];
  readonly bot?: boolean;
  /** The commit that it copies. */
  readonly upstream?: string;
}

export const ANN = 'Ann Author <ann@example.org>';
export const BOB = 'Bob Builder <bob@example.com>';
const START = Date.UTC(2024, 0, 1);
const MINUTE_MS = 60_000;
export const DAY = 24 * 60;

/** Facts as `joinFacts(understand(mail))` gives them, with ids completed to `id@x`. */
export function makeFacts(mail: LittleMail): JoinFacts {
  const subject = parseSubject(mail.subject);
  const [sender, author] = [readAddress(mail.from ?? ANN), readAddress(mail.author ?? mail.from ?? ANN)];
  const kind = mail.kind ?? guessKind(subject);
  const references = (mail.re ?? []).map(full);
  const date =
    mail.at === null ? null : new Date(START + (mail.at ?? 0) * MINUTE_MS).toISOString().replace('.000', '');
  return {
    id: full(mail.id),
    kind,
    title: subject.title,
    was: subject.was,
    version: subject.version,
    versionInferred: subject.versionInferred,
    index: subject.index,
    total: subject.total,
    countersInferred: subject.countersInferred,
    rfc: subject.rfc,
    resend: subject.resend,
    prefixes: subject.prefixes,
    author,
    senderEmail: sender.email.toLowerCase(),
    ...(sender.email === author.email ? {} : { sender: sender.name }),
    ...(mail.upstream === undefined ? {} : { upstream: mail.upstream }),
    date,
    received: date,
    inReplyTo: references[0] ?? null,
    references: references.toReversed(),
    hasDiff: mail.hasDiff ?? kind === 'patch',
    patchId: mail.patchId ?? null,
    changeId: mail.changeId ?? null,
    supersedes: (mail.supersedes ?? []).map(full),
    previousVersions: (mail.earlier ?? []).map(([version, id]) => ({
      version,
      messageId: full(id),
      url: null,
    })),
    bodyVersion: mail.bodyVersion ?? null,
    shortlog: (mail.shortlog ?? []).map((title) => ({ author: author.name, title })),
    trailers: [],
    claims: [],
    bot: mail.bot ?? false,
    inAnswer: subject.reply && kind === 'patch',
  };
}

/** `p1` becomes `p1@x`; ids that have an `@` stay. */
export function full(id: string): string {
  return id.includes('@') ? id : `${id}@x`;
}

/** An id as the tests write it. */
export function short(id: string): string {
  return id.replace(/@x$/, '');
}

function guessKind(subject: ReturnType<typeof parseSubject>): JoinFacts['kind'] {
  if (subject.reply) return 'reply';
  if (subject.index === 0) return 'cover';
  if (subject.pull) return 'pull';
  return subject.patch ? 'patch' : 'other';
}

function readAddress(text: string): { name: string; email: string } {
  const at = text.indexOf('<');
  return at < 0
    ? { name: '', email: text }
    : { name: text.slice(0, at).trim(), email: text.slice(at + 1, text.length - 1) };
}
