import { UserError } from './failure.js';

/** What is wrong with a certificate, by OpenSSL's and Node's codes. */
const FAULTS: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'that nobody vouches for but itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'from an authority that is not trusted here',
  UNABLE_TO_GET_ISSUER_CERT: 'from an authority that is not known here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'from an authority that is not known here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'from an authority that is not known here',
  CERT_HAS_EXPIRED: 'that has expired',
  CERT_NOT_YET_VALID: 'that is not valid yet',
  CERT_REVOKED: 'that was revoked',
  ERR_TLS_CERT_ALTNAME_INVALID: 'of another host',
};

/** The fault of a server's certificate, by the code that a failed connection carries, with what to do; null if it is something else. */
export function certificateFault(server: string, systemCode: string, cause: unknown): UserError | null {
  if (!(systemCode in FAULTS) && !/^(?:CERT|UNABLE_TO)_/.test(systemCode)) return null;
  const what = FAULTS[systemCode] ?? 'that cannot be trusted';
  const message = `${server} shows a certificate ${what} (${systemCode}), so nobody can tell who answers there.`;
  return new UserError('certificate', message, remedyFor(systemCode), { cause });
}

function remedyFor(systemCode: string): string {
  switch (systemCode) {
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return 'Write the host in SOURCES as its certificate names it.';
    case 'CERT_HAS_EXPIRED':
    case 'CERT_NOT_YET_VALID':
      return 'Check the clock of this machine; if it is right, ask whoever runs the server for a new certificate.';
    case 'CERT_REVOKED':
      return 'Ask whoever runs the server for a new certificate.';
    default:
      return 'If the server is yours, set NODE_EXTRA_CA_CERTS to a file with the certificate of its authority (PEM) and start covernote again; if not, ask whoever runs it.';
  }
}
