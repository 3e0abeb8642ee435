import type { Answer } from '../../../digest/ports/chat-bot.js';
import type { Address, PlatformName } from '../../../digest/ports/chat-platform.js';
import { announceSettings } from '../chat/announce-settings.js';
import { echo, privately, problem, say } from '../chat/answers.js';
import { ensureDestination } from '../chat/change.js';
import type { Asked } from '../context.js';

/** Why a chat can post nothing without a sound; null where it can. */
const NO_SILENCE: Readonly<Record<PlatformName, string | null>> = {
  discord: null,
  memory: null,
  slack: 'Slack has no messages without a notification: everybody sets for themselves what a channel may do.',
  terminal: 'A terminal makes no sound.',
};

export function canBeSilent({ platform }: Pick<Address, 'platform'>): boolean {
  return NO_SILENCE[platform] === null;
}

/** `/digest silent on|off`. */
export async function answerSilent(typed: string, asked: Asked): Promise<Answer> {
  const why = NO_SILENCE[asked.place.platform];
  if (why !== null) return problem(why, 'Mute the channel, or choose its notifications in its menu.');
  const word = typed.toLowerCase();
  if (word !== 'on' && word !== 'off')
    return problem(
      typed === '' ? 'Should digests come without a sound?' : `${echo(typed)} is neither on nor off.`,
      'Type /digest silent on for no sound and no badge, or /digest silent off.',
    );
  const destination = await ensureDestination(asked);
  const silent = word === 'on';
  const text = silent
    ? 'Digests come here without a sound and without a badge.'
    : 'Digests notify here like any other message.';
  if (destination.silent === silent) return privately(say(`${text} It was so already.`));
  return announceSettings(asked, destination, { silent }, text, [], null);
}
