import { z } from 'zod';
import { TransientFailure, UserError } from '../../digest/failure/failure.js';
import { withoutTail } from '../../digest/text/without-tail.js';

/** Where a language model is: any server that speaks OpenAI's chat completions. */
export interface ModelEndpoint {
  /** The base, `http://127.0.0.1:11434/v1`, or the whole address of the completions. */
  readonly url: string;
  readonly model: string;
  /** Sent as a bearer token; null: none. */
  readonly key: string | null;
}

/** One question: a task, data, and the JSON Schema of the answer. */
interface ModelRequest {
  readonly system: string;
  readonly user: string;
  readonly schema: object;
}

interface ModelReply {
  /** What the model wrote. */
  readonly text: string;
  /** Of the question and the answer: as the server counts, else estimated. */
  readonly tokens: number;
}

/**
 * Asks once. Throws TransientFailure for what a later try may fix (`timeout`, `unreachable`, `rate-limited`, `server-error`,
 * `bad-reply`), UserError for what the admin must fix (`model-key`, `model-address`, `model-refused`).
 */
export type AskModel = (request: ModelRequest, signal: AbortSignal) => Promise<ModelReply>;

export interface ChatCompletionsOptions {
  /** For one whole answer; a small model on a CPU takes half a minute. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 60_000;
const MAX_REPLY_BYTES = 256 * 1024;
/** The answer is a few dozen words; reasoning models think first. */
const MAX_ANSWER_TOKENS = 2_000;
const MAX_RETRY_AFTER_S = 86_400;

const replySchema = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1),
  usage: z
    .object({ total_tokens: z.number().int().positive().max(1e9).optional().catch(undefined) })
    .nullish()
    .catch(null),
});

export function createChatCompletions(
  { url, model, key }: ModelEndpoint,
  { timeoutMs = TIMEOUT_MS }: ChatCompletionsOptions = {},
): AskModel {
  const address = completionsUrl(url);
  const headers = {
    'content-type': 'application/json',
    ...(key === null ? {} : { authorization: `Bearer ${key}` }),
  };
  let tuned = true;
  return async ({ system, user, schema }, signal) => {
    const bodyOf = () =>
      JSON.stringify({
        model,
        messages: [
          { role: 'system', content: system },
          { role: 'user', content: user },
        ],
        ...(tuned ? { temperature: 0, max_tokens: MAX_ANSWER_TOKENS } : {}),
        stream: false,
        response_format: { type: 'json_schema', json_schema: { name: 'summary', strict: true, schema } },
      });
    const stop = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    let text: string;
    try {
      // A redirect would take the key, and the letter, elsewhere.
      const post = () =>
        fetch(address, { method: 'POST', headers, body: bodyOf(), signal: stop, redirect: 'error' });
      let response = await post();
      if (response.status === 400 && tuned) {
        // OpenAI's reasoning models refuse both settings.
        tuned = false;
        await response.body?.cancel();
        response = await post();
      }
      if (response.status !== 200) throw await refusal(response, address);
      text = await readBounded(response);
    } catch (error) {
      throw failureOf(error, signal, address, timeoutMs);
    }
    return readReply(text, system.length + user.length);
  };
}

/** Chat completions below a base; an address that names them already is taken as it is. */
function completionsUrl(url: string): URL {
  const address = new URL(url);
  const path = withoutTail(address.pathname, '/');
  address.pathname = path.endsWith('/chat/completions') ? path : `${path}/chat/completions`;
  return address;
}

async function readBounded(response: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  // Left early, the loop cancels the rest.
  for await (const piece of response.body ?? []) {
    bytes += piece.byteLength;
    if (bytes > MAX_REPLY_BYTES) throw new TransientFailure('bad-reply', 'The model’s reply is too long.');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function readReply(text: string, requestChars: number): ModelReply {
  const read = replySchema.safeParse(jsonOf(text));
  const content = read.data?.choices[0]?.message.content;
  if (content === undefined) throw new TransientFailure('bad-reply', 'The reply is not a chat completion.');
  return {
    text: content,
    tokens: read.data?.usage?.total_tokens ?? Math.ceil((requestChars + content.length) / 4),
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** What a status other than 200 means. The body is not quoted: a server may repeat the key in it. */
async function refusal(response: Response, { host }: URL): Promise<Error> {
  await response.body?.cancel().catch(() => undefined);
  const { status } = response;
  const failure = `${host} answered HTTP ${status}`;
  if (status === 401 || status === 403)
    return new UserError('model-key', `${failure}: it rejects the key.`, 'Check SUMMARY_LLM_KEY.');
  if (status === 404 || status === 405)
    return new UserError(
      'model-address',
      `${failure}: there is no such address or model.`,
      'Check SUMMARY_LLM_URL, which usually ends in /v1, and SUMMARY_LLM_MODEL.',
    );
  if (status === 429)
    return new TransientFailure('rate-limited', `${failure}: it received too many requests.`, {
      retryAfterMs: retryAfterMs(response.headers.get('retry-after')),
    });
  if (status >= 500)
    return new TransientFailure('server-error', `${failure}.`, {
      retryAfterMs: retryAfterMs(response.headers.get('retry-after')),
    });
  return new UserError(
    'model-refused',
    `${failure} to the request.`,
    'Check that the server and SUMMARY_LLM_MODEL support answers by JSON schema.',
  );
}

function retryAfterMs(header: string | null): number | null {
  return header !== null && /^\d{1,9}$/.test(header.trim())
    ? Math.min(Number(header), MAX_RETRY_AFTER_S) * 1_000
    : null;
}

function failureOf(error: unknown, signal: AbortSignal, { host }: URL, timeoutMs: number): unknown {
  if (signal.aborted || error instanceof TransientFailure || error instanceof UserError) return error;
  if (error instanceof Error && error.name === 'TimeoutError')
    return new TransientFailure('timeout', `${host} took longer than ${Math.round(timeoutMs / 1000)} s.`, {
      cause: error,
    });
  return new TransientFailure('unreachable', `${host} can't be reached.`, { cause: error });
}
