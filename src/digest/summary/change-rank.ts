import { findPhrases, phraseTable, tokens } from './phrases.js';

const CHORE = 1;
const SHUFFLE = 2;

/** What every new version does: told last. */
const CHORES = `
rebase, rebased, rebasing, re-based, rebases, resend, resent, repost, tags, tag, r-b, r-bs, rb, rbs, a-b, a-bs, t-b, r-b's, acks, ack, acked-by, acked-bys, reviewed-by, reviewed-bys, reviewed-by's, acked-by's, tested-by, tested-bys, suggested-by, reported-by, fixes|link|cc tag|tags
pick|picked|picks|collect|collected|collects up, collected, r-o-b, rev-by, ack-by, trailers, typo, typos, nit, nits, commit message|messages|log|logs|description|descriptions|title|titles|subject|subjects|msg|msgs, cover letter, coverletter, changelog|changelogs, patch description|descriptions|title|titles|message|messages
no change|changes|functional, unchanged, comment|comments update|updates|updated|improvements|fixes|tweaks, whitespace, indentation, checkpatch, formatting, style, minor, cosmetic, nitpicks, wording, spelling, grammar, kernel-doc, signed-off-by, s-o-b, sob, review|reviewer|reviewers comments|comment|feedback|remarks, address|addressed|addressing|incorporate|incorporated|apply|applied _ comments|feedback|comment|suggestions, address|addressed|addressing comments|feedback|review|nits, cc, cc'd, update|updated|fix|fixed|improve|improved|clarify|clarified|reword|reworded|rewrote comments|comment|patches|patch|documentation|docs, reword, reworded, rephrase, rephrased, email, mail, suggestions from|by, feedback from, comments from, minor|small|trivial|some fixes|changes|cleanups|tweaks
`;

/** How the patches are cut, not what they do: told behind what they do. */
const SHUFFLES = `
split|splits|splitted|squash|squashed|fold|folded|merge|merged|reorder|reordered|re-order|drop|dropped|remove|removed|move|moved|add|added patch|patches|commit|commits, split|squash|squashed|fold|folded|reorder|reordered|drop|dropped|move|moved the|a|some|two|all|this|these|first|last _ patch|patches|commit|commits, squash|squashed|folded, patch|patches order, patch <n>|#1 split|folded|dropped|squashed|removed|merged, split|drop|dropped|merge|merged|move|moved the|a|some|two|all|first|last patch|patches|commit|commits, reorder|reordered, rename|renamed|renames, split|splitted into|out, into patch, separate patch|patches
`;

const TABLE = phraseTable([
  [CHORE, CHORES],
  [SHUFFLE, SHUFFLES],
]);

/** How little a change tells a reader: 0 what the code now does, 1 how the patches are cut, 2 what every version does. */
export function changeRank(item: string): 0 | 1 | 2 {
  const found = findPhrases(TABLE, tokens(item));
  if ((found & CHORE) !== 0) return 2;
  return (found & SHUFFLE) !== 0 ? 1 : 0;
}
