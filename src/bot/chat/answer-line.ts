import { UserError } from '../../digest/failure.js';
import type { View } from '../../digest/view/view.js';
import { type ChatScene, chatCommands } from './commands.js';

/** The answer to a typed line; null for /quit. Wrong words are answered in words, never thrown. */
export async function answerLine(line: string, scene: ChatScene): Promise<View | null> {
  const [first = '', ...rest] = line.trim().split(/\s+/);
  const name = first.replace(/^\//, '').toLowerCase();
  if (name === 'quit' || name === 'exit') return null;
  const command = chatCommands.find((one) => one.name === name);
  if (command === undefined)
    return problem(`There is no command “${first}”.`, 'Type /help for what there is.');
  try {
    return await command.answer(rest.join(' '), scene);
  } catch (error) {
    if (error instanceof UserError) return problem(error.message, error.remedy);
    throw error;
  }
}

function problem(message: string, remedy: string): View {
  const blocks = [message, remedy]
    .filter((text) => text !== '')
    .map((text) => ({ kind: 'paragraph', spans: [{ text }] }) as const);
  return { fallback: `${message} ${remedy}`.trim(), blocks };
}

/** What a half-typed line may become: the names of commands. */
export function completeLine(line: string): readonly string[] {
  return line.startsWith('/')
    ? chatCommands.map((one) => `/${one.name} `).filter((name) => name.startsWith(line))
    : [];
}
