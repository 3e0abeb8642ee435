import { existsSync, realpathSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Store } from '../adapters/store/store.js';
import { DAY_MS } from '../digest/time/iso.js';
import { PACKAGE_ROOT } from './package-root.js';

/** The example mail that ships with covernote, and the MAINTAINERS that goes with it. */
export const EXAMPLES_MAIL = join(PACKAGE_ROOT, 'examples/mail');
export const EXAMPLES_MAINTAINERS = join(PACKAGE_ROOT, 'examples/MAINTAINERS');

const EXAMPLES = join(PACKAGE_ROOT, 'examples');
const MARK = 'demo';

/** Whether the database was made for the examples and holds nothing else. */
export async function isDemo(store: Store): Promise<boolean> {
  return (await store.markOf(MARK)) !== null;
}

/** Gives an empty database to the examples; true if it is theirs. */
export async function claimForDemo(store: Store): Promise<boolean> {
  if (await isDemo(store)) return true;
  if ((await store.counts()).messages > 0) return false;
  await store.mark(MARK, '1');
  return true;
}

/** How long after their newest mail the examples are shown: some series then wait for a reply, none is stale. */
const LATER_MS = 8 * DAY_MS;

/** The clock of a chat over the examples, whose mail would otherwise be stale a few months from now. */
export async function demoClock(store: Store, nowMs: () => number): Promise<() => number> {
  const { received } = await store.freshness();
  if (received === null) return nowMs;
  const aheadMs = nowMs() - (Date.parse(received) + LATER_MS);
  return () => nowMs() - aheadMs;
}

/** What to try in the chat over the examples, in the order in which it makes most sense. */
export const DEMO_GUIDE = `
This is the digest of a week, as a channel gets it, of the invented mail in
examples/. Try:

  foll_pin                       one series: words of its title; then type a
                                 number to press a button
  /series foll_pin v1 v3         what changed between two versions, line by line
  /series migrate a device       a series that does not build yet
  /board                         what is waiting, and for whom
  /me add ada.quill@example.org  be Ada: /board then shows what waits for her
  /follow kvm -kind:rfc          follow a subsystem; with when:now, a channel
                                 gets each series at once
  /digest 7                      a week of what you follow
  /help                          every command; Tab completes

Pages, timelines and feeds of the same mail: npx covernote serve, then open
http://127.0.0.1:8080/. Your own lists: SOURCES in .env. Chats: README.md.
`;

/** Whether a source is the examples, or a part of them. */
export function isExample(source: string): boolean {
  if (!existsSync(source) || !existsSync(EXAMPLES)) return false;
  const path = realpathSync(source);
  const examples = realpathSync(EXAMPLES);
  return path === examples || path.startsWith(examples + sep);
}
