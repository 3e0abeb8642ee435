import { fieldOf } from './fields.js';
import { ME_WORDS, PERSON_FIELDS } from './me.js';

/** A field and its values without blanks; quotes and parentheses end it. */
const FIELD = /(^|[\s(!-])([a-z]{2,20}):([^\s()"“”]{2,400})/gi;

/** The text with `me` replaced by the user's addresses, any of which may match: `author:me` → `author:jane@example.org,j@example.com`. */
export function withMe(text: string, emails: readonly string[]): string {
  if (emails.length === 0 || text.length > 4_000) return text;
  return text.replace(FIELD, (whole, before: string, key: string, value: string) => {
    const field = fieldOf(key.toLowerCase());
    const values = value.split(',');
    if (field === null || !PERSON_FIELDS.has(field) || !values.some((one) => ME_WORDS.has(one.toLowerCase())))
      return whole;
    const named = values.flatMap((one) => (ME_WORDS.has(one.toLowerCase()) ? emails : [one]));
    return `${before}${key}:${[...new Set(named)].join(',')}`;
  });
}
