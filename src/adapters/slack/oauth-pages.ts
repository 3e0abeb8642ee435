import type { ServerResponse } from 'node:http';
import type { HTTPReceiverOptions } from '@slack/bolt';

type CallbackOptions = NonNullable<NonNullable<HTTPReceiverOptions['installerOptions']>['callbackOptions']>;

/** Our own pages at the end of an installation, in place of the library's bare ones. */
export const oauthPages: CallbackOptions = {
  success(installation, _options, _request, response) {
    const team = installation.team?.id;
    const name = installation.team?.name ?? installation.enterprise?.name ?? 'your workspace';
    const open =
      team === undefined
        ? 'https://app.slack.com/client'
        : `https://app.slack.com/client/${encodeURIComponent(team)}`;
    page(response, 200, 'covernote is installed', [
      `<p>covernote now answers in ${escapeHtml(name)}. It sent you a direct message with three things to try.</p>`,
      '<ol><li><code>/series foll_pin</code>: the card of one patch series</li>',
      '<li><code>/invite @covernote</code>, then <code>/follow kvm</code> in a channel: a digest every morning</li>',
      '<li><code>/digest</code>: what the next digest would contain</li></ol>',
      `<p><a href="${escapeHtml(open)}">Open Slack</a></p>`,
    ]);
  },
  failure(error, _options, _request, response) {
    const isStale = STALE.has(error.code);
    page(response, isStale ? 400 : 500, 'covernote was not installed', [
      isStale
        ? '<p>The link to install it was opened in another browser, or more than a few minutes ago.</p>'
        : '<p>Slack did not confirm the installation. Nothing was changed in your workspace.</p>',
      '<p><a href="/slack/install">Try again</a>; if it happens again, give the operator of this bot the code below.</p>',
      `<p><code>${escapeHtml(String(error.code))}</code></p>`,
    ]);
  },
};

const STALE: ReadonlySet<string> = new Set([
  'slack_oauth_missing_state',
  'slack_oauth_invalid_state',
  'slack_oauth_missing_code',
]);

function page(response: ServerResponse, status: number, title: string, body: readonly string[]): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
  });
  response.end(
    `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${STYLE}</style><main><h1>${title}</h1>${body.join('')}</main></html>`,
  );
}

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;color:#1d3557;background:#f4f6f9;margin:0}main{max-width:34em;margin:4em auto;padding:2em;background:#fff;border-radius:8px}code{background:#eef1f5;padding:.1em .3em;border-radius:4px}';

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
