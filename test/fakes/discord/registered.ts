import type { Json, World } from './world.js';

/** A registered command by its name, in any server or everywhere. */
export function commandIn(world: World, name: string): Json | null {
  return [...world.commands.values()].flat().find((one) => one.name === name) ?? null;
}
