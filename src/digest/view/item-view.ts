import type { DigestItem } from '../plan/digest.js';
import type { DigestForm } from '../plan/layout.js';
import { shortReviews } from '../review/read-sentence.js';
import { inShort } from '../summary/in-short.js';
import { count } from '../text/count.js';
import { shorten } from '../text/inert.js';
import { oncePerObject } from '../text/once-per-object.js';
import { senderText, tagsOf } from './backport-words.js';
import { linked } from './blocks.js';
import { itemMenu } from './item-menu.js';
import type { Block, Span } from './view.js';
import { authorMark, dotted, versionText } from './words.js';

/** In a compact digest a series has one line of text: what it does, else what changed in a new version. */
const COMPACT = { summary: 110, changed: 100 } as const;
const FULL = { summary: 500, changed: 300 } as const;
const OTHERS_NAMED = 3;

/** Posted, a compact digest has two lines a series: so many characters fit on each, and so many of a summary are worth it. */
const BRIEF = { title: 62, meta: 92, summary: 46 } as const;
/** `This series adds FOLL_PIN and…` says nothing. */
const SLACK = 12;

/** How much is shown of a series: `brief` is how a compact digest is posted. */
export type ItemForm = DigestForm | 'brief';

/** A digest is laid out several times to see what fits, and shows the same at many places: an item is put in words once. */
const blocksOf = oncePerObject((_: DigestItem) => new Map<string, Block>());

/** One series: its state and title, what it does where it is news, and a quiet line of facts. */
export function itemBlock(item: DigestItem, news: boolean, form: ItemForm): Block {
  const known = blocksOf(item);
  const key = `${news} ${form}`;
  const done = known.get(key);
  if (done !== undefined) return done;
  const menu = itemMenu(item.messageId);
  const content =
    form === 'brief'
      ? briefLines(item, news)
      : {
          title: titleSpans(item),
          lines: news ? summaryLines(item, form) : [],
          meta: metaSpans(item, news),
        };
  const block: Block = { kind: 'item', ...content, ...(menu === null ? {} : { menu }) };
  known.set(key, block);
  return block;
}

/**
 * `tcp: do a thing · v2 · 11 patches +182 −111`, and in small print what it does and the rest of the facts. What a long title leaves no room
 * for is among those.
 */
function briefLines(
  item: DigestItem,
  news: boolean,
): Pick<Extract<Block, { kind: 'item' }>, 'title' | 'lines' | 'meta'> {
  const [tag, size] = [tagOf(item), item.kind === 'pull' ? '' : shortSize(item, news)];
  const [patches = ''] = size.split(' +');
  const beside = [[tag, size], [tag, patches], [tag]]
    .map((parts) => dotted(parts))
    .find((spans) => spans.length > 0 && item.title.length + textLength(spans) + 3 <= BRIEF.title);
  const byline = beside === undefined ? bylineText(item) : authorName(item);
  const isListed = beside?.some((span) => 'text' in span && span.text.startsWith(patches)) === true;
  // Its state comes first, and what it does stays where it was.
  const state = item.stateText === null ? [] : [{ text: shorten(item.stateText, 160) }];
  const factsWith = (left: string) =>
    metaSpans({ ...item, stateText: null }, news, { byline, size: isListed ? null : left });
  const roomBeside = (facts: readonly Span[]) => BRIEF.meta - textLength(facts) - 3;
  const whole = factsWith(size);
  const facts = news && roomBeside(whole) < (item.summary?.length ?? 0) ? factsWith(patches) : whole;
  const does = news ? doesText(withoutCount(item), Math.max(BRIEF.summary, roomBeside(facts))) : [];
  return {
    title: [...titleSpans(item), ...(beside === undefined ? [] : [DOT, ...beside])],
    lines: [],
    meta: joined([state, does, facts]),
  };
}

function joined(parts: readonly (readonly Span[])[]): Span[] {
  return parts.filter((part) => part.length > 0).flatMap((part, i) => (i === 0 ? part : [DOT, ...part]));
}

const DOT = { text: ' · ', style: 'dim' } as const;

/** What it does, else what changed, in so many characters; none if neither is known. */
function doesText({ summary, summaryBy, changed }: DigestItem, most: number): Span[] {
  if (summary !== null) return [{ text: inShort(summary, most, SLACK) }, ...authorMark(summaryBy)];
  return changed === null ? [] : [{ text: `Changed: ${shorten(changed, most)}` }];
}

/** A summary made of the patches' titles begins with their number, `7 patches: split the lock`, which the facts have too. */
function withoutCount(item: DigestItem): DigestItem {
  const summary = item.summary?.replace(/^\d+ patches: (?=\S)/, '') ?? null;
  return summary === item.summary ? item : { ...item, summary };
}

function textLength(spans: readonly Span[]): number {
  return spans.reduce((sum, span) => sum + ('text' in span ? span.text.length : 0), 0);
}

const MARKS = { good: '✅ ', warn: '🟠 ', bad: '⛔ ', dim: '' } as const;

/** `✅ tcp: do a thing`, linked where it can be. */
export const titleSpans = oncePerObject((item: DigestItem): readonly Span[] => {
  const mark = item.stateText === null ? '' : MARKS[stateStyle(item.state)];
  return [...(mark === '' ? [] : [{ text: mark }]), linked(shorten(item.title, 200), item.url, 'bold')];
});

/** A title with its version behind it, where no other line has that. */
export function listedTitle(item: DigestItem): readonly Span[] {
  const tag = tagOf(item);
  return [...titleSpans(item), ...(tag === '' ? [] : [{ text: ` · ${tag}`, style: 'dim' } as const])];
}

function summaryLines({ summary, summaryBy, changed }: DigestItem, form: DigestForm): Span[][] {
  const most = form === 'compact' ? COMPACT : FULL;
  const does: Span[] =
    summary === null ? [] : [{ text: inShort(summary, most.summary) }, ...authorMark(summaryBy)];
  const since: Span[] =
    changed === null ? [] : [{ text: 'Changed: ', style: 'dim' }, { text: shorten(changed, most.changed) }];
  if (form === 'full') return [does, since].filter((line) => line.length > 0);
  const line = does.length > 0 ? does : since;
  return line.length === 0 ? [] : [line];
}

/** `v6 by Ada Quill · 11 patches +182 −111 · R3 A1 11/11 · 6 replies · also fs, xfs`. */
export function metaSpans(
  item: DigestItem,
  news: boolean,
  {
    byline = bylineText(item),
    size = item.kind === 'pull' ? null : shortSize(item, news),
    replies = item.replies === 0 ? null : count(item.replies, 'reply', 'replies'),
  }: { readonly byline?: string; readonly size?: string | null; readonly replies?: string | null } = {},
): Span[] {
  const { also } = item;
  const others = also.slice(0, OTHERS_NAMED).join(', ');
  const more = also.length - OTHERS_NAMED;
  return dotted([
    item.stateText === null ? null : shorten(item.stateText, 160),
    byline,
    size,
    item.reviews === null ? null : shortReviews(item.reviews),
    item.verdicts ?? null,
    replies,
    also.length === 0 ? null : `also ${others}${more > 0 ? ` +${more}` : ''}`,
  ]);
}

/** `net-next v6 by Ada Quill`, `Ada Quill` for a plain first version. */
function bylineText(item: DigestItem): string {
  const tag = tagOf(item);
  if (tag === '') return authorName(item);
  return isOfMany(item) ? `${tag}, ${authorName(item)}` : `${tag} by ${authorName(item)}`;
}

/** Of a backport, the sender as well: `Jens Example, sent by Sasha Example`. */
function authorName(item: Pick<DigestItem, 'author' | 'backport' | 'received'>): string {
  const { author, backport } = item;
  const sender = senderText(author, backport);
  const name = author.name || author.email || 'unknown author';
  if (sender === null) return shorten(name, 80);
  return isOfMany(item) ? shorten(sender, 80) : `${shorten(name, 80)}, ${shorten(sender, 80)}`;
}

/** A backport of patches that have several authors, of whom the item names one. */
function isOfMany({
  author,
  backport,
  received,
}: Pick<DigestItem, 'author' | 'backport' | 'received'>): boolean {
  return received > 1 && senderText(author, backport) !== null;
}

function tagOf(
  item: Pick<DigestItem, 'prefixes' | 'backport' | 'kind' | 'version' | 'rfc' | 'resend'>,
): string {
  return [
    ...tagsOf(item.prefixes, item.backport)
      .slice(0, 3)
      .map((prefix) => shorten(prefix, 80)),
    item.kind === 'pull' ? 'pull request' : versionText(item),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/** `11 patches +182 −111`; `24 of 26 patches` where some are not here. */
function shortSize(
  { total, received, size }: Pick<DigestItem, 'total' | 'received' | 'size'>,
  withLines: boolean,
): string {
  const n = (value: number) => value.toLocaleString('en-US');
  const patches = count(total, 'patch', 'patches');
  const known = received < total && received > 0 ? `${received} of ${patches}` : patches;
  return withLines && size !== null ? `${known} +${n(size.insertions)} \u2212${n(size.deletions)}` : known;
}

/** How good the news of a state is. */
export function stateStyle(state: DigestItem['state']): 'good' | 'bad' | 'warn' | 'dim' {
  switch (state) {
    case 'applied':
    case 'merged':
      return 'good';
    case 'changes-requested':
      return 'warn';
    case 'rejected':
      return 'bad';
    case 'new':
    case 'under-review':
    case 'superseded':
    case 'stale':
      return 'dim';
    default:
      return state satisfies never;
  }
}
