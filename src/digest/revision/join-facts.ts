import type { Message } from '../message/message.js';
import type { JoinFacts } from './revision.js';

/** The part of a message that joining, reviews and state need: small, without text or diff. */
export function joinFacts(message: Message): JoinFacts {
  const { subject, letter, diff, files } = message;
  return {
    id: message.id,
    kind: message.kind,
    title: subject.title,
    was: subject.was,
    version: subject.version,
    versionInferred: subject.versionInferred,
    index: subject.index,
    total: subject.total,
    countersInferred: subject.countersInferred,
    rfc: subject.rfc,
    resend: subject.resend,
    prefixes: subject.prefixes,
    author: message.author,
    senderEmail: message.senderEmail,
    ...(message.sender === undefined ? {} : { sender: message.sender }),
    ...(message.upstream === undefined ? {} : { upstream: message.upstream }),
    date: message.date,
    received: message.received,
    inReplyTo: message.inReplyTo,
    references: message.references,
    hasDiff: diff !== null,
    patchId: diff?.patchId ?? null,
    changeId: letter?.changeId ?? null,
    supersedes: letter?.supersedes ?? [],
    previousVersions: letter?.previousVersions ?? [],
    bodyVersion: letter === null || letter.bodyVersion === subject.version ? null : letter.bodyVersion,
    shortlog: letter?.shortlog ?? [],
    trailers: message.trailers,
    claims: message.claims,
    bot: message.bot !== null,
    ...(message.report === null ? {} : { report: message.report }),
    ...(message.unauthenticated ? { unauthenticated: true } : {}),
    inAnswer: message.inAnswer,
    ...(letter === null || letter.pullFrom === null ? {} : { pullFrom: letter.pullFrom }),
    // A single file is the mail's patch.
    ...(files === null || (files.patches.length < 2 && !message.inAnswer) ? {} : { files }),
  };
}
