import { type BotSetting, type BotTable, readBots } from '../../digest/mail/bots.js';
import type { MailParser, ParsedMail, RawMail } from './mail-parser.js';
import { prepareMail } from './prepare-mail.js';

/** Reads mails where it is called: for tests, and where no worker was built. */
export function inlineParser(settings: readonly BotSetting[] = []): MailParser {
  const bots = readBots(settings);
  return {
    async parse(mails) {
      const outcomes: ParsedMail[] = [];
      for (const mail of mails) outcomes.push(await parseOne(mail, bots));
      return outcomes;
    },
    close: async () => undefined,
  };
}

/** A mail that the reader fails on is a bug of ours: it is named, and the rest is read. */
export async function parseOne(mail: RawMail, bots?: BotTable): Promise<ParsedMail> {
  try {
    return { kind: 'read', mail: await prepareMail(mail, bots) };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { kind: 'skipped', where: mail.where, problem: { code: 'parser-failed', detail } };
  }
}
