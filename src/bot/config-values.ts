import { isIP } from 'node:net';
import { z } from 'zod';
import { databasePlace } from '../adapters/store/database-url.js';
import { UserError } from '../digest/failure/failure.js';
import { botSubjects } from '../digest/mail/bots.js';
import { oneLine, shorten } from '../digest/text/inert.js';
import { readSource } from './sources/read-source.js';

/** The kinds of values that variables hold. */

export const anything = z.string();
export const webUrl = z.url({ protocol: /^https?$/ });
const isWebUrl = (text: string): boolean => webUrl.safeParse(text).success;
export const wholeNumber = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number);
export const onOff = z.stringbool({ truthy: ['1', 'true', 'on', 'yes'], falsy: ['0', 'false', 'off', 'no'] });

/** Sent in a request header, so no character may end it. */
export const contact = z
  .string()
  .regex(/^[\x21-\x27\x2a-\x7e]{3,200}$/)
  .refine((text) => text.includes('@') || isWebUrl(text));

export const linkTemplate = z
  .string()
  .refine((text) => text.includes('{id}') && isWebUrl(text.replace(/\{(?:id|list)\}/g, 'x')));

/** Three parts; the first is the application's id in base64. A client secret or public key has none. */
export const discordToken = z
  .string()
  .regex(/^[\w-]+\.[\w-]+\.[\w-]+$/)
  .refine((text) => /^\d{15,22}$/.test(Buffer.from(text.split('.')[0] ?? '', 'base64').toString('latin1')));

export const pathOrWebUrl = z
  .string()
  .refine((text) => !/^[a-z][a-z0-9+.-]*:\/\//i.test(text) || isWebUrl(text));

/** A file with its scheme, or a server; a bare path is a mistake in a variable that is a URL. */
export function isDatabaseUrl(text: string): boolean {
  try {
    return databasePlace(text).engine === 'postgres' || /^sqlite:./.test(text);
  } catch {
    return false;
  }
}

export const hostName = z
  .string()
  .refine((text) => isIP(text) !== 0 || (/^[a-z0-9_.-]{1,253}$/i.test(text) && !/^[\d.]+$/.test(text)));

/** Paths are put behind it. */
export const publicUrl = webUrl.refine((text) => {
  // Zod runs this also where the check before it failed.
  if (!URL.canParse(text)) return false;
  const { search, hash, username } = new URL(text);
  return search === '' && hash === '' && username === '';
});

/** An address, or a network as `10.0.0.0/8`. */
export const network = z.string().refine((text) => {
  const [address = '', bits, ...more] = text.split('/');
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 6 ? 128 : 32));
});

/** A variable that may be set: what it must be, the words for a wrong value, and what to write instead. */
export function setting<T>(
  schema: z.ZodType<T, string>,
  message: string,
  remedy: string,
  { secret = false }: { readonly secret?: boolean } = {},
) {
  return z
    .string()
    .transform((value, ctx): T => {
      const read = schema.safeParse(value);
      if (read.success) return read.data;
      ctx.addIssue(problem(secret ? message : `${message} (“${shown(value)}”)`, remedy));
      return z.NEVER;
    })
    .optional();
}

/** As it may be printed: a URL without its user and password. */
function shown(value: string): string {
  return shorten(oneLine(value.replace(/\/\/[^/?#\s]*@/g, '//')), 60);
}

export function problem(message: string, remedy: string) {
  return { code: 'custom' as const, message, params: { remedy } };
}

/** What `readSource` has to say of each entry. */
export const sourceList = z
  .string()
  .transform((text, ctx): readonly string[] => {
    const sources = text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '');
    for (const source of sources) {
      try {
        readSource(source);
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        ctx.addIssue(problem(`can't be used: ${clause(error.message)}`, clause(error.remedy)));
      }
    }
    return sources;
  })
  .optional();

/** A sentence as part of another one. */
function clause(sentence: string): string {
  return sentence.replace(/\.$/, '').replace(/^(?:The|Write) /, (word) => word.toLowerCase());
}

export const commaList = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
);

/** `ci@example.org=ci`: an address, or a domain as `*@example.org`, and what its mail is about. */
export const botSetting = z
  .string()
  .regex(/^[^\s@,=]{1,64}@[^\s@,=*]{1,255}=[a-z-]{1,30}$/)
  .transform((text) => ({
    address: text.slice(0, text.indexOf('=')),
    says: text.slice(text.indexOf('=') + 1),
  }))
  .pipe(z.object({ address: z.string(), says: z.enum(botSubjects) }));
