import { createHash } from 'node:crypto';
import type { AskModel } from '../../adapters/llm/chat-completions.js';
import type { KeptAnswer, WrittenSummaries } from '../../adapters/store/written-summaries.js';
import { TransientFailure, UserError } from '../../digest/failure/failure.js';
import { guardChanged, guardSummary } from '../../digest/summary/written/guard.js';
import { PROMPT_VERSION, readAnswer, summaryPrompt } from '../../digest/summary/written/prompt.js';
import type { SummarySource } from '../../digest/summary/written/source.js';
import { toIso } from '../../digest/time/iso.js';
import type { SummaryModelConfig } from '../config.js';
import type { SummaryMetrics } from '../operation/summary-metrics.js';

export interface AskingSetting {
  readonly written: WrittenSummaries;
  readonly config: Pick<SummaryModelConfig, 'model' | 'budget'>;
  readonly ask: AskModel;
  readonly metrics: SummaryMetrics;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export type ModelOutcome =
  /** The key under which the answer is kept, with what came of it. */
  | { readonly kind: 'answered'; readonly hash: string; readonly answer: KeptAnswer }
  /** No more requests are allowed today. */
  | { readonly kind: 'budget-used' };

/**
 * The summary that a model writes of a posting: from the cache, or requested within the day's budget. A rejected one is kept as
 * well, so that it is paid for once. Throws what `AskModel` throws.
 */
export async function askModel(
  setting: AskingSetting,
  source: SummarySource,
  signal: AbortSignal,
): Promise<ModelOutcome> {
  const { written, config, ask, metrics, now } = setting;
  const prompt = summaryPrompt(source);
  const hash = keyOf(config.model, prompt.user);
  const known = await written.answer(hash);
  if (known !== null) {
    metrics.cacheHit();
    return { kind: 'answered', hash, answer: known };
  }
  const day = toIso(now()).slice(0, 10);
  if (!(await written.spendRequest(day, config.budget))) return { kind: 'budget-used' };
  const reply = await counted(metrics, () => ask(prompt, signal));
  await written.spendTokens(day, reply.tokens);
  const answer = judge(reply.text, source, metrics);
  await written.keepAnswer(hash, answer, toIso(now()));
  return { kind: 'answered', hash, answer };
}

function keyOf(model: string, user: string): string {
  return createHash('sha256')
    .update(JSON.stringify([model, PROMPT_VERSION, user]))
    .digest('hex');
}

async function counted<T>(metrics: SummaryMetrics, request: () => Promise<T>): Promise<T> {
  try {
    const reply = await request();
    metrics.requested('answered');
    return reply;
  } catch (error) {
    metrics.requested(
      error instanceof TransientFailure || error instanceof UserError ? error.code : 'failed',
    );
    throw error;
  }
}

function judge(text: string, source: SummarySource, metrics: SummaryMetrics): KeptAnswer {
  const answer = readAnswer(text);
  if (answer === null) {
    metrics.judged('summary', 'no-json');
    return { summary: null, changed: null, rejected: 'no-json' };
  }
  const summary = guardSummary(answer, source);
  metrics.judged('summary', summary.kind === 'accepted' ? 'used' : summary.reason);
  if (summary.kind === 'rejected') return { summary: null, changed: null, rejected: summary.reason };
  return { summary: summary.text, changed: judgeChanged(answer.changed, source, metrics), rejected: null };
}

/** Where the line is rejected, the author's stays. */
function judgeChanged(changed: string | null, source: SummarySource, metrics: SummaryMetrics): string | null {
  if (changed === null || changed.trim() === '') return null;
  const line = guardChanged(changed, source);
  metrics.judged('changed', line.kind === 'accepted' ? 'used' : line.reason);
  return line.kind === 'accepted' ? line.text : null;
}
