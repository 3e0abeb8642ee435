/**
 * The loopback Discord as a separate process, for trying things out by hand: `npx tsx test/fakes/discord/main.ts`, then start covernote with the
 * two settings that it prints. Each request is printed as it arrives; a line such as `series query=foll_pin` acts as a person would.
 */
import { createInterface } from 'node:readline';
import { startFakeDiscord } from './fake-discord.js';
import type { FakeInteraction } from './interactions.js';
import { readMessage } from './reading.js';

const EVERYTHING = 2n ** 40n - 1n;

const fake = await startFakeDiscord({ port: Number(process.env.PORT ?? 0) });
const channelId = fake.world.addChannel(fake.world.addGuild('Kernel people'), 'kvm');
const user = { userId: fake.world.addUser('jane'), channelId, permissions: EVERYTHING };
const say = (text: string) => process.stdout.write(`${text}\n`);
say(`DISCORD_TOKEN=${fake.token}`);
say(`DISCORD_API_URL=${fake.apiUrl}`);

let logged = 0;
const interactions: FakeInteraction[] = [];
const shown = new Set<string>();
const timer = setInterval(() => {
  for (; logged < fake.log.length; logged++) {
    const entry = fake.log[logged];
    if (entry !== undefined) say(`${entry.status} ${entry.operation} ${entry.problems.join('; ')}`);
  }
  for (const { original, followUps } of interactions)
    for (const message of [...(original === null ? [] : [original]), ...followUps]) {
      const mark = `${message.id}:${message.edits}`;
      if (shown.has(mark)) continue;
      shown.add(mark);
      say(readMessage(message).text);
    }
}, 200);

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  const parts = line.trim().split(' ');
  const words = parts.filter((part) => !part.includes('='));
  const options = Object.fromEntries(
    parts.filter((part) => part.includes('=')).map((part) => part.split('=', 2) as [string, string]),
  );
  try {
    interactions.push(fake.interactions.command(user, words, options));
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
  }
});
lines.on('close', () => {
  clearInterval(timer);
  void fake.stop();
});
