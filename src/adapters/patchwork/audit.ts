import { z } from 'zod';
import type { MailSource, SourceEvent } from '../../digest/ports/mail-source.js';
import { fetchMail } from './fetch-mail.js';
import { type AskHttp, quietly } from './http.js';
import { eventPages } from './pages.js';
import type { PatchworkAddress } from './patchwork-address.js';
import { BEGINNING } from './patchwork-cursor.js';
import { patchworkEventSchema } from './patchwork-event.js';

const atSchema = z.object({ msgid: z.string(), mbox: z.string() });

/** What a project has, according to its events: covers and patches, each with the address of its mbox. */
export function auditProject(address: PatchworkAddress, ask: AskHttp): NonNullable<MailSource['audit']> {
  return {
    ids: ({ since, signal }) => quietly(signal, listMails(address, ask, since ?? BEGINNING, signal)),
    fetch: (at, signal) => quietly(signal, fetchMails(at, address, ask, signal)),
  };
}

async function* listMails(
  address: PatchworkAddress,
  ask: AskHttp,
  from: string,
  signal: AbortSignal,
): AsyncGenerator<{ messageId: string; at: string }> {
  const seen = new Set<number>();
  for await (const { events } of eventPages(address, ask, from, signal)) {
    for (const one of events) {
      const mail = mailOf(one);
      if (mail === null || seen.has(mail.id)) continue;
      seen.add(mail.id);
      yield { messageId: mail.at.msgid, at: JSON.stringify(mail.at) };
    }
  }
}

async function* fetchMails(
  at: readonly string[],
  address: PatchworkAddress,
  ask: AskHttp,
  signal: AbortSignal,
): AsyncGenerator<SourceEvent> {
  for (const each of at) {
    if (signal.aborted) return;
    const read = await fetchMail(atSchema.parse(JSON.parse(each)), address, ask, signal);
    if (read.kind !== 'failed') yield read;
    else {
      const detail = `the server could not give it: ${read.failure.message}`;
      yield { kind: 'skipped', where: read.where, problem: { code: 'not-given', detail } };
    }
  }
}

/** The mail whose arrival an event tells; null for every other event. */
function mailOf(one: unknown): { readonly id: number; readonly at: z.infer<typeof atSchema> } | null {
  const event = patchworkEventSchema.safeParse(one);
  if (!event.success) return null;
  const { id, category, payload } = event.data;
  if (category === 'cover-created') return { id, at: atSchema.parse(payload.cover) };
  return category === 'patch-created' ? { id, at: atSchema.parse(payload.patch) } : null;
}
