import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diff } from '../store/written-mail.js';
import { makeWebScene, type WebScene } from './web-scene.js';

let scene: WebScene;
beforeAll(async () => {
  scene = await makeWebScene();
});
afterAll(() => scene.close());

const FOLL_PIN = '/series/20261012091400.101-0-ada.quill@example.org';
const LORE = 'https://lore.kernel.org/linux-mm/';

describe('the page of a series', () => {
  it('tells what it does, its state, versions, changes, patches and reviews', async () => {
    const page = await scene.text(FOLL_PIN);
    for (const text of [
      '<h1>mm/gup: track pinned pages: FOLL_PIN</h1>',
      'This series adds FOLL_PIN and pin_user_pages()',
      'State: under review',
      '3 versions',
      'What each version changed',
      'Patches of v3',
      'Reviewed by 1 person, tested by 1, 4 of 6 patches covered',
      'Why these are one series',
    ])
      expect(page).toContain(text);
  });

  it('links each version and each patch to its mail at the archive', async () => {
    const page = await scene.text(FOLL_PIN);
    const links = [...page.matchAll(/href="([^"]*)"/g)].map(([, url]) => url ?? '');
    const mails = links.filter((url) => url.startsWith(LORE));
    const found = await scene.store.seriesByMessage('20261012091400.101-0-ada.quill@example.org');
    const latest = found?.revisions.at(-1);
    const known = [...(found?.revisions ?? []), ...(latest?.patches ?? [])].map(({ url }) => url);
    expect(known.length).toBe(9);
    for (const url of known) expect(mails).toContain(url);
  });

  it('names the mails that its state was read from', async () => {
    const found = await scene.store.search('Recycle fragments', 5);
    const series = found.find((hit) => hit.series.state.name === 'applied')?.series;
    const page = await scene.text(`/series/${series?.id}`);
    const [evidence] = series?.state.evidence ?? [];
    expect(evidence?.quote).not.toBe('');
    expect(page).toContain('<span class="tag good">');
    expect(page).toContain(`href="${evidence?.url}"`);
  });

  it('opens one version as it was, and says that there are newer ones', async () => {
    const page = await scene.text(`${FOLL_PIN}?version=v1`);
    expect(page).toContain('<h1>mm/gup: introduce FOLL_PIN for pages that devices write to</h1>');
    expect(page).toContain('See the newest version');
    expect((await scene.get(`${FOLL_PIN}?version=v9`)).status).toBe(404);
  });

  it('compares two versions, by address and from its form', async () => {
    const chosen = await scene.get(`${FOLL_PIN}/diff?from=v1&to=v3`);
    expect(chosen.status).toBe(302);
    const page = await scene.text(chosen.headers.get('location') ?? '');
    expect(page).toContain('<h1>What changed from v1 to v3</h1>');
    expect(page).toContain('In short');
    const same = await scene.get(`${FOLL_PIN}/diff/v1..v1`);
    expect([same.status, await same.text()]).toEqual([400, expect.stringContaining('compared with itself')]);
  });

  it('says how to follow it, and where its feed is', async () => {
    const page = await scene.text(FOLL_PIN);
    expect(page).toMatch(/<code>\/follow what:series:\d+\.\d+-0-ada\.quill@example\.org<\/code>/);
    expect(page).toMatch(
      /<link rel="alternate" type="application\/atom\+xml"[^>]* href="\/feed\.atom\?follow=series/,
    );
  });
});

it.each([
  ['/series?q=foll_pin', 302, /^\/series\/[0-9a-f]{12}$/],
  ['/series/foll_pin', 302, /^\/series\/[0-9a-f]{12}$/],
  ['/series/foll_pin%20v1', 302, /\?version=v1$/],
  ['/series/foll_pin%20v1%20v3', 302, /\/diff\/v1\.\.v3$/],
  ['/s/memory%20management', 302, /^\/s\/mm$/],
] as const)('leads from %s to the page that is meant', async (path, status, to) => {
  const response = await scene.get(path);
  expect([response.status, response.headers.get('location')]).toEqual([status, expect.stringMatching(to)]);
});

it.each([
  ['/', 200, 'Busiest subsystems here'],
  ['/series?q=pages', 200, 'Series that match “pages”'],
  ['/series/zero%20knowledge%20proofs', 404, 'No series matches'],
  ['/series?q=foll_pim', 200, 'foll'],
  ['/series?q=', 400, 'nothing to search for'],
  ['/series?q=state:gone', 400, 'can’t be answered'],
  ['/s/kvm', 200, '5 parts'],
  ['/s/kvm/x86', 200, 'kvm/x86'],
  ['/s/kmv', 404, 'Did you mean kvm'],
  ['/digest', 200, 'Digest of everything'],
  ['/digest?follow=mm&since=7d', 200, 'track pinned pages'],
  ['/digest?follow=mm&since=400d', 400, 'more than 31 days'],
  ['/digest?follow=mm&since=next+week', 400, 'can&#39;t be'],
  ['/digest?follow=author:me', 400, 'could be anyone'],
  ['/digest?follow=kmv', 400, 'Did you mean kvm?'],
  ['/subsystems', 200, 'What can be followed'],
  ['/subsystems?q=memory', 200, 'href="/s/mm"'],
  ['/subsystems?q=kmv', 200, 'Did you mean'],
  ['/nothing', 404, 'There is no page'],
] as const)('%s: %i', async (path, status, text) => {
  const response = await scene.get(path);
  expect(response.status).toBe(status);
  expect(await response.text()).toContain(text);
  expect(scene.bugs).toEqual([]);
});

describe('the table of a subsystem', () => {
  const titles = async (query: string, slug = 'mm') =>
    [
      ...(await scene.text(`/s/${slug}?${query}`)).matchAll(
        /<td role="cell"><a href="\/series\/[^"]*">([^<]*)<\/a>/g,
      ),
    ].map(([, title]) => title);

  it('is sorted by its address', async () => {
    const up = await titles('state=all&sort=title');
    expect(up.length).toBeGreaterThan(3);
    expect(up).toEqual([...up].sort((a = '', b = '') => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)));
    expect(await titles('state=all&sort=-title')).toEqual([...up].reverse());
  });

  it('is filtered by state and by part of a title', async () => {
    expect(await titles('state=all&q=foll_PIN')).toEqual(['mm/gup: track pinned pages: FOLL_PIN']);
    expect(await titles('state=rejected&q=foll_PIN')).toEqual([]);
    const open = await titles('', 'kvm');
    const applied = await titles('state=applied', 'kvm');
    expect(applied).toEqual(['KVM: selftests: Make dirty_log_test say why it failed']);
    expect(open).not.toContain(applied[0]);
    expect([...(await titles('state=all', 'kvm'))].sort()).toEqual([...open, ...applied].sort());
  });

  it('refuses what it does not know', async () => {
    expect((await scene.get('/s/mm?sort=author')).status).toBe(400);
    expect((await scene.get('/s/mm?page=0')).status).toBe(400);
  });
});

describe('every answer', () => {
  it('may load nothing but our own stylesheet and icon, and sets no cookie', async () => {
    for (const path of ['/', FOLL_PIN, '/nothing', '/feed.atom?follow=mm', '/api/openapi.json']) {
      const { headers } = await scene.get(path);
      expect(headers.get('content-security-policy')).toBe(
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      );
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('set-cookie')).toBeNull();
    }
  });

  it('is not sent again to a reader who has it', async () => {
    for (const path of [FOLL_PIN, '/feed.atom?follow=mm', '/api/digest?follow=mm']) {
      const first = await scene.get(path);
      const tag = first.headers.get('etag') ?? '';
      expect(tag).not.toBe('');
      expect(first.headers.get('cache-control')).toMatch(/max-age=\d/);
      const again = await scene.get(path, { 'if-none-match': tag });
      expect([again.status, await again.text()]).toEqual([304, '']);
    }
  });

  it('may be kept for ever where its address names what it holds', async () => {
    const [style = ''] = /\/assets\/site-[0-9a-f]+\.css/.exec(await scene.text('/')) ?? [];
    const response = await scene.get(style);
    expect(response.headers.get('cache-control')).toContain('immutable');
    expect(await response.text()).toContain('prefers-color-scheme: dark');
  });
});

it('says in the foot how fresh it is, and over an empty database that there is no mail', async () => {
  expect(await scene.text('/')).toContain('The newest mail here was received <time datetime="2026-11-16T');
  const empty = await makeWebScene({ examples: false });
  for (const path of ['/', '/digest', '/subsystems', '/s/kvm', '/feed.atom?follow=kvm'])
    expect((await empty.get(path)).status).toBe(200);
  expect(await empty.text('/')).toContain('There is no mail here yet.');
  await empty.close();
});

it('shows what happened in the last day of an archive that is not kept up', async () => {
  const old = await makeWebScene({ examples: false });
  await old.add([{ id: 'old@example.org', date: '2026-03-02T09:00:00Z', body: `Old.\n\n${diff()}` }]);
  expect(await old.text('/digest')).toContain('1 single patch');
  await old.close();
});
