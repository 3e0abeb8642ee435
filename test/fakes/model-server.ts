import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The requests to the server, as they arrived. */
interface ModelRequest {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: {
    readonly model: string;
    readonly temperature?: number;
    readonly messages: readonly { readonly role: string; readonly content: string }[];
    readonly response_format: {
      readonly type: string;
      readonly json_schema: { readonly name: string; readonly schema: Record<string, unknown> };
    };
  };
}

/** How it answers one request. */
export type ModelBehaviour = (response: ServerResponse, request: ModelRequest) => void | Promise<void>;

export interface ModelServer {
  readonly url: string;
  readonly requests: ModelRequest[];
  /** From the next request on. */
  behave(behaviour: ModelBehaviour): void;
  close(): Promise<void>;
}

/** Answers as a chat completion whose message is this text. */
export function says(text: string, tokens = 1_500): ModelBehaviour {
  return (response) => {
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({
        id: 'x',
        object: 'chat.completion',
        choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: text } }],
        usage: { prompt_tokens: tokens - 50, completion_tokens: 50, total_tokens: tokens },
      }),
    );
  };
}

/** Answers with the JSON that is requested. */
export function writes(
  summary: string,
  evidence: readonly number[] = [1],
  changed: string | null = null,
): ModelBehaviour {
  return says(JSON.stringify({ summary, changed, evidence }));
}

export function status(code: number, headers: Readonly<Record<string, string>> = {}): ModelBehaviour {
  return (response, { authorization }) => {
    response.writeHead(code, headers);
    // As some servers do.
    response.end(JSON.stringify({ error: { message: `bad key: ${authorization}` } }));
  };
}

/** A server on loopback that speaks chat completions, well or badly. */
export async function startModelServer(): Promise<ModelServer> {
  const requests: ModelRequest[] = [];
  let behaviour: ModelBehaviour = status(500);
  const server = createServer((request, response) => {
    void readAll(request).then(async (text) => {
      const one: ModelRequest = {
        path: request.url ?? '',
        authorization: request.headers.authorization,
        body: JSON.parse(text) as ModelRequest['body'],
      };
      requests.push(one);
      await behaviour(response, one);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    behave(next) {
      behaviour = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readAll(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}
