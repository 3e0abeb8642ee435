import type { Digest } from '../../../digest/plan/digest.js';
import { planParts } from '../../../digest/plan/plan-parts.js';
import { type FitsView, fitsPart, partView } from '../../../digest/view/part-view.js';
import type { View } from '../../../digest/view/view.js';

/** A chat that digests can be rendered for without being connected to it. */
type DigestFormat = 'discord' | 'slack';

interface DigestMessage {
  /** The first stands in the channel, the others in its thread. */
  readonly place: 'channel' | 'thread';
  /** What is sent to the chat's API, as it stands there. */
  readonly message: unknown;
}

/** A digest as the messages that a chat would get. The adapters are loaded when they are needed: they are large. */
export async function digestMessages(digest: Digest, format: DigestFormat): Promise<DigestMessage[]> {
  const { fits, render } = await rendererOf(format);
  const parts = planParts({ digest, told: [], late: 0 }, fitsPart(fits));
  return parts.map(({ content }, at) => ({
    place: at === 0 ? 'channel' : 'thread',
    message: render(partView(content)),
  }));
}

interface Renderer {
  readonly fits: FitsView;
  readonly render: (view: View) => unknown;
}

async function rendererOf(format: DigestFormat): Promise<Renderer> {
  switch (format) {
    case 'discord': {
      const { fits, renderMessage } = await import('../../../adapters/discord/render-message.js');
      return { fits: (view) => fits(view, []), render: (view) => renderMessage(view, []) };
    }
    case 'slack': {
      const { fits, renderMessage } = await import('../../../adapters/slack/render-message.js');
      return { fits: (view) => fits(view, []), render: (view) => renderMessage(view, []) };
    }
    default:
      return format satisfies never;
  }
}
