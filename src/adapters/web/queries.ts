import { z } from 'zod';
import { stateNames } from '../../digest/claims/claim.js';
import { UserError } from '../../digest/failure/failure.js';
import { type TableOrder, tableOrders } from '../../digest/ports/public-library.js';

/** The query parameters. The API's description is generated from these. */

const page = z.coerce.number().int().min(1).max(1_000).default(1).describe('The page of results, from 1.');

const MOST_FOLLOWS = 10;
const follow = z
  .array(z.string().trim().min(1).max(2_000))
  .max(MOST_FOLLOWS)
  .describe(
    'What is followed, in the grammar of /follow, such as `kvm -kind:rfc`; may be given several times.',
  );

const moment = (describes: string) => z.string().trim().max(40).default('').describe(describes);

const limit = z.coerce.number().int().min(1).max(50).default(20).describe('How many on a page.');

export const searchQuery = z.object({
  q: z
    .string()
    .trim()
    .max(300)
    .default('')
    .describe('Words, filters, a Message-ID or a link, as /series takes them.'),
  page,
  limit,
});

export const digestQuery = z.object({
  follow: follow.default([]),
  since: moment('Received from this moment on: `2026-11-09`, `7d`. A day before `until` by default.'),
  until: moment('Received before this moment. Now by default.'),
  max: z.coerce.number().int().min(1).max(50).default(12).describe('How many series a section may show.'),
});

export const boardQuery = z.object({
  q: z
    .string()
    .trim()
    .max(300)
    .default('')
    .describe('A subsystem and filters, as /board takes them; everything by default.'),
  page,
  limit,
});

export const feedQuery = z.object({ follow: follow.min(1) });

export const subsystemsQuery = z.object({
  q: z.string().trim().max(200).default('').describe('Words of a name, a slug, or the address of a list.'),
  page,
});

export const versionQuery = z.object({ version: z.string().max(40).optional() });
export const pairQuery = z.object({ from: z.string().max(40), to: z.string().max(40) });

const sorts = tableOrders.flatMap((order) => [order, `-${order}` as const]);

export const tableQuery = z.object({
  state: z.enum(['open', ...stateNames, 'all']).default('open'),
  sort: z.enum(sorts).default('-updated'),
  q: z.string().trim().max(100).default(''),
  page,
});

/** `-updated`: descending. */
export function readSort(sort: z.output<typeof tableQuery>['sort']) {
  const order: TableOrder = tableOrders.find((one) => sort.endsWith(one)) ?? 'updated';
  return { order, descending: sort.startsWith('-') };
}

/** Reads the parameters of an address; those that are repeated as a list where the schema has one. Throws UserError. */
export function readQuery<T extends z.ZodObject>(schema: T, given: URLSearchParams): z.output<T> {
  const values = Object.entries(schema.shape).flatMap(([name, field]) => {
    const all = given.getAll(name).filter((value) => value.trim() !== '');
    if (all.length === 0) return [];
    return [[name, isList(field) ? all : all.at(-1)] as const];
  });
  const read = schema.safeParse(Object.fromEntries(values));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new UserError(
    'usage',
    `${String(issue?.path[0] ?? 'The address')}: ${issue?.message ?? 'is not valid'}.`,
    'Correct the address, or begin at the start page.',
  );
}

function isList(field: unknown): boolean {
  return field instanceof z.ZodArray || (field instanceof z.ZodDefault && isList(field.unwrap()));
}
