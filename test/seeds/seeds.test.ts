import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { openFiles } from '../../src/adapters/files/open-files.js';
import { decodeMail } from '../../src/adapters/mail/decode-mail.js';
import type { DiffstatRow, Letter, ShortlogEntry } from '../../src/digest/letter/letter.js';
import { parseLetter } from '../../src/digest/letter/parse-letter.js';
import type { Mail } from '../../src/digest/mail/mail.js';
import { parseSubject } from '../../src/digest/mail/subject/parse-subject.js';
import type { Subject } from '../../src/digest/mail/subject/subject.js';
import { SEEDS, type Seed } from './table.js';

const FOLDER = fileURLToPath(new URL('../../../shared/seeds/', import.meta.url));

interface Read {
  readonly where: string;
  readonly mail: Mail;
  readonly subject: Subject;
  readonly letter: Letter;
}

// Other people's mail does not ship with the project: without ../shared there is nothing to read.
describe.skipIf(!existsSync(FOLDER))('the 19 seeds', () => {
  const read: Read[] = [];

  beforeAll(async () => {
    for await (const event of openFiles(FOLDER).read()) {
      if (event.kind !== 'mail') continue;
      const mail = await decodeMail(event.raw);
      const subject = parseSubject(mail.subject ?? '');
      const { version, total } = subject;
      const letter = parseLetter(mail.text, { version, total, kind: 'cover' });
      read.push({ where: event.where, mail, subject, letter });
    }
  });

  it('are 19 mails in 5 files', () => {
    expect(read.map(({ where }) => /\d{3}/.exec(where)?.[0])).toEqual(SEEDS.map(({ file }) => file));
  });

  it.each(SEEDS.map((seed, at) => ({ seed, at, name: `${seed.file} ${seed.title}` })))(
    '$name is read without a wrong field',
    ({ seed, at }) => {
      const one = read[at];
      if (one === undefined) throw new Error('this seed was not found');
      expect(factsOf(one, seed.file)).toEqual(seed);
      expect(one.letter.problems).toEqual([]);
    },
  );
});

const factsOf = ({ mail, subject, letter }: Read, file: string): Seed => {
  const rows = letter.diffstat?.rows ?? [];
  const words = letter.intro.split(/\s+/);
  const { files = 0, insertions = 0, deletions = 0 } = letter.diffstat ?? {};
  return {
    file,
    messageId: mail.messageId,
    title: subject.title,
    version: subject.versionInferred ? null : subject.version,
    rfc: subject.rfc,
    resend: subject.resend,
    date: mail.date,
    total: subject.total ?? 0,
    authors: countAuthors(letter.shortlog),
    firstTitle: letter.shortlog[0]?.title ?? '',
    lastTitle: letter.shortlog.at(-1)?.title ?? '',
    wrapped: letter.shortlog.map(({ title }) => title).filter((title) => !mail.text.includes(title)),
    totals: [files, insertions, deletions],
    firstRow: pathAndChanges(rows[0]),
    lastRow: pathAndChanges(rows.at(-1)),
    shortened: rows.filter((row) => row.shortened).map((row) => row.path),
    renamed: rows.flatMap((row) => (row.oldPath === null ? [] : [[row.oldPath, row.path] as const])),
    changelog: letter.changelog.map((entry) => [entry.version, entry.since, entry.text.split('\n').length]),
    bodyVersion: letter.bodyVersion,
    previous: letter.previousVersions.map((one) => [one.version, one.messageId ?? '']),
    links: letter.links.length,
    tree: letter.base?.tree ?? null,
    intro: [words.slice(0, 4).join(' '), words.slice(-4).join(' ')],
  };
};

const countAuthors = (shortlog: readonly ShortlogEntry[]): [string, number][] => {
  const counts = new Map<string, number>();
  for (const { author } of shortlog) counts.set(author, (counts.get(author) ?? 0) + 1);
  return [...counts];
};

const pathAndChanges = (row: DiffstatRow | undefined): [string, number] => [
  row?.path ?? '',
  row?.changes ?? -1,
];
