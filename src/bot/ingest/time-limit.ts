/** Ends work that takes too long: `check` is called at every step of it, and throws once the time is over. */
export interface TimeLimit {
  check(): void;
}

export class TookTooLong extends Error {
  override readonly name = 'TookTooLong';
}

/** `ms` of the processor time of this process: on a busy machine all takes longer, and no mail is to blame for that. */
export function timeLimit(ms: number): TimeLimit {
  const began = process.cpuUsage();
  return {
    check() {
      const { user, system } = process.cpuUsage(began);
      if ((user + system) / 1_000 <= ms) return;
      throw new TookTooLong(`no result within ${Math.round(ms / 1000)} s of processor time`);
    },
  };
}
