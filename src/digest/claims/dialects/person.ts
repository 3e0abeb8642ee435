import type { Mail } from '../../mail/mail.js';
import type { Subject } from '../../mail/subject/subject.js';
import { readAppliedWords } from '../applied-words.js';
import { asksAgain, promisesAgain } from '../asked-words.js';
import type { ClaimedPatch, StateClaim } from '../claim.js';
import { nameTree } from '../name-tree.js';
import { ownLines, sentences } from '../own-text.js';
import { readRefusedWords } from '../refused-words.js';
import { claim } from './make-claim.js';

const SENTENCES_LIMIT = 300;
/** A sentence without any of these says nothing of a state; most have none, and taking them apart is dear. */
const TELLING =
  /appl|queu|merg|pull|pick|push|stag|\btak|took|commit|grab|land|\badd|drop|\bnac?k|ignor|disregard|discard|revert|\bv\d|version|revision|re-?send|re-?spin|re-?post|rework|rebase|changes req/i;

/**
 * What a person says in a reply: `Applied, thanks.`, `I've queued the first two in for-6.9/io_uring`, `NAK`, `please
 * send a v2`; a promise (`I'll queue it up`) leaves it under review. At most one of each state a mail: the first that is surest. Only replies: a cover that tells how a patch
 * was applied says nothing about itself.
 */
export function readPerson(mail: Mail, subject: Subject): StateClaim[] {
  const answers = mail.inReplyTo.length > 0 || mail.references.length > 0;
  if (!subject.reply && (subject.patch || !answers)) return [];
  const by = mail.from ?? { name: '', email: '' };
  const best = new Map<string, StateClaim>();
  const keep = (found: StateClaim) => {
    const before = best.get(found.state);
    if (before === undefined || before.confidence < found.confidence) best.set(found.state, found);
  };
  const own = ownLines(mail.text);
  const nack = own.find((line) => isNackLine(line));
  if (nack !== undefined) keep(claim('person', 'rejected', by, 0.8, nack));
  for (const sentence of sentences(own).slice(0, SENTENCES_LIMIT)) {
    if (!TELLING.test(sentence)) continue;
    // First what turns it down: `I've pulled this, but it makes no sense, so I unpulled it again`.
    const refused = readRefusedWords(sentence);
    const applied = refused === null ? readAppliedWords(sentence) : null;
    if (refused !== null) {
      const patches = numbered(refused.indexes);
      keep(claim('person', refused.state, by, refused.confidence, sentence, { patches }));
    } else if (applied === null) {
      if (asksAgain(sentence)) keep(claim('person', 'changes-requested', by, 0.6, sentence));
      else if (promisesAgain(sentence))
        keep(claim('person', 'changes-requested', by, 0.55, sentence, { whole: true, own: true }));
    }
    if (applied === null) continue;
    const patches = numbered(applied.indexes);
    const rest = { ...nameTree(applied.clause, by), patches, ...(applied.whole ? { whole: true } : {}) };
    if (applied.promise) keep(claim('person', 'under-review', by, 0.5, sentence, rest));
    else keep(claim('person', 'applied', by, applied.formula ? 0.9 : 0.6, sentence, rest));
  }
  return [...best.values()];
}

function numbered(indexes: readonly number[]): ClaimedPatch[] {
  return indexes.map((index) => ({ index, title: '', commit: null }));
}

/** `Nacked-by: Name <address>`, in any of its spellings. */
function isNackLine(line: string): boolean {
  const text = line.slice(0, 16).toLowerCase();
  return (
    ['nacked-by:', 'nack-by:', 'nak-by:', 'naked-by:'].some((kind) => text.startsWith(kind)) &&
    line.includes('@')
  );
}
