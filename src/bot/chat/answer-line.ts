import { UserError } from '../../digest/failure.js';
import type { Catalog } from '../../digest/subsystem/catalog.js';
import { shorten } from '../../digest/text/inert.js';
import type { View } from '../../digest/view/view.js';
import { type ChatScene, chatCommands } from './commands.js';

/** The answer to a typed line; null for /quit. Wrong words are answered in words, never thrown. */
export async function answerLine(line: string, scene: ChatScene): Promise<View | null> {
  const [first = '', ...rest] = line.trim().split(/\s+/);
  const name = first.replace(/^\//, '').toLowerCase();
  if (name === 'quit' || name === 'exit') return null;
  const command = chatCommands.find((one) => one.name === name);
  if (command === undefined)
    return problem(`There is no command “${shorten(first, 40)}”.`, nearCommand(name));
  try {
    return await command.answer(rest.join(' '), scene);
  } catch (error) {
    if (error instanceof UserError) return problem(error.message, error.remedy);
    throw error;
  }
}

/** Whoever types `/serie` or `/digets` is told the command that begins like it. */
function nearCommand(name: string): string {
  const near = chatCommands.find((one) => one.name.startsWith(name.slice(0, 3)) && name.length > 1);
  return near === undefined
    ? 'Type /help for what there is.'
    : `Did you mean /${near.name}? /help lists all.`;
}

function problem(message: string, remedy: string): View {
  const blocks = [message, remedy]
    .filter((text) => text !== '')
    .map((text) => ({ kind: 'paragraph', spans: [{ text }] }) as const);
  return { fallback: `${message} ${remedy}`.trim(), blocks };
}

/** What a half-typed line may become: the names of commands, and of subsystems behind /follow. */
export function completeLine(line: string, catalog: () => Catalog): readonly string[] {
  const follow = /^\/follow (\S*)$/.exec(line);
  if (follow !== null)
    return catalog()
      .subsystems.map((subsystem) => subsystem.slug)
      .filter((slug) => slug.startsWith(follow[1] ?? ''))
      .map((slug) => `/follow ${slug}`);
  if (!line.startsWith('/')) return [];
  return chatCommands.map((one) => `/${one.name} `).filter((name) => name.startsWith(line));
}
