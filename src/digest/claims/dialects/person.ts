import type { Mail } from '../../mail/mail.js';
import { readReleaseTags } from '../../mail/subject/release-tags.js';
import type { Subject } from '../../mail/subject/subject.js';
import type { ClaimedPatch, StateClaim } from '../claim.js';
import { clausesOf } from '../clauses.js';
import { nameTree } from '../name-tree.js';
import { ownLines, type Sentence, sentences } from '../own-text.js';
import { words } from '../patch-numbers.js';
import { phrasesOf } from '../phrase.js';
import { type AppliedWords, isTakenBack, readApplied } from '../read-applied.js';
import { readChangeRequest } from '../read-change-request.js';
import { isClosing } from '../read-closed.js';
import { readOpening } from '../read-opening.js';
import { readPromised } from '../read-promised.js';
import { readRefused } from '../read-refused.js';
import { reportsSent } from '../read-sent.js';
import { type Around, saysWhereItIs } from '../read-taken.js';
import { isPostingNoun, isTelling } from '../vocabulary.js';
import { claim } from './make-claim.js';

const SENTENCES_LIMIT = 300;
/** `Nevermind.` is shorter than `I withdraw this patch`, and less certain. */
const OPENING = 0.52;

/**
 * What a person says in a reply: `Applied, thanks.`, `I've queued the first two in for-6.9/io_uring`, `NAK`, `please
 * send a v2`, `will fix`. At most one claim of each kind for each mail: the first of the most certain. Only replies: a cover that describes
 * how a patch was applied says nothing about itself.
 */
export function readPerson(mail: Mail, subject: Subject): StateClaim[] {
  const answers = mail.inReplyTo.length > 0 || mail.references.length > 0;
  if (!subject.reply && (subject.patch || !answers)) return [];
  const by = mail.from ?? { name: '', email: '' };
  const best = new Map<string, StateClaim>();
  const keep = (found: StateClaim) => {
    const before = best.get(found.says);
    if (before === undefined || before.confidence < found.confidence) best.set(found.says, found);
  };
  const own = ownLines(mail.text);
  const nack = own.find(({ text }) => isNackLine(text));
  if (nack !== undefined) keep(claim('person', 'rejected', by, 0.8, nack.text));
  const topic = new Set(words(subject.title).map(bareWord));
  const title = words(subject.title).join(' ');
  const isSigned = /^Signed-off-by: /m.test(mail.text);
  const ofBackport = readReleaseTags(subject.prefixes) !== null;
  let before = '';
  const written = sentences(own).slice(0, SENTENCES_LIMIT);
  for (const [at, sentence] of written.entries()) {
    // `I hit send by mistake, please ignore it`: the reply.
    const ofMail =
      /\b(?:my|this|the|that) (?:last |previous |earlier )?(?:reply|answer|comment|question)\b/i.test(before);
    // The title of the patch, in a mail that is signed: what follows is the patch as the sender has it.
    if (isSigned && title !== '' && words(sentence.text).join(' ') === title) break;
    if (!(ofMail && /\b(?:ignore|disregard) (?:it|this|that)\b/i.test(sentence.text)))
      for (const found of claimsIn(
        sentence,
        { previous: before, next: written[at + 1]?.text ?? '', ofBackport },
        by,
        subject.version,
        topic,
      ))
        keep(found);
    before = sentence.text;
  }
  const opening = readOpening(written);
  if (opening !== null && !best.has(opening.says))
    keep(claim('person', opening.says, by, OPENING, opening.quote, { direct: true }));
  return [...best.values()];
}

/** `commit 1a2b3c ("frob: fix the leak")`, `'[net] frob: fix the leak'`: a title. */
const QUOTED_TITLE = /\(["“][^"”]{1,300}["”]\)|'\[[^\]']{1,60}\] [^']{1,300}'/g;

/** A remark on the mail itself: `[ trim CCs, add Bob ]`. */
const ON_RECIPIENTS =
  /^\[ ?(?:trim|add|dropp?|remov|cc)[^\]]{0,100}\b(?:ccs?|to|lists?|recipients?|folks|people)\b[^\]]{0,100}\]$/i;

/** A title or another's words: `"sub: use a helper in frob"`; or a remark on the recipients. */
function isQuoted(text: string): boolean {
  return /^["“][^"”]*["”][.,]?$/.test(text) || ON_RECIPIENTS.test(text);
}

/** What one sentence says; first what rejects it: `I've pulled this, but it makes no sense, so I unpulled it again`. */
function claimsIn(
  { text, belowCode, belowOnTop }: Sentence,
  around: Around,
  by: StateClaim['by'],
  version: number,
  topic: ReadonlySet<string>,
): StateClaim[] {
  const plain = text.replace(QUOTED_TITLE, '');
  const all = words(plain);
  const isToldByVerb = all.some(isTelling);
  if ((!isToldByVerb && !saysWhereItIs(all) && !all.some(isClosing)) || isQuoted(text)) return [];
  const clauses = clausesOf(plain);
  const parsed = phrasesOf(clauses);
  const question = text.endsWith('?');
  const refused = readRefused(text, parsed, all, belowCode);
  const mayApply = refused === null && !question && !isTakenBack(clauses);
  const plainly = mayApply ? readApplied(parsed, clauses, all, around) : null;
  const applied = plainly ?? (mayApply ? readAppliedTopic(text, all, topic) : null);
  if (applied !== null && !namesOther(applied.clause, version)) {
    const { says, formula, indexes, whole } = applied;
    const confidence = says === 'will-apply' || plainly === null ? 0.5 : formula ? 0.9 : 0.6;
    const rest = { ...nameTree(applied.clause, by), patches: numbered(indexes), ...(whole ? { whole } : {}) };
    return [claim('person', says, by, confidence, text, rest)];
  }
  const found: StateClaim[] = [];
  if (refused !== null) {
    const { says, confidence, indexes } = refused;
    found.push(claim('person', says, by, confidence, text, { patches: numbered(indexes) }));
  }
  if (!isToldByVerb) return found;
  const sent = refused === null && !question && reportsSent(clauses);
  if (sent) found.push(claim('person', 'superseded', by, 0.7, text, { whole: true }));
  const confidence = readChangeRequest(text, clauses, all, question, refused !== null);
  if (confidence > 0) found.push(claim('person', 'changes-requested', by, confidence, text));
  const promised = readPromised(parsed, clauses, all, question, refused !== null);
  if (promised !== null && (promised.newer || !belowOnTop || /\b(?:here|now|no)\b/i.test(text))) {
    const rest = promised.newer ? { whole: true } : {};
    found.push(claim('person', 'author-will-change', by, promised.confidence, text, rest));
  }
  return found;
}

/**
 * `The vmsplice() thing is queued up in the vfs tree`, in answer to `vmsplice: …`: the posting, named by a word of its title.
 * null for other sentences, and for promises.
 */
function readAppliedTopic(
  text: string,
  all: readonly string[],
  topic: ReadonlySet<string>,
): AppliedWords | null {
  const tokens = text.split(/\s+/);
  const at = tokens.findIndex(
    (token, index) =>
      index > 0 &&
      topic.has(bareWord(token)) &&
      /^(?:the|this|your|these)$/i.test(tokens[index - 1] ?? '') &&
      isPostingNoun(bareWord(tokens[index + 1] ?? '')),
  );
  if (at < 0) return null;
  const clauses = clausesOf(tokens.toSpliced(at, 1).join(' '));
  const found = readApplied(phrasesOf(clauses), clauses, all);
  return found?.says === 'applied' ? found : null;
}

/** `vmsplice()` → `vmsplice`. */
function bareWord(word: string): string {
  return word.toLowerCase().replace(/[^\w-]/g, '');
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

/** `I already applied v3`, in answer to v4. */
function namesOther(clause: string, version: number): boolean {
  return words(clause).some((word) => /^v\d{1,3}$/.test(word) && word !== `v${version}`);
}
