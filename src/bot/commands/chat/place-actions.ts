import type { Destination } from '../../../adapters/store/chat/destination.js';
import type { Action } from '../../../digest/ports/chat-bot.js';
import { idOf } from './action-ids.js';
import { button } from './answers.js';

/** What can be done with a place from where it is listed: see the next digest, send it, pause it, ask why none comes. */
export function placeActions({ state, schedule }: Pick<Destination, 'state' | 'schedule'>): Action[] {
  const isActive = state === 'active';
  const pauses: readonly [words: string, label: string][] =
    schedule === null ? [] : [isActive ? ['pause', 'Pause'] : ['resume', 'Resume']];
  const commands: readonly (readonly [words: string, label: string])[] = [
    ['preview', 'Preview'],
    ['now', 'Send now'],
    ...pauses,
    ['status', isActive && schedule !== null ? 'Status' : 'Why no digest?'],
    ['layout', 'Layout'],
  ];
  return commands.flatMap(([words, label]) => {
    // Their answers appear below the list, which stays.
    const id = idOf({ kind: 'command', command: 'digest', words, replaces: false });
    return id === null ? [] : [button(id, label)];
  });
}
