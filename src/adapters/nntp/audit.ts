import type { ReadRequest, SourceEvent } from '../../digest/ports/mail-source.js';
import { isRequestable, type NntpClient } from './client.js';
import { findStart } from './find-start.js';
import { MAX_RANGE_NUMBERS } from './limits.js';
import type { OpenGroup } from './open-group.js';

/** Every Message-ID that a group lists, since a moment where one is given. */
export async function* auditGroup(
  client: NntpClient,
  { since }: ReadRequest,
  open: () => Promise<OpenGroup>,
): AsyncGenerator<{ messageId: string; at: string }> {
  const group = await open();
  const start = since === null ? group.low : await findStart(client, group, Date.parse(since));
  for (let from = start; from <= group.high; from += MAX_RANGE_NUMBERS) {
    const to = Math.min(from + MAX_RANGE_NUMBERS - 1, group.high);
    for (const { messageId, number } of await client.listed(from, to))
      yield { messageId, at: isRequestable(messageId) ? `<${messageId}>` : String(number) };
  }
}

/** Single mails, by what the audit named: a Message-ID, so that a server that was set up again gives the right one. */
export async function* fetchArticles(
  client: NntpClient,
  at: readonly string[],
  open: () => Promise<OpenGroup>,
): AsyncGenerator<SourceEvent> {
  const group = await open();
  const wanted = at.filter((each) => /^\d+$/.test(each) || isRequestable(each.replace(/^<|>$/g, '')));
  for await (const { wanted: name, article } of client.articles(wanted, (each) => each)) {
    const where = `${group.name} ${name}`;
    if (article.kind === 'mail') {
      const { raw, problems } = article;
      yield { kind: 'mail', raw, receivedAt: null, list: group.list, where, problems };
    } else {
      const detail = article.kind === 'gone' ? 'the server has it no more' : article.words;
      yield { kind: 'skipped', where, problem: { code: 'not-given', detail } };
    }
  }
}
