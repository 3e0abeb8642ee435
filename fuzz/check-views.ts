import { renderMessage as renderForDiscord } from '../src/adapters/discord/render-message.js';
import { renderMessage as renderForSlack } from '../src/adapters/slack/render-message.js';
import type { Store } from '../src/adapters/store/store.js';
import { renderView } from '../src/adapters/terminal/render-view.js';
import { seriesSchema } from '../src/digest/contract/series-answer.js';
import { buildDigest } from '../src/digest/plan/build-digest.js';
import { digestSchema } from '../src/digest/plan/digest.js';
import type { SeriesRecord } from '../src/digest/series/record.js';
import { digestView } from '../src/digest/view/digest-view.js';
import { changesView, historyView, patchesView, reviewsView } from '../src/digest/view/series-pages.js';
import { seriesView } from '../src/digest/view/series-view.js';
import type { View } from '../src/digest/view/view.js';
import { detailOf } from './check-parsing.js';
import type { Finding } from './messages.js';

const TERMINAL = { columns: 80, color: false, zone: 'Europe/Berlin', nowMs: Date.UTC(2026, 10, 30) };
const WINDOW = { since: '1970-01-01T00:00:00Z', until: '2100-01-01T00:00:00Z' };

/** More than either chat takes in one message. */
const MAX_MESSAGE_BYTES = 256 * 1024;

/** Series that are shown after each batch. */
const MOST_SERIES = 40;

/** Shows series, a digest and the answers to some questions in every form that there is. */
export async function checkViews(
  store: Store,
  ids: readonly string[],
): Promise<{ rendered: number; findings: Finding[] }> {
  const findings: Finding[] = [];
  let rendered = 0;
  const show = (name: string, make: () => View) => {
    rendered++;
    findings.push(...shown(name, make));
  };
  const series = await seriesOf(store, ids);
  for (const one of series.values()) {
    for (const page of [seriesView, patchesView, changesView, historyView, reviewsView])
      show(`${page.name} of ${one.id}`, () => page(one));
    const json = seriesSchema.safeParse(
      JSON.parse(JSON.stringify({ ...one, state: { ...one.state, applied: one.applied } })),
    );
    if (!json.success) findings.push({ iteration: null, code: 'series-json', detail: json.error.message });
    await store.search(one.title.slice(0, 300), 5);
  }
  const activities = (await store.activity(WINDOW)).slice(0, 300);
  const digest = buildDigest({ activities, follows: [], window: WINDOW, budget: 20 });
  const json = digestSchema.safeParse(JSON.parse(JSON.stringify(digest)));
  if (!json.success) findings.push({ iteration: null, code: 'digest-json', detail: json.error.message });
  show('digestView', () => digestView(digest));
  return { rendered, findings };
}

async function seriesOf(store: Store, ids: readonly string[]): Promise<Map<string, SeriesRecord>> {
  const found = new Map<string, SeriesRecord>();
  for (const id of ids) {
    if (found.size === MOST_SERIES) break;
    const series = await store.seriesByMessage(id);
    if (series !== null) found.set(series.id, series);
  }
  return found;
}

function shown(name: string, make: () => View): Finding[] {
  try {
    const view = make();
    renderView(view, TERMINAL);
    const sizes = [renderForDiscord(view, []), renderForSlack(view, [])].map(
      (message) => JSON.stringify(message).length,
    );
    const most = Math.max(...sizes);
    return most <= MAX_MESSAGE_BYTES
      ? []
      : [{ iteration: null, code: 'view-grows', detail: `${name}: ${most}` }];
  } catch (error) {
    return [{ iteration: null, code: 'view-failed', detail: `${name}: ${detailOf(error)}` }];
  }
}
