import { createHash } from 'node:crypto';
import { publicId } from '../mail/public-id.js';
import { samePerson } from '../mail/same-person.js';
import type { JoinFacts, Revision } from '../revision/revision.js';
import { decideState, type JudgedRevisions, judgeRevisions, revisionStates } from '../state/decide-state.js';
import type { ClaimSetting } from '../state/judge-claims.js';
import type { StateEvidence } from '../state/outcome.js';
import { maintainsAll } from '../subsystem/maintainers-of.js';
import { matchSubsystems } from '../subsystem/match-subsystems.js';
import { latestOf } from '../time/iso.js';
import { isReviewKind } from '../trailer/kinds.js';
import { backportOf } from './backport.js';
import { changedPaths } from './changed-paths.js';
import { decidersOf } from './deciders.js';
import { describeCuts } from './describe-cuts.js';
import { describeRevision } from './describe-revision.js';
import { explainLinks, explainOrigin } from './explain.js';
import { formerRecipients } from './former-recipients.js';
import type { SeriesGroup } from './group.js';
import type { ReplyCounts, SeriesMaterial } from './material.js';
import type { PostingFacts } from './posting-facts.js';
import type { OriginRecord, RevisionRecord, SeriesRecord } from './record.js';

/** The short name of a series, made from a member's id: twelve hex digits. */
export function seriesId(anchor: string): string {
  return createHash('sha256').update(anchor).digest('hex').slice(0, 12);
}

const MAX_RECIPIENTS = 300;

/** Describes everything that people ask about a series. Pure: the same material gives the same record. */
export function describeSeries(material: SeriesMaterial): SeriesRecord {
  const { group, messages } = material;
  const first = group.revisions[0];
  const latest = group.revisions.at(-1);
  if (first === undefined || latest === undefined) throw new Error('A series has at least one revision.');
  const members = group.revisions.flatMap((revision) => revision.members);
  const mails = members.map((id) => messages.get(id)).filter((mail) => mail !== undefined);
  const lists = distinct(mails.flatMap((mail) => mail.lists)).sort();
  const recipients = distinct(mails.flatMap((mail) => mail.recipients))
    .sort()
    .slice(0, MAX_RECIPIENTS);
  const former = formerRecipients(recipients, latest.members, messages);
  const prefixes = distinct(group.revisions.flatMap((revision) => revision.prefixes));
  const paths = changedPaths(group.revisions, messages);
  const setting = settingOf(
    material,
    paths.map((changed) => changed.path),
    recipients,
  );
  const judged = judgeRevisions(setting);
  const revisions = describeRevisions(material, setting, judged);
  const { applied, ...state } = stateOf(material, setting, judged, lists);
  const { replies, unread, ...newest } = material.replies ?? countReplies(material);
  const facts = [...material.facts.values()];
  const problems = [
    ...group.revisions.flatMap((revision) => revision.problems ?? []),
    ...describeCuts(revisions, unread),
  ];
  const origins = describeOrigins(group, (id) => material.archiveUrl(id, lists));
  const subsystems = matchSubsystems(material.catalog, {
    paths,
    title: latest.title,
    prefixes,
    lists,
    recipients,
  }).map((match) => ({ slug: match.slug, name: match.name, primary: match.primary, share: match.share }));
  return {
    id: seriesId(first.id),
    title: latest.title,
    author: { ...latest.author },
    subsystems,
    lists,
    state,
    applied,
    latest: publicId(latest.id),
    revisions,
    replies,
    updated: latestOf([newest.newest, ...facts.map(receivedAt)]),
    heardAt: latestOf([newest.newestOfPeople, ...facts.filter(({ bot }) => !bot).map(receivedAt)]),
    why: explainLinks(group),
    paths,
    recipients,
    ...(former.length === 0 ? {} : { formerRecipients: former }),
    authors: authorsOf(group.revisions, mails),
    prefixes,
    kind: kindOf(latest, messages),
    bot: mails.length > 0 && mails.every((mail) => mail.bot),
    ...describeBackport(latest, material),
    ...(isProposal(material, latest) ? { proposal: true } : {}),
    ...(isUnfinished(latest, messages.get(latest.id)) ? { unfinished: true } : {}),
    ...(isOwnGround(material, latest, paths, subsystems) ? { ownGround: true } : {}),
    ...(problems.length === 0 ? {} : { problems }),
    ...(origins.length === 0 ? {} : { origins }),
  };
}

function describeBackport(
  latest: Revision,
  { facts }: Pick<SeriesMaterial, 'facts'>,
): Pick<SeriesRecord, 'backport'> {
  const backport = backportOf(latest, facts);
  if (backport === null) return {};
  const { name, email } = backport.sender;
  return { backport: { ...backport, sender: { name, email } } };
}

/**
 * A single patch, no version of anything, that was written within a thread: it is a proposal. So is one patch of several, amended there
 * (`[PATCH 16/18 v2]`).
 */
function isProposal(
  { facts, group }: SeriesMaterial,
  { id, coverId, total, version, slots }: Revision,
): boolean {
  if (group.revisions.length > 1 || coverId !== null) return false;
  const received = slots.filter((slot) => slot.id !== null).length;
  if (total > 1 ? received > 1 : version > 1) return false;
  // A tool that sends a patch below another mail names only that one.
  return (facts.get(id)?.references.length ?? 0) > 1;
}

function isUnfinished({ title }: Revision, lead: PostingFacts | undefined): boolean {
  return lead?.subject.wip === true || /\b(?:WIP|POC)\b/.test(title);
}

/** A series with more paths is not only one person's. */
const MOST_OWN_PATHS = 200;

function isOwnGround(
  { catalog }: Pick<SeriesMaterial, 'catalog'>,
  { author }: Revision,
  paths: SeriesRecord['paths'],
  subsystems: SeriesRecord['subsystems'],
): boolean {
  const home = catalog.bySlug.get(subsystems.find(({ primary }) => primary)?.slug ?? '')?.entries ?? [];
  return (
    paths.length <= MOST_OWN_PATHS &&
    maintainsAll(
      catalog,
      author,
      paths.map(({ path }) => path),
      home,
    )
  );
}

/** The postings that the work was split from; `urlOf` a Message-ID. */
function describeOrigins(
  { origins = [] }: Pick<SeriesGroup, 'origins'>,
  urlOf: (messageId: string) => string | null,
): OriginRecord[] {
  return origins.map((origin) => {
    const messageId = publicId(origin.older);
    return {
      messageId,
      url: messageId === null ? null : urlOf(messageId),
      name: origin.name,
      title: origin.title,
      text: explainOrigin(origin),
    };
  });
}

function countReplies(material: SeriesMaterial): ReplyCounts {
  const replies = [...material.facts.values()].filter(
    (fact) => (fact.kind === 'reply' || fact.inAnswer) && !fact.bot && material.targets.has(fact.id),
  );
  return { replies: replies.length, newest: null, newestOfPeople: null, unread: 0 };
}

function receivedAt({ received, date }: JoinFacts): string | null {
  return received ?? date;
}

function describeRevisions(
  material: SeriesMaterial,
  setting: ClaimSetting,
  judged: JudgedRevisions,
): RevisionRecord[] {
  const outcomes = revisionStates(setting, judged);
  const requests = requestsOf(judged);
  const described: RevisionRecord[] = [];
  for (const revision of material.group.revisions) {
    const one = describeRevision(revision, described, outcomes.get(revision.id)?.name ?? 'new', material);
    const asked = requests.get(revision.id);
    const reviewedAt = lastReview(revision, material);
    described.push({
      ...one,
      ...(asked === undefined ? {} : { asked }),
      ...(reviewedAt === null ? {} : { reviewedAt }),
    });
  }
  return described;
}

function lastReview({ members, author }: Revision, { facts, targets }: SeriesMaterial): string | null {
  const own = new Set(members);
  return latestOf(
    [...targets].map(([id, target]) => {
      const fact = own.has(target) ? facts.get(id) : undefined;
      if (fact === undefined || fact.bot || !fact.trailers.some(({ kind }) => isReviewKind(kind)))
        return null;
      const by = { name: fact.author.name, email: fact.senderEmail };
      return samePerson(by, author) ? null : receivedAt(fact);
    }),
  );
}

const MOST_REQUESTS = 20;

/** Who asked for changes to which posting, by its id: the first mail of each person. */
function requestsOf({
  believed,
}: Pick<JudgedRevisions, 'believed'>): Map<string, NonNullable<RevisionRecord['asked']>[number][]> {
  const found = new Map<string, NonNullable<RevisionRecord['asked']>[number][]>();
  for (const { claim, fact, revision, isAuthor } of believed) {
    if (claim.says !== 'changes-requested' || isAuthor || fact.bot) continue;
    const { name } = fact.author;
    const own = found.get(revision.id) ?? [];
    found.set(revision.id, own);
    if (own.length < MOST_REQUESTS && !own.some(({ email }) => email === fact.senderEmail))
      own.push({ name, email: fact.senderEmail, messageId: publicId(fact.id) });
  }
  return found;
}

function settingOf(
  material: SeriesMaterial,
  paths: readonly string[],
  recipients: readonly string[],
): ClaimSetting {
  const { group, facts, targets, pulls } = material;
  const deciders = decidersOf(material, paths, recipients);
  return { revisions: group.revisions, facts, targets, pulls, deciders };
}

function stateOf(
  material: SeriesMaterial,
  setting: ClaimSetting,
  judged: JudgedRevisions,
  lists: readonly string[],
): SeriesRecord['state'] & Pick<SeriesRecord, 'applied'> {
  const { name, evidence, applied, disbelieved } = decideState(setting, judged);
  const linked = evidence.map(
    (one): StateEvidence => ({
      ...one,
      url: one.messageId === null ? null : material.archiveUrl(one.messageId, lists),
    }),
  );
  return { name, evidence: linked, applied, ...(disbelieved === undefined ? {} : { disbelieved }) };
}

function authorsOf(
  revisions: readonly Revision[],
  mails: readonly PostingFacts[],
): { name: string; email: string }[] {
  const people = new Map<string, { name: string; email: string }>();
  for (const { author } of [...revisions, ...mails]) {
    const key = (author.email || author.name).toLowerCase();
    if (key !== '' && !people.has(key))
      people.set(key, { name: author.name, email: author.email.toLowerCase() });
  }
  return [...people.values()];
}

function kindOf(latest: Revision, messages: ReadonlyMap<string, PostingFacts>): SeriesRecord['kind'] {
  if (messages.get(latest.id)?.kind === 'pull') return 'pull';
  return latest.coverId === null && latest.total <= 1 ? 'single' : 'series';
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}
