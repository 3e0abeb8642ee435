import { byteCollector } from './byte-collector.js';
import { hasBody, mailFound, withLineFeeds } from './finish-mail.js';
import type { Splitter } from './found.js';

/** A file that holds one mail: `.eml`, a Maildir's file. */
export function singleMail(): Splitter {
  const mail = byteCollector();
  return {
    numbered: false,
    push(chunk) {
      mail.add(chunk);
      return [];
    },
    end() {
      const { bytes, total } = mail.take();
      const raw = withLineFeeds(bytes);
      const detail = 'the file ends inside the headers';
      // Headers alone with a last line end are a mail without a body, not a cut one.
      const cut = !hasBody(raw) && raw[raw.length - 1] !== 0x0a;
      return [mailFound(raw, total, cut ? [{ code: 'truncated', detail }] : [])];
    },
  };
}
