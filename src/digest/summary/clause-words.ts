/** Closed lists of common words by which sentences are taken apart. None serves one letter. */

/** Words of one class, closed: they join a sentence to the previous one, which is complete without them. */
export const JOINERS = new Set(
  'but and so also hence thus therefore however additionally basically essentially then instead finally'.split(
    ' ',
  ),
);
/** With these a clause begins that waits for its main clause. */
export const SUBORDINATE = new Set(
  'when if while since because as although though after before once unless until whenever given with without in on for by from at to due during under instead rather besides despite using considering depending based like apart according whether even where having being following which who whose including such e.g i.e especially making allowing leading causing resulting than thereby than'.split(
    ' ',
  ),
);
/** With these a condition begins, without which the main clause says too much. */
export const CONDITIONS = new Set(
  'if when whenever while unless until once except only provided without'.split(' '),
);
/** With these a main clause may begin, and hardly anything else. */
export const SUBJECTS = new Set(
  'the a an this these those we it i there they no all most some each every both any our its'.split(' '),
);
/** These too, like the subordinating words, begin a phrase in front of a main clause. */
export const LEADS = new Set('as to thanks until currently today since here now recently overall'.split(' '));
/** The most words before the comma if no subject follows. */
export const MAX_LEAD = 5;
/** Stems of verbs that say, find or mean what follows `that`. */
export const SAYING = new Set(
  'is was notic found find realiz report mention discover show say said believ mean observ conclud see test idea fact result'.split(
    ' ',
  ),
);
/** Words that negate what follows. */
export const DENIALS = new Set('no not never cannot nor neither without hardly nothing'.split(' '));
/** Words before which a sentence can be cut and remain one. */
export const BREAKERS = new Set(
  'which where while whereas because although though but so and since as thus hence therefore unless if when except with without making allowing leading causing resulting using then or until after before instead rather such including especially even not only meaning'.split(
    ' ',
  ),
);
/** Words that cannot end a sentence. */
export const NEVER_LAST = new Set(
  'to the of and by with for a an in on or from that which as is are be into at via e.g i.e its their this these we than between using when if because not including like namely but so while where also both i it was were will can has have may such see here following'.split(
    ' ',
  ),
);

/** Though a whole sentence does: `…, so remove it.` */
export const OBJECTS = new Set('it this that these'.split(' '));

/**
 * What is certainly about the posting and not about the work, by how it opens: the base, thanks, requests, where to find it.
 */
export const OPENS_TALK =
  /^(?:(?:(?:this|these|the|my) (?:patch ?)?(?:series|set|patchset|patch|patches|rfc) |they |it |patches )?(?:(?:is|are|was|were) )?(?:also )?(?:based|rebased|applies|apply|tested|available) (?:cleanly )?(?:on|onto|against|to|over|with|by|at|in|from)\b|thanks?\b|many thanks|please (?:review|pull|apply|consider|comment|let|take|note|see|find|feel|refer)\b|(?:any |all |your )?(?:comments?|feedback|reviews?|suggestions?|thoughts)\b.{0,40}\b(?:welcome|appreciated)|changes (?:since|from|in|between)\b|no (?:functional )?changes\b|(?:more|further) (?:details?|information)\b|see (?:the|also|below|above|patch)\b)/i;
/** The same, if it is within the first MAX_TALK_CHARS characters. */
export const TALKS_WITHIN =
  /\b(?:(?:many )?thanks (?:for|to|again|in advance)|not (?:belong to|(?:a )?part of) th(?:is|e) (?:patch ?)?(?:series|set))\b/i;
export const MAX_TALK_CHARS = 160;
