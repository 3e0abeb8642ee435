#!/usr/bin/env node
import { existsSync } from 'node:fs';

const main = new URL('../dist/main.js', import.meta.url);
if (!existsSync(main)) {
  process.stderr.write(
    'covernote is not built yet: run `npm ci` in its folder (or `npm run build`), then try again.\n',
  );
  process.exit(1);
}
const { main: start } = await import(main.href);
await start();
