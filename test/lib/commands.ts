import { chatCommands, formSpec, specOf } from '../../src/bot/commands/command.js';
import { commands } from '../../src/bot/commands/commands.js';
import { parseLine } from '../../src/bot/commands/parse-line.js';
import type { ChatBot, Request } from '../../src/digest/ports/chat-bot.js';

const chat = chatCommands(commands);

/** Every command of the chats, as their edges get them. */
export const specs = chat.map(specOf);

/** What a request asks for, in one line: `digest at 09:00 weekdays`, `follow {"what":"kvm"}`. */
export function readRequest(request: Request): string {
  if (request.kind === 'options') {
    const { command, form, options } = request;
    return `${command} ${form} ${JSON.stringify(options)}`.replaceAll(/ +/g, ' ');
  }
  const read = parseLine(chat, request.line);
  if (read.kind === 'problem') return `problem: ${read.problem.message}`;
  return `${read.command.name} ${read.form.name} ${read.words}`.replaceAll(/ +/g, ' ').trim();
}

/** ChatBot.emptyForm over the real commands, for bots that are scripted otherwise. */
export const emptyForm: ChatBot['emptyForm'] = (line) => {
  const read = parseLine(chat, line);
  if (read.kind === 'problem' || !read.form.asksForWords || read.words !== '') return null;
  return { command: specOf(read.command), form: formSpec(read.form) };
};
