/** No sentence ends with one of these: what came next was lost. */
const UNENDED: ReadonlySet<string> = new Set(
  'to the of and by with for a an in on or from that which as is are be into at via e.g i.e its their this these we than between using when if because not including like namely'.split(
    ' ',
  ),
);
/** Not even where the author set a full stop: `… in patch 2 of the.` was cut by what was taken out. */
export const NEVER_LAST: ReadonlySet<string> = new Set(
  'the and a an e.g i.e its their than from of is are by with see'.split(' '),
);

/** Whether the text's last word, before at most one stop, is one of these, or it ends in `for example`. */
export function endsIn(text: string, words: ReadonlySet<string>): boolean {
  const end = text.endsWith('.') || text.endsWith(':') ? text.length - 1 : text.length;
  const space = text.lastIndexOf(' ', end - 1);
  if (space < 0 || end - space > 10) return false;
  const last = text.slice(space + 1, end).toLowerCase();
  if (words.has(last)) return true;
  return (
    (last === 'example' || last === 'instance') && / for$/i.test(text.slice(Math.max(0, space - 4), space))
  );
}

/** Whether the text breaks off before its sentence ends. */
export function isUnended(text: string): boolean {
  return endsIn(text, UNENDED) && !/ (?:so on|carry on|later on)\.?$/.test(text.slice(-12));
}
