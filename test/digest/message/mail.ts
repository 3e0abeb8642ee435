import type { Mail } from '../../../src/digest/mail/mail.js';

/** A mail for tests: Jane Doe's, on one list, with what the test is about. */
export function mail(parts: Partial<Mail> = {}): Mail {
  return {
    messageId: '20240101100000.1-1-jane@example.org',
    contentHash: 'ab'.repeat(32),
    subject: '[PATCH] mm: x',
    from: { name: 'Jane Doe', email: 'jane@example.org' },
    sender: null,
    replyTo: [],
    to: [],
    cc: [],
    date: '2024-01-01T10:00:00Z',
    received: '2024-01-01T10:00:05Z',
    lists: ['linux-mm@example.org'],
    inReplyTo: [],
    references: [],
    headers: {},
    text: '',
    attachments: [],
    size: 1000,
    problems: [],
    ...parts,
  };
}

export const DIFF = `diff --git a/mm/x.c b/mm/x.c
index 1111111..2222222 100644
--- a/mm/x.c
+++ b/mm/x.c
@@ -1,3 +1,4 @@ int x
 a
-b
+c
+d
 e
-- 
2.40.1
`;
