import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openGrowing } from '../../../src/adapters/files/growing-source.js';
import { headOf, textOf } from '../../contract/list-mail.js';
import { describeMailSource, type LiveList } from '../../contract/mail-source.js';

/**
 * Mail that a delivery agent writes to a folder. Files have no server that could go away and no connections that could end, and a mail that
 * is deleted in a mail program was not removed by an archive: files do not report that.
 */
function delivered(to: {
  /** The path that is followed, and how mails come there; what they look like there where it is not as they were sent. */
  readonly path: (folder: string) => string;
  readonly make: (path: string) => void;
  readonly deliver: (path: string, raw: Uint8Array) => void;
  readonly asHeld?: (raw: Uint8Array) => string;
}): () => Promise<LiveList> {
  return async () => {
    const folder = mkdtempSync(join(tmpdir(), 'covernote-delivered-'));
    const path = to.path(folder);
    to.make(path);
    // Read a minute after the last delivery: the mail at the end of an mbox is whole then.
    const open = (from: string) => openGrowing(from, { now: () => Date.now() + 60_000 });
    return {
      openSource: () => open(path),
      openWrong: () => ({ source: open(join(folder, 'no-such-file')), named: join(folder, 'no-such-file') }),
      async deliver(raws) {
        for (const raw of raws) to.deliver(path, raw);
      },
      // Byte for byte: nothing is added on the way, and no blank line is lost.
      asHeld: to.asHeld ?? textOf,
      close: async () => rmSync(folder, { recursive: true, force: true }),
    };
  };
}

/** The line that parts two mails: who sent it, and when it was delivered, as asctime writes it. */
function separator(raw: Uint8Array): string {
  const [, weekday, day, month, year, time] =
    /^Received: [^;]*; (\w+), (\d\d) (\w+) (\d+) (\S+)/m.exec(headOf(raw)) ?? [];
  return `From author@example.org ${weekday} ${month} ${day} ${time} ${year}\n`;
}

const mbox = (quoting: RegExp) => ({
  path: (folder: string) => join(folder, 'lists.mbox'),
  make: (path: string) => writeFileSync(path, ''),
  deliver: (path: string, raw: Uint8Array) =>
    appendFileSync(path, `${separator(raw)}${textOf(raw).replace(quoting, '>$1')}\n`, 'latin1'),
});

describeMailSource(
  'an mbox whose writer quotes so that it can be undone (mboxrd: qmail, maildrop)',
  delivered(mbox(/^(>*From )/gm)),
);

describeMailSource(
  'an mbox whose writer quotes bare lines alone (mboxo: Postfix, procmail)',
  delivered({
    ...mbox(/^(From )/gm),
    // It is no longer known which of these lines had their own `>`.
    asHeld: (raw) => textOf(raw).replace(/^>+From /gm, 'From '),
  }),
);

let deliveries = 0;

describeMailSource(
  'a Maildir',
  delivered({
    path: (folder) => join(folder, 'Maildir'),
    make(path) {
      for (const name of ['cur', 'new', 'tmp']) mkdirSync(join(path, name), { recursive: true });
    },
    deliver(path, raw) {
      // Many share a second, and a step of the file system's clock: their numbers tell which came first.
      const name = `${Math.floor(Date.now() / 1000)}.${process.pid}_${++deliveries}.mail.example.org`;
      writeFileSync(join(path, 'tmp', name), raw);
      renameSync(join(path, 'tmp', name), join(path, 'new', name));
    },
  }),
);
