/** The tables behind summaries that a language model wrote. Times are ISO text in UTC. */
export interface WrittenTables {
  model_answer: ModelAnswerTable;
  written_summary: WrittenSummaryTable;
  model_use: { day: string; requests: number; tokens: number };
}

/** The cache of answers. One without a summary was rejected. */
interface ModelAnswerTable {
  /** A hash of the model, the prompt's version and the whole request. */
  hash: string;
  summary: string | null;
  changed: string | null;
  /** Why the summary is not shown. */
  rejected: string | null;
  answered_at: string;
}

/** Postings whose summary a model writes, or wrote. */
interface WrittenSummaryTable {
  /** RevisionRecord.id. */
  message_key: string;
  /** `answered`: posts that name it may still show the extract. `settled`: nothing is left to do. */
  state: 'wanted' | 'answered' | 'settled';
  /** model_answer; null: not requested yet, or abandoned. */
  hash: string | null;
  attempts: number;
  not_before: string;
  wanted_at: string;
}
