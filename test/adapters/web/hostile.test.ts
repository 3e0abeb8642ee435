import { afterAll, beforeAll, expect, it } from 'vitest';
import { hostileMail, hostileWords as texts } from './hostile-mail.js';
import { makeWebScene, type WebScene } from './web-scene.js';

let scene: WebScene;
beforeAll(async () => {
  scene = await makeWebScene({ examples: false, limits: { perMinute: 10_000 } });
  await scene.add(hostileMail);
});
afterAll(() => scene.close());

/** Every tag and attribute that our own pages are made of. */
const TAGS = new Set(
  'html head meta title link body a header nav ul li search form label input button main h1 h2 h3 h4 p span b br code time footer section details summary table caption thead tbody tr th td dl div dt dd ol blockquote article select option figure figcaption svg rect path text'.split(
    ' ',
  ),
);

const ATTRIBUTES = new Set(
  'lang charset name content title rel href type class aria-label aria-labelledby aria-hidden aria-sort action method value maxlength placeholder id datetime role scope data-label open selected size xmlns viewBox width height font-family font-size font-weight text-anchor x y rx d fill stroke stroke-width stroke-linecap paint-order'.split(
    ' ',
  ),
);
const TAG = /<\/?([a-z][a-z0-9]*)((?:\s+[a-zA-Z-]+="[^"<>]*")*)\s*\/?>/g;

/** Nothing is in a page but our own tags with our own attributes, and links to our pages and the archive. */
function check(page: string): void {
  for (const [, tag = '', attributes = ''] of page.matchAll(TAG)) {
    expect(TAGS).toContain(tag);
    for (const [, name = '', value = ''] of attributes.matchAll(/([a-zA-Z-]+)="([^"]*)"/g)) {
      expect(ATTRIBUTES).toContain(name);
      if (name === 'href' || name === 'action')
        expect(value).toMatch(/^(?:\/|#|https:\/\/lore\.kernel\.org\/)/);
    }
  }
  expect(page.replace('<!doctype html>', '').replaceAll(TAG, '')).not.toMatch(/[<>]/);
  expect(page).not.toMatch(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/,
  );
}

it('shows hostile mail as plain words on every page', async () => {
  const paths = ['/', '/digest', '/s/linux-mm?state=all', '/series?q=hostile1'];
  for await (const series of scene.store.allSeries()) {
    paths.push(`/series/${series.id}`);
    const [first, second] = series.revisions;
    if (first !== undefined && second !== undefined) paths.push(`/series/${series.id}/diff/v1..v2`);
  }
  expect(paths.length).toBeGreaterThan(50);
  for (const path of paths) {
    const response = await scene.get(path);
    const page = await response.text();
    expect([200, 302], `${path}: ${page.slice(0, 300)}`).toContain(response.status);
    if (response.status === 200) check(page);
  }
  expect(scene.bugs).toEqual([]);
});

it('shows hostile addresses as plain words', async () => {
  for (const text of texts) {
    const one = encodeURIComponent(text.toWellFormed().slice(0, 250));
    for (const path of [
      `/series?q=${one}`,
      `/series/${one}`,
      `/s/${one}`,
      `/s/mm?q=${one}`,
      `/digest?follow=${one}`,
      `/digest?since=${one}`,
      `/subsystems?q=${one}`,
      `/feed.atom?follow=${one}`,
      `/${one}`,
    ]) {
      const response = await scene.get(path);
      expect(response.status, path).toBeLessThan(500);
      const type = response.headers.get('content-type') ?? '';
      if (type.startsWith('text/html') && response.status !== 302) check(await response.text());
    }
  }
  expect(scene.bugs).toEqual([]);
});
