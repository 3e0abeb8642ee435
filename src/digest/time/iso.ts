/** Milliseconds since 1970 as the ISO text that this project keeps: UTC, seconds, `Z`. */
export function toIso(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19)}Z`;
}
