import type { Letter } from '../letter/letter.js';
import {
  type Candidate,
  type Draft,
  draftOf,
  MAX_SUMMARY_CHARS,
  MAX_SUMMARY_WORDS,
  shorterForms,
} from './candidate.js';
import { CUE } from './cue-phrases.js';
import { countShared, type LetterWords, openLetter } from './letter-words.js';
import { scoreOf } from './score.js';
import { type Sentence, splitSentences } from './split-sentences.js';
import { WEIGHTS } from './weights.js';

export { MAX_SUMMARY_CHARS, MAX_SUMMARY_WORDS };

/** A letter says what it is about in its first sentences, or not at all. */
const MAX_SENTENCES = 30;
/** The best of these are tried in pairs. */
const MAX_PAIRED = 14;

/** Shorter forms are looked for of so many of the best. */
const MAX_SHORTENED = 5;
/** With fewer sentences than these the others are looked at for what could be saved of them. */
const MIN_WHOLE = 2;
/** Two sentences that share more of the shorter one's words say the same. */
const MAX_OVERLAP = 0.8;
/** Words that the title lacks, below which a sentence only says the title again. */
const MIN_NEWS = 1;

/** `Fix this` a few sentences on may mean another problem: `Currently x is slow. … I also found y. Fix this by …`. */
const MAX_PROBLEM_APART = 3;

interface Scored {
  readonly candidate: Candidate;
  readonly score: number;
}

function fits(words: number, chars: number): boolean {
  return words <= MAX_SUMMARY_WORDS && chars <= MAX_SUMMARY_CHARS;
}

function overlap({ content: a }: Candidate, { content: b }: Candidate): number {
  const least = Math.min(a.length, b.length);
  return least === 0 ? 1 : countShared(a, b) / least;
}

/** Whether the second goes on about what the first or the title named. */
function isRelated(a: Candidate, b: Candidate): boolean {
  return b.inTitle > 0 || countShared(a.content, b.content) > 0;
}

function isWhy(c: Candidate): boolean {
  return (c.cues & (CUE.problem | CUE.purpose)) !== 0;
}

/** What a pair is worth, `first` shown before `second`; null where the second points back at something not shown. */
function pairScore(first: Scored, second: Scored): number | null {
  const a = first.candidate;
  const b = second.candidate;
  if (a.needs !== 'nothing' || !(hasNews(a) || hasNews(b))) return null;
  // `The 1st 3 patches are cleanup.`
  if (((a.cues | b.cues) & CUE.prep) !== 0) return null;
  if (overlap(a, b) > MAX_OVERLAP) return null;
  const adjacent = b.index === a.index + 1;
  if (b.needs === 'before' && (!adjacent || a.cut)) return null;
  const near = b.index - a.index <= MAX_PROBLEM_APART && (a.cues & CUE.problem) !== 0;
  if (b.needs === 'problem' && !adjacent && !near) return null;
  let score = first.score + second.score + WEIGHTS.second + WEIGHTS.overlap * overlap(a, b);
  if (b.needs !== 'nothing') score -= WEIGHTS.dangling;
  // `The reader may see a freed page. Fix this by …`
  if (b.needs !== 'nothing' && b.says !== null && a.says === null) score += WEIGHTS.answers;
  if (adjacent) score += WEIGHTS.adjacent;
  score += WEIGHTS.apart * Math.min(1, (b.index - a.index - 1) / 6);
  if (b.says === null && !isWhy(b)) score += adjacent && !b.first ? WEIGHTS.idle : WEIGHTS.stray;
  if (isMidway(a) && b.says === null) score += WEIGHTS.midway;
  if (a.says === 'series' && b.says === 'series') score += WEIGHTS.both;
  if (!isRelated(a, b)) score += WEIGHTS.unrelated;
  if ((a.says !== null && isWhy(b)) || (b.says !== null && isWhy(a))) score += WEIGHTS.whatAndWhy;
  return score;
}

function hasNews(candidate: Candidate): boolean {
  return candidate.content.length - candidate.inTitle >= MIN_NEWS;
}

function byScore(a: Scored, b: Scored): number {
  return b.score - a.score || a.candidate.index - b.candidate.index;
}

/** Adds a candidate that fits and has something to say. */
function add(ranked: Scored[], candidate: Candidate): void {
  if (candidate.content.length > 0) ranked.push({ candidate, score: scoreOf(candidate) });
}

/** Every sentence of the letter that could be shown in some form. */
function draftsOf(letter: Pick<Letter, 'intro' | 'shortlog'>, title: string): Drafts {
  const sentences = splitSentences(letter.intro, MAX_SENTENCES);
  const words = openLetter(letter, title, sentences);
  const drafts: Draft[] = [];
  const whole: Scored[] = [];
  let place = 0;
  const count = Math.min(sentences.length, MAX_SENTENCES);
  for (let index = 0; index < count; index += 1) {
    const draft = draftOf(sentences[index] as Sentence, index, place, words);
    if (draft === null) continue;
    drafts.push(draft);
    if (draft.whole === null) continue;
    place += 1;
    add(whole, draft.whole);
  }
  return { words, drafts, whole: whole.sort(byScore) };
}

interface Drafts {
  readonly words: LetterWords;
  readonly drafts: readonly Draft[];
  /** Those of the sentences as they stand, best first. */
  readonly whole: readonly Scored[];
}

/** The forms in which the letter's sentences could be shown, best first. */
function rank(letter: Pick<Letter, 'intro' | 'shortlog'>, title: string): Scored[] {
  const { words, drafts, whole } = draftsOf(letter, title);
  const best = whole.slice(0, MAX_SHORTENED);
  // What talks of the posting is cut down only where little else is there.
  const few = whole.length < MIN_WHOLE;
  const ranked: Scored[] = [];
  for (const scored of whole)
    if (fits(scored.candidate.words, scored.candidate.text.length)) ranked.push(scored);
  for (const draft of drafts) {
    if (draft.whole === null ? !few : !best.some(({ candidate }) => candidate.index === draft.index))
      continue;
    for (const form of shorterForms(draft, words)) if (fits(form.words, form.text.length)) add(ranked, form);
  }
  return ranked.sort(byScore);
}

/** From the middle of an account, and not what the series does. */
function isMidway(candidate: Candidate): boolean {
  return candidate.says === null && candidate.place > 1;
}

/** `The 2nd one uses …`, `Patch 1 is …`, `There you also find …`, `This instruction call …`; `This shrinks it` is about the title. */
const NAMES_PART =
  /^(?:there you|patch|(?:this|that) \w{0,20}[^s ] |these |those |(?:the )?(?:first|second|third|last|next|1st|2nd|3rd) (?:one|two|three|patch))/i;

/** Whether a sentence, for want of a better one, speaks of what the title beside it names: `This shrinks it from 48 bytes to 32.` */
function leansOnTitle({ candidate, score }: Scored): boolean {
  const { text, aside, place, index, inTitle, cut } = candidate;
  if (aside || cut || place > 1 || !hasNews(candidate) || score < LAST_RESORT_SCORE) return false;
  if (NAMES_PART.test(text)) return false;
  return index === 0 || inTitle >= 2;
}

/**
 * Where nothing stands by itself: the first sentence that leans on the title, with the next one where that says what is done.
 * `Only the low 16 bits serve as basic reason. Fix it by using these.` says more under its title than nothing.
 */
function lastResort(ranked: readonly Scored[]): Candidate[] {
  let first: Candidate | undefined;
  for (const scored of ranked) {
    if (first !== undefined && first.index <= scored.candidate.index) continue;
    if (leansOnTitle(scored)) first = scored.candidate;
  }
  if (first === undefined) return [];
  for (const { candidate } of ranked) {
    if (candidate.index !== first.index + 1 || candidate.says === null || candidate.aside) continue;
    const { words, text } = candidate;
    return fits(first.words + words, first.text.length + 1 + text.length) ? [first, candidate] : [first];
  }
  return [first];
}

/** The one or two sentences that tell best what the series does and why, in the letter's order; none where none does. */
function chooseSentences(letter: Pick<Letter, 'intro' | 'shortlog'>, title: string): Candidate[] {
  const ranked = rank(letter, title);
  const alone = ranked.find(({ candidate }) => candidate.needs === 'nothing' && hasNews(candidate));
  let best = alone === undefined ? [] : [alone.candidate];
  let bestScore = alone === undefined ? 0 : alone.score + (isMidway(alone.candidate) ? WEIGHTS.midway : 0);
  const paired = ranked.slice(0, MAX_PAIRED);
  for (const first of paired) {
    const a = first.candidate;
    for (const second of paired) {
      const b = second.candidate;
      if (a.index >= b.index || !fits(a.words + b.words, a.text.length + 1 + b.text.length)) continue;
      const score = pairScore(first, second);
      if (score === null || score <= bestScore) continue;
      best = [a, b];
      bestScore = score;
    }
  }
  return bestScore > MIN_SCORE ? best : lastResort(ranked);
}

/**
 * What a series does and why: at most two sentences of the author's own, 45 words and 320 characters.
 *
 * `title`: the subject without tags; a sentence that says no more than it is passed over. null where the text holds
 * no such sentence (a letter that is a changelog alone).
 */
export function summarise(letter: Pick<Letter, 'intro' | 'shortlog'>, title: string): string | null {
  const chosen = chooseSentences(letter, title);
  return chosen.length === 0 ? null : chosen.map(({ text }) => text).join(' ');
}

/** The same for one that leans on the title; below this, it is talk. */
const LAST_RESORT_SCORE = 2.4;

/** Below this no sentence is better than none. */
const MIN_SCORE = 3.6;
