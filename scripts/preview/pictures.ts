import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const FLAGS = [
  '--headless',
  '--disable-gpu',
  '--no-sandbox',
  '--hide-scrollbars',
  '--virtual-time-budget=2000',
];
export const WIDTH_PX = 800;
/** Chromium draws no taller picture. */
const MOST_PX = 16_000;
const HEIGHTS =
  '<script id="measure">document.body.dataset.heights=JSON.stringify([document.documentElement.scrollHeight,...[...document.querySelectorAll("[data-scene]")].map(one=>one.offsetHeight)])</script>';

/** The path of Debian's Chromium; null if none is installed. */
export function findBrowser(): string | null {
  return BROWSERS.find((path) => existsSync(path)) ?? null;
}

export interface Measured {
  /** Of the whole page, in pixels. */
  readonly page: number;
  /** Of each element with `data-scene`, in their order. */
  readonly scenes: readonly number[];
}

/** Draws a page as a picture next to it and measures what is on it. */
export async function draw(browser: string, page: string, widthPx = WIDTH_PX): Promise<Measured> {
  const html = await readFile(page, 'utf8');
  await writeFile(page, html.includes('id="measure"') ? html : html + HEIGHTS);
  const url = pathToFileURL(page).href;
  const options = { maxBuffer: 64 * 1024 * 1024 };
  const { stdout } = await run(
    browser,
    [...FLAGS, `--window-size=${widthPx},900`, '--dump-dom', url],
    options,
  );
  const heights = /data-heights="\[([\d,]*)\]"/.exec(stdout)?.[1]?.split(',').map(Number) ?? [];
  const [height = 900, ...scenes] = heights;
  const size = `--window-size=${widthPx},${Math.min(height, MOST_PX)}`;
  await run(browser, [...FLAGS, size, `--screenshot=${page.replace(/\.html$/, '.png')}`, url], options);
  return { page: height, scenes };
}
