import type { Problem } from '../mail/mail.js';
import { parsePerson } from './parse-person.js';
import type { MaintainersEntry } from './subsystem.js';

const MAX_PEOPLE = 20_000;
const MAX_PROBLEMS = 200;

/** Buildroot's DEVELOPERS: comments, then a person (`N:`) over the files that they look after (`F:`). MAINTAINERS has a title above each `F:`. */
export function isDevelopers(text: string): boolean {
  const first = text.split('\n', 200).find((line) => line.trim() !== '' && !line.startsWith('#'));
  return first !== undefined && /^N:\s.{0,200}<[^<>\s]{1,200}@/.test(first);
}

/** One entry a directory of two levels (`package/foo/`), with everyone who looks after files in it: people are not subsystems. */
export function parseDevelopers(text: string): { entries: MaintainersEntry[]; problems: Problem[] } {
  const byName = new Map<string, { people: Map<string, string>; files: Set<string> }>();
  const problems: Problem[] = [];
  let person: { name: string; email: string } | null = null;
  text.split('\n').forEach((line, at) => {
    const wrong = (detail: string): void => {
      if (problems.length < MAX_PROBLEMS)
        problems.push({
          code: 'maintainers-line',
          detail: `line ${at + 1}: ${detail}: ${line.slice(0, 80)}`,
        });
    };
    if (line.trim() === '' || line.startsWith('#')) return;
    const value = line.slice(2).trim();
    if (line.startsWith('N:')) {
      person = parsePerson(value);
      if (person === null) wrong('no address in it');
    } else if (line.startsWith('F:') && value !== '' && value.length < 1_000) {
      const name = value.split('/').slice(0, 2).join('/').replace(/\/$/, '');
      if (!byName.has(name) && byName.size >= MAX_PEOPLE) return;
      const entry = byName.get(name) ?? { people: new Map(), files: new Set() };
      byName.set(name, entry);
      entry.files.add(value);
      if (person !== null) entry.people.set(person.email, person.name);
    } else wrong('neither N: nor F:');
  });
  const entries = [...byName].map(([name, { people, files }]) => ({
    name,
    maintainers: [...people].map(([email, called]) => ({ name: called, email })),
    reviewers: [],
    lists: [],
    status: [],
    trees: [],
    files: [...files],
    excluded: [],
    pathRegexes: [],
    contentRegexes: [],
    links: [],
  }));
  return { entries, problems };
}
