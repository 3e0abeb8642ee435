import { HOUR_MS } from '../time/iso.js';
import type { Batch } from './batch.js';
import type { Part } from './part.js';
import { sendingStem } from './sending-stem.js';
import { titleSimilarity } from './title-key.js';

/** Mails of one run of a sending tool follow each other closer than this. */
const RUN_GAP_MS = HOUR_MS;
/** A repeated patch goes to one of the last postings in its thread: a flood of repeats must stay cheap. */
const NEWEST_LAYERS = 4;
/** Titles at one place that a repeat is compared with. */
const MOST_TITLES_A_PLACE = 8;
/** Below this two titles at one place are two different patches. */
export const SAME_PATCH_SIMILARITY = 0.5;

/**
 * Splits a set of threaded parts if different runs fill places twice: a second full set, or
 * other patches under the same numbers, is a separate posting. The same patch sent again stays a
 * duplicate of its place, and so do two patches that one run numbered alike. `parts` in order of time.
 */
export function splitRepeats(parts: readonly Part[]): readonly Batch[] {
  const slots = parts.flatMap((part) => (part.index === null ? [] : [part.index]));
  if (new Set(slots).size === slots.length) return [{ parts, why: [] }];
  const layers: Part[][] = [];
  for (const run of runsOf(parts)) {
    const home = layers.slice(-NEWEST_LAYERS).findLast((layer) => accepts(layer, run));
    if (home === undefined) layers.push([...run]);
    else home.push(...run);
  }
  return layers.map((layer) => ({ parts: layer, why: [] }));
}

function accepts(layer: readonly Part[], run: readonly Part[]): boolean {
  const places = new Set(layer.map((part) => part.index));
  const repeated = run.filter((part) => places.has(part.index));
  if (repeated.length === 0) return true;
  const patches = new Set(run.filter((part) => part.role === 'patch').map((part) => part.index));
  const total = run[0]?.total ?? null;
  if (total !== null && total > 1 && patches.size >= total) return false;
  const titles = titlesByPlace(layer);
  return repeated.every((part) =>
    [...(titles.get(part.index) ?? [])].some(
      (title) => titleSimilarity(title, part.titleKey) >= SAME_PATCH_SIMILARITY,
    ),
  );
}

/** The titles at each place, each once, and few of them: only a flood fills one place again and again. */
function titlesByPlace(layer: readonly Part[]): ReadonlyMap<number | null, ReadonlySet<string>> {
  const titles = new Map<number | null, Set<string>>();
  for (const { index, titleKey } of layer) {
    const known = titles.get(index);
    if (known === undefined) titles.set(index, new Set([titleKey]));
    else if (known.size < MOST_TITLES_A_PLACE) known.add(titleKey);
  }
  return titles;
}

/** Parts by the run that sent them: by what their ids share, else by pauses between them. */
function runsOf(parts: readonly Part[]): readonly Part[][] {
  const runs: Part[][] = [];
  const byStem = new Map<string, Part[]>();
  let last: { run: Part[]; time: number | null } | null = null;
  for (const part of parts) {
    const stem = sendingStem(part.facts.id);
    const known = stem === null ? undefined : byStem.get(stem);
    if (known !== undefined) {
      known.push(part);
      continue;
    }
    const follows =
      stem === null &&
      last !== null &&
      last.time !== null &&
      part.time !== null &&
      part.time - last.time <= RUN_GAP_MS;
    if (follows && last !== null) {
      last.run.push(part);
      last.time = part.time;
      continue;
    }
    const run = [part];
    runs.push(run);
    if (stem === null) last = { run, time: part.time };
    else byStem.set(stem, run);
  }
  return runs;
}
