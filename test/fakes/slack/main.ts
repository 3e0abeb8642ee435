/**
 * The fake Slack as a separate process: `npx tsx test/fakes/slack/main.ts [APP_URL]`; with APP_URL it calls the app by signed HTTP, else it
 * waits for a socket. Prints what the app's environment needs. `POST /control` with `{"call": "command", "args": ["U0ADA", "C0KVM",
 * "/series", "foll_pin"]}` lets people act (`People`), `{"call": "failNext", "args": ["chat.postMessage", {"kind": "lost"}]}` asks for a
 * fault, `GET /control` shows all.
 */
import { startFakeSlack } from './fake-slack.js';
import type { Fault } from './faults.js';
import { APP_TOKEN, BOT_TOKENS, type Json, SIGNING_SECRET } from './world.js';

const [appUrl] = process.argv.slice(2);
const fake = await startFakeSlack(appUrl === undefined ? { mode: 'socket' } : { mode: 'http', url: appUrl });

async function control(body: string): Promise<unknown> {
  const { call, args } = JSON.parse(body) as { call: string; args: unknown[] };
  switch (call) {
    case 'failNext':
      fake.faults.failNext(String(args[0]), args[1] as Fault, Number(args[2] ?? 1));
      return {};
    case 'expireAll':
      fake.responseUrls.expireAll();
      return {};
    case 'disconnect':
      fake.sockets.disconnect();
      return {};
    case 'cut':
      fake.sockets.cut();
      return {};
    case 'pressNewest': {
      const message = fake.world.messages.findLast((one) => one.channel === args[1]);
      if (message === undefined) throw new Error('there is no message');
      return fake.people.press(String(args[0]), message, String(args[2]), args[3] as string | undefined);
    }
    default: {
      const act = (fake.people as unknown as Record<string, ((...given: unknown[]) => unknown) | undefined>)[
        call
      ];
      if (act === undefined) throw new Error(`nobody can ${call}`);
      return act(...args);
    }
  }
}

fake.onOther = (request, response, body) => {
  if (request.url !== '/control') return false;
  const { messages, log, problems } = fake.world;
  const homes = Object.fromEntries(fake.world.homes);
  const views = [...fake.world.views.values()];
  const done: Promise<unknown> =
    request.method === 'GET' ? Promise.resolve({ messages, homes, views, log, problems }) : control(body);
  done.then(
    (result) => response.end(JSON.stringify(result)),
    (error: unknown) => response.writeHead(400).end(JSON.stringify({ error: String(error) } satisfies Json)),
  );
  return true;
};

const lines = {
  SLACK_API_URL: fake.apiUrl,
  SLACK_BOT_TOKEN: BOT_TOKENS.T0ONE,
  ...(appUrl === undefined ? { SLACK_APP_TOKEN: APP_TOKEN } : { SLACK_SIGNING_SECRET: SIGNING_SECRET }),
};
process.stdout.write(
  `${Object.entries(lines)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n')}\n`,
);
