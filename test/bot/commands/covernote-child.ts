import { main } from '../../../src/bot/cli/main.js';

/** The program as it is, for tests that need a process of their own. */
await main();
