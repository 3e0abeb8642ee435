import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parsedMessageSchema } from '../../../src/digest/contract/parsed-message.js';
import { seriesAnswerSchema, seriesSchema } from '../../../src/digest/contract/series-answer.js';
import { digestSchema } from '../../../src/digest/plan/digest.js';
import { cli } from '../../lib/cli-io.js';

const examples = fileURLToPath(new URL('../../../examples/mail', import.meta.url));
const maintainers = fileURLToPath(new URL('../../../examples/MAINTAINERS', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'covernote-cli-'));
const db = join(folder, 'test.db');
const env = { MAINTAINERS: maintainers };
const on = (...argv: string[]) => cli([...argv, '--db', db], { env });

beforeAll(async () => {
  expect((await on('ingest', examples)).status).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('covernote parse', () => {
  it('prints one object a mail in input order, and nothing else on stdout', async () => {
    const { status, stdout } = await cli(['parse', '--json', join(examples, 'linux-mm.mbox')]);
    const mails = stdout
      .trim()
      .split('\n')
      .map((line) => parsedMessageSchema.strict().parse(JSON.parse(line)));
    expect(status).toBe(0);
    expect(mails.length).toBeGreaterThan(30);
    expect(mails[0]).toMatchObject({
      kind: 'cover',
      title: 'mm/gup: introduce FOLL_PIN for pages that devices write to',
      version: 1,
      versionInferred: true,
      total: 5,
      author: { name: 'Ada Quill', email: 'ada.quill@example.org' },
      date: '2026-10-12T09:14:00Z',
      lists: ['linux-mm@kvack.org'],
    });
    expect(mails[0]?.patches).toHaveLength(5);
  });

  it('reads standard input', async () => {
    const stdin =
      'Subject: [PATCH v3] mm: a thing\nFrom: Ada Quill <ada@example.org>\nMessage-ID: <x@example.org>\n\nIt does.\n';
    const { stdout } = await cli(['parse', '--json', '-'], { stdin });
    expect(JSON.parse(stdout)).toMatchObject({
      title: 'mm: a thing',
      version: 3,
      messageId: 'x@example.org',
    });
  });

  it('says what a broken mail lacks, and goes on', async () => {
    const { status, stdout } = await cli(['parse', '--json', join(examples, 'broken.eml')]);
    const [mail] = stdout
      .trim()
      .split('\n')
      .map((line) => parsedMessageSchema.parse(JSON.parse(line)));
    expect(status).toBe(0);
    expect(mail).toMatchObject({ messageId: null, date: null, index: 3, total: 2 });
    expect(mail?.problems.map((problem) => problem.code)).toEqual(
      expect.arrayContaining(['message-id-missing', 'date-invalid']),
    );
  });
});

describe('covernote series', () => {
  it('finds the example series in its three versions', async () => {
    const { stdout } = await on('series', 'foll_pin', '--json');
    const answer = seriesAnswerSchema.strict().parse(JSON.parse(stdout));
    expect(answer.matches).toHaveLength(1);
    const [series] = answer.matches;
    expect(series?.revisions.map(({ version, total, received }) => [version, total, received])).toEqual([
      [1, 5, 5],
      [2, 7, 7],
      [3, 6, 6],
    ]);
    expect(series?.revisions.map(({ changelog }) => changelog.map((entry) => entry.version))).toEqual([
      [],
      [2],
      [3, 2],
    ]);
    expect(series?.subsystems.find((subsystem) => subsystem.primary)?.slug).toBe('mm');
    expect(series?.why.length).toBeGreaterThanOrEqual(2);
  });

  it.each([
    ['a part of a word', 'oll_pi'],
    ['a typo', 'fol_pin'],
    ['a Message-ID of one of its patches', '20261116083000.103-2-ada.quill@example.org'],
    ['a link to lore', 'https://lore.kernel.org/linux-mm/20261012091400.101-0-ada.quill@example.org/'],
    ['an old title', 'FOLL_PIN for pages that devices write to'],
    ['the title of a patch', 'refuse a pin that would overflow'],
  ])('takes %s', async (_, query) => {
    const { stdout } = await on('series', query, '--json');
    expect(seriesAnswerSchema.parse(JSON.parse(stdout)).matches[0]?.title).toBe(
      'mm/gup: track pinned pages: FOLL_PIN',
    );
  });

  it('shows a card that tells state, size, reviews and where to read', async () => {
    const { stdout } = await on('series', 'recycle fragments');
    expect(stdout).toContain('applied to netdev/net-next (main) by Hana Mori');
    expect(stdout).toContain('3 patches · 4 files');
    expect(stdout).toContain('Reviewed by 1 person');
    expect(stdout).toContain('https://lore.kernel.org/netdev/20261112090000.510-0-ipetkov@example.org/');
  });

  it('calls stale what has waited in silence for 90 days, and nothing that was decided', async () => {
    const later = async (query: string) => {
      const { stdout } = await cli(['series', query, '--json', '--db', db], {
        env,
        now: '2027-06-01T00:00:00Z',
      });
      return seriesAnswerSchema.parse(JSON.parse(stdout)).matches[0]?.state.name;
    };
    expect(await later('foll_pin')).toBe('stale');
    expect(await later('recycle fragments')).toBe('applied');
    const { stdout } = await on('series', 'foll_pin', '--json');
    expect(seriesAnswerSchema.parse(JSON.parse(stdout)).matches[0]?.state.name).toBe('under-review');
  });

  it('counts honestly what is missing', async () => {
    const { stdout } = await on('series', 'why a connection was reset');
    expect(stdout).toContain('1 of 2 patches received');
  });

  it('says how fresh the index is where nothing matches', async () => {
    const { status, stdout, stderr } = await on('series', 'qqqqqqq');
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain('covernote: No series matches “qqqqqqq”.\n');
    expect(stderr).toContain('received 2026-11-16');
    const json = await on('series', 'qqqqqqq', '--json');
    expect([json.status, JSON.parse(json.stdout)]).toEqual([1, { query: 'qqqqqqq', matches: [] }]);
  });

  it('takes a version behind the words of a title, and lists those that are here instead of another', async () => {
    const { status, stdout, stderr } = await on('series', 'foll_pin', 'v99');
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/There is no v99 of “mm\/gup: .*” here\.\n.*v1.* (?:is|are) here\./);
    const [, last = ''] = /.*(v\d+) (?:is|are) here\./.exec(stderr) ?? [];
    const found = await on('series', 'foll_pin', last);
    expect(found.status).toBe(0);
    expect(found.stdout).toContain('FOLL_PIN');
    const json = await on('series', 'foll_pin', 'v99', '--json');
    expect([json.status, JSON.parse(json.stdout)]).toEqual([1, { query: 'foll_pin v99', matches: [] }]);
  });

  it('prints every series with --all, one object a line', async () => {
    const { stdout } = await on('series', '--all', '--json');
    const all = stdout
      .trim()
      .split('\n')
      .map((line) => seriesSchema.strict().parse(JSON.parse(line)));
    expect(all.length).toBeGreaterThanOrEqual(12);
  });
});

describe('covernote digest', () => {
  const week = ['--since', '2026-11-09', '--until', '2026-11-17'];

  it('groups a window by subsystem', async () => {
    const { stdout } = await on('digest', ...week, '--json');
    const digest = digestSchema.strict().parse(JSON.parse(stdout));
    expect(digest.groups.map((group) => group.subsystem.slug)).toEqual(
      expect.arrayContaining(['kvm', 'mm', 'io_uring']),
    );
    expect(digest.counts.singlePatches).toBeGreaterThan(0);
  });

  it('holds to a follow', async () => {
    const { stdout } = await on('digest', ...week, '--follow', 'io_uring', '--json');
    expect(digestSchema.parse(JSON.parse(stdout)).groups.map((group) => group.subsystem.slug)).toEqual([
      'io_uring',
    ]);
  });

  it('tells why it is empty', async () => {
    const { stdout } = await on('digest', '--since', '2030-01-01', '--until', '2030-01-02');
    expect(stdout).toContain('Nothing new');
    expect(stdout).toContain('--since 2026-11-16');
  });

  it.each([
    ['a follow that means nothing here', ['--follow', 'kvn'], 'kvm'],
    ['a time where a follow belongs', ['--follow', '9am'], '“9am” is a time'],
    ['a moment that is none', ['--since', 'soon'], "--since can't be “soon”"],
    [
      'a window that ends before it begins',
      ['--since', '2026-11-17', '--until', '2026-11-16'],
      'is not before',
    ],
    ['a zone that is none', ['--tz', 'Mars/Base'], 'is not a time zone'],
    ['a form that there is none of', ['--format', 'xml'], 'text, json, discord, slack'],
  ])('refuses %s with status 2 and says what to write', async (_, argv, words) => {
    const { status, stdout, stderr } = await on('digest', ...argv);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(words);
  });

  it.each(['discord', 'slack'])('prints the messages that %s would get, a line each', async (format) => {
    const { status, stdout } = await on('digest', ...week, '--format', format);
    expect(status).toBe(0);
    const messages = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { place: string; message: object });
    expect(messages.length).toBeGreaterThan(1);
    expect(messages.map(({ place }) => place)).toEqual(['channel', ...messages.slice(1).map(() => 'thread')]);
    expect(messages[0]?.message).toHaveProperty(format === 'slack' ? 'blocks' : 'components');
  });

  it('fits 80 columns but for links', async () => {
    const { stdout } = await on('digest', ...week);
    expect(stdout.split('\n').filter((line) => line.length > 80 && !line.includes('https://'))).toEqual([]);
  });
});

describe('covernote', () => {
  it('ingests the same mail again without a change', async () => {
    const before = await on('series', '--all', '--json');
    const again = JSON.parse((await on('ingest', examples, '--json')).stdout);
    expect(again).toMatchObject({ new: 0 });
    expect(again.known).toBe(again.read);
    expect((await on('series', '--all', '--json')).stdout).toBe(before.stdout);
  });

  it('derives the same again from the raw mail', async () => {
    const before = await on('series', '--all', '--json');
    expect((await on('reindex')).status).toBe(0);
    expect((await on('series', '--all', '--json')).stdout).toBe(before.stdout);
  });

  it('lists what can be followed, with counts', async () => {
    const rows: { slug: string; series: number }[] = JSON.parse((await on('subsystems', '--json')).stdout);
    expect(rows.find((row) => row.slug === 'kvm')?.series).toBeGreaterThan(3);
  });

  it.each([
    ['an unknown command', ['frob']],
    ['an unknown option', ['digest', '--frob']],
    ['a missing argument', ['parse']],
    ['no words', ['series']],
    ['an unknown schema', ['schema', 'frob']],
  ])('answers %s with status 2', async (_, argv) => {
    expect((await cli(argv)).status).toBe(2);
  });

  it.each([
    [
      'a file that is not there',
      ['ingest', join(folder, 'none.mbox'), '--db', join(folder, 'n.db')],
      'none.mbox',
    ],
    ['a database that is not there', ['series', 'x', '--db', join(folder, 'slip.db')], 'slip.db'],
    ['a database that is none', ['series', 'x', '--db', join(folder, 'not.db')], 'not.db'],
    ['a database of another kind', ['series', 'x', '--db', 'mysql://host/name'], 'mysql'],
  ])('answers %s with status 1, the name and a remedy', async (_, argv, name) => {
    writeFileSync(
      join(folder, 'not.db'),
      'this is text, and quite a lot of it, so that it is no database at all\n'.repeat(99),
    );
    const { status, stderr } = await cli(argv);
    expect([status, stderr]).toEqual([1, expect.stringContaining(name)]);
    expect(stderr.trim().split('\n').length).toBeGreaterThan(1);
    expect(stderr).not.toContain('bug');
  });

  it.each([
    [['pars'], "Unknown command 'pars'.\n  Did you mean parse?"],
    [['digest', '--frob'], "Unknown option '--frob'.\n  covernote --help lists"],
    [['parse'], "Missing required argument 'path'."],
    [['digest', '--max', 'x'], "--max can't be “x”.\n  Write a whole number from 1."],
    [['series', 'x', '--color', 'red'], "--color can't be “red”.\n  Choose one of auto, always, never."],
    [['schema', 'frob'], 'There is no schema “frob”.\n  Choose one of'],
  ])('says what is wrong with %j in one form', async (argv, words) => {
    const { status, stdout, stderr } = await cli(argv);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`covernote: ${words}`);
    expect(stderr.startsWith('covernote: ')).toBe(true);
  });

  it.each([
    ['always', true],
    ['never', false],
    ['auto', false],
  ])('with --color %s into a file: colors %s', async (when, has) => {
    const { stdout } = await on('series', 'foll_pin', '--color', when);
    expect(stdout.includes('\u001b[')).toBe(has);
  });

  it('reads what it can of several sources, names the others, and fails', async () => {
    const argv = [
      'ingest',
      join(folder, 'gone'),
      join(examples, 'netdev.mbox'),
      '--db',
      join(folder, 'part.db'),
      '--json',
    ];
    const { status, stdout, stderr } = await cli(argv);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ new: 10, skipped: { 'no-such-path': { count: 1 } } });
    expect(stderr).toContain('Not every source');
  });

  it('says once that a source cannot be read', async () => {
    const gone = join(folder, 'gone');
    const { stdout, stderr } = await cli(['ingest', gone, '--db', join(folder, 'part.db')]);
    expect([stdout, stderr].join('').split(gone)).toHaveLength(2);
    expect(stdout).toMatch(/^0 mails read: .*\n$/);
  });

  it.each([40, 60])('folds what doctor says at %i columns', async (columns) => {
    const { stdout } = await cli(['doctor', '--db', db], { env, columns, isTty: true });
    expect(stdout.split('\n').filter((line) => line.length > columns && !line.includes('://'))).toEqual([]);
    expect(stdout).toMatch(/^ok {3}Node: .*\n(.*\n)* {7}\S/);
    const piped = await cli(['doctor', '--db', db], { env, columns });
    expect(piped.stdout.split('\n').some((line) => line.length > columns)).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['no mail', '\u0089PNG\r\n\u001a\n and no mail at all'],
  ])('fails where standard input holds %s', async (_, stdin) => {
    const { status, stderr } = await cli(['ingest', '-', '--db', join(folder, 'none.db')], { stdin });
    expect([status, stderr]).toEqual([1, expect.stringContaining('no mail')]);
  });

  it('tells everything that is wrong in the environment at once', async () => {
    const { status, stderr } = await cli(['series', 'x'], { env: { HTTP_PORT: 'x', TZ_DEFAULT: 'y' } });
    expect(status).toBe(1);
    expect(stderr).toMatch(/HTTP_PORT.*\n.*TZ_DEFAULT/);
  });

  it.each(['parse', 'series', 'digest'])('prints the JSON Schema of %s', async (name) => {
    const { status, stdout } = await cli(['schema', name]);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ type: 'object' });
  });

  it('examines what can be examined though variables are wrong, and shows no secret', async () => {
    const wrong = {
      ...env,
      TZ_DEFAULT: 'Mars',
      SLACK_BOT_TOKEN: 'not-a-token',
      SOURCES: join(folder, 'gone'),
    };
    const { stdout } = await cli(['doctor', '--db', db], { env: wrong });
    expect(stdout).toContain('“Mars”');
    expect(stdout).toContain('does not exist');
    expect(stdout).not.toContain('not-a-token');
    const { stdout: unknown } = await cli(['doctor', '--db', db], { env: { SOURCES: 'gopher://host/x' } });
    expect(unknown).toContain('gopher://host/x');
    expect(unknown).not.toContain('not set\n       Without it the mail in examples/');
  });

  it('examines itself, and fails where something is to be mended', async () => {
    expect((await on('doctor')).status).toBe(0);
    const unwell = await cli(['doctor', '--json'], {
      env: { SOURCES: join(folder, 'gone'), DATABASE_URL: `sqlite:${db}` },
    });
    expect(unwell.status).toBe(1);
    expect(unwell.stdout).toContain('does not exist');
  });

  it('names the replacement of a kind of source that was removed', async () => {
    const removed = await cli(['doctor', '--json'], {
      env: { SOURCES: 'lore+https://lore.kernel.org/kvm', DATABASE_URL: `sqlite:${db}` },
    });
    expect(removed.status).toBe(1);
    expect(removed.stdout).toContain('lore:kvm (by NNTP)');
  });
});
