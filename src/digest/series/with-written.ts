import type { RevisionRecord, SeriesRecord } from './record.js';

/** What a language model wrote about one posting. */
export interface WrittenTexts {
  readonly summary: string;
  /** null: the author's line stays. */
  readonly changed: string | null;
}

/** A series whose postings show what a model wrote of them, by RevisionRecord.id; the author's words are kept in `extract`. */
export function withWritten(series: SeriesRecord, written: ReadonlyMap<string, WrittenTexts>): SeriesRecord {
  if (!series.revisions.some(({ id }) => written.has(id))) return series;
  return {
    ...series,
    revisions: series.revisions.map((revision) => {
      const texts = written.get(revision.id);
      return texts === undefined ? revision : writtenRevision(revision, texts);
    }),
  };
}

function writtenRevision(revision: RevisionRecord, { summary, changed }: WrittenTexts): RevisionRecord {
  return {
    ...revision,
    summary,
    changed: changed ?? revision.changed,
    summaryBy: 'model',
    extract: { summary: revision.summary, changed: revision.changed },
  };
}
