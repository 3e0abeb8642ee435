import type { RawEntry } from './changelog.js';
import type { Page } from './page.js';
import type { PreviousVersion } from './types.js';

/** The earlier versions that the text names, as links or Message-IDs. `current` is the letter's own version. */
export const readPreviousVersions = (
  _page: Page,
  _raw: readonly RawEntry[],
  _current: number,
): PreviousVersion[] => [];
