import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { ClaimSays } from '../../src/digest/claims/claim.js';
import type { JoinFacts, Revision } from '../../src/digest/revision/revision.js';
import { decidersOf } from '../../src/digest/series/deciders.js';
import { readAuthority } from '../../src/digest/state/authority.js';
import { judgeClaims } from '../../src/digest/state/judge-claims.js';
import { weighClaim } from '../../src/digest/state/weigh-claim.js';
import type { Catalog } from '../../src/digest/subsystem/catalog.js';
import type { IngestedCorpus } from './ingested-corpus.js';

const labelSchema = z.object({
  messageId: z.string(),
  says: z.string(),
  sure: z.boolean().default(true),
  corpus: z.string().default('state-threads'),
});

/** What a reply says of its posting, as people read it. */
export type ReplyLabel = z.infer<typeof labelSchema>;

export function readLabels(path: string): ReplyLabel[] {
  return readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => labelSchema.parse(JSON.parse(line)));
}

/** `changes-requested` and `author-will-change` are one class to readers: a new version is needed. */
export const NEW_VERSION = 'needs a new version';

export const classOf = (says: string): string =>
  says === 'changes-requested' || says === 'author-will-change'
    ? NEW_VERSION
    : says === 'merged'
      ? 'applied'
      : says;

/** Where a mail says several things, the first of these counts. */
const RANK: readonly ClaimSays[] = [
  'merged',
  'applied',
  'unapplied',
  'rejected',
  'withdrawn',
  'changes-requested',
  'author-will-change',
  'will-apply',
];

/**
 * What would be believed of a reply whose posting is not in the corpus, so that no one is known to maintain or to have written it: only
 * that it was applied. The product has nothing to show it of.
 */
export function believedAlone(corpus: IngestedCorpus, catalog: Catalog, messageId: string): string {
  const fact = corpus.facts.get(messageId);
  if (fact === undefined) return 'none';
  const deciders = decidersOf({ catalog, authority: readAuthority() }, [], []);
  const nobody = { name: '', email: '' };
  const revision = { id: '', author: nobody } as Revision;
  const context = { fact, revision, facts: corpus.facts, deciders };
  const isApplied = fact.claims.some(
    (claim) => classOf(claim.says) === 'applied' && weighClaim(claim, context) > 0,
  );
  return isApplied ? 'applied' : 'none';
}

/** Whether the posting that a reply answers is in the corpus. */
export async function hasPosting(corpus: IngestedCorpus, messageId: string): Promise<boolean> {
  return (await corpus.store.postingOf(messageId)) !== null;
}

/** What the product believes of what one reply says; `none` where it says nothing, or may not. */
export async function believedOf(
  corpus: IngestedCorpus,
  catalog: Catalog,
  messageId: string,
): Promise<string> {
  const [series, home] = [await corpus.seriesOf(messageId), await corpus.store.postingOf(messageId)];
  const group = series === null ? null : await corpus.store.groupOf(series.id);
  const own = corpus.facts.get(messageId);
  if (series === null || group === null || home === null || own === undefined) return 'none';
  const facts = new Map<string, JoinFacts>([[messageId, own]]);
  for (const id of [...group.revisions.flatMap(({ members }) => members), own.inReplyTo ?? '']) {
    const fact = corpus.facts.get(id);
    if (fact !== undefined) facts.set(id, fact);
  }
  const deciders = decidersOf(
    { catalog, authority: readAuthority() },
    series.paths.map(({ path }) => path),
    series.recipients,
  );
  const targets = new Map([[messageId, home]]);
  const { believed } = judgeClaims({ revisions: group.revisions, facts, targets, deciders });
  const says = believed.filter(({ fact }) => fact.id === messageId).map(({ claim }) => claim.says);
  return RANK.find((one) => says.includes(one)) ?? 'none';
}
