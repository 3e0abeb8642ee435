import type { Destination, DestinationChange } from '../../../adapters/store/chat/destination.js';
import type { Answer } from '../../../digest/ports/chat-bot.js';
import { oneLine, shorten } from '../../../digest/text/inert.js';
import { toIso } from '../../../digest/time/iso.js';
import type { Block } from '../../../digest/view/view.js';
import { type Asked, chatOf } from '../context.js';
import { announceChange } from './change.js';
import type { Says } from './next-run.js';
import { settingsChanged } from './undo.js';

/** Changes settings and tells of it; whoever did it is told when digests can't be posted here. */
export async function announceSettings(
  asked: Asked,
  before: Destination,
  settings: DestinationChange,
  text: string,
  notes: readonly Block[],
  next: Says | null = 'with schedule',
): Promise<Answer> {
  const { scene, asker } = asked;
  const set = { ...settings, setBy: asker.id, setByName: shorten(oneLine(asker.name), 80) };
  const after = await chatOf(scene).destinations.update(before.id, set, toIso(scene.nowMs()));
  if (after === null) throw new Error('a destination went away while it was changed');
  const changed = settingsChanged(before, after);
  return announceChange(
    asked,
    after,
    { channel: text, person: text, notes, next },
    { added: [], removed: [], ...changed },
  );
}
