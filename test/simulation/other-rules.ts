import type { MailParser } from '../../src/bot/ingest/mail-parser.js';
import type { JoinFacts } from '../../src/digest/revision/revision.js';

/**
 * Reads mail as rules do that understand less: every third work falls apart, since each later version seems to have other titles; every
 * seventh swallows the one before it; and no one ever applies anything. What is shown of a mail stays as it is.
 */
export function otherRules(parser: MailParser): MailParser {
  return {
    close: parser.close,
    async parse(mails) {
      return (await parser.parse(mails)).map((outcome) => {
        if (outcome.kind !== 'read') return outcome;
        const facts: JoinFacts = JSON.parse(Buffer.from(outcome.mail.facts).toString('utf8'));
        return { ...outcome, mail: { ...outcome.mail, facts: Buffer.from(JSON.stringify(misread(facts))) } };
      });
    },
  };
}

/** The other one of two works that these rules hold for one; by the number in their tokens. */
export function heldForOne(token: string): string | null {
  const n = numberOf(token);
  if (n % 7 === 6) return `tok${n + 1}x`;
  return n > 0 && n % 7 === 0 ? `tok${n - 1}x` : null;
}

function misread(facts: JoinFacts): JoinFacts {
  const plain = { ...facts, claims: [] };
  const token = /tok\d+x/.exec(facts.id)?.[0];
  if (token === undefined || (facts.kind !== 'cover' && facts.kind !== 'patch')) return plain;
  const n = numberOf(token);
  if (n % 3 === 0 && facts.version > 1) {
    const retitle = (title: string) => `quite another ${facts.version} thing altogether of ${title}`;
    const shortlog = facts.shortlog.map((entry) => ({ ...entry, title: retitle(entry.title) }));
    return { ...plain, title: retitle(facts.title), shortlog };
  }
  const swallows = n > 0 && n % 7 === 0 && facts.kind === 'cover' && facts.version === 1;
  return swallows ? { ...plain, supersedes: [`tok${n - 1}x-v1-0@example.org`] } : plain;
}

function numberOf(token: string): number {
  return Number(/\d+/.exec(token)?.[0] ?? Number.NaN);
}
