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
  'a subsystem, sorted': '/s/mm?state=all&sort=title',
  'a subsystem, filtered': '/s/mm?state=under-review&q=pin&sort=-activity',
  digest: '/digest?follow=mm&since=7d',
  'what can be followed': '/subsystems?q=kvm',
  'refused (400)': '/digest?follow=author:me',
  'not there (404)': '/nothing',
  'asked too often (429)': '/',
} as const;
const pages = Object.entries(PAGES) as [keyof typeof PAGES, string][];

/** A phone, a tablet, a desk. */
const LOOKS = [
  [360, 'light'],
  [768, 'light'],
  [1280, 'dark'],
] as const;

describe.skipIf(chromiumMissing !== null)(`pages in a browser${skippedBecause}`, () => {
  const browser = useChromium();
  let scene: WebScene;
  /** Answers one page a minute. */
  let busy: WebScene;
  let scripted: Tab;
  let plain: Tab;
  const homeOf = (name: string) => (name.includes('429') ? busy : scene).url;
  const open = async ({ page }: Tab, name: string, path: string) => {
    // Whoever asks first gets the page of this minute.
    if (homeOf(name) === busy.url) await busy.get('/');
    await page.goto(homeOf(name) + path);
  };
  beforeAll(async () => {
    scene = await makeWebScene({ limits: { perMinute: 10_000 } });
    busy = await makeWebScene({ examples: false, limits: { perMinute: 1 } });
    scripted = await openTab(browser(), { javaScriptEnabled: true });
    plain = await openTab(browser(), { javaScriptEnabled: false });
  });
  afterAll(() => Promise.all([scene.close(), busy.close()]));

  it.each(pages)(
    '%s: fits each width, with and without scripts, and axe finds nothing serious',
    async (name, path) => {
      const home = homeOf(name);
      const { page } = scripted;
      await open(scripted, name, path);
      await page.evaluate(axe.source);
      for (const [width, colorScheme] of LOOKS) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme });
        expect(await wide(page), `at ${width}`).toEqual([]);
        expect(await serious(page), `at ${width}, ${colorScheme}`).toEqual([]);
      }
      await open(plain, name, path);
      for (const [width] of LOOKS) {
        await plain.page.setViewportSize({ width, height: 900 });
        expect(await wide(plain.page), `at ${width}, without scripts`).toEqual([]);
      }
      const [text, same] = await Promise.all([textOf(page), textOf(plain.page)]);
      expect(text.length).toBeGreaterThan(10);
      expect(same).toBe(text);
      for (const tab of [scripted, plain]) expect(tab.faults(home)).toEqual([]);
    },
  );

  describe('by keyboard', () => {
    it.each(pages)(
      '%s: reach all that can be used, in its order, and show where one is',
      async (name, path) => {
        const { page } = scripted;
        for (const [width] of LOOKS) {
          await page.setViewportSize({ width, height: 900 });
          await open(scripted, name, path);
          const all = await page.evaluate<string[]>(`${NOTE_FOCUS}; ${REACHABLE}.map(${NAME})`);
          for (const _ of all) await page.keyboard.press('Tab');
          const reached = await page.evaluate<[name: string, shown: boolean][]>('reached');
          expect(reached, `at ${width}`).toEqual(all.map((one) => [one, true]));
        }
        expect(scripted.faults(homeOf(name))).toEqual([]);
      },
    );

    it('skip to the content, search, sort, compare and unfold', async () => {
      const { page } = plain;
      const press = async (...keys: string[]) => {
        for (const key of keys) await page.keyboard.press(key);
      };
      await page.goto(`${scene.url}/`);
      await press('Tab');
      await Promise.all([page.waitForURL('**/#content'), press('Enter')]);
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
      await page.goto(scene.url + PAGES['a subsystem, sorted']);
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
/** Lists in `reached` what gets the focus from now on, and whether one sees it. */
const NOTE_FOCUS = `globalThis.reached = [];
  document.addEventListener('focusin', ({ target }) => reached.push([(${NAME})(target), (${IS_SHOWN})(target)]))`;
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
  const errors: string[] = [];
  const requested: string[] = [];
  context.on('request', (request) => requested.push(request.url()));
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('dialog', (dialog) => {
    errors.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('console', (message) => {
    // Chromium reports each refused page as a separate error.
    if (message.type() === 'error' && !/status of 4(?:00|04|29)/.test(message.text()))
      errors.push(message.text());
  });
  return {
    page,
    faults(home) {
      const elsewhere = requested.splice(0).filter((url) => !url.startsWith(`${home}/`));
      return [...elsewhere, ...errors.splice(0)];
    },
  };
}

async function textOf(page: Page): Promise<string> {
  const text = await page.locator('main').innerText();
  return text.replace(/in \d+ seconds?/, 'in some seconds');
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
