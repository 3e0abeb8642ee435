import type { CorrectedSeries, CorrectionAnswer, ListedCorrection } from '../series/why.js';
import { count } from '../text/count.js';
import { shorten } from '../text/inert.js';
import { list, note, paragraph, say } from './blocks.js';
import type { Span, View } from './view.js';
import { dotted } from './words.js';

/** Says back what a person joined or parted, and how to undo it. */
export function correctionView({ correction, before, now, undo }: CorrectionAnswer): View {
  const linked = correction.kind === 'link';
  const [one] = now;
  const fallback = linked
    ? `Linked: these are one series now, “${shorten(one?.title ?? '', 160)}” (${one?.id ?? ''}).`
    : 'Separated: these are two series now.';
  return {
    fallback,
    blocks: [
      paragraph(fallback),
      list((linked ? before : now).map(seriesLine)),
      note(`This lasts. To undo it: ${undo}`),
    ],
  };
}

function seriesLine({ id, title, versions }: CorrectedSeries): Span[] {
  return dotted([versions.join(', '), `“${shorten(title, 160)}”`, { text: id, style: 'code' }]);
}

const EFFECTS = {
  holds: null,
  waits: 'one of its mails is not here (yet)',
  overruled: 'overridden by a later one',
} as const;

export function correctionsView(corrections: readonly ListedCorrection[]): View {
  if (corrections.length === 0) {
    return say('No corrections yet.', note('`covernote link A B` joins two postings.'));
  }
  return {
    fallback: `${count(corrections.length, 'correction')}.`,
    blocks: corrections.map((one) => ({
      kind: 'item',
      title: dotted([
        { text: `${one.kind === 'link' ? 'linked' : 'separated'} by ${one.by}`, style: 'bold' },
        { at: one.madeAt, form: 'time' },
        EFFECTS[one.effect],
      ]),
      lines: [
        mailLine(one.aName, one.a),
        mailLine(one.bName, one.b),
        [{ text: `to undo it: ${one.undo}`, style: 'dim' }],
      ],
    })),
  };
}

function mailLine(name: string | null, id: string | null): Span[] {
  return dotted([name, { text: id ?? 'no Message-ID', style: 'code' }]);
}
