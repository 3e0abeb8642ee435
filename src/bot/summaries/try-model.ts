import { createChatCompletions } from '../../adapters/llm/chat-completions.js';
import { TransientFailure, UserError } from '../../digest/failure/failure.js';
import { guardSummary } from '../../digest/summary/written/guard.js';
import { readAnswer, summaryPrompt } from '../../digest/summary/written/prompt.js';
import type { SummarySource } from '../../digest/summary/written/source.js';
import type { SummaryModelConfig } from '../config.js';

/** What came of one request to the language model. */
export type ModelTrial =
  | { readonly kind: 'works'; readonly found: string }
  /** It answers, and not well enough. */
  | { readonly kind: 'weak'; readonly found: string; readonly remedy: string }
  | { readonly kind: 'fails'; readonly found: string; readonly remedy: string };

const EXAMPLE: SummarySource = {
  title: 'mm/gup: keep pages pinned across fork',
  patches: ['mm/gup: count pins in a field of their own', 'mm: copy pinned pages at fork'],
  sentences: [
    'Today a fork makes pinned pages copy-on-write, so that a device writes to a page which the parent does not see any more.',
    'This series copies pinned pages at fork instead.',
  ],
  changes: [],
};

/** Asks the model for the summary of a short letter. Nothing is kept, and no budget is touched. */
export async function tryModel(config: SummaryModelConfig, timeoutMs = 60_000): Promise<ModelTrial> {
  const ask = createChatCompletions(config, { timeoutMs });
  try {
    const reply = await ask(summaryPrompt(EXAMPLE), new AbortController().signal);
    const answer = readAnswer(reply.text);
    if (answer === null) return weak(config, 'does not answer with the JSON that is requested');
    const guarded = guardSummary(answer, EXAMPLE);
    return guarded.kind === 'accepted'
      ? { kind: 'works', found: `${config.model} answers, and its summary is accepted` }
      : weak(config, `writes a summary that is rejected (${guarded.reason})`);
  } catch (error) {
    if (error instanceof UserError) return { kind: 'fails', found: error.message, remedy: error.remedy };
    if (error instanceof TransientFailure)
      return {
        kind: 'fails',
        found: error.message,
        remedy:
          'Check SUMMARY_LLM_URL and that the server runs. Until it answers, the authors’ words are shown.',
      };
    throw error;
  }
}

function weak({ model }: SummaryModelConfig, does: string): ModelTrial {
  return {
    kind: 'weak',
    found: `${model} ${does}`,
    remedy:
      'Each summary is checked, and the author’s words are shown instead of a rejected one; a larger model does better.',
  };
}
