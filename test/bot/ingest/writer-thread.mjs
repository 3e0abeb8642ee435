// The thread that writes, from its source: a worker does not read TypeScript by itself.
import { register } from 'tsx/esm/api';

register();
await import('../../../src/bot/ingest/write-worker.ts');
