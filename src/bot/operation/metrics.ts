import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { createSummaryMetrics, type SummaryMetrics } from './summary-metrics.js';

/** What delivery tells. */
export interface DeliveryMetrics {
  /** One try with a message, and what it came to. */
  sent(platform: string, outcome: string, seconds: number): void;
  edited(platform: string, outcome: string): void;
  /** A digest came to its end. */
  digest(state: 'sent' | 'stale' | 'refused'): void;
  depth(depth: Readonly<Record<'waiting' | 'sending' | 'unclear' | 'edits', number>>): void;
}

export interface Metrics extends DeliveryMetrics {
  /** A tick planned so many slots, in so many seconds. */
  tick(planned: number, seconds: number): void;
  /** How far a source is behind: seconds since it was last known to be read to its end; null while it never was. */
  sourceLag(source: string, seconds: number | null): void;
  /** Mails in quarantine now. */
  quarantined(mails: number): void;
  /** A command or a press was answered. */
  command(name: string, outcome: 'done' | 'problem' | 'failed', seconds: number): void;
  readonly summaries: SummaryMetrics;
  /** Prometheus' text format. */
  text(): Promise<string>;
  readonly contentType: string;
}

const QUICK = [0.005, 0.01, 0.025, 0.05, 0.1, 0.3, 1, 3, 10];

/** Counters for Prometheus, each under `covernote_`. `processToo`: memory, event loop and garbage collection as well. */
export function createMetrics({ processToo = false }: { readonly processToo?: boolean } = {}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (processToo) collectDefaultMetrics({ register: registry, prefix: 'covernote_' });
  const digests = new Counter({
    name: 'covernote_digests_total',
    help: 'Digests that came to their end, by how: sent, stale (not in time), refused.',
    labelNames: ['state'],
    registers,
  });
  const messages = new Counter({
    name: 'covernote_messages_total',
    help: 'Tries to send a message, by chat and outcome.',
    labelNames: ['platform', 'outcome'],
    registers,
  });
  const sending = new Histogram({
    name: 'covernote_send_seconds',
    help: 'Time that a try to send a message took.',
    labelNames: ['platform'],
    buckets: QUICK,
    registers,
  });
  const edits = new Counter({
    name: 'covernote_edits_total',
    help: 'Tries to edit a posted message, by chat and outcome.',
    labelNames: ['platform', 'outcome'],
    registers,
  });
  const outbox = new Gauge({
    name: 'covernote_outbox_messages',
    help: 'Messages on their way out, by state.',
    labelNames: ['state'],
    registers,
  });
  const slots = new Counter({ name: 'covernote_slots_total', help: 'Slots that were planned.', registers });
  const ticks = new Histogram({
    name: 'covernote_tick_seconds',
    help: 'Time that planning what is due took.',
    buckets: QUICK,
    registers,
  });
  const lastTick = new Gauge({
    name: 'covernote_last_tick_timestamp_seconds',
    help: 'When what is due was last planned.',
    registers,
  });
  const lag = new Gauge({
    name: 'covernote_source_lag_seconds',
    help: 'Seconds since a source was last read to its end; -1 while it never was.',
    labelNames: ['source'],
    registers,
  });
  const quarantine = new Gauge({
    name: 'covernote_quarantined_mails',
    help: 'Mails that ended or stalled reading twice and are not read any more.',
    registers,
  });
  const commands = new Histogram({
    name: 'covernote_command_seconds',
    help: 'Time from a command to its answer, by command and outcome.',
    labelNames: ['command', 'outcome'],
    buckets: QUICK,
    registers,
  });
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
