import type { Digest } from '../../../digest/plan/digest.js';
import { planParts } from '../../../digest/plan/plan-parts.js';
import { fitsPart, partView } from '../../../digest/view/part-view.js';
import type { Connection } from '../../platforms.js';

interface DigestMessage {
  /** The first stands in the channel, the others in its thread. */
  readonly place: 'channel' | 'thread';
  /** What is sent to the chat's API, as it stands there. */
  readonly message: unknown;
}

/** A digest as the messages that a chat would get. */
export async function digestMessages(digest: Digest, chat: Connection): Promise<DigestMessage[]> {
  const { fits, render } = await chat.renderer();
  const parts = planParts({ digest, told: [], late: 0 }, fitsPart(fits));
  return parts.map(({ content }, at) => ({
    place: at === 0 ? 'channel' : 'thread',
    message: render(partView(content)),
  }));
}
