import { textOf } from '../../contract/list-mail.js';

const DIFF = `---
 mm/gup.c | 2 +-
 1 file changed, 1 insertion(+), 1 deletion(-)

diff --git a/mm/gup.c b/mm/gup.c
--- a/mm/gup.c
+++ b/mm/gup.c
@@ -1 +1 @@
-a
+b
`;

/** A mail of the suite as a patch, which is all that a patchwork takes in: with a diff, and its text as text. */
export function asPatch(raw: Uint8Array): Buffer {
  const text = textOf(raw).replace(
    '\nContent-Type: application/octet-stream\n',
    '\nContent-Type: text/plain; charset=utf-8\n',
  );
  return Buffer.from(text.includes('\ndiff --git ') ? text : `${text}${DIFF}`, 'latin1');
}

/**
 * What is the same of a patch before and after patchwork had it: it writes its own headers, folds the others again, and strips the text
 * before the diff and what follows the diff. The rest must be byte for byte.
 */
export function asPatchworkHolds(raw: Uint8Array): string {
  const text = textOf(raw).includes('\nX-Patchwork-Id: ') ? textOf(raw) : textOf(asPatch(raw));
  const end = text.indexOf('\n\n');
  const headers = text
    .slice(0, end)
    .replace(/\n[ \t]/g, ' ')
    .split('\n')
    .filter((line) => !/^(?:X-Patchwork-|MIME-Version:|Content-)/i.test(line));
  const body = text
    .slice(end)
    .trim()
    .replace(/^-- \n.*$/ms, '')
    .trim()
    .replace(/\s*\n---\n/, '\n---\n');
  return [...headers, '', body].join('\n');
}
