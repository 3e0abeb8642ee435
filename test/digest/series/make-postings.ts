import type { LittleMail } from '../revision/make-facts.js';

export function one(id: string, subject: string, rest: Omit<LittleMail, 'id' | 'subject'> = {}): LittleMail {
  return { id, subject, ...rest };
}

/** A whole posting: its cover, called by its name, and a mail for each title. */
export function posting(
  name: string,
  tags: string,
  title: string,
  titles: readonly string[],
  rest: Omit<LittleMail, 'id' | 'subject'> = {},
): readonly LittleMail[] {
  const n = titles.length;
  const { re = [], from, at } = rest;
  const below = {
    re: [name, ...re],
    ...(from === undefined ? {} : { from }),
    ...(at === undefined ? {} : { at }),
  };
  return [
    one(name, `[${tags} 0/${n}] ${title}`, { shortlog: titles, ...rest }),
    ...titles.map((each, i) => one(`${name}.${i + 1}`, `[${tags} ${i + 1}/${n}] ${each}`, below)),
  ];
}
