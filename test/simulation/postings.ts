import type { SourceEvent } from '../../src/digest/ports/mail-source.js';
import { toIso } from '../../src/digest/time/iso.js';
import type { Random } from './random.js';

/** One posting of a series, as the judge knows it. */
export interface Posting {
  /** `tok12`: is in the title and nowhere else. */
  readonly token: string;
  readonly version: number;
  readonly lists: readonly string[];
  /** Message-IDs of its cover and patches, and of what was answered. */
  readonly members: readonly string[];
  readonly replies: readonly string[];
  /** Message-IDs of what a program reported: that the build fails. */
  readonly reports: readonly string[];
  /** The list had it more than a week before it arrived here: no place gets it. */
  readonly isLate: boolean;
  /** When the list had it. */
  readonly sentMs: number;
  /** When the first mail of it came here, and when all of it was here or half an hour had passed since the last. */
  readonly firstMs: number;
  readonly readyMs: number;
  /** When a word came here that it was applied; null if none did. */
  readonly appliedMs: number | null;
  /**
   * Its only patch was here for long enough without the cover, and quiet: if reported meanwhile, it is counted among single patches. `surelyMs`:
   * from when on it is quiet however late it was fetched.
   */
  readonly alone: { readonly fromMs: number; readonly surelyMs: number; readonly untilMs: number } | null;
}

/** A mail that comes here at a moment, over a list. */
export interface Arrival {
  readonly atMs: number;
  readonly event: Extract<SourceEvent, { kind: 'mail' }>;
}

/** Many and quiet: even three weeks of one or two of them make a digest that shows all of it. */
export const LISTS = [
  ...['kvm', 'mm', 'rdma', 'netdev', 'dri', 'usb'],
  ...['arm', 'bpf', 'nvme', 'btrfs', 'iio', 'tty'],
].map((name) => `${name}@lists.example.org`);

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** An incomplete posting waits until no more of it has arrived for this long. */
const QUIET = 30 * MINUTE;

/** Mail is fetched now and then, by the full hour at the latest; a slot in between sees what came before it. */
export function upToTheHour(ms: number): number {
  return Math.ceil(ms / HOUR) * HOUR;
}

/** Random postings over some days, with everything that goes wrong on the way: late, doubled, out of order, halves, replies, ends. */
export function makePostings(
  random: Random,
  { startMs, days, perDay }: { readonly startMs: number; readonly days: number; readonly perDay: number },
): { readonly postings: Posting[]; readonly arrivals: Arrival[] } {
  const postings: Posting[] = [];
  const arrivals: Arrival[] = [];
  const count = Math.round(days * perDay);
  for (let n = 0; n < count; n++) {
    const made = startMs + Math.floor(random.next() * days * DAY);
    const lists = random.some(LISTS, random.chance(0.2) ? 2 : 1);
    const versions = random.chance(0.3) ? random.whole(2, 3) : 1;
    let at = made;
    for (let version = 1; version <= versions && at < startMs + days * DAY; version++) {
      const sent = post(random, { token: `tok${n}x`, version, lists, at, least: versions > 1 ? 2 : 1 });
      postings.push(sent.posting);
      arrivals.push(...sent.arrivals);
      at += random.whole(2, 9) * DAY + random.whole(0, 1439) * MINUTE;
    }
  }
  return { postings, arrivals: arrivals.sort((a, b) => a.atMs - b.atMs) };
}

function post(
  random: Random,
  {
    token,
    version,
    lists,
    at,
    least,
  }: {
    token: string;
    version: number;
    lists: readonly string[];
    at: number;
    /** What counts as a single patch hangs on the latest version: one alone is judged more easily. */
    least: 1 | 2;
  },
): { posting: Posting; arrivals: Arrival[] } {
  const isLate = random.chance(0.03);
  const total = random.whole(least, 3);
  const id = (index: number) => `${token}-v${version}-${index}@example.org`;
  const lag = isLate ? random.whole(9, 20) * DAY : random.chance(0.15) ? random.whole(1, 60) * HOUR : MINUTE;
  const arrivals: Arrival[] = [];
  const members: number[] = [];
  const send = (index: number, atMs: number): void => {
    const raw = mail({ id: id(index), cover: id(0), index, total, token, version, lists, sentMs: at });
    const come = (list: string, whenMs: number) =>
      arrivals.push({ atMs: whenMs, event: eventOf(raw, list, at + index * 1000, id(index)) });
    for (const list of lists) come(list, atMs + (list === lists[0] ? 0 : random.whole(0, 36) * HOUR));
    if (random.chance(0.1)) come(lists[0] ?? '', atMs + random.whole(1, 50) * HOUR);
    members.push(atMs);
  };
  for (let index = 0; index <= total; index++) {
    const behind = random.chance(0.06) ? random.whole(1, 30) * HOUR : random.whole(0, 3) * MINUTE;
    send(index, at + lag + behind);
  }
  const talk = random.chance(0.3) ? random.whole(1, 3) : 0;
  const replies: string[] = [];
  let appliedMs: number | null = null;
  for (let n = 0; n < talk; n++) {
    const sentMs = at + random.whole(1, 200) * HOUR;
    const applies = n === 0 && !isOnlyReviewed(token);
    const raw = reply({
      id: `${token}-v${version}-re${n}@example.org`,
      to: id(0),
      token,
      version,
      lists,
      sentMs,
      applies,
    });
    const answer = `${token}-v${version}-re${n}@example.org`;
    replies.push(answer);
    arrivals.push({ atMs: sentMs + lag, event: eventOf(raw, lists[0] ?? '', sentMs, answer) });
    if (applies) appliedMs = sentMs + lag;
  }
  const reports = isLate || !hasReport(token) ? [] : [`${token}-v${version}-robot@example.org`];
  for (const answer of reports) {
    const sentMs = at + REPORTED_AFTER_MS;
    const raw = report({ id: answer, to: id(0), token, version, lists, sentMs });
    arrivals.push({ atMs: sentMs + MINUTE, event: eventOf(raw, lists[0] ?? '', sentMs, answer) });
  }
  const firstMs = Math.min(...members);
  const readyMs = Math.max(...members);
  const [coverMs = 0, patchMs = 0] = members;
  const fromMs = patchMs + QUIET;
  const surelyMs = upToTheHour(patchMs) + QUIET;
  const alone = total === 1 && coverMs > fromMs ? { fromMs, surelyMs, untilMs: coverMs } : null;
  const ids = members.map((_, index) => id(index));
  const times = { sentMs: at, firstMs, readyMs, appliedMs, alone };
  return { posting: { token, version, lists, members: ids, replies, reports, isLate, ...times }, arrivals };
}

/** A build takes its time. */
const REPORTED_AFTER_MS = 29 * HOUR;

/** Every third work fails to build, in each of its versions. Draws nothing. */
function hasReport(token: string): boolean {
  return Number(/\d+/.exec(token)?.[0] ?? 0) % 3 === 0;
}

/** Every fourth work is reviewed, and never applied. Draws nothing. */
function isOnlyReviewed(token: string): boolean {
  return Number(/\d+/.exec(token)?.[0] ?? 0) % 4 === 1;
}

function eventOf(raw: Uint8Array, list: string, receivedMs: number, where: string): Arrival['event'] {
  return { kind: 'mail', raw, list, receivedAt: toIso(receivedMs), where, problems: [] };
}

interface PatchMail {
  readonly id: string;
  readonly cover: string;
  readonly index: number;
  readonly total: number;
  readonly token: string;
  readonly version: number;
  readonly lists: readonly string[];
  readonly sentMs: number;
}

function mail({ id, cover, index, total, token, version, lists, sentMs }: PatchMail): Uint8Array {
  const tag = `[PATCH${version > 1 ? ` v${version}` : ''} ${index}/${total}]`;
  const title = index === 0 ? `sub: rework ${token} handling` : `sub: ${token} step ${index} of the work`;
  const path = `drivers/${token}/part${index}.c`;
  const body =
    index === 0
      ? `This reworks how ${token} is handled, so that it is simpler.\n\nAda Quill (${total}):\n  sub: work\n\n-- \n2.43.0\n`
      : `Do step ${index}.\n\nSigned-off-by: Ada Quill <ada@example.org>\n---\n ${path} | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)\n\ndiff --git a/${path} b/${path}\nindex 1111111..2222222 100644\n--- a/${path}\n+++ b/${path}\n@@ -1,1 +1,1 @@\n-old ${version}\n+new ${token} ${version} ${index}\n-- \n2.43.0\n`;
  return lines([
    `From: Ada Quill ${token} <${token}@example.org>`,
    `To: ${lists.join(', ')}`,
    `Subject: ${tag} ${title}`,
    `Date: ${new Date(sentMs + index * 1000).toUTCString()}`,
    `Message-ID: <${id}>`,
    ...(index === 0 ? [] : [`In-Reply-To: <${cover}>`, `References: <${cover}>`]),
    '',
    body,
  ]);
}

function reply(answering: Answering & { readonly applies: boolean }): Uint8Array {
  const words = answering.applies
    ? 'Applied to sub/next, thanks!'
    : 'Looks good.\n\nReviewed-by: Bo Reviewer <bo@example.org>';
  return answer(answering, 'Bo Reviewer <bo@example.org>', `${words}\n`);
}

function report(answering: Answering): Uint8Array {
  const errors =
    'kernel test robot noticed the following build errors:\n\n  part1.c:1:1: error: expected identifier\n';
  return answer(answering, 'kernel test robot <lkp@intel.com>', `Hi Ada,\n\n${errors}`);
}

/** A mail that answers the cover of a posting. */
interface Answering {
  readonly id: string;
  readonly to: string;
  readonly token: string;
  readonly version: number;
  readonly lists: readonly string[];
  readonly sentMs: number;
}

function answer(answering: Answering, from: string, body: string): Uint8Array {
  return lines([
    `From: ${from}`,
    `To: ${answering.lists.join(', ')}`,
    `Subject: Re: [PATCH${answering.version > 1 ? ` v${answering.version}` : ''} 0/1] sub: rework ${answering.token} handling`,
    `Date: ${new Date(answering.sentMs).toUTCString()}`,
    `Message-ID: <${answering.id}>`,
    `In-Reply-To: <${answering.to}>`,
    `References: <${answering.to}>`,
    '',
    body,
  ]);
}

function lines(all: readonly string[]): Uint8Array {
  return Buffer.from(all.join('\n'), 'utf8');
}
