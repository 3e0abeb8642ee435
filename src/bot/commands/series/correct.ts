import { UserError } from '../../../digest/failure/failure.js';
import { publicId } from '../../../digest/mail/public-id.js';
import { publicCorrection, type SignedCorrection } from '../../../digest/series/describe-why.js';
import type { Correction } from '../../../digest/series/group.js';
import type { SeriesRecord } from '../../../digest/series/record.js';
import { versionName } from '../../../digest/series/version-name.js';
import type { CorrectedSeries, CorrectionAnswer, ListedCorrection } from '../../../digest/series/why.js';
import { oneLine, shorten } from '../../../digest/text/inert.js';
import type { Library } from '../../library.js';
import { type NamedPosting, namedPosting } from './named-posting.js';
import { versionsHere } from './two-versions.js';

/** Who corrects, and when (ISO UTC). */
export interface Author {
  readonly by: string;
  readonly now: string;
}

/** Joins the series of two postings by hand. Throws UserError. */
export async function linkPostings(
  library: Library,
  one: string,
  other: string,
  author: Author,
): Promise<CorrectionAnswer> {
  const a = await namedPosting(library, one);
  const b = await namedPosting(library, other);
  if (one.trim() === other.trim() || (a.exact && b.exact && a.anchor === b.anchor)) throw sameOnBothSides(a);
  if (a.series.id === b.series.id)
    throw new UserError(
      'already-linked',
      `${nameOf(a)} and ${nameOf(b)} are already one series (${a.series.id}).`,
      `covernote series --why ${a.series.id} shows why.`,
    );
  return storeCorrection(library, { kind: 'link', a: a.anchor, b: b.anchor }, [a.series, b.series], author);
}

/** Separates two postings of one series by hand. Throws UserError. */
export async function unlinkPostings(
  library: Library,
  one: string,
  other: string,
  author: Author,
): Promise<CorrectionAnswer> {
  const a = await namedPosting(library, one);
  const b = await namedPosting(library, other);
  if (one.trim() === other.trim()) throw sameOnBothSides(a);
  if (a.series.id !== b.series.id)
    throw new UserError(
      'already-parted',
      `${nameOf(a)} (${a.series.id}) and ${nameOf(b)} (${b.series.id}) are already two series.`,
      '',
    );
  const pair = a.exact && b.exact ? { a: a.anchor, b: b.anchor } : await linkToUndo(library, a.series);
  if (pair === null) throw wholeSeries(a.series);
  if (pair.a === pair.b) throw sameOnBothSides(a);
  return storeCorrection(library, { kind: 'unlink', ...pair }, [a.series], author);
}

/** The one link by hand that holds a series together, where both its sides were named as wholes. */
async function linkToUndo(library: Library, series: SeriesRecord): Promise<{ a: string; b: string } | null> {
  const group = await library.store.groupOf(series.id);
  const members = new Set(group?.revisions.flatMap((revision) => revision.members));
  const links = (await library.store.corrections()).filter(
    ({ kind, a, b }) => kind === 'link' && members.has(a) && members.has(b),
  );
  const [only] = links;
  return links.length === 1 && only !== undefined ? { a: only.a, b: only.b } : null;
}

function wholeSeries(series: SeriesRecord): UserError {
  const [first, second] = series.revisions.slice(-2).map(versionName);
  const example =
    second === undefined
      ? ''
      : ` For example: covernote unlink "${series.id} ${first}" "${series.id} ${second}".`;
  return new UserError(
    'usage',
    `Both sides name the series “${shorten(oneLine(series.title), 100)}” (${series.id}) as a whole.`,
    `Name a posting on each side, by Message-ID or version; there is ${versionsHere(series.revisions)}.${example}`,
  );
}

function sameOnBothSides(posting: NamedPosting): UserError {
  return new UserError(
    'usage',
    `Both sides name the same: ${nameOf(posting)}.`,
    'Name two postings, by Message-ID, lore link, series id, or words with a version.',
  );
}

async function storeCorrection(
  library: Library,
  correction: Correction,
  before: readonly SeriesRecord[],
  { by, now }: Author,
): Promise<CorrectionAnswer> {
  const { store } = library;
  await store.correct(correction, by, now);
  const a = await store.seriesByMessage(correction.a);
  const b = await store.seriesByMessage(correction.b);
  if (a === null || b === null || (a.id === b.id) !== (correction.kind === 'link'))
    throw new Error(`the ${correction.kind} of ${correction.a} and ${correction.b} did nothing`);
  return {
    correction: publicCorrection({ ...correction, by, madeAt: now }),
    before: before.map(toCorrectedSeries),
    now: (a.id === b.id ? [a] : [a, b]).map(toCorrectedSeries),
    undo: await undoOf(library, correction),
  };
}

function toCorrectedSeries(series: SeriesRecord): CorrectedSeries {
  return { id: series.id, title: series.title, versions: series.revisions.map(versionName) };
}

/** `v2 of “mm: pin pages”`, or the series alone where it was named as a whole. */
function nameOf({ series, anchor, exact }: NamedPosting): string {
  return exact
    ? (postingName(series, anchor) ?? `“${series.title}”`)
    : `“${shorten(oneLine(series.title), 100)}”`;
}

function postingName(series: SeriesRecord, anchor: string): string | null {
  const revision = series.revisions.find((one) => one.id === anchor);
  return revision === undefined
    ? null
    : `${versionName(revision)} of “${shorten(oneLine(revision.title), 100)}”`;
}

/** What people corrected, the newest first, and whether it holds. */
export async function answerCorrections(library: Library): Promise<ListedCorrection[]> {
  const { store } = library;
  const listed: ListedCorrection[] = [];
  const corrections: readonly SignedCorrection[] = await store.corrections();
  for (const correction of corrections) {
    const a = await side(library, correction.a);
    const b = await side(library, correction.b);
    const joined = a?.series.id === b?.series.id;
    listed.unshift({
      ...publicCorrection(correction),
      aName: a === null ? null : postingName(a.series, a.anchor),
      bName: b === null ? null : postingName(b.series, b.anchor),
      effect:
        a === null || b === null ? 'waits' : joined === (correction.kind === 'link') ? 'holds' : 'overruled',
      undo: await undoOf(library, correction),
    });
  }
  return listed;
}

async function side(
  library: Library,
  message: string,
): Promise<{ series: SeriesRecord; anchor: string } | null> {
  const anchor = await library.store.postingOf(message);
  const series = anchor === null ? null : await library.store.seriesByMessage(anchor);
  return anchor === null || series === null ? null : { series, anchor };
}

async function undoOf(library: Library, { kind, a, b }: Correction): Promise<string> {
  const sides = await Promise.all([a, b].map((message) => reference(library, message)));
  return `covernote ${kind === 'link' ? 'unlink' : 'link'} ${sides.map(shellWord).join(' ')}`;
}

/** How to name a message on the command line; mail without a Message-ID by its series and version. */
async function reference(library: Library, message: string): Promise<string> {
  const known = publicId(message);
  if (known !== null) return known;
  const found = await side(library, message);
  const revision = found?.series.revisions.find((one) => one.id === found.anchor);
  return found === null || revision === undefined ? message : `${found.series.id} ${versionName(revision)}`;
}

/** A Message-ID is anything that a stranger chose: quoted, it can be pasted into a shell. */
function shellWord(text: string): string {
  return /^[\w@.+=:,%/-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
