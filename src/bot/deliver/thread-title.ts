import type { PartContent } from '../../digest/plan/part-content.js';
import { oneLine, shorten } from '../../digest/text/inert.js';

/** Discord takes no more. */
const MOST_CHARACTERS = 100;

/** The name of a digest's thread: `Digest of 16 November: kvm, mm`, by the date where it is read; that of a series its title. */
export function threadTitle(content: PartContent, zone: string): string {
  if (content.kind === 'notice') return 'covernote';
  if (content.kind === 'news') return shorten(oneLine(content.of.title), MOST_CHARACTERS);
  const day = new Intl.DateTimeFormat('en-GB', { timeZone: zone, day: 'numeric', month: 'long' });
  const slugs = content.groups.map((group) => group.subsystem.slug);
  const more = slugs.length > 4 ? ` +${slugs.length - 4}` : '';
  const where = slugs.length === 0 ? '' : `: ${slugs.slice(0, 4).join(', ')}${more}`;
  return `Digest of ${day.format(Date.parse(content.window.until))}${where}`;
}
