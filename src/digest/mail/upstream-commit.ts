/** Notes about a commit are at the top, or below the text of the commit that is picked. */
const MOST_TEXT = 20_000;

const NOTE =
  /^[ \t]{0,4}[[(]?[ \t]{0,4}(?:upstream commit:? |commit (?=[0-9a-f]{7,40}:? upstream\b)|(?:cherry[- ]picked|backported) from (?:upstream )?(?:commit )?)([0-9a-f]{7,40})\b/im;

/**
 * The commit that a patch says it is a copy of: `commit 1a2b3c… upstream.`, `[ Upstream commit 1a2b3c… ]`, `(cherry picked from commit …)`;
 * null if it does not say so.
 */
export function readUpstreamCommit(text: string): string | null {
  return NOTE.exec(text.slice(0, MOST_TEXT))?.[1]?.toLowerCase() ?? null;
}
