import { publicId } from '../mail/public-id.js';
import type { Revision, Slot } from '../revision/revision.js';
import { explainLink } from './explain.js';
import type { Correction, SeriesGroup } from './group.js';
import type { SeriesRecord } from './record.js';
import type { PublicCorrection, WhyMail, WhyPosting, WhySeries } from './why.js';

/** A correction with who made it and when (ISO UTC). */
export type SignedCorrection = Correction & { readonly by: string; readonly madeAt: string };

export interface WhyMaterial {
  readonly series: SeriesRecord;
  readonly group: SeriesGroup;
  /** All in the database; those that concern no mail of the series are left out. */
  readonly corrections: readonly SignedCorrection[];
}

/** Why the mails of a series are one piece of work, and what its state was read from. Pure. */
export function describeWhy({ series, group, corrections }: WhyMaterial): WhySeries {
  const members = new Set(group.revisions.flatMap((revision) => revision.members));
  const place = new Map(group.revisions.map((revision, at) => [revision.id, at]));
  const links = [...group.links].sort((a, b) => (place.get(a.newer) ?? 0) - (place.get(b.newer) ?? 0));
  return {
    id: series.id,
    title: series.title,
    postings: group.revisions.map((revision) => whyPosting(revision, series)),
    links: links.map((link) => ({
      older: publicId(link.older),
      newer: publicId(link.newer),
      reason: link.reason,
      text: explainLink(link),
    })),
    origins: series.origins ?? [],
    state: series.state,
    corrections: corrections.filter(({ a, b }) => members.has(a) || members.has(b)).map(publicCorrection),
  };
}

/** A correction as it is shown outside. */
export function publicCorrection({ kind, a, b, by, madeAt }: SignedCorrection): PublicCorrection {
  return { kind, a: publicId(a), b: publicId(b), by, madeAt };
}

function whyPosting(revision: Revision, series: SeriesRecord): WhyPosting {
  const own = new Set(revision.members);
  const record = series.revisions.find((one) => one.id === revision.id);
  const urls = new Map(record?.patches.map((patch) => [patch.messageId, patch.url]));
  const whyMail = (slot: Slot, id: string): WhyMail => {
    const messageId = publicId(id);
    return {
      role: 'patch',
      index: slot.index,
      title: slot.title,
      messageId,
      url: urls.get(messageId) ?? null,
    };
  };
  const patches = revision.slots.flatMap((slot) =>
    slot.id !== null && own.has(slot.id) ? [whyMail(slot, slot.id)] : [],
  );
  const { version, versionInferred, rfc, resend, title, author, date, total, why } = revision;
  return {
    version,
    versionInferred,
    rfc,
    resend,
    title,
    author: { ...author },
    date,
    messageId: publicId(revision.id),
    total,
    received: patches.length,
    why: [...why],
    mails: revision.coverId === null ? patches : [coverOf(revision, record?.url ?? null), ...patches],
    carried: revision.slots.filter((slot) => slot.id !== null && !own.has(slot.id)).length,
    doubles: revision.members
      .filter((id) => id !== revision.coverId && !revision.slots.some((slot) => slot.id === id))
      .map(publicId),
    missing: revision.slots.filter((slot) => slot.id === null).map((slot) => slot.title),
  };
}

function coverOf({ title, id }: Revision, url: string | null): WhyMail {
  return { role: 'cover', index: null, title, messageId: publicId(id), url };
}
