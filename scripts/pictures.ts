/**
 * `npm run pictures`: draws docs/pictures, which README shows, from the invented mail in examples/: a page, a digest in Discord's look and a
 * timeline. Needs Debian's Chromium.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Browser, chromium, type PageScreenshotOptions } from 'playwright-core';
import { createPages } from '../src/bot/public/create-pages.js';
import { previewChats } from './preview/chats.js';
import { withMail } from './preview/library.js';
import { findBrowser } from './preview/pictures.js';
import { scenesOf } from './preview/scenes.js';

const OUT = 'docs/pictures';
/** The morning after the newest mail in examples/. */
const NOW_MS = Date.parse('2026-11-17T06:00:00Z');
const SERIES = '/series/20261012091400.101-0-ada.quill@example.org';
/** Of a series that was applied. */
const APPLIED = '/series?q=Recycle+fragments+across+queues';

const executablePath = findBrowser();
if (executablePath === null) throw new Error('Chromium is not installed: apt install chromium');
mkdirSync(OUT, { recursive: true });
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
await withMail(null, async (library) => {
  const log = { debug() {}, info() {}, warn() {}, error: (fields: object) => console.error(fields) };
  const clock = { now: () => NOW_MS, monotonicMs: () => performance.now() };
  const server = createServer(await createPages({ library, log, ...clock }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const home = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { url: applied } = await fetch(home + APPLIED);
  const timeline = await fetch(`${applied}/timeline.png`);
  writeFileSync(join(OUT, 'timeline.png'), new Uint8Array(await timeline.arrayBuffer()));
  await shoot(browser, 'page', { url: home + SERIES }, 880);
  const discord = previewChats.find(({ name }) => name === 'discord');
  if (discord !== undefined) {
    const [scene] = (await scenesOf(library, discord.name, discord.fits)).filter(({ name }) =>
      name.includes('busy'),
    );
    const parts = (scene?.messages ?? []).slice(0, 2).map((message) => discord.message('', message).html);
    await shoot(browser, 'digest', { html: discord.page(parts) }, 620);
  }
  server.close();
});
await browser.close();

/** The upper part of a page. */
async function shoot(
  on: Browser,
  name: string,
  what: { readonly url: string } | { readonly html: string },
  most: number,
): Promise<void> {
  const page = await on.newPage({ viewport: { width: 720, height: most } });
  await ('url' in what ? page.goto(what.url) : page.setContent(what.html));
  const height = Math.min(most, await page.evaluate<number>('document.documentElement.scrollHeight'));
  const options: PageScreenshotOptions = { clip: { x: 0, y: 0, width: 720, height } };
  await page.screenshot({ ...options, path: join(OUT, `${name}.png`) });
  await page.close();
}
