import type { webApi } from '@slack/bolt';
import { UserError } from '../../digest/failure/failure.js';
import type { Log } from '../../digest/ports/log.js';

import { describeError } from './log.js';
import { DEAD_TOKEN_CODES, slackCode } from './outcome.js';

/** Notices that a token is good for nothing any more, by what any call with it meets. */
export interface TokenWatch {
  /** `client`: one that no one watches, with the same token. */
  saw(tenant: string, error: unknown, client: webApi.WebClient): void;
}

/**
 * One method may refuse a token for other reasons: it is `dead` only if auth.test does not know it either, which is reported once for a
 * tenant. A tenant that is installed again can become dead again.
 */
export function createTokenWatch(
  log: Log,
  dead: (tenant: string, code: string) => Promise<void>,
): TokenWatch {
  const checking = new Set<string>();

  async function check(tenant: string, client: webApi.WebClient): Promise<void> {
    try {
      await client.auth.test();
    } catch (error) {
      const code = deadCode(error);
      if (code !== null) await dead(tenant, code);
    }
  }

  return {
    saw(tenant, error, client) {
      if (deadCode(error) === null || checking.has(tenant)) return;
      checking.add(tenant);
      check(tenant, client)
        .catch((problem: unknown) =>
          log.error({ tenant, error: describeError(problem) }, 'slack.token_check_failed'),
        )
        .finally(() => checking.delete(tenant));
    },
  };
}

/** Slack's code where it says that the token itself is refused; null for everything else. */
export function deadCode(error: unknown): string | null {
  const code = slackCode(error);
  return code !== null && DEAD_TOKEN_CODES.has(code) ? code : null;
}

/** The token of the environment was good, and is not any more. */
export function tokenLost(code: string): UserError {
  return new UserError(
    'slack-lost',
    `Slack no longer accepts SLACK_BOT_TOKEN (${code}): the app was removed from the workspace, or its token was revoked.`,
    'Install the app to the workspace again (https://api.slack.com/apps, your app, Install App), put its xoxb- token into SLACK_BOT_TOKEN, and restart covernote.',
  );
}

/** Socket Mode's own token is wrong, or was revoked. */
export function appTokenRefused(code: string): UserError {
  return new UserError(
    'slack-app-token',
    `Slack does not accept SLACK_APP_TOKEN (${code}).`,
    'Make one under Basic Information, App-Level Tokens of the app, with the scope connections:write: it begins with xapp-.',
  );
}
