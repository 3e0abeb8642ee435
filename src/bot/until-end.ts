/** Waits for a signal to end, or until it is `over`; rejects if that does: the process can't continue. A second signal ends it immediately. */
export async function untilEnd(over: Promise<void>): Promise<void> {
  let end: () => void = () => undefined;
  const signaled = new Promise<void>((resolve) => {
    end = resolve;
  });
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const signal of signals) process.once(signal, end);
  try {
    await Promise.race([signaled, over]);
  } finally {
    for (const signal of signals) process.off(signal, end);
  }
}
