import type { PartContent } from '../../digest/plan/part-content.js';
import { openZone } from '../../digest/time/zone.js';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** The name of a digest's thread: `Digest of 16 November: kvm, mm`, by the date where it is read. */
export function threadTitle(content: PartContent, zone: string): string {
  if (content.kind === 'notice') return 'covernote';
  const local = openZone(zone).localTime(Date.parse(content.window.until));
  const slugs = content.groups.map((group) => group.subsystem.slug);
  const more = slugs.length > 4 ? ` +${slugs.length - 4}` : '';
  const where = slugs.length === 0 ? '' : `: ${slugs.slice(0, 4).join(', ')}${more}`;
  return `Digest of ${local.day} ${MONTHS[local.month - 1]}${where}`;
}
