import { latestRevision } from '../plan/state-text.js';
import type { SeriesRecord } from '../series/record.js';
import { paragraph } from './blocks.js';
import { seriesPage } from './series-pages.js';
import type { Block, View } from './view.js';

/** Message-IDs that a shell takes as one plain word: they come from mail, and are meant to be pasted. */
const PLAIN_WORD = /^[A-Za-z0-9][A-Za-z0-9._@+=-]{2,250}$/;

/** What a maintainer types to get the latest version into a tree, to be copied. */
export function applyView(series: SeriesRecord): View {
  return seriesPage(series, 'Apply', 'Apply it with b4', () => {
    const messageId = latestRevision(series)?.messageId ?? null;
    if (messageId === null) return [paragraph('Its mail has no Message-ID, so b4 cannot fetch it.')];
    if (!PLAIN_WORD.test(messageId))
      return [
        paragraph('Its Message-ID contains characters that a shell would interpret: fetch it by hand.'),
      ];
    return [
      command(`b4 am ${messageId}`, 'writes a mailbox for git am, including the reviewers’ tags.'),
      command(`b4 shazam ${messageId}`, 'applies it to the current tree.'),
    ];
  });
}

function command(line: string, does: string): Block {
  return paragraph({ text: line, style: 'code' }, { text: ` ${does}` });
}
