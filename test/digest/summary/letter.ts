import type { Letter } from '../../../src/digest/letter/letter.js';

/** A letter that holds nothing but what is given. */
export function letterOf(intro: string, patches: readonly string[] = []): Letter {
  return {
    intro,
    changelog: [],
    shortlog: patches.map((title) => ({ author: 'Ada Example', title })),
    diffstat: null,
    previousVersions: [],
    links: [],
    base: null,
    changeId: null,
    supersedes: [],
    bodyVersion: null,
    pullFrom: null,
    problems: [],
  };
}
