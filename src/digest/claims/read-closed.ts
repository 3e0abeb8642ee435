import type { Clause } from './clauses.js';

/** What closes a posting in words that are used for other things, too. */
export interface ClosedWords {
  readonly says: 'rejected' | 'withdrawn' | 'superseded' | 'changes-requested';
  readonly confidence: number;
}

/** A sentence that closes a posting without a verb of `read-refused.ts` has one of these. */
const CLOSING = new Set(
  (
    'rejected rejecting reject withdraw withdrawn withdrawing retract retracting abandon abandoning abandoned never nevermind ' +
    'self-nak self-nack obsoleted replaced marked marking set setting had back ignore disregard discard'
  ).split(' '),
);

/** Whether a word may close a posting. */
export function isClosing(word: string): boolean {
  return CLOSING.has(word);
}

/**
 * `Withdrawn.`, `I withdraw this patch`, `Rejected: it breaks the ABI`, `Ignore this, sent by mistake`, `Obsoleted by v3`, `Marked as superseded in
 * patchwork`. Only a whole clause at the start of a sentence: every word more may make it about another thing (a comment, a lock, a time
 * long ago). null for conditions, and for what others or programs said.
 */
export function readClosed(
  sentence: string,
  clauses: readonly Clause[],
  all: readonly string[],
): ClosedWords | null {
  if (all.some((word) => SUSPENDS.has(word)) || OTHERS.test(sentence)) return null;
  if (REPLACED.test(sentence)) return { says: 'superseded', confidence: 0.5 };
  if (SENT_BY_MISTAKE.test(all.join(' '))) return WITHDRAWN;
  const main = clauses.findIndex(({ words }) => !LEAD.test(words.join(' ')));
  const clause = clauses[main];
  if (clause === undefined || (clause.opens !== '' && clause.opens !== 'so')) return null;
  // `Never mind this patch and look at the other`
  const next = clauses[main + 1];
  if (next !== undefined && !next.apart && !/^(?:because|since|as)$/.test(next.opens)) return null;
  const text = clause.words.join(' ').replace(LEADING, '');
  if (next !== undefined && /^never ?mind/.test(text)) return null;
  for (const [pattern, closed] of CLOSED)
    if (pattern.test(text)) return closed.says === 'rejected' && all.includes('by') ? null : closed;
  return next === undefined ? trackedState(text) : null;
}

/** A condition, a time that is over, or a mind that changed. */
const SUSPENDS = new Set(
  (
    'if unless whether until till once when soon provided pending would should could might may had undone last ago years ' +
    "yesterday earlier previously then don't didn't isn't wasn't"
  ).split(' '),
);
/** Someone else says it, or a program: `Rejected by git am`, `He said: "I withdraw this patch"`. */
const OTHERS = /["“”]|\b(?:says|said|wrote|according|git am|hunks?|checkpatch|bots?|CI)\b/;
const LEAD =
  /^(?:(?:sorry|thanks|thank|you|ok|okay|hi|hello|all|hmm|oh|ah|right|well|yes|no|fyi|note|nak|nack|self-nak|self-nack)\b ?)+$/;
const LEADING = /^(?:(?:sorry|thanks|ok|okay|hmm|oh|ah|right|well|yes|fyi|note|so) )+/;

/** Of the author alone: `weighClaim` does not believe so unsure a word from a maintainer. */
const WITHDRAWN = { says: 'withdrawn', confidence: 0.55 } as const;
const REJECTED = { says: 'rejected', confidence: 0.7 } as const;

const POSTING = '(?:patch|patches|series|patchset)';
const THIS = `(?:this|these|my) ${POSTING}`;
const CLOSED: readonly (readonly [RegExp, ClosedWords])[] = [
  [new RegExp(`^(?:(?:this|my) ${POSTING} is (?:now |hereby )?)?withdrawn(?: for now| now)?$`), WITHDRAWN],
  [
    new RegExp(
      `^(?:i|we) (?:hereby )?(?:withdraw|retract) ${THIS}$|^(?:i'm|i am|we're|we are) (?:withdrawing|retracting|abandoning) ${THIS}$`,
    ),
    WITHDRAWN,
  ],
  [new RegExp(`^(?:i have|i've|we have|we've) (?:withdrawn|retracted|abandoned) ${THIS}$`), WITHDRAWN],
  [new RegExp(`^(?:(?:never mind|nevermind|ignore|disregard|discard) ${THIS})$`), WITHDRAWN],
  [new RegExp(`^(?:(?:this|the) ${POSTING} is (?:now )?)?rejected$`), REJECTED],
  [
    new RegExp(
      `^(?:(?:i|we) (?:hereby )?reject|(?:i'm|i am|we're|we are) rejecting) (?:this|these|the) ${POSTING}$`,
    ),
    REJECTED,
  ],
];

/** `Ignore this, sent by mistake`; not `Ignore it, I accidentally booted the old kernel`. */
const SENT_BY_MISTAKE =
  /^(?:sorry )?(?:please )?(?:ignore|disregard) (?:this|these|it)(?: (?:patch|patches|series|patchset))? (?:(?:it|this) was |i )?(?:re)?(?:sent|posted)(?: (?:it|this))? (?:by mistake|by accident|accidentally|mistakenly|twice|too early|too soon)$/;

/** `Obsoleted by v3`, `This was replaced by a newer version`, `Replaced by v3: LINK`; not `replaced by v3 of the specification`. */
const REPLACED = new RegExp(
  `^(?:(?:fyi|note|sorry),? )?(?:(?:this|these|my|the)(?: ${POSTING})? (?:is|are|was|were|has been|have been) (?:now |already )?|now )?` +
    '(?:obsoleted|replaced) (?:by|with) (?:v\\d{1,3}|(?:a|the|my) (?:new|newer|next) version)' +
    `(?: of (?:this|my) ${POSTING})?(?:[.!]?$|[:,]? (?:here:? |see:? )?<?https?://)`,
  'i',
);

const TRACKED =
  /^(?:(?:i|i've|i have|i'm|i am|we|we've|we have) )?(?:now |just )?(?:marked|marking|set|setting|moved|moving|changed|changing) (?:(?:it|this|these|(?:this|these|the) (?:patch|patches|series|set|patchset)) )?(?:as|to) ["']?([a-z -]{5,24}?)["']? in (?:the )?(?:patchwork|pw|commitfest)$/;
const STATES: readonly (readonly [RegExp, ClosedWords])[] = [
  [/^rejected$/, { says: 'rejected', confidence: 0.8 }],
  [/^(?:superseded|obsolete)$/, { says: 'superseded', confidence: 0.8 }],
  [/^withdrawn$/, { says: 'withdrawn', confidence: 0.7 }],
  [
    /^(?:changes?[ -]requested|returned with feedback|waiting on author)$/,
    { says: 'changes-requested', confidence: 0.8 },
  ],
];

/** `I've set this to changes requested in patchwork`, by who did it; not `it is marked as rejected`, nor `please mark it`. */
function trackedState(text: string): ClosedWords | null {
  const state = TRACKED.exec(text)?.[1] ?? '';
  return STATES.find(([pattern]) => pattern.test(state))?.[1] ?? null;
}
