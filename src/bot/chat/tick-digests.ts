import type { Tick } from '../deliver/tick.js';
import type { ChatDigests } from './scene.js';

/** Digests for commands, as the tick plans them. */
export function tickDigests(tick: Pick<Tick, 'digestPreview' | 'digestNow'>): ChatDigests {
  return {
    preview: async (destination) => (await tick.digestPreview(destination)).plan.digest,
    async now(destination) {
      const asked = await tick.digestNow(destination);
      switch (asked.kind) {
        case 'planned':
          return { kind: 'planned', digest: asked.plan.digest };
        case 'empty':
          return { kind: 'empty' };
        case 'lost':
          return { kind: 'busy' };
        default:
          return asked satisfies never;
      }
    },
  };
}
