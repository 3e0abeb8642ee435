import { afterAll } from 'vitest';
import { discordScenario } from './discord-scenario.js';
import { buildProduct, type Product } from './product.js';
import { slackScenario } from './slack-scenario.js';

// The scenarios run side by side: what takes their time is waiting for the next full minute.
let built: Promise<Product> | null = null;
const build = () => {
  built ??= buildProduct();
  return built;
};
afterAll(async () => (await built)?.remove());

discordScenario(build);
slackScenario('socket', build);
slackScenario('http', build);
