import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';

const PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const path = PATHS.find((one) => existsSync(one));

/** Why pages cannot be tested in a browser here; null if they can. */
export const chromiumMissing: string | null =
  path === undefined ? 'Chromium is not installed: apt install chromium' : null;

/** For the names of tests: ` (skipped: …)`, or '' if they run. */
export const skippedBecause = chromiumMissing === null ? '' : ` (skipped: ${chromiumMissing})`;

/** Chromium's own background requests are off: every request that is seen is a page's. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-first-run',
  '--no-default-browser-check',
];

/** One browser for a whole file. */
export function useChromium(): () => Browser {
  let browser: Browser | null = null;
  beforeAll(async () => {
    if (path !== undefined) browser = await chromium.launch({ executablePath: path, args: QUIET });
  });
  afterAll(() => browser?.close());
  return () => {
    if (browser === null) throw new Error('Chromium is not running');
    return browser;
  };
}
