import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openNntp } from '../../../src/adapters/nntp/open-nntp.js';
import { TransientFailure, UserError } from '../../../src/digest/failure/failure.js';
import { textOf, writeListMail } from '../../contract/list-mail.js';
import { type FakeNntp, startFakeNntp } from '../../fakes/nntp-server.js';
import {
  type Certificates,
  createCertificates,
  startTlsWrapper,
  type TlsWrapper,
} from '../../lib/tls-wrapper.js';

const child = fileURLToPath(new URL('./nntps-child.ts', import.meta.url));
const MAILS = 300;

let server: FakeNntp;
let certificates: Certificates;
const wrappers: TlsWrapper[] = [];
const mails = createHash('sha256');

beforeAll(async () => {
  certificates = createCertificates();
  server = await startFakeNntp();
  for (let n = 0; n < MAILS; n++) {
    // A mail of a megabyte spans many records of TLS.
    const raw = textOf(writeListMail(n, '2026-10-01T00:00:00Z', n === 100 ? { bytes: 1_000_000 } : {}));
    server.articles.set(n + 1, { messageId: `mail-${n}@example.org`, raw });
    mails.update(raw, 'latin1');
  }
});
afterAll(async () => {
  for (const wrapper of wrappers) await wrapper.close();
  await server.close();
  certificates.close();
});

async function wrapped(
  names: string,
  { ended = false, cutAfter = Number.POSITIVE_INFINITY } = {},
): Promise<number> {
  const wrapper = await startTlsWrapper(server.port, certificates.make(names, ended), cutAfter);
  wrappers.push(wrapper);
  return wrapper.port;
}

/** What a covernote that trusts our authority reads from `nntps://HOST:PORT/…`. */
async function readTrusting(host: string, port: number): Promise<unknown> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', child, `nntps://${host}:${port}/${server.group}`],
    { env: { ...process.env, NODE_EXTRA_CA_CERTS: certificates.authority } },
  );
  return JSON.parse(stdout);
}

async function failureAt(port: number): Promise<unknown> {
  const { group } = server;
  const limits = { connectMs: 1_500, idleMs: 2_000, answerMs: 5_000 };
  const source = openNntp({ name: 'test', host: '127.0.0.1', port, tls: true, group, limits });
  try {
    for await (const event of source.read()) if (event.kind === 'mail') return null;
    return null;
  } catch (error) {
    return error;
  }
}

describe('NNTP over TLS', () => {
  it.each([
    ['localhost', 'DNS:localhost'],
    ['127.0.0.1', 'IP:127.0.0.1'],
  ])(
    'reads every mail of %s, whose certificate an authority vouches for that NODE_EXTRA_CA_CERTS names',
    async (host, names) => {
      expect(await readTrusting(host, await wrapped(names))).toEqual({
        count: MAILS,
        mails: mails.copy().digest('hex'),
        failure: null,
      });
    },
  );

  it.each([
    [
      'of another host',
      'DNS:news.example.org',
      false,
      'ERR_TLS_CERT_ALTNAME_INVALID',
      'as its certificate names it',
    ],
    ['that has expired', 'DNS:localhost', true, 'CERT_HAS_EXPIRED', 'clock'],
  ])('tells of a certificate %s, and what to do', async (words, names, ended, code, remedy) => {
    const port = await wrapped(names, { ended });
    expect(await readTrusting('localhost', port)).toMatchObject({
      count: 0,
      failure: {
        name: 'UserError',
        message: `localhost:${port} shows a certificate ${words} (${code}), so nobody can tell who answers there.`,
        remedy: expect.stringContaining(remedy),
      },
    });
  });

  it('trusts no certificate that nobody here vouches for, and says how to', async () => {
    const failure = await failureAt(await wrapped('IP:127.0.0.1'));
    expect(failure).toBeInstanceOf(UserError);
    expect(failure).toMatchObject({
      code: 'certificate',
      message: expect.stringContaining('shows a certificate from an authority that is not known here'),
      remedy: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
    });
  });

  it('tells of a server that speaks no TLS, and what to write instead', async () => {
    const failure = await failureAt(server.port);
    expect(failure).toBeInstanceOf(UserError);
    expect(failure).toMatchObject({ code: 'no-tls', remedy: expect.stringContaining('nntp://') });
  });

  it('tries again where the connection breaks off in the middle', async () => {
    const port = await wrapped('DNS:localhost', { cutAfter: 60_000 });
    expect(await readTrusting('localhost', port)).toMatchObject({
      failure: { name: 'TransientFailure', message: expect.stringContaining('dropped the connection') },
    });
  });

  it('tries again where a server takes connections and says nothing', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    const failure = await failureAt(typeof address === 'object' && address !== null ? address.port : 0);
    expect(failure).toBeInstanceOf(TransientFailure);
    silent.close();
  });
});
