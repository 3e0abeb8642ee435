import { createServer, type Socket } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { readImapAddress } from '../../../src/adapters/imap/imap-address.js';
import { openImap, readImapCursor, writeImapCursor } from '../../../src/adapters/imap/open-imap.js';
import { TransientFailure, UserError } from '../../../src/digest/failure/failure.js';
import type { MailSource, SourceEvent } from '../../../src/digest/ports/mail-source.js';
import { describeMailSource } from '../../contract/mail-source.js';
import { startCuttingProxy } from '../../lib/cutting-proxy.js';
import { publicInboxMissing, skippedBecause, startPublicInbox } from '../../lib/public-inbox.js';

describe('the address of a mailbox', () => {
  it.each([
    [
      'imaps://me%40example.org:p%3Aw@mail.example.org/lists',
      'me@example.org',
      'mail.example.org',
      993,
      true,
      'lists',
    ],
    ['imap://127.0.0.1:1143/INBOX', 'anonymous', '127.0.0.1', 1143, false, 'INBOX'],
    ['imaps://imap.example.org/a%20b/c', 'anonymous', 'imap.example.org', 993, true, 'a b/c'],
  ])('%s', (text, user, host, port, tls, mailbox) => {
    expect(readImapAddress(text)).toMatchObject({ user, host, port, tls, mailbox });
  });

  it('keeps the password out of the name and out of errors', () => {
    expect(readImapAddress('imaps://me:secret@mail.example.org/lists').name).toBe(
      'imaps://mail.example.org/lists',
    );
    for (const wrong of [
      'imaps://me:secret@mail.example.org/',
      'imaps://me:secret@/x',
      'http://me:secret@host/x',
    ])
      expect(() => openImap(wrong)).toThrow(
        expect.objectContaining({ message: expect.not.stringContaining('secret') }),
      );
  });
});

describe('the cursor', () => {
  it.each([[null], ['{'], ['{"v":2}'], ['{"v":1,"mailboxes":{"a":{"validity":"1","uid":-1}}}']])(
    'reads everything again after %s',
    (cursor) => {
      expect(readImapCursor(cursor)).toEqual({});
    },
  );
  it('comes back as it was written', () => {
    const places = { 'a.0': { validity: '17', uid: 3 } };
    expect(readImapCursor(writeImapCursor(places))).toEqual(places);
  });
});

describe.skipIf(publicInboxMissing !== null)(`IMAP at the real public-inbox${skippedBecause}`, () => {
  describeMailSource('IMAP', async () => {
    const inbox = await startPublicInbox();
    const proxy = await startCuttingProxy(inbox.imapPort);
    const open = (port: number, mailbox: string): MailSource =>
      openImap(`imap://127.0.0.1:${port}/${mailbox}`);
    return {
      openSource: () => open(inbox.imapPort, inbox.group('kvm')),
      openWrong: () => ({
        source: open(inbox.imapPort, 'org.example.nothing'),
        named: 'org.example.nothing',
      }),
      deliver: (raws) => inbox.deliverMany('kvm', raws),
      server: { stop: () => inbox.stop('imapd'), start: () => inbox.start('imapd') },
      openCut: (bytes) => {
        proxy.cutAfter(bytes);
        return open(proxy.port, inbox.group('kvm'));
      },
      async close() {
        await proxy.close();
        await inbox.close();
      },
    };
  });
});

/** A server of one scripted mailbox: what a private one answers that an archive does not. */
function scriptedServer(
  answers: (line: string, tag: string) => string | null,
): Promise<{ port: number; close: () => void }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.write('* OK ready\r\n');
    let buffered = '';
    socket.on('data', (chunk) => {
      buffered += chunk.toString('latin1');
      for (let at = buffered.indexOf('\r\n'); at >= 0; at = buffered.indexOf('\r\n')) {
        const line = buffered.slice(0, at);
        buffered = buffered.slice(at + 2);
        const tag = line.split(' ')[0] ?? '';
        const answer = answers(line.slice(tag.length + 1), tag);
        if (answer === null) return socket.destroy();
        socket.write(answer);
      }
    });
  });
  return new Promise((done) =>
    server.listen(0, '127.0.0.1', () =>
      done({
        port: (server.address() as { port: number }).port,
        close() {
          for (const socket of sockets) socket.destroy();
          server.close();
        },
      }),
    ),
  );
}

const MAIL = 'From: a@example.org\r\nMessage-ID: <1@example.org>\r\nSubject: x\r\n\r\nbody\r\n';

/** Three mails, UIDs 4, 7 and 9, of which the second is 30 MB by its size. */
function privateMailbox(validity: number) {
  return (line: string, tag: string): string => {
    const command = line.toUpperCase();
    if (command.startsWith('CAPABILITY')) return `* CAPABILITY IMAP4rev1\r\n${tag} OK done\r\n`;
    if (command.startsWith('LOGIN "WRONG"') || command.startsWith('LOGIN WRONG'))
      return `${tag} NO [AUTHENTICATIONFAILED] no\r\n`;
    if (command.startsWith('LIST "" ""')) return `* LIST (\\Noselect) "/" ""\r\n${tag} OK done\r\n`;
    if (command.startsWith('LIST')) return `* LIST () "/" "lists"\r\n${tag} OK done\r\n`;
    if (command.startsWith('EXAMINE') || command.startsWith('SELECT'))
      return `* 3 EXISTS\r\n* OK [UIDVALIDITY ${validity}] ok\r\n* OK [UIDNEXT 10] ok\r\n${tag} OK [READ-ONLY] done\r\n`;
    if (command.startsWith('UID SEARCH')) return `* SEARCH 4 7 9\r\n${tag} OK done\r\n`;
    const uids = [4, 7, 9].filter((uid) => new RegExp(`[ ,]${uid}[ ,:]|:${uid} `).test(line));
    if (command.startsWith('UID FETCH') && command.includes('RFC822.SIZE'))
      return `${uids.map((uid, n) => `* ${n + 1} FETCH (UID ${uid} RFC822.SIZE ${uid === 7 ? 30_000_000 : MAIL.length})\r\n`).join('')}${tag} OK done\r\n`;
    if (command.startsWith('UID FETCH'))
      return `${uids.map((uid, n) => `* ${n + 1} FETCH (UID ${uid} BODY[] {${MAIL.length}}\r\n${MAIL})\r\n`).join('')}${tag} OK done\r\n`;
    return `${tag} OK done\r\n`;
  };
}

describe('a private mailbox', () => {
  const servers: { close: () => void }[] = [];
  afterAll(() => {
    for (const server of servers) server.close();
  });
  const start = async (answers: (line: string, tag: string) => string | null) => {
    const server = await scriptedServer(answers);
    servers.push(server);
    return server.port;
  };
  const read = async (source: MailSource, cursor: string | null): Promise<SourceEvent[]> => {
    const events: SourceEvent[] = [];
    for await (const event of source.read({ cursor, since: null, signal: new AbortController().signal }))
      events.push(event);
    return events;
  };
  const summaries = (events: readonly SourceEvent[]) =>
    events.flatMap((event) =>
      event.kind === 'mail' || event.kind === 'skipped' ? [`${event.kind} ${event.where}`] : [],
    );

  it('names a mail that is too large, and reads the others', async () => {
    const port = await start(privateMailbox(1));
    const events = await read(openImap(`imap://me:pw@127.0.0.1:${port}/lists`), null);
    const at = `imap://127.0.0.1:${port}/lists, lists, UID`;
    expect(summaries(events)).toEqual([`skipped ${at} 7`, `mail ${at} 4`, `mail ${at} 9`]);
    expect(events.at(-1)).toEqual({
      kind: 'cursor',
      cursor: writeImapCursor({ lists: { validity: '1', uid: 9 } }),
    });
  });

  it('reads everything again when the server numbers its mails anew', async () => {
    const port = await start(privateMailbox(2));
    const events = await read(
      openImap(`imap://me:pw@127.0.0.1:${port}/lists`),
      writeImapCursor({ lists: { validity: '1', uid: 9 } }),
    );
    expect(summaries(events)).toHaveLength(3);
  });

  it('tells a wrong password from a server that is away', async () => {
    const port = await start(privateMailbox(1));
    await expect(read(openImap(`imap://wrong:pw@127.0.0.1:${port}/lists`), null)).rejects.toThrow(UserError);
    const silent = await start(() => null);
    await expect(read(openImap(`imap://me:pw@127.0.0.1:${silent}/lists`), null)).rejects.toThrow(
      TransientFailure,
    );
  });
});
