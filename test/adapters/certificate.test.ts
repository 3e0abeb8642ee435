import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readImapAddress } from '../../src/adapters/imap/imap-address.js';
import { imapFailure } from '../../src/adapters/imap/open-imap.js';
import { gitFailure } from '../../src/adapters/lore/git-process.js';
import { createHttpClient } from '../../src/adapters/lore/http-client.js';
import { createThreadFetcher } from '../../src/adapters/lore/http-thread.js';
import { openPatchwork } from '../../src/adapters/patchwork/open-patchwork.js';
import { TransientFailure, UserError } from '../../src/digest/failure/failure.js';
import type { SourceEvent } from '../../src/digest/ports/mail-source.js';
import { answers, type FakeHttpServer, startFakeHttp } from '../fakes/http-server.js';
import {
  type Certificates,
  createCertificates,
  startTlsWrapper,
  type TlsWrapper,
} from '../lib/tls-wrapper.js';

const client = { userAgent: 'covernote/9.9', now: () => Date.parse('2026-11-22T00:00:00Z') };
let server: FakeHttpServer;
let certificates: Certificates;
let wrapper: TlsWrapper;
beforeAll(async () => {
  certificates = createCertificates();
  server = await startFakeHttp(answers(200, 'Nobody gets as far as this.'));
  const { port } = new URL(server.url);
  wrapper = await startTlsWrapper(Number(port), certificates.make('IP:127.0.0.1'));
});
afterAll(async () => {
  await wrapper.close();
  await server.close();
  certificates.close();
});

async function failureOf(events: AsyncIterable<SourceEvent>): Promise<unknown> {
  try {
    for await (const _ of events);
    return null;
  } catch (error) {
    return error;
  }
}

describe('a server whose certificate nobody here vouches for', () => {
  const expected = (host: string) => ({
    name: 'UserError',
    code: 'certificate',
    message: `${host} shows a certificate from an authority that is not known here (UNABLE_TO_VERIFY_LEAF_SIGNATURE), so nobody can tell who answers there.`,
    remedy: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
  });

  it('is reported with what to do where a thread is fetched from it', async () => {
    const fetch = createThreadFetcher({ ...client, baseUrl: `https://127.0.0.1:${wrapper.port}/` });
    const failure = await failureOf(
      fetch('1@example.org', { list: null, signal: AbortSignal.timeout(10_000) }),
    );
    expect(failure).toBeInstanceOf(UserError);
    expect(failure).toMatchObject(expected(`127.0.0.1:${wrapper.port}`));
  });

  it('is reported with what to do where its list is read', async () => {
    const host = `127.0.0.1:${wrapper.port}`;
    const source = openPatchwork(`patchwork+https://${host}/kvm`, createHttpClient(client));
    expect(await failureOf(source.read())).toMatchObject(expected(host));
  });

  it('is reported with what to do where git fetches from it', () => {
    const errorText =
      "fatal: unable to access 'https://example.org/': server certificate verification failed.";
    expect(gitFailure('git-failed', 'fetch a mirror', errorText).message).toContain('GIT_SSL_CAINFO');
    expect(gitFailure('git-failed', 'fetch a mirror', 'fatal: no').message).toBe(
      'git could not fetch a mirror: fatal: no',
    );
  });

  it('is reported with what to do where it has a mailbox', () => {
    const address = readImapAddress('imaps://ada@mail.example.org/INBOX');
    const cause = Object.assign(new Error('unable'), { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
    expect(imapFailure(cause, address)).toMatchObject(expected('mail.example.org'));
    expect(imapFailure(new Error('gone'), address)).toBeInstanceOf(TransientFailure);
  });
});
