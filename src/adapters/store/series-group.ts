import type { Revision } from '../../digest/revision/revision.js';
import { completeRerolls } from '../../digest/series/complete-rerolls.js';
import type { RevisionLink, SeriesGroup, SeriesOrigin } from '../../digest/series/group.js';
import type { ReplyMail } from '../../digest/series/named-mail.js';
import type { PostingFacts } from '../../digest/series/posting-facts.js';
import { expandOrNull } from './raw-body.js';
import type { Db } from './schema.js';
import { setOf } from './sets.js';

/** How a series came together, as it is stored: enough to make its SeriesGroup again. */
export interface Joined {
  /** Revision.id, in order. */
  readonly revisions: readonly string[];
  readonly links: readonly RevisionLink[];
  readonly origins?: readonly SeriesOrigin[];
}

export function joinedOf(group: SeriesGroup): string {
  const { links, origins } = group;
  const revisions = group.revisions.map((revision) => revision.id);
  const joined: Joined = origins === undefined ? { revisions, links } : { revisions, links, origins };
  return JSON.stringify(joined);
}

/** The group that was joined, from its revisions as they are stored: each on its own, not yet completed by another. */
export function groupOf(
  joined: Joined,
  stored: ReadonlyMap<string, { readonly document: string }>,
): SeriesGroup {
  const revisions = joined.revisions.flatMap((key) => {
    const row = stored.get(key);
    return row === undefined ? [] : [JSON.parse(row.document) as Revision];
  });
  return { ...joined, revisions: completeRerolls(revisions, joined.links) };
}

/** By Message.id; replies are left out. */
export function postingsOf(
  rows: readonly { readonly key: string; readonly posting: string | null }[],
): Map<string, PostingFacts> {
  return new Map(
    rows.flatMap(({ key, posting }) =>
      posting === null ? [] : [[key, JSON.parse(posting) as PostingFacts]],
    ),
  );
}

/** Answers how a series came together. */
export function createGroupReader(db: Db) {
  const joinedByKey = (on: Db, v: { key: string }) =>
    on.selectFrom('series').select('joined').where('key', '=', v.key).execute();
  const revisionsByKey = (on: Db, keys: Iterable<string>) =>
    on
      .selectFrom('revision')
      .innerJoin('message', 'message.id', 'revision.id')
      .select(['message.key', 'revision.document'])
      .where('message.key', 'in', setOf(on, keys))
      .execute();
  const postingOf = (on: Db, v: { key: string }) =>
    on
      .selectFrom('message')
      .leftJoin('message as target', 'target.id', 'message.target_id')
      .innerJoin('message as posting', (join) =>
        join.on((on) => on('posting.id', '=', on.fn.coalesce('message.revision_id', 'target.revision_id'))),
      )
      .select('posting.key')
      .where('message.key', '=', v.key)
      .execute();
  const postingByKey = (on: Db, keys: Iterable<string>) =>
    on
      .selectFrom('message')
      .innerJoin('message_document', 'message_document.message_id', 'message.id')
      .select(['key', 'posting'])
      .where('key', 'in', setOf(on, keys))
      .execute();
  const bodiesByKey = (on: Db, keys: Iterable<string>) =>
    on
      .selectFrom('message')
      .innerJoin('raw', 'raw.message_id', 'message.id')
      .select(['message.key', 'raw.body'])
      .where('raw.canonical', '=', 1)
      .where('message.key', 'in', setOf(on, keys))
      .execute();
  const spokenOf = (on: Db, v: { key: string }) =>
    on
      .selectFrom('message')
      .leftJoin('message as target', 'target.id', 'message.target_id')
      .select(['message.author_email', 'target.key'])
      .where('message.key', '=', v.key)
      .execute();
  return {
    async replyMail(messageId: string): Promise<ReplyMail | null> {
      const [row] = await spokenOf(db, { key: messageId });
      return row === undefined ? null : { email: row.author_email, about: row.key };
    },
    postingFacts: async (ids: readonly string[]): Promise<Map<string, PostingFacts>> =>
      postingsOf(await postingByKey(db, ids)),
    async groupOf(seriesId: string): Promise<SeriesGroup | null> {
      const [row] = await joinedByKey(db, { key: seriesId });
      if (row === undefined) return null;
      const joined = JSON.parse(row.joined) as Joined;
      const revisions = await revisionsByKey(db, joined.revisions);
      return groupOf(joined, new Map(revisions.map((revision) => [revision.key, revision])));
    },
    async mails(ids: readonly string[]): Promise<Map<string, Uint8Array>> {
      const rows = await bodiesByKey(db, ids);
      return new Map(
        rows.flatMap(({ key, body }) => {
          const raw = expandOrNull(body);
          return raw === null || raw.byteLength === 0 ? [] : [[key, raw] as const];
        }),
      );
    },
    postingOf: async (messageId: string): Promise<string | null> =>
      (await postingOf(db, { key: messageId }))[0]?.key ?? null,
  };
}
