import { editDistance } from '../text/edit-distance.js';
import { byWord, words } from '../text/words.js';
import { isZone } from '../time/zone.js';

/** A named zone, or what may have been meant. */
export type NamedZone =
  | { readonly kind: 'zone'; readonly zone: string }
  /** It names no zone that follows a place's clocks. `suggestions`: IANA names, best first; may be empty. */
  | { readonly kind: 'unknown'; readonly message: string; readonly suggestions: readonly string[] };

/** Abbreviations name an offset, not a place: they would be an hour off for half of the year. */
const ABBREVIATED = byWord({
  'America/Los_Angeles': 'pst pdt pt',
  'America/Denver': 'mst mdt',
  'America/Chicago Asia/Shanghai': 'cst',
  'America/Chicago': 'cdt',
  'America/New_York': 'est edt et',
  'Europe/London': 'bst',
  'Europe/Lisbon': 'wet west',
  'Europe/Berlin Europe/Paris': 'cet cest',
  'Europe/Helsinki': 'eet eest',
  'Europe/Moscow': 'msk',
  'Asia/Kolkata': 'ist',
  'Asia/Tokyo': 'jst',
  'Asia/Seoul': 'kst',
  'Australia/Sydney': 'aest aedt',
  'Pacific/Honolulu': 'hst',
});

/** Names that ICU's list still writes the old way. */
const RENAMED: Readonly<Record<string, string>> = {
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Europe/Kiev': 'Europe/Kyiv',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Godthab': 'America/Nuuk',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
};

/** Every IANA zone that is in use, and UTC; sorted. */
const ZONE_NAMES: readonly string[] = [
  ...new Set([...Intl.supportedValuesOf('timeZone').map((zone) => RENAMED[zone] ?? zone), 'UTC']),
].sort();

const plain = (name: string): string => name.toLowerCase().replaceAll(/[ -]/g, '_');
const cityOf = (zone: string): string => plain(zone.slice(zone.lastIndexOf('/') + 1));

/** The zone that a text names: `Europe/Berlin`, `europe/berlin`, `berlin`, `New York`, `UTC`. */
export function readZone(typed: string): NamedZone {
  const name = plain(typed.trim()).slice(0, 60);
  if (['utc', 'gmt', 'z', 'etc/utc', 'zulu'].includes(name)) return { kind: 'zone', zone: 'UTC' };
  const exact = ZONE_NAMES.find((zone) => plain(zone) === name);
  if (exact !== undefined) return { kind: 'zone', zone: exact };
  const abbreviated = ABBREVIATED.get(name);
  if (abbreviated !== undefined)
    return {
      kind: 'unknown',
      message: `${name.toUpperCase()} names an offset, which is an hour wrong for half of the year; name a city instead`,
      suggestions: words(abbreviated),
    };
  if (/^(?:utc|gmt)?[+-]\d{1,2}(?::?\d\d)?$/.test(name))
    return {
      kind: 'unknown',
      message: 'an offset has no daylight saving time; name a city instead',
      suggestions: ['Europe/Berlin', 'America/New_York', 'UTC'],
    };
  const cities = ZONE_NAMES.filter((zone) => cityOf(zone) === name);
  const [city] = cities;
  if (cities.length === 1 && city !== undefined) return { kind: 'zone', zone: city };
  const older = olderName(name);
  if (older !== null) return { kind: 'zone', zone: older };
  return {
    kind: 'unknown',
    message: 'there is no such time zone',
    suggestions: nearZones(name),
  };
}

/** `europe/kiev`, `us/pacific`, `japan`: aliases keep working, and are shown as the zone that they stand for. */
function olderName(name: string): string | null {
  if (!/^[a-z][a-z0-9_+/-]{1,59}$/.test(name) || !isZone(name)) return null;
  const zone = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  return RENAMED[zone] ?? zone;
}

/** Zones with similar names, closest first, at most three. */
function nearZones(name: string): string[] {
  const word = cityOf(name);
  const far = Math.min(3, Math.max(1, Math.floor(word.length / 3)));
  return ZONE_NAMES.map((zone) => {
    const city = cityOf(zone);
    const begins = word.length >= 3 && city.startsWith(word);
    return { zone, distance: begins ? 0.5 : editDistance(word, city, far) };
  })
    .filter(({ distance }) => distance <= far)
    .sort((a, b) => a.distance - b.distance || (a.zone < b.zone ? -1 : 1))
    .slice(0, 3)
    .map(({ zone }) => zone);
}

/** What a half-typed zone may become: at most `limit`, those that begin with it first. */
export function suggestZones(typed: string, limit: number): string[] {
  const name = plain(typed.trim());
  const rank = (zone: string): number => {
    if (cityOf(zone).startsWith(name) || plain(zone).startsWith(name)) return 0;
    return plain(zone).includes(name) ? 1 : 2;
  };
  return ZONE_NAMES.map((zone) => ({ zone, rank: rank(zone) }))
    .filter((one) => one.rank < 2)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, limit)
    .map(({ zone }) => zone);
}
