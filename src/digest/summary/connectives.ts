/** Words that join a sentence to the one before; the sentence stands without them. */
const CONNECTIVES = [
  'however',
  'therefore',
  'hence',
  'thus',
  'additionally',
  'moreover',
  'furthermore',
  'besides',
  'besides that',
  'also',
  'so',
  'but',
  'and',
  'basically',
  'actually',
  'anyway',
  'finally',
  'in addition',
  'in addition to that',
  'as a result',
  'then',
  'consequently',
  'unfortunately',
  'fortunately',
  'obviously',
  'in short',
  'in summary',
  'to summarize',
  'to summarise',
  'essentially',
  'well',
  'now',
  'next',
  'lastly',
  'first',
  'second',
  'third',
  'firstly',
  'secondly',
  'thirdly',
  'similarly',
  'likewise',
  'first of all',
  'meanwhile',
  'overall',
  'in other words',
  'that said',
  'indeed',
  'instead',
  'otherwise',
  'again',
  'accordingly',
  'specifically',
  'in particular',
  'on the other hand',
  'at the same time',
  'to recap',
  'tl;dr',
  'tldr',
  'to this end',
  'to that end',
  'as such',
  'for this reason',
  'yet',
  'in fact',
]; // prettier-ignore
const CONNECTIVE = new Set(CONNECTIVES);
/** Those that stand without a comma too: `But the lock …`. */
const BARE_CONNECTIVE =
  /^(?:But|And|So|Also|Hence|Thus|Therefore|However|Additionally|Basically|Actually|Essentially|Tl;?dr is that) (?=\w)/i;

/** The first words of all of them. */
const FIRST: ReadonlySet<string> = new Set(
  [...CONNECTIVES, 'tl', 'tldr'].map((connective) => connective.split(/[ ;]/, 1)[0] ?? ''),
);

/** Whether `stripConnectives` may find something: cheap. `first`: the first word, lower case, marks at its ends off. */
export function mayJoin(first: string): boolean {
  return FIRST.has(first);
}

/** Takes `However,`, `So `, `In addition, ` off the front, up to three of them. `joined`: there was one. */
export function stripConnectives(text: string): { text: string; joined: boolean } {
  let rest = text;
  let joined = false;
  for (let round = 0; round < 3; round += 1) {
    const comma = rest.indexOf(', ');
    if (comma > 0 && comma < 26 && CONNECTIVE.has(rest.slice(0, comma).toLowerCase())) {
      rest = rest.slice(comma + 2);
      joined = true;
      continue;
    }
    const bare = BARE_CONNECTIVE.exec(rest);
    if (bare === null || /^(?:So|Also) (?:far|called|that|as)\b/.test(rest)) break;
    rest = rest.slice(bare[0].length);
    joined = true;
  }
  return { text: rest, joined };
}
