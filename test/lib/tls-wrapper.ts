import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { createRelay } from './relay.js';

/** Certificates of a little authority of our own, made by openssl, in a folder that `close` takes away. */
export interface Certificates {
  /** The file that trusts all of them: for NODE_EXTRA_CA_CERTS. */
  readonly authority: string;
  /** For a host: `DNS:localhost,IP:127.0.0.1`; `ended`: its time is over. */
  make(names: string, ended?: boolean): { readonly cert: Buffer; readonly key: Buffer };
  close(): void;
}

export function createCertificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'covernote-certificates-'));
  const openssl = (...words: string[]) => void execFileSync('openssl', words, { cwd: folder, stdio: 'pipe' });
  const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl(
    'req',
    '-x509',
    ...NEW_KEY,
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-days',
    '2',
    '-subj',
    '/CN=Test',
  );
  mkdirSync(join(folder, 'out'));
  writeFileSync(join(folder, 'index'), '');
  let made = 0;
  return {
    authority: join(folder, 'ca.pem'),
    make(names, ended = false) {
      const name = String(++made);
      writeFileSync(
        join(folder, 'ca.cnf'),
        `[ca]\ndefault_ca = own\n[own]\ndatabase = index\nnew_certs_dir = out\nrand_serial = yes\ndefault_md = sha256\npolicy = any\nunique_subject = no\n[any]\ncommonName = supplied\n[host]\nsubjectAltName = ${names}\n`,
      );
      openssl(
        'req',
        '-new',
        ...NEW_KEY,
        '-keyout',
        `${name}.key`,
        '-out',
        `${name}.csr`,
        '-subj',
        '/CN=host',
      );
      const span = ended ? ['-startdate', '20200101000000Z', '-enddate', '20200201000000Z'] : ['-days', '2'];
      const signed = ['-cert', 'ca.pem', '-keyfile', 'ca.key', '-in', `${name}.csr`, '-out', `${name}.pem`];
      openssl('ca', '-batch', '-notext', '-config', 'ca.cnf', '-extensions', 'host', ...signed, ...span);
      const read = (ending: string) => readFileSync(join(folder, `${name}.${ending}`));
      return { cert: read('pem'), key: read('key') };
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A TLS server on loopback that hands what it hears to a plain one. */
export interface TlsWrapper {
  readonly port: number;
  close(): Promise<void>;
}

/** `cutAfter`: connections end after this many bytes of the server's answers. */
export async function startTlsWrapper(
  targetPort: number,
  certificate: { readonly cert: Buffer; readonly key: Buffer },
  cutAfter = Number.POSITIVE_INFINITY,
): Promise<TlsWrapper> {
  const relay = createRelay(targetPort);
  const server = createServer(certificate, (client) => relay.pass(client, cutAfter));
  // A client that does not trust us breaks off.
  server.on('tlsClientError', () => undefined);
  return { port: await relay.listen(server), close: () => relay.close(server) };
}
