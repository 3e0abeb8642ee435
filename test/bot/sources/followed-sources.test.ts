import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { followedSources } from '../../../src/bot/sources/read-source.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'covernote-followed-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const MAIL = `Received: by lists.example.org; Thu, 1 Jan 2026 10:00:00 +0000
From: Ada <ada@example.org>
Message-ID: <1@example.org>

Body.
`;

describe('what a running bot reads', () => {
  it.each([
    ['of a plain path is all that is there, however old, and what comes', (path: string) => path, 1],
    ['of somebody’s mail delivery begins with the last days', (path: string) => `follow:${path}`, 0],
  ])('%s', async (_, written, mails) => {
    const path = join(folder, 'box');
    writeFileSync(
      path,
      `From ada@example.org Thu Jan  1 10:00:00 2026\n${MAIL}\nFrom ada@example.org Thu Jan  1 10:00:00 2026\n${MAIL}`,
    );
    const [source] = followedSources([written(path)]);
    expect(source).toMatchObject({ name: `follow:${path}`, isLive: true });
    const settings = { folder, userAgent: 'test', stdin: Readable.from([]), now: Date.now };
    const request = { cursor: null, since: '2026-06-01T00:00:00Z', signal: new AbortController().signal };
    let read = 0;
    for await (const event of source?.open(settings).read(request) ?? []) if (event.kind === 'mail') read++;
    // The last mail may not be whole yet.
    expect(read).toBe(mails);
  });

  it('is standard input once, and each source once', () => {
    const sources = followedSources(['-', '/var/mail/a', 'follow:/var/mail/a', 'lore:kvm', 'lore:kvm']);
    expect(sources.map(({ name, isLive }) => [name, isLive])).toEqual([
      ['-', false],
      ['follow:/var/mail/a', true],
      ['lore:kvm', true],
    ]);
  });
});
