/**
 * The seed of a simulation: SIM_SEED where it is set; in CI one that is always the same, so that a change is judged by itself alone; elsewhere
 * another one at each run, which finds what no one thought of and says how to run it again.
 */
export function simulationSeed(): number {
  const { CI, SIM_SEED } = process.env;
  if (SIM_SEED !== undefined) return Number(SIM_SEED);
  return CI === 'true' ? 20_261_201 : Math.floor(Math.random() * 2 ** 31);
}
