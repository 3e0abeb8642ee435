import type { Action, Answer } from '../../../digest/ports/chat-bot.js';
import { pageOf } from '../../../digest/view/pages.js';
import type { View } from '../../../digest/view/view.js';
import { idOf, shortId } from '../chat/action-ids.js';
import { button, echo, privately, problem, select } from '../chat/answers.js';
import { takePage } from '../chat/page-word.js';
import type { Asked } from '../context.js';
import { answerSubsystems } from './find.js';

/** Subsystems a page: as many as can be chosen from. */
const PAGE = 25;

/** `/subsystems [WORDS]`. */
export async function answerSubsystemsCommand(typed: string, { scene }: Asked): Promise<Answer> {
  const { words, page } = takePage(typed);
  const { subsystems, remedy } = await answerSubsystems(scene.library, words);
  if (subsystems.length === 0)
    return problem(
      `There is no subsystem ${echo(words)}.`,
      remedy.includes('`') ? '/subsystems without a word lists all.' : remedy,
    );
  const pages = Math.ceil(subsystems.length / PAGE);
  const at = Math.min(page, pages);
  const shown = subsystems.slice((at - 1) * PAGE, at * PAGE);
  const items = shown.map((one) => [
    { text: one.slug, style: 'bold' } as const,
    { text: ` · ${one.name} · ${one.series} series here` },
  ]);
  const view: View = {
    fallback: `${subsystems.length} subsystems.`,
    blocks: [
      { kind: 'list', items },
      ...(pages > 1
        ? [
            {
              kind: 'note',
              spans: [{ text: `Page ${at} of ${pages}: add a word to find one, /subsystems memory.` }],
            } as const,
          ]
        : []),
    ],
  };
  const next = at < pages ? nextId(words, at + 1) : null;
  const actions: Action[] = next === null ? [] : [button(next, 'Next page')];
  const options = shown.map(({ slug, name, series }) => ({
    value: slug,
    label: slug,
    describes: `${name} · ${series} series here`,
  }));
  actions.push(
    select(
      shortId({ kind: 'follow' }),
      'Follow one of these here',
      options.filter(({ value }) => value.length <= 75),
    ),
  );
  return privately(pageOf(view, 1, scene.pageCost).view, actions);
}

function nextId(words: string, page: number): string | null {
  return idOf({
    kind: 'command',
    command: 'subsystems',
    words: `${words} page:${page}`.trim(),
    replaces: true,
  });
}
