import type { StateClaim } from '../../../src/digest/claims/claim.js';
import type { JoinFacts, Revision } from '../../../src/digest/revision/revision.js';
import { readAuthority } from '../../../src/digest/state/authority.js';
import type { ClaimSetting } from '../../../src/digest/state/judge-claims.js';
import type { Deciders } from '../../../src/digest/state/weigh-claim.js';
import type { Trailer } from '../../../src/digest/trailer/trailer.js';

export const jane = { name: 'Jane Doe', email: 'jane@example.org' };
export const mai = { name: 'Mai Ntainer', email: 'mai@example.org' };
export const pat = { name: 'Pat Erson', email: 'pat@example.org' };

/** Facts of a mail by Jane; everything that a test does not care about is empty. */
export function factsOf(id: string, rest: Partial<JoinFacts> = {}): JoinFacts {
  const author = rest.author ?? jane;
  return {
    id,
    kind: 'reply',
    title: 'frob: teach it to fly',
    was: null,
    version: 1,
    versionInferred: true,
    index: null,
    total: null,
    countersInferred: false,
    rfc: false,
    resend: false,
    prefixes: [],
    author,
    senderEmail: author.email,
    date: null,
    received: null,
    inReplyTo: null,
    references: [],
    hasDiff: false,
    patchId: null,
    changeId: null,
    supersedes: [],
    previousVersions: [],
    bodyVersion: null,
    shortlog: [],
    trailers: [],
    claims: [],
    bot: false,
    inAnswer: false,
    ...rest,
  };
}

/** A posting by Jane: a cover `v1-0` and patches `v1-1` … `v1-N`, titled `frob: part n`; N of 1 has no cover. */
export function revisionOf(version: number, total: number, date: string): Revision {
  const name = (index: number) => `v${version}-${index}`;
  const slots = Array.from({ length: total }, (_, at) => ({
    index: total === 1 ? null : at + 1,
    title: `frob: part ${at + 1}`,
    author: 'Jane Doe',
    id: name(at + 1),
    patchId: null,
  }));
  return {
    id: total === 1 ? name(1) : name(0),
    title: 'frob: teach it to fly',
    version,
    versionInferred: version === 1,
    rfc: false,
    resend: false,
    prefixes: [],
    author: jane,
    date,
    received: date,
    coverId: total === 1 ? null : name(0),
    total,
    slots,
    members: [...(total === 1 ? [] : [name(0)]), ...slots.map((slot) => slot.id)],
    why: [],
  };
}

export interface Said {
  readonly to: string;
  readonly by: { readonly name: string; readonly email: string };
  readonly at: string;
  readonly claims?: readonly Partial<StateClaim>[];
  readonly trailers?: readonly Trailer[];
  readonly bot?: boolean;
  readonly unauthenticated?: boolean;
  /** What it is about, if that is not the mail it answers. */
  readonly target?: string;
}

export function trailerOf(
  kind: string,
  person: { name: string; email: string },
  scope?: Trailer['scope'],
): Trailer {
  const value = `${person.name} <${person.email}>`;
  return { kind, ...person, value, ...(scope === undefined ? {} : { scope }) };
}

/** A series of these postings with their replies; Mai alone may decide. Replies are `r0`, `r1` … */
export function settingOf(
  revisions: readonly Revision[],
  said: readonly Said[],
  given: Partial<Deciders> = {},
): ClaimSetting {
  const facts = new Map<string, JoinFacts>();
  const targets = new Map<string, string>();
  for (const revision of revisions) {
    for (const id of revision.members) {
      const kind = id === revision.coverId ? ('cover' as const) : ('patch' as const);
      facts.set(id, factsOf(id, { kind, date: revision.date, received: revision.received }));
    }
  }
  for (const [at, one] of said.entries()) {
    const claims = (one.claims ?? []).map((claim) => fullClaim(claim, one.by));
    const rest = { author: one.by, date: one.at, received: one.at, trailers: one.trailers ?? [], claims };
    facts.set(
      `r${at}`,
      factsOf(`r${at}`, {
        ...rest,
        bot: one.bot ?? false,
        inReplyTo: one.to,
        ...(one.unauthenticated === true ? { unauthenticated: true } : {}),
      }),
    );
    if (one.to !== '') targets.set(`r${at}`, one.target ?? one.to);
  }
  const deciders = {
    authority: readAuthority(),
    known: true,
    mayDecide: (email: string) => email === mai.email,
    maintainsSomething: () => false,
    isAddressed: () => false,
    ...given,
  };
  return { revisions, facts, targets, deciders };
}

function fullClaim(claim: Partial<StateClaim>, by: { name: string; email: string }): StateClaim {
  return {
    says: 'applied',
    source: 'person',
    by,
    tree: null,
    branch: null,
    patches: [],
    confidence: 0.9,
    quote: 'Applied, thanks!',
    ...claim,
  };
}
