import { expect, it } from 'vitest';
import { failedAuthentication } from '../../../src/digest/mail/authentication.js';

const at = 'mx.example.net';

it.each([
  ['nothing was written', '', false],
  ['all passed', `${at}; dkim=pass header.d=example.org; dmarc=pass header.from=example.org`, false],
  ['DMARC failed', `${at}; dkim=none; dmarc=fail (p=none) header.from=example.org`, true],
  [
    'DMARC failed in a second header of the host',
    `${at}; arc=none\n${at}; dmarc=fail header.from=example.org`,
    true,
  ],
  [
    'DKIM failed for the domain',
    `${at}; dkim=fail reason="signature verification failed" header.d=example.org`,
    true,
  ],
  ['DKIM failed for a domain above', `${at}; dkim=fail header.d=org.example header.i=@org.example`, false],
  [
    'DKIM failed once and passed once',
    `${at}; dkim=fail header.d=example.org; dkim=pass header.d=example.org`,
    false,
  ],
  ["DKIM failed for a list's signature", `${at}; dkim=fail header.d=lists.example.net`, false],
  ['DKIM failed and DMARC passed', `${at}; dkim=fail header.d=example.org; dmarc=pass`, false],
  ['another host below says so', `${at}; dkim=pass header.d=example.org\nother.example; dmarc=fail`, false],
  ['no host is named', 'dkim=fail header.d=example.org', false],
  ['a key cannot be fetched for now', `${at}; dkim=temperror header.d=example.org`, false],
])('where %s: %#', (_, results, failed) => {
  expect(failedAuthentication(results, 'ada@example.org')).toBe(failed);
});
