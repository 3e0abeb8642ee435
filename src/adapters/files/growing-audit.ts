import { messageIdIn } from '../../digest/mail/message-id-in.js';
import type { MailSource, SourceEvent } from '../../digest/ports/mail-source.js';

/** What files hold, told by reading them: mails move within them, so that a Message-ID is all that finds one again. */
export function auditFiles(name: string, read: MailSource['read']): NonNullable<MailSource['audit']> {
  return {
    async *ids({ since, signal }) {
      for await (const event of read({ cursor: null, since, signal })) {
        const messageId = event.kind === 'mail' ? messageIdIn(event.raw) : null;
        if (messageId !== null) yield { messageId, at: messageId };
      }
    },
    async *fetch(at, signal): AsyncGenerator<SourceEvent> {
      const wanted = new Set(at);
      for await (const event of read({ cursor: null, since: null, signal })) {
        if (event.kind === 'mail' && wanted.delete(messageIdIn(event.raw) ?? '')) yield event;
        if (wanted.size === 0) return;
      }
      for (const messageId of signal.aborted ? [] : wanted) {
        const problem = { code: 'not-given', detail: 'it is there no more' };
        yield { kind: 'skipped', where: `${name}, <${messageId}>`, problem };
      }
    },
  };
}
