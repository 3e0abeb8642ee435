/** Run by slack-scenario.ts as a process of its own: the product's command line, as bin/covernote.js runs it from dist. */
import { main } from '../../src/bot/cli/main.js';

await main();
