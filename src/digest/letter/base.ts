import { withoutTail } from '../text/without-tail.js';
import type { Base } from './letter.js';
import { lineAt, type Page } from './page.js';

interface BaseRead extends Base {
  readonly changeId: string | null;
}

/** `base-commit: …` and similar, alone on a line. */
const NOTE =
  /^(base-commit|base-tree|base-branch|base-version|base|change-id|prerequisite-(?:change-id|patch-id|message-id)|based-on):\s+(\S.*)$/i;

/** Reads and claims the lines that tools write for tools: base-commit, base-tree, change-id, prerequisites. */
export const readBase = (page: Page): BaseRead => {
  let commit: string | null = null;
  let tree: string | null = null;
  let changeId: string | null = null;
  for (let at = 0; at < page.lines.length; at += 1) {
    const line = lineAt(page, at);
    if (page.roles[at] !== 'prose' || (page.indents[at] ?? 0) > 3 || !line.includes(': ')) continue;
    const note = NOTE.exec(line.trim());
    const value = note?.[2]?.trim() ?? '';
    const name = note?.[1]?.toLowerCase();
    if (name === undefined) continue;
    if (name === 'base-commit') {
      if (!/^[0-9a-f]{7,40}\b/i.test(value)) continue;
      commit ??= value.split(/\s/, 1)[0] ?? null;
      // Tools write the letter's own at its end; what is above it belongs to another series, named as a dependency.
    } else if (name === 'change-id') changeId = /^\S+$/.test(value) ? value : changeId;
    else if (name.startsWith('base')) {
      // `Base: axboe/for-next`, but not `Base: the lock of the page`.
      if ((name === 'base' || name === 'based-on') && !isTree(value)) continue;
      tree ??= value;
    }
    page.roles[at] = 'base';
  }
  return { commit, tree, changeId };
};

const LEAD =
  /\b(?:based (?:up)?on(?: top of)?|rebased (?:up)?on(?:to)?(?: top of)?|appl(?:y|ies|ied)(?: cleanly)? (?:to|against|on(?: top of)?)|on top of|diffed against|(?:made|generated|is|are) against)(?:\s+|$)/i;

/** Every lead has one of them; checking for them first is much cheaper. */
const LEAD_WORDS = ['ased', 'ppl', 'top of', 'against'];

const FILLER =
  /^(?:[\w-]+['’]s?|the|latest|current|today's|recent|a|my|his|upstream|kernel|linux|torvalds'|linus'?s?|branch|tree|tag|commit|`|')$/i;

/**
 * A tree named in prose: `applies on top of kvm/queue`, `based on v5.10-rc2`. null if none looks like a tree's name. Call it when the changelog
 * is claimed: `rebased onto v5.5-rc1` in an old entry says nothing about this version.
 */
export const findTree = (page: Page): string | null => {
  for (let at = 0; at < page.lines.length; at += 1) {
    if (page.roles[at] !== 'prose') continue;
    const line = lineAt(page, at);
    if (!LEAD_WORDS.some((word) => line.includes(word))) continue;
    const lead = LEAD.exec(line.length > 400 ? line.slice(0, 400) : line);
    if (lead === null) continue;
    const rest = `${line.slice(lead.index + lead[0].length)} ${page.roles[at + 1] === 'prose' ? lineAt(page, at + 1) : ''}`;
    const tree = treeName(rest);
    if (tree !== null) return tree;
  }
  return null;
};

const treeName = (text: string): string | null => {
  const words = text.trim().slice(0, 200).split(/\s+/).slice(0, 6);
  for (const word of words) {
    const name = withoutTail(word.replace(/^["'`([]+/, ''), '"\'`)],.;:');
    if (isTree(name)) return name;
    if (!FILLER.test(name)) return null;
  }
  return null;
};

const isTree = (name: string): boolean => {
  if (name.length > 80 || /^https?:|@/.test(name)) return false;
  if (/^v?\d+\.\d+(?:\.\d+)?(?:-rc\d+)?(?:-\w+)?$/.test(name)) return true;
  if (
    /^(?:mainline|master|linux-next|mmotm(?:-[\d-]{8,20})?|mm-(?:un)?stable|mm-new|mm-everything(?:-[\d-]{8,20})?|(?:[\w.]+-)*next(?:-\d{6,8})?)$/i.test(
      name,
    )
  )
    return true;
  return /^[a-z][\w.-]*\/[\w./-]+$/i.test(name) && !/\.[chS]$|\.{3}/.test(name);
};
