/** Ends work that takes too long: `check` is called at every step of it, and throws once the time is over. */
export interface TimeLimit {
  check(): void;
}

export class TookTooLong extends Error {
  override readonly name = 'TookTooLong';
}

/** Asking for the processor time costs a call of the system: a tenth of all that deriving takes, were it done at every step. */
const CHECK_EVERY_MS = 250;

/** `ms` of the processor time of this process: on a busy machine all takes longer, and no mail is to blame for that. */
export function timeLimit(ms: number): TimeLimit {
  const began = process.cpuUsage();
  let checkedAt = performance.now();
  return {
    check() {
      if (performance.now() - checkedAt < CHECK_EVERY_MS) return;
      checkedAt = performance.now();
      const { user, system } = process.cpuUsage(began);
      if ((user + system) / 1_000 <= ms) return;
      throw new TookTooLong(`no result within ${Math.round(ms / 1000)} s of processor time`);
    },
  };
}
