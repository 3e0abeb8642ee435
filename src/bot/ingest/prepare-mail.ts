import { decodeMail } from '../../adapters/mail/decode-mail.js';
import type { PreparedMail } from '../../adapters/store/prepared-mail.js';
import { compressBody } from '../../adapters/store/raw-body.js';
import type { BotTable } from '../../digest/mail/bots.js';
import { mergeProblems } from '../../digest/mail/merge-problems.js';
import type { Message } from '../../digest/message/message.js';
import { understand } from '../../digest/message/understand.js';
import { clusterKeys } from '../../digest/revision/cluster-keys.js';
import { joinFacts } from '../../digest/revision/join-facts.js';
import { noticeKeys } from '../../digest/series/link-keys.js';
import { postingFacts } from '../../digest/series/read-posting.js';
import { speaks } from '../../digest/state/speaks.js';
import { hashKey } from './hash-key.js';
import type { RawMail } from './mail-parser.js';
import { waitingKey } from './waiting-key.js';

/** Reads one mail, so that nothing is left to do but to store it. What the source knows better than the mail wins. */
export async function prepareMail(
  { raw, copyHash, origin, where, compress }: RawMail,
  bots?: BotTable,
): Promise<PreparedMail> {
  const mail = await decodeMail(raw);
  const understood = understand(mail, bots);
  const named = origin.list === null ? [] : [origin.list.toLowerCase()];
  const message: Message = {
    ...understood,
    received: origin.receivedAt ?? understood.received,
    lists: [...new Set([...named, ...understood.lists])],
    problems: mergeProblems(origin.problems, understood.problems),
  };
  const facts = joinFacts(message);
  const posting = postingFacts(message);
  return {
    copyHash,
    key: message.id,
    contentHash: mail.contentHash,
    kind: message.kind,
    authorEmail: message.author.email.toLowerCase(),
    bot: message.bot !== null,
    speaks: speaks(facts),
    date: message.date,
    received: message.received,
    lists: message.lists,
    facts: Buffer.from(JSON.stringify(facts)),
    posting: posting === null ? null : Buffer.from(JSON.stringify(posting)),
    clusterKeys: [...clusterKeys(facts), ...noticeKeys(facts).map(waitingKey)].map(hashKey),
    raw,
    body: compress ? compressBody(raw) : null,
    source: origin,
    problems: message.problems,
    where,
  };
}
