import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  correctionAnswerSchema,
  correctionsAnswerSchema,
} from '../../../src/digest/contract/correction-answer.js';
import { seriesAnswerSchema } from '../../../src/digest/contract/series-answer.js';
import { whyAnswerSchema } from '../../../src/digest/contract/why-answer.js';
import { cli } from '../../lib/cli-io.js';

const examples = fileURLToPath(new URL('../../../examples', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'covernote-corrections-'));
const filled = join(folder, 'filled.db');
const db = join(folder, 'test.db');
const env = { MAINTAINERS: join(examples, 'MAINTAINERS'), USER: 'ada' };
const on = (...argv: string[]) => cli([...argv, '--db', db], { env });

const V1 = '20261012091400.101-0-ada.quill@example.org';
const V1_PATCH_2 = '20261012091400.101-2-ada.quill@example.org';
const V2 = '20261029100200.102-0-ada.quill@example.org';
const OTHER = '20261109130000.310-0-lea@example.org';

beforeAll(async () => {
  expect((await cli(['ingest', examples, '--db', filled], { env })).status).toBe(0);
});
beforeEach(() => cpSync(filled, db));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The versions of the series that holds a message now. */
async function versionsWith(messageId: string): Promise<number[]> {
  const { stdout } = await on('series', messageId, '--json');
  const [series] = seriesAnswerSchema.parse(JSON.parse(stdout)).matches;
  return series?.revisions.map((revision) => revision.version) ?? [];
}

async function listed() {
  const { stdout } = await on('corrections', '--json');
  return correctionsAnswerSchema.strict().parse(JSON.parse(stdout)).corrections;
}

describe('covernote link', () => {
  it('joins two series whole, says so in words, and tells how to take it back', async () => {
    const { status, stdout } = await on('link', 'foll_pin', 'batch uncharging');
    expect(status).toBe(0);
    expect(stdout).toContain('Linked: these are one series now, “mm/gup: track pinned pages: FOLL_PIN”');
    expect(stdout).toContain('v1, v2, v3 · “mm/gup: track pinned pages: FOLL_PIN”');
    expect(stdout).toContain('v1, v2 · “mm/memcontrol: Batch uncharging of pages”');
    expect(stdout).toContain('covernote unlink');
    expect(await versionsWith(OTHER)).toEqual([1, 1, 2, 2, 3]);
  });

  it.each([
    ['Message-IDs', [V2, OTHER]],
    [
      'links to an archive',
      [`https://lore.kernel.org/linux-mm/${V2}/`, `https://lore.kernel.org/all/${OTHER}/T/#u`],
    ],
    ['the id of a series and words', ['7d4f407b59d3', 'batch uncharging']],
    ['a patch and a version of what words find', [V1_PATCH_2, 'batch uncharging v2']],
  ])('takes %s', async (_, sides) => {
    expect((await on('link', ...sides)).status).toBe(0);
    expect(await versionsWith(V1)).toEqual([1, 1, 2, 2, 3]);
  });

  it('tells the same as JSON', async () => {
    const { stdout } = await on('link', V1, OTHER, '--json');
    const answer = correctionAnswerSchema.strict().parse(JSON.parse(stdout));
    expect(answer).toMatchObject({
      correction: { kind: 'link', a: V1, b: OTHER, by: 'ada', madeAt: '2026-11-17T00:00:00Z' },
      before: [{ versions: ['v1', 'v2', 'v3'] }, { versions: ['v1', 'v2'] }],
      now: [{ versions: ['v1', 'v1', 'v2', 'v2', 'v3'] }],
      undo: `covernote unlink ${V1} ${OTHER}`,
    });
  });

  it.each([
    ['the same words twice', ['foll_pin', 'foll_pin'], 2, 'Both sides name the same'],
    ['two mails of one posting', [V1, V1_PATCH_2], 2, 'Both sides name the same'],
    ['what is one series already', [V1, V2], 1, 'are already one series'],
    ['a mail that is not here', ['gone@example.org', V1], 1, 'That mail is not here'],
    ['words that match nothing', ['qqqqqqq', V1], 1, 'No series matches “qqqqqqq”'],
    ['words that match several series', ['kvm', V1], 1, 'Choose one by its ID:'],
    ['a version that is not there', ['foll_pin v9', OTHER], 1, 'v1, v2 and v3 are here.'],
    ['two versions on one side', ['foll_pin v1 v2', OTHER], 2, 'Name one posting on each side'],
    ['one side alone', [V1], 2, "Missing required argument 'b'"],
  ])('refuses %s', async (_, sides, status, words) => {
    const refused = await on('link', ...sides);
    expect({ status: refused.status, stdout: refused.stdout }).toEqual({ status, stdout: '' });
    expect(refused.stderr).toContain(words);
    expect(await listed()).toEqual([]);
  });
});

describe('covernote unlink', () => {
  it('parts a series between two of its versions', async () => {
    const { status, stdout } = await on('unlink', 'foll_pin v1', 'foll_pin v2');
    expect(status).toBe(0);
    expect(stdout).toContain('Separated: these are two series now.');
    expect(stdout).toContain('v1 · “mm/gup: introduce FOLL_PIN for pages that devices write to”');
    expect(stdout).toContain('v2, v3 · “mm/gup: track pinned pages: FOLL_PIN”');
    expect(await versionsWith(V1)).toEqual([1]);
    expect(await versionsWith(V2)).toEqual([2, 3]);
  });

  it.each([
    ['the same words', ['foll_pin', 'batch uncharging']],
    ['the ids that the two had', ['7d4f407b59d3', 'a0426e8f3ba2']],
    ['Message-IDs', [V1, OTHER]],
  ])('takes a link back by %s, and replaces it', async (_, sides) => {
    await on('link', 'foll_pin', 'batch uncharging');
    expect((await on('unlink', ...sides)).stdout).toContain('Separated');
    expect(await versionsWith(V1)).toEqual([1, 2, 3]);
    expect(await versionsWith(OTHER)).toEqual([1, 2]);
    expect(await listed()).toMatchObject([{ kind: 'unlink', a: V1, b: OTHER, effect: 'holds' }]);
  });

  it('is taken back by a link', async () => {
    await on('unlink', V1, V2);
    expect((await on('link', V2, V1)).status).toBe(0);
    expect(await versionsWith(V1)).toEqual([1, 2, 3]);
    expect(await listed()).toMatchObject([{ kind: 'link', effect: 'holds' }]);
  });

  it.each([
    ['what are two series already', [V1, OTHER], 1, 'are already two series'],
    ['two mails of one posting', [V1, V1_PATCH_2], 2, 'Both sides name the same'],
    ['a series as a whole on both sides', ['foll_pin', '7d4f407b59d3'], 2, 'Name a posting on each side'],
    ['a series as a whole on one side', ['foll_pin', V2], 2, 'there is v1, v2, v3'],
  ])('refuses %s', async (_, sides, status, words) => {
    const refused = await on('unlink', ...sides);
    expect(refused.status).toBe(status);
    expect(refused.stderr).toContain(words);
  });
});

describe('a correction', () => {
  it('survives a reindex, and the same mail read again', async () => {
    await on('unlink', V1, V2);
    await on('link', V1, OTHER);
    const expected = [1, 1, 2];
    expect(await versionsWith(V1)).toEqual(expected);
    expect((await on('reindex')).status).toBe(0);
    expect(await versionsWith(V1)).toEqual(expected);
    expect((await on('ingest', examples)).status).toBe(0);
    expect(await versionsWith(V1)).toEqual(expected);
    expect(await versionsWith(V2)).toEqual([2, 3]);
  });

  it('holds for a version that comes later', async () => {
    await on('unlink', V1, V2);
    const v4 = join(folder, 'v4.eml');
    writeFileSync(
      v4,
      [
        'From: Ada Quill <ada.quill@example.org>',
        'To: linux-mm@kvack.org',
        'Date: Tue, 17 Nov 2026 08:00:00 +0000',
        'Subject: [PATCH v4 0/6] mm/gup: track pinned pages: FOLL_PIN',
        'Message-ID: <v4-0@example.org>',
        '',
        `Pages are counted.\n\nv3: https://lore.kernel.org/linux-mm/${V2}/\nv1: https://lore.kernel.org/linux-mm/${V1}/\n`,
      ].join('\n'),
    );
    await on('ingest', v4);
    expect(await versionsWith('v4-0@example.org')).toEqual([2, 3, 4]);
    expect(await versionsWith(V1)).toEqual([1]);
  });
});

describe('covernote corrections', () => {
  it('says so where there is none', async () => {
    expect((await on('corrections')).stdout).toContain('No corrections yet.');
  });

  it('lists the newest first: what, by whom, when, and how to undo it', async () => {
    await on('unlink', V1, V2);
    await on('link', V1, OTHER);
    expect(await listed()).toMatchObject([
      { kind: 'link', by: 'ada', madeAt: '2026-11-17T00:00:00Z', undo: `covernote unlink ${V1} ${OTHER}` },
      { kind: 'unlink', aName: 'v1 of “mm/gup: introduce FOLL_PIN for pages that devices write to”' },
    ]);
    const { stdout } = await on('corrections');
    expect(stdout).toContain('linked by ada · 17 Nov 2026 00:00');
    expect(stdout).toContain('separated by ada');
  });

  it('shows which were overruled', async () => {
    await on('link', V1, OTHER);
    await on('unlink', V2, OTHER);
    expect((await listed()).map(({ kind, effect }) => [kind, effect])).toEqual([
      ['unlink', 'holds'],
      ['link', 'overruled'],
    ]);
  });
});

describe('covernote series --why', () => {
  it('tells what joined the versions, which mails they are, and what the state was read from', async () => {
    const { status, stdout } = await on('series', '--why', 'recycle fragments');
    expect(status).toBe(0);
    expect(stdout).toContain('There is one posting; nothing was joined to it.');
    expect(stdout).toContain('State: applied');
    expect(stdout).toContain('“This series was applied to netdev/net-next.git (main)”');
    expect(stdout).toContain('cover 20261112090000.510-0-ipetkov@example.org');
  });

  it('names the corrections that apply, as JSON too', async () => {
    await on('link', V1, OTHER);
    const { stdout } = await on('series', '--why', V1, '--json');
    const { matches } = whyAnswerSchema.strict().parse(JSON.parse(stdout));
    expect(matches).toHaveLength(1);
    expect(matches[0]?.corrections).toMatchObject([{ kind: 'link', a: V1, b: OTHER, by: 'ada' }]);
    expect(matches[0]?.links.map((link) => link.reason)).toContain('correction');
    expect(matches[0]?.postings.map((posting) => [posting.version, posting.mails.length])).toEqual([
      [1, 6],
      [1, 3],
      [2, 8],
      [2, 4],
      [3, 7],
    ]);
    expect((await on('series', '--why', V1)).stdout).toContain('linked by ada on 17 Nov 2026 00:00');
  });

  it('lets choose where several series match', async () => {
    expect((await on('series', '--why', 'kvm')).stdout).toContain('series match “kvm”');
  });
});
