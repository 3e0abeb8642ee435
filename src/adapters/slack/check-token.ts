import { webApi } from '@slack/bolt';
import type { Log } from '../../digest/ports/log.js';
import { clientOptions } from './clients.js';
import { grantedScopes } from './granted-scopes.js';
import { missingScopes, reauthoriseText } from './scopes.js';

const nothing = () => undefined;
const quiet: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };

/** What to report about a token that Slack accepts: the scopes that it lacks; null if it lacks none, or Slack cannot be reached now. */
export async function scopeProblem(token: string, apiUrl: string | null): Promise<string | null> {
  const client = new webApi.WebClient(token, clientOptions({ apiUrl, timeoutMs: 5_000, log: quiet }));
  try {
    const granted = await grantedScopes(client);
    const missing = granted === null ? [] : missingScopes(granted);
    return missing.length === 0 ? null : reauthoriseText(missing);
  } catch {
    // A token that is wrong, or a Slack that cannot be reached, is reported when the bot starts.
    return null;
  }
}
