import type { Action } from '../../../digest/ports/chat-bot.js';
import { splitFirst } from '../plain-words.js';
import { idOf } from './action-ids.js';
import { button } from './answers.js';

const MOST_SUGGESTED = 3;

/** A button that does what a typed line (`digest status`) would; none if the line does not fit into an id. */
export function commandButton(line: string, label: string): Action[] {
  const [command, words] = splitFirst(line);
  const id = idOf({ kind: 'command', command, words, replaces: true });
  return id === null ? [] : [button(id, label)];
}

/** Lines that may have been meant, each with itself as the label. */
export function commandButtons(lines: readonly string[]): Action[] {
  return lines.slice(0, MOST_SUGGESTED).flatMap((line) => commandButton(line, `/${line}`));
}

/** The buttons to the pages before and after this one of what a line shows: a page replaces the one before it. */
export function pageButtons(line: string, { number, of }: { number: number; of: number }): Action[] {
  return [
    ...(number > 1 ? commandButton(`${line} page:${number - 1}`, 'Previous page') : []),
    ...(number < of ? commandButton(`${line} page:${number + 1}`, 'Next page') : []),
  ];
}

/** Takes `page:3` off words: buttons to the next page hold it. */
export function takePage(typed: string): { readonly words: string; readonly page: number } {
  const words = typed.split(/\s+/).filter((word) => word !== '');
  const page = words.find((word) => /^page:\d{1,4}$/.test(word));
  return {
    words: words.filter((word) => word !== page).join(' '),
    page: page === undefined ? 1 : Number(page.slice('page:'.length)),
  };
}
