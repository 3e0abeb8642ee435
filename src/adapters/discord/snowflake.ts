const DISCORD_EPOCH_MS = 1_420_070_400_000n;
/** Our clock and Discord's may differ by so much. */
const CLOCK_SLACK_MS = 120_000;

/** The smallest id that Discord can have assigned at a moment, allowing for differing clocks. */
export function snowflakeAt(ms: number): bigint {
  const since = BigInt(Math.max(0, Math.floor(ms - CLOCK_SLACK_MS))) - DISCORD_EPOCH_MS;
  return since > 0n ? since << 22n : 0n;
}
