import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumMissing, skippedBecause, useChromium } from '../../lib/chromium.js';
import { hostileMail } from './hostile-mail.js';
import { makeWebScene, type WebScene } from './web-scene.js';

const FOLL_PIN = '/series/20261012091400.101-0-ada.quill@example.org';

/** One address of each kind of page. */
const PAGES = {
  home: '/',
  matches: '/series?q=pages',
  'nothing found': '/series?q=zero+knowledge+proofs',
  series: FOLL_PIN,
  'an old version': `${FOLL_PIN}?version=v1`,
  comparison: `${FOLL_PIN}/diff/v1..v3`,
  subsystem: '/s/mm?state=all&sort=title',
  digest: '/digest?follow=mm&since=7d',
  subsystems: '/subsystems',
  problem: '/nothing',
} as const;
const pages = Object.entries(PAGES);

/** A phone, a tablet, a desk. */
const LOOKS = [
  [360, 'light'],
  [768, 'light'],
  [1280, 'dark'],
] as const;

describe.skipIf(chromiumMissing !== null)(`pages in a browser${skippedBecause}`, () => {
  const browser = useChromium();
  let scene: WebScene;
  let scripted: Tab;
  let plain: Tab;
  beforeAll(async () => {
    scene = await makeWebScene({ limits: { perMinute: 10_000 } });
    scripted = await openTab(browser(), { javaScriptEnabled: true });
    plain = await openTab(browser(), { javaScriptEnabled: false });
  });
  afterAll(() => scene.close());

  it.each(pages)(
    '%s: fits each width, with and without scripts, and axe finds nothing serious',
    async (_, path) => {
      const { page } = scripted;
      await page.goto(scene.url + path);
      await page.evaluate(axe.source);
      for (const [width, colorScheme] of LOOKS) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme });
        expect(await wide(page), `at ${width}`).toEqual([]);
        if (width !== 768) expect(await serious(page), `at ${width}, ${colorScheme}`).toEqual([]);
      }
      await plain.page.goto(scene.url + path);
      for (const [width] of LOOKS) {
        await plain.page.setViewportSize({ width, height: 900 });
        expect(await wide(plain.page), `at ${width}, without scripts`).toEqual([]);
      }
      const [text, same] = await Promise.all([textOf(page), textOf(plain.page)]);
      expect(text.length).toBeGreaterThan(10);
      expect(same).toBe(text);
      for (const tab of [scripted, plain]) expect(tab.faults(scene.url)).toEqual([]);
    },
  );

  describe('by keyboard', () => {
    it.each([360, 1280])(
      'reach all that can be used, in its order, and show where one is: at %i',
      async (width) => {
        const { page } = plain;
        await page.setViewportSize({ width, height: 900 });
        for (const path of [FOLL_PIN, PAGES.subsystem, PAGES.digest]) {
          await page.goto(scene.url + path);
          const all = await page.evaluate<string[]>(`${REACHABLE}.map(${NAME})`);
          const reached: string[] = [];
          for (const _ of all) {
            await page.keyboard.press('Tab');
            const [name, shown] = await page.evaluate<[string, boolean]>(
              `[(${NAME})(document.activeElement), (${IS_SHOWN})(document.activeElement)]`,
            );
            expect(shown, `${path}: ${name}`).toBe(true);
            reached.push(name);
          }
          expect(reached).toEqual(all);
        }
      },
    );

    it('skip to the content, search, sort, compare and unfold', async () => {
      const { page } = plain;
      const press = async (...keys: string[]) => {
        for (const key of keys) await page.keyboard.press(key);
      };
      const at = () => page.url().slice(scene.url.length);
      await page.goto(`${scene.url}/`);
      await press('Tab', 'Enter');
      expect(at()).toBe('/#content');
      await page.focus('input[type=search]');
      await page.keyboard.type('foll_pin');
      await Promise.all([page.waitForURL('**/series/*'), press('Enter')]);
      await page.focus('select[name=from]');
      await press('End', 'Tab', 'Tab');
      await Promise.all([page.waitForURL('**/diff/v1..v3'), press('Enter')]);
      await page.goto(scene.url + FOLL_PIN);
      await page.focus('#changes ~ details:not([open]) > summary');
      await press('Enter');
      expect(await page.locator('#changes ~ details[open]').count()).toBe(2);
      await page.goto(scene.url + PAGES.subsystem);
      await page.focus('th[aria-sort=ascending] a');
      await Promise.all([page.waitForURL('**sort=-title#series'), press('Enter')]);
      expect(await page.locator('th[aria-sort=descending]').innerText()).toBe('Title ↓');
      expect(plain.faults(scene.url)).toEqual([]);
    });
  });

  it('are printed without what can only be pressed', async () => {
    const { page } = scripted;
    await page.setViewportSize({ width: 794, height: 1123 });
    await page.goto(scene.url + FOLL_PIN);
    await page.emulateMedia({ media: 'print' });
    for (const part of ['header search', 'main form', '.how'])
      expect(await page.locator(part).first().isVisible(), part).toBe(false);
    expect(await page.locator('details p, details ul').first().isVisible()).toBe(true);
    expect(await wide(page)).toEqual([]);
    await page.emulateMedia({ media: null });
    expect(scripted.faults(scene.url)).toEqual([]);
  });

  it('show hostile mail as words: nothing runs, nothing is loaded, nothing sticks out', async () => {
    const hostile = await makeWebScene({ examples: false, limits: { perMinute: 10_000 } });
    await hostile.add(hostileMail);
    const paths = ['/', '/digest', '/s/linux-mm?state=all', '/series?q=hostile1'];
    for await (const { id } of hostile.store.allSeries()) paths.push(`/series/${id}`);
    expect(paths.length).toBeGreaterThan(30);
    const { page } = scripted;
    await page.setViewportSize({ width: 360, height: 900 });
    for (const path of paths) {
      await page.goto(hostile.url + path);
      expect(await page.evaluate(FOREIGN), path).toEqual([]);
      expect(await wide(page), path).toEqual([]);
      expect(await page.title(), path).toMatch(/covernote$/);
    }
    expect(scripted.faults(hostile.url)).toEqual([]);
    await hostile.close();
  });
});

/** What can be reached by Tab, in its order. */
const REACHABLE = `[...document.querySelectorAll('a[href], input, select, button, summary')]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }))`;
const NAME = `(one) => one.tagName + ' ' + (one.getAttribute('href') ?? one.getAttribute('name') ?? one.textContent.trim())`;
/** Within the window, with an outline around it. */
const IS_SHOWN = `(one) => {
  const { left, right, width, height } = one.getBoundingClientRect();
  const { outlineStyle, outlineWidth } = getComputedStyle(one);
  return left >= 0 && right <= innerWidth + 1 && width > 0 && height > 0 && outlineStyle !== 'none' && outlineWidth !== '0px';
}`;
/** Elements that no page of ours has, and attributes that act. */
const FOREIGN = `[...document.querySelectorAll('script, iframe, object, embed, base, meta[http-equiv], style, img:not([src^="/"]), link[href*="evil"]')]
  .concat([...document.querySelectorAll('*')].filter((one) => one.getAttributeNames().some((name) => name.startsWith('on') || name === 'style')))
  .concat([...document.querySelectorAll('a')].filter((one) => !/^https?:$/.test(one.protocol)))
  .map((one) => one.outerHTML.slice(0, 200))`;

interface Tab {
  readonly page: Page;
  /** Requests to other hosts than that of a scene, errors and dialogs since the last call. */
  faults(home: string): string[];
}

async function openTab(browser: Browser, options: BrowserContextOptions): Promise<Tab> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const said: string[] = [];
  const asked: string[] = [];
  context.on('request', (request) => asked.push(request.url()));
  page.on('pageerror', (error) => said.push(String(error)));
  page.on('dialog', (dialog) => {
    said.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', (message) => {
    // Chromium reports each missing page as a separate error.
    if (message.type() === 'error' && !message.text().includes('status of 404')) said.push(message.text());
  });
  return {
    page,
    faults(home) {
      const elsewhere = asked.splice(0).filter((url) => !url.startsWith(`${home}/`));
      return [...elsewhere, ...said.splice(0)];
    },
  };
}

function textOf(page: Page): Promise<string> {
  return page.locator('main').innerText();
}

/** What sticks out of the page to the right. */
function wide(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`
    const most = document.documentElement.clientWidth;
    document.documentElement.scrollWidth <= most
      ? []
      : [...document.querySelectorAll('body *')]
          .filter((one) => one.getBoundingClientRect().right > most + 1)
          .map((one) => one.outerHTML.slice(0, 200))`);
}

/** What axe calls serious or critical. */
function serious(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`
    axe.run({ resultTypes: ['violations'] }).then(({ violations }) =>
      violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => id + ': ' + nodes[0].html))`);
}
