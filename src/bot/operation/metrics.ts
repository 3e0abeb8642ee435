import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { createSummaryMetrics, type SummaryMetrics } from './summary-metrics.js';

export interface DeliveryMetrics {
  /** One try with a message, and what it came to. */
  sent(platform: string, outcome: string, seconds: number): void;
  edited(platform: string, outcome: string): void;
  digest(state: 'sent' | 'stale' | 'refused'): void;
  depth(depth: Readonly<Record<'waiting' | 'sending' | 'unclear' | 'edits', number>>): void;
}

export interface Metrics extends DeliveryMetrics {
  /** How many slots a tick planned, in how many seconds. */
  tick(planned: number, seconds: number): void;
  /** How far a source is behind: seconds since it was last known to be read to its end; null while it never was. */
  sourceLag(source: string, seconds: number | null): void;
  quarantined(mails: number): void;
  command(name: string, outcome: 'done' | 'problem' | 'failed', seconds: number): void;
  readonly summaries: SummaryMetrics;
  text(): Promise<string>;
  readonly contentType: string;
}

const QUICK = [0.005, 0.01, 0.025, 0.05, 0.1, 0.3, 1, 3, 10];

/** Counters for Prometheus, each under `covernote_`. `processToo`: memory, event loop and garbage collection as well. */
export function createMetrics({ processToo = false }: { readonly processToo?: boolean } = {}): Metrics {
  const registry = new Registry();
  if (processToo) collectDefaultMetrics({ register: registry, prefix: 'covernote_' });
  const named = (name: string, help: string, labelNames: string[]) => ({
    name: `covernote_${name}`,
    help,
    labelNames,
    registers: [registry],
  });
  const counter = (name: string, help: string, ...labels: string[]) => new Counter(named(name, help, labels));
  const gauge = (name: string, help: string, ...labels: string[]) => new Gauge(named(name, help, labels));
  const histogram = (name: string, help: string, ...labels: string[]) =>
    new Histogram({ ...named(name, help, labels), buckets: QUICK });
  const digests = counter(
    'digests_total',
    'Digests that ended, by outcome: sent, stale (too late), refused.',
    'state',
  );
  const messages = counter(
    'messages_total',
    'Attempts to send a message, by chat and outcome.',
    'platform',
    'outcome',
  );
  const sending = histogram('send_seconds', 'Duration of an attempt to send a message.', 'platform');
  const edits = counter(
    'edits_total',
    'Attempts to edit a posted message, by chat and outcome.',
    'platform',
    'outcome',
  );
  const outbox = gauge('outbox_messages', 'Outgoing messages, by state.', 'state');
  const slots = counter('slots_total', 'Slots that were planned.');
  const ticks = histogram('tick_seconds', 'Duration of planning what is due.');
  const lastTick = gauge('last_tick_timestamp_seconds', 'Time at which due digests were last planned.');
  const lag = gauge(
    'source_lag_seconds',
    'Seconds since a source was last read to its end; -1 if it never was.',
    'source',
  );
  const quarantine = gauge(
    'quarantined_mails',
    'Mails that crashed or stalled the reader twice and are no longer read.',
  );
  const commands = histogram(
    'command_seconds',
    'Time from a command to its answer, by command and outcome.',
    'command',
    'outcome',
  );
  return {
    sent(platform, outcome, seconds) {
      messages.inc({ platform, outcome });
      sending.observe({ platform }, seconds);
    },
    edited: (platform, outcome) => edits.inc({ platform, outcome }),
    digest: (state) => digests.inc({ state }),
    depth(depth) {
      for (const [state, count] of Object.entries(depth)) outbox.set({ state }, count);
    },
    tick(planned, seconds) {
      slots.inc(planned);
      ticks.observe(seconds);
      lastTick.setToCurrentTime();
    },
    sourceLag: (source, seconds) => lag.set({ source }, seconds ?? -1),
    quarantined: (mails) => quarantine.set(mails),
    command: (command, outcome, seconds) => commands.observe({ command, outcome }, seconds),
    summaries: createSummaryMetrics(registry),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
