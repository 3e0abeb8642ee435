import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { openFiles } from '../../../src/adapters/files/open-files.js';
import { decodeMail } from '../../../src/adapters/mail/decode-mail.js';
import type { Letter } from '../../../src/digest/letter/letter.js';
import { parseLetter } from '../../../src/digest/letter/parse-letter.js';
import { parseSubject } from '../../../src/digest/mail/subject/parse-subject.js';

const CORPORA = fileURLToPath(new URL('../../../../shared/corpora/', import.meta.url));

interface Read {
  readonly text: string;
  readonly letter: Letter;
  readonly cover: boolean;
}

interface Link {
  readonly newer: string;
  readonly older: string;
}

const readAll = async (name: string): Promise<Map<string, Read>> => {
  const all = new Map<string, Read>();
  for await (const event of openFiles(CORPORA + name).read()) {
    if (event.kind !== 'mail') continue;
    const mail = await decodeMail(event.raw);
    const { version, total, index, reply } = parseSubject(mail.subject ?? '');
    const cover = index === 0 && !reply;
    const letter = parseLetter(mail.text, { version, total, kind: cover ? 'cover' : 'patch' });
    if (mail.messageId !== null) all.set(mail.messageId, { text: mail.text, letter, cover });
  }
  return all;
};

const holdsList = (text: string): boolean =>
  /^ {0,8}\S.{0,80} \(\d{1,4}\):$/m.test(text) || /^ {0,8}\d{1,5} files? changed/m.test(text);

const addsUp = ({ letter }: Read): boolean =>
  letter.problems.length === 0 && (letter.shortlog.length > 0 || letter.diffstat !== null);

// Other people's mail does not ship with the project: without ../shared there is nothing to measure.
describe.skipIf(!existsSync(CORPORA))('real covers', () => {
  let covers: Map<string, Read>;

  beforeAll(async () => {
    covers = await readAll('covers-and-revisions.mbox.gz');
  });

  it('that hold a shortlog or a diffstat add up in 97 of 100 cases', () => {
    const holding = [...covers.values()].filter(({ text, cover }) => cover && holdsList(text));
    expect(holding.length).toBeGreaterThan(2000);
    expect(holding.filter(addsUp).length / holding.length).toBeGreaterThan(0.97);
  });

  it('name the older version in 99 of 100 cases where their authors linked to it', () => {
    const lines = readFileSync(`${CORPORA}version-links.jsonl`, 'utf8').trim().split('\n');
    const links = lines.map((line) => JSON.parse(line) as Link).filter(({ newer }) => covers.has(newer));
    const named = links.filter(({ newer, older }) =>
      covers.get(newer)?.letter.previousVersions.some(({ messageId }) => messageId === older),
    );
    expect(links.length).toBeGreaterThan(500);
    expect(named.length / links.length).toBeGreaterThan(0.99);
  });
});
