import { z } from 'zod';
import { percentDecoded } from '../digest/text/percent-decoded.js';

/** Receivers of digests over HTTP. */
export interface WebhookConfig {
  readonly hooks: readonly { readonly url: string; readonly follows: readonly string[] }[];
  readonly secrets: readonly string[];
}

const MOST_HOOKS = 50;
const MOST_SECRETS = 3;
/** HMAC-SHA256 gains nothing from more. */
const SECRET_BYTES = { least: 24, most: 64 };

/** `https://example.org/hook#kvm -kind:rfc`: a URL, and behind the sign what it gets. */
const hook = z
  .string()
  .max(4_000)
  .transform((text, ctx) => {
    const at = text.indexOf('#');
    const address = at < 0 ? text : text.slice(0, at);
    const follow = at < 0 ? '' : percentDecoded(text.slice(at + 1)).trim();
    const url = URL.canParse(address) ? new URL(address) : null;
    const isUsable =
      url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
    if (!isUsable || follow === '') {
      ctx.addIssue('not a webhook');
      return z.NEVER;
    }
    return { url: url.href, follow };
  });

/** Several, separated by commas; a comma in what is followed does not end one. One URL with several follows gets one digest of all. */
export const webhookList = z
  .string()
  .transform((text) => text.split(/,(?=\s*https?:\/\/)/i).map((part) => part.trim()))
  .pipe(z.array(hook).min(1).max(MOST_HOOKS))
  .transform((entries) => {
    const follows = new Map<string, string[]>();
    for (const { url, follow } of entries) follows.set(url, [...(follows.get(url) ?? []), follow]);
    return [...follows].map(([url, some]) => ({ url, follows: some }));
  });

/** A new one, and one that is going out of use. */
export const webhookSecrets = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .pipe(z.array(z.string().refine(isSecret)).min(1).max(MOST_SECRETS));

function isSecret(text: string): boolean {
  const { length } = webhookKey(text);
  return (
    /^(?:whsec_)?[A-Za-z0-9+/]+={0,2}$/.test(text) &&
    length >= SECRET_BYTES.least &&
    length <= SECRET_BYTES.most
  );
}

/** The key that a secret encodes. */
export function webhookKey(secret: string): Buffer {
  return Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
}
