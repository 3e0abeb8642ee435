/**
 * Whether the host that received a mail found its sender forged: DMARC failed, or DKIM failed for the sender's domain and nothing
 * passed for it. `results` are the Authentication-Results headers (RFC 8601), one for each line, the topmost first: only those of the
 * topmost host are believed; anyone may have written the others.
 */
export function failedAuthentication(results: string, senderEmail: string): boolean {
  // Most mail passes everything, and the results of each signature would be parsed in vain.
  if (!/=fail/i.test(results)) return false;
  const lines = results.split('\n');
  const host = hostOf(lines[0] ?? '');
  if (host === null) return false;
  const found = lines.filter((line) => hostOf(line) === host).flatMap(readResults);
  if (found.some(({ method, result }) => method === 'dmarc' && result === 'pass')) return false;
  if (found.some(({ method, result }) => method === 'dmarc' && result === 'fail')) return true;
  const domain = senderEmail.slice(senderEmail.lastIndexOf('@') + 1).toLowerCase();
  const own = found.filter(
    (one) => one.method === 'dkim' && one.domain !== null && isAligned(one.domain, domain),
  );
  return own.some(({ result }) => result === 'fail') && !own.some(({ result }) => result === 'pass');
}

interface AuthResult {
  readonly method: string;
  readonly result: string;
  /** `header.d` of a DKIM signature. */
  readonly domain: string | null;
}

/** `smtp.example.org; dkim=pass …`: the name of the host; null if the header begins with a result. */
function hostOf(line: string): string | null {
  const name = line.split(';', 1)[0]?.trim().split(' ', 1)[0]?.toLowerCase() ?? '';
  return name === '' || name.includes('=') ? null : name;
}

const MOST_RESULTS = 40;

function readResults(line: string): AuthResult[] {
  return line
    .slice(0, 4000)
    .split(';', MOST_RESULTS)
    .slice(1)
    .flatMap((part) => {
      const words = part.trim().toLowerCase().split(' ');
      const [method = '', result = ''] = (words[0] ?? '').split('=');
      if (result === '') return [];
      const domain = words.find((word) => word.startsWith('header.d='))?.slice(9) ?? null;
      return [{ method, result, domain }];
    });
}

/** The same domain, or one below the other: `kernel.org` signs for `vger.kernel.org`. */
function isAligned(a: string, b: string): boolean {
  return a === b || a.endsWith(`.${b}`) || b.endsWith(`.${a}`);
}
