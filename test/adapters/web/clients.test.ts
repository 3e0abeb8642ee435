import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { parseAtomFeed } from 'feedsmith';
import { OpenAPIClientAxios } from 'openapi-client-axios';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { seriesSchema } from '../../../src/digest/contract/series-answer.js';
import { diff } from '../store/written-mail.js';
import { makeWebScene, type WebScene } from './web-scene.js';

/** Feeds and the API as programs of others see them. */

let scene: WebScene;
beforeAll(async () => {
  scene = await makeWebScene({ env: { PUBLIC_URL: 'https://example.org/lists' } });
  await scene.add([
    {
      id: 'odd id&"<>@example.org',
      subject: '[PATCH] mm: <b>&amp; ]]> \u0001\ud800 zorkmid',
      from: '"<script>&" <mal@example.org>',
      date: '2026-11-16T12:00:00Z',
      body: `It is <odd> & "quoted" ]]>.\n\n${diff()}`,
    },
  ]);
});
afterAll(() => scene.close());

const schema = readFileSync(new URL('./atom.rng', import.meta.url), 'utf8');
const faultsOf = async (xml: string): Promise<readonly string[]> => {
  const { errors } = await validateXML({ xml, schema, extension: 'relaxng' });
  return errors.map(({ message }) => message);
};

describe('a feed', () => {
  it.each([
    'follow=mm',
    'follow=kvm&follow=mm',
    'follow=author:nobody@example.org',
    'follow=%22%3Cb%3E%26%22',
  ])('for %s is what RFC 4287 allows', async (query) => {
    expect(await faultsOf(await scene.text(`/feed.atom?${query}`))).toEqual([]);
  });

  it('would be refused with something missing, doubled or misspelt', async () => {
    const feed = await scene.text('/feed.atom?follow=mm');
    const [updated = ''] = /<updated>[^<]*<\/updated>/.exec(feed) ?? [];
    for (const broken of [
      feed.replace(updated, ''),
      feed.replace(updated, updated + updated),
      feed.replace(updated, '<updated>yesterday</updated>'),
      feed.replace('<entry>', '<entry><note>x</note>'),
      feed.replace('type="text/html"', 'type="html"'),
    ])
      expect(await faultsOf(broken)).not.toEqual([]);
  });

  it('reads in a feed reader as it was written', async () => {
    const { entries = [], ...feed } = parseAtomFeed(await scene.text('/feed.atom?follow=mm'));
    expect(feed).toMatchObject({
      title: { value: 'covernote: mm' },
      id: expect.stringMatching(/^urn:|^tag:|:/),
    });
    expect(entries.length).toBeGreaterThan(3);
    expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
    for (const { title, updated, links } of entries) {
      expect(title?.value).toMatch(/./);
      expect(Date.parse(updated ?? '')).not.toBeNaN();
      expect(links?.[0]?.href).toMatch(/^https:\/\/example\.org\/lists\/series\//);
    }
    const odd = entries.find(({ title }) => title?.value.includes('zorkmid') === true);
    expect(odd?.title?.value).toContain('<b>&amp; ]]>');
    expect(odd?.authors?.[0]?.name).toBe('<script>&');
  });

  it('keeps its entries’ ids wherever it is published', async () => {
    const elsewhere = await makeWebScene();
    const idsOf = async (where: WebScene) =>
      (parseAtomFeed(await where.text('/feed.atom?follow=kvm')).entries ?? []).map(({ id }) => id);
    expect(await idsOf(elsewhere)).toEqual(await idsOf(scene));
    await elsewhere.close();
  });
});

describe('the description of the API', () => {
  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(JSON.parse(await scene.text('/api/openapi.json')));
    expect(errors ?? []).toEqual([]);
    expect([valid, validator.version]).toEqual([true, '3.1']);
  });

  it('is enough for a client that was generated from it', async () => {
    const definition = `${scene.url}/api/openapi.json`;
    const api = new OpenAPIClientAxios({ definition, withServer: { url: scene.url } });
    const client = await api.init();
    const operations = api.getOperations().map(({ operationId }) => operationId);
    expect(operations).toEqual(
      expect.arrayContaining([
        'searchSeries',
        'getSeries',
        'compareVersions',
        'whySeries',
        'getDigest',
        'getBoard',
      ]),
    );
    const call = async (name: string, parameters: Readonly<Record<string, string | number>>) =>
      (await client[name]?.(parameters))?.data;
    const found = await call('searchSeries', { q: 'foll_pin', limit: 1 });
    const [first] = seriesSchema.array().parse(found.matches);
    const id = first?.id ?? '';
    expect(await call('getSeries', { id })).toEqual(first);
    expect((await call('compareVersions', { id, versions: 'v1..v3' })).comparison.added).toHaveLength(1);
    expect((await call('whySeries', { id })).matches).toHaveLength(1);
    expect((await call('getDigest', { follow: 'mm', since: '7d' })).counts.versions).toBe(2);
    expect((await call('getBoard', { q: 'mm' })).waiting).toEqual(expect.any(Array));
    expect(
      (await call('listSubsystems', { q: 'memory' })).map((one: { slug: string }) => one.slug),
    ).toContain('mm');
  });
});
