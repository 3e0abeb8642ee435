/** Waits for a signal to end; rejects where the process can't go on. A second signal ends it at once. */
export async function untilEnd(lost: Promise<never>): Promise<void> {
  let end: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => {
    end = resolve;
  });
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const signal of signals) process.once(signal, end);
  try {
    await Promise.race([asked, lost]);
  } finally {
    for (const signal of signals) process.off(signal, end);
  }
}
