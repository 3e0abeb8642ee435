import type { Letter } from '../../../src/digest/letter/letter.js';
import { parseLetter, type SubjectFacts } from '../../../src/digest/letter/parse-letter.js';

/** The letter of a cover of three patches in version 2, unless `subject` says otherwise. */
export const letterOf = (text: string, subject: Partial<SubjectFacts> = {}): Letter =>
  parseLetter(text, { version: 2, total: 3, kind: 'cover', ...subject });

/** What every letter ends with: a shortlog of three and a diffstat that adds up. */
export const TAIL = `Ada Example (2):
  mm: count free pages
  mm: free them

Jörg (the other) Example (1):
  mm: document both, in a title that is so long that git wraps it onto
    a second line

 Documentation/mm/free.rst |  5 +++++
 mm/free.c                 | 12 +++++++-----
 2 files changed, 12 insertions(+), 5 deletions(-)
 create mode 100644 Documentation/mm/free.rst

-- 
2.43.0
`;
