import { openFiles } from '../../src/adapters/files/open-files.js';
import { decodeMail } from '../../src/adapters/mail/decode-mail.js';
import type { StateName } from '../../src/digest/claims/claim.js';
import type { SeriesRecord } from '../../src/digest/series/record.js';
import type { IngestedCorpus } from './ingested-corpus.js';
import { type NoticeKind, noticeKind } from './state-recall.js';

/** A mail that says that patches were applied, found without the rules that are measured. */
interface Notice {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly from: string;
  /** What it answers to: Message-IDs. */
  readonly answersTo: readonly string[];
}

/** A notice whose posting does not show as applied, and the state of its series where it has one. */
interface MissedNotice {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly state: StateName | null;
}

interface Recall {
  readonly total: number;
  readonly shown: number;
  readonly series: number;
}

export interface StateMeasure {
  /** Notices; those whose posting shows as applied or merged; those whose series does, its later postings considered. */
  readonly recall: ReadonlyMap<NoticeKind, Recall>;
  readonly missed: readonly MissedNotice[];
  /** Notices none of whose references is in the corpus: no posting could show them. */
  readonly orphans: readonly string[];
}

export async function readNotices(path: string): Promise<readonly Notice[]> {
  const notices: Notice[] = [];
  for await (const event of openFiles(path).read()) {
    if (event.kind !== 'mail') continue;
    const mail = await decodeMail(event.raw);
    const kind = noticeKind(mail);
    if (kind === null || mail.messageId === null) continue;
    const answersTo = [...mail.references, ...mail.inReplyTo];
    notices.push({ id: mail.messageId, kind, from: mail.from?.email.toLowerCase() ?? '', answersTo });
  }
  return notices;
}

/** Holds what the product answers of each notice's series against the notice. */
export async function measureStates(
  corpus: IngestedCorpus,
  notices: readonly Notice[],
): Promise<StateMeasure> {
  const recall = new Map<NoticeKind, Recall>();
  const missed: MissedNotice[] = [];
  const orphans: string[] = [];
  for (const { id, kind, from, answersTo } of notices) {
    if (!answersTo.some((other) => corpus.ids.has(other))) {
      orphans.push(id);
      continue;
    }
    const series = await corpus.seriesOf(id);
    // An author's "applied, thanks" answers a suggestion.
    if (kind === 'applied-thanks' && series?.author.email.toLowerCase() === from) continue;
    const posting = await corpus.store.postingOf(id);
    const isSeries = series !== null && isApplied(series.state.name);
    const isShown = isSeries || isApplied(outcomeOf(series, posting));
    const count = recall.get(kind) ?? { total: 0, shown: 0, series: 0 };
    recall.set(kind, {
      total: count.total + 1,
      shown: count.shown + (isShown ? 1 : 0),
      series: count.series + (isSeries ? 1 : 0),
    });
    if (!isShown) missed.push({ id, kind, state: series?.state.name ?? null });
  }
  return { recall, missed, orphans };
}

function outcomeOf(series: SeriesRecord | null, posting: string | null): StateName | null {
  return series?.revisions.find((revision) => revision.id === posting)?.outcome ?? null;
}

function isApplied(state: StateName | null): boolean {
  return state === 'applied' || state === 'merged';
}
