import { type UnfurlForm, unfurlForms } from '../../../digest/plan/layout.js';
import type { Answer } from '../../../digest/ports/chat-bot.js';
import { note, say } from '../../../digest/view/blocks.js';
import { manager } from '../access.js';
import { echo, privately, problem } from '../chat/answers.js';
import { announceSettings, destinationOf } from '../chat/change.js';
import { ensureDestination } from '../chat/ensure-destination.js';
import type { CommandContext } from '../context.js';

export const unfurlRight = manager('choose here what a posted link shows');

/** What becomes of a link to a mail that someone posts here. */
const WORDS: Readonly<Record<UnfurlForm, string>> = {
  off: 'Links to mail show no card here.',
  thin: 'Links to mail show their series here in three lines.',
  full: 'Links to mail show their series here with its whole summary and what changed.',
};

/** `/covernote unfurl off|thin|full`; without a word, how it is. */
export async function setUnfurl(typed: string, context: CommandContext): Promise<Answer> {
  const word = typed.trim().toLowerCase();
  const form = unfurlForms.find((one) => one === word);
  if (form === undefined) {
    const now = (await destinationOf(context))?.layout.unfurl ?? 'thin';
    if (word === '')
      return privately(say(WORDS[now], note('/covernote unfurl off, thin or full changes it.')));
    return problem(
      `${echo(typed)} is none of off, thin and full.`,
      'Type /covernote unfurl thin for three lines, full for more, or off for none.',
    );
  }
  if (!context.delivers(context.place))
    return problem('Nothing is shown below links in a terminal.', 'Type /series with the link.');
  const destination = await ensureDestination(context);
  if (destination.layout.unfurl === form)
    return privately(say(`${WORDS[form]} That was already the setting.`));
  const layout = { ...destination.layout, unfurl: form };
  return announceSettings(context, destination, { layout }, { text: WORDS[form], next: 'nothing' });
}
