import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Letter } from '../../src/digest/letter/letter.js';
import { parseLetter } from '../../src/digest/letter/parse-letter.js';
import { parseSubject } from '../../src/digest/mail/subject/parse-subject.js';

const rowSchema = z.object({
  id: z.string(),
  subject: z.string(),
  summarizer: z.string(),
  reference_summary: z.string(),
  recommended: z.boolean(),
  cover_text: z.string(),
});

/** A cover letter, and what a maintainer wrote about its series in a pull request. */
export interface SummaryReference {
  readonly id: string;
  readonly title: string;
  readonly letter: Letter;
  readonly reference: string;
  readonly maintainer: string;
  /** The reference says what the series does, and was written by a person for people. */
  readonly recommended: boolean;
  /** Weights were looked for on one half alone. */
  readonly half: 'tune' | 'held';
}

/** Reads `corpora/summaries.jsonl`. The half of a letter is a hash of its id: it never changes. */
export function readSummaryReferences(path: string): SummaryReference[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const row = rowSchema.parse(JSON.parse(line));
      const subject = parseSubject(row.subject);
      const subjectFacts = { version: subject.version, total: subject.total, kind: 'cover' } as const;
      return {
        id: row.id,
        title: subject.title,
        letter: parseLetter(row.cover_text, subjectFacts),
        reference: row.reference_summary,
        maintainer: row.summarizer,
        recommended: row.recommended,
        half: halfOf(row.id),
      };
    });
}

function halfOf(id: string): 'tune' | 'held' {
  const [first = 0] = createHash('sha256').update(`summary:${id}`).digest();
  return first % 2 === 0 ? 'tune' : 'held';
}
