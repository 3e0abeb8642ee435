import { z } from 'zod';
import { boardAnswerSchema, toBoardAnswer } from '../../../digest/contract/board-answer.js';
import { subsystemsAnswerSchema } from '../../../digest/contract/public-answers.js';
import {
  compareAnswerSchema,
  seriesAnswerSchema,
  seriesSchema,
  toSeriesAnswer,
} from '../../../digest/contract/series-answer.js';
import { whyAnswerSchema } from '../../../digest/contract/why-answer.js';
import { UserError } from '../../../digest/failure/failure.js';
import { digestSchema } from '../../../digest/plan/digest.js';
import { readWindow } from '../../../digest/schedule/received-window.js';
import type { SeriesRecord } from '../../../digest/series/record.js';
import { readPair } from '../named-versions.js';
import type { WebServices } from '../page.js';
import { boardQuery, digestQuery, searchQuery, subsystemsQuery } from '../queries.js';

/** One endpoint of the API. Its description is generated from this. */
export interface Endpoint<Q extends z.ZodObject = z.ZodObject> {
  /** `/api/series/{id}`. */
  readonly path: string;
  readonly name: string;
  readonly does: string;
  readonly query: Q;
  readonly parameters: Readonly<Record<string, string>>;
  /** The name of its schema in the description. */
  readonly answers: keyof typeof answerSchemas;
  readonly answer: (
    request: { readonly query: z.output<Q>; readonly parameters: Readonly<Record<string, string>> },
    services: WebServices,
  ) => Promise<ApiAnswer>;
}

interface ApiAnswer {
  readonly body: unknown;
  /** Whether there is a page after this one. */
  readonly hasMore?: boolean;
}

export const answerSchemas = {
  Series: seriesSchema,
  SeriesAnswer: seriesAnswerSchema,
  Comparison: compareAnswerSchema,
  Why: whyAnswerSchema,
  Digest: digestSchema,
  Board: boardAnswerSchema,
  Subsystems: subsystemsAnswerSchema,
};

const nothing = z.object({});
const ID = 'A series’ id, or the Message-ID of any of its mails.';
const PAGE_ROWS = 150;

function endpoint<Q extends z.ZodObject>(one: Endpoint<Q>): Endpoint {
  // Each is called with the result of its own schema.
  return one as unknown as Endpoint;
}

export const endpoints: readonly Endpoint[] = [
  endpoint({
    path: '/api/series',
    name: 'searchSeries',
    does: 'Finds series, the best match first',
    query: searchQuery,
    parameters: {},
    answers: 'SeriesAnswer',
    async answer({ query: { q, page, limit } }, { library }) {
      if (q === '') throw new UserError('usage', 'q is missing.', 'For example /api/series?q=foll_pin.');
      const { matches, hasMore } = await library.search(q, { page, limit });
      return { body: { query: q, matches: matches.map(toSeriesAnswer) }, hasMore };
    },
  }),
  endpoint({
    path: '/api/series/{id}',
    name: 'getSeries',
    does: 'One series',
    query: nothing,
    parameters: { id: ID },
    answers: 'Series',
    answer: async ({ parameters }, services) => ({
      body: toSeriesAnswer(await seriesNamed(services, parameters.id)),
    }),
  }),
  endpoint({
    path: '/api/series/{id}/diff/{versions}',
    name: 'compareVersions',
    does: 'What changed between two versions of a series',
    query: nothing,
    parameters: { id: ID, versions: 'Two versions: `v1..v3`, `rfc-v2..v1`.' },
    answers: 'Comparison',
    async answer({ parameters: { id, versions = '' } }, services) {
      const series = await seriesNamed(services, id);
      const comparison = await services.library.compare(series, readPair(versions));
      return { body: compareAnswerSchema.parse({ query: series.id, comparison }) };
    },
  }),
  endpoint({
    path: '/api/series/{id}/why',
    name: 'whySeries',
    does: 'Why the mails of a series are one piece of work, and what its state was read from',
    query: nothing,
    parameters: { id: ID },
    answers: 'Why',
    async answer({ parameters: { id } }, services) {
      const series = await seriesNamed(services, id);
      const why = await services.library.why(series);
      return { body: whyAnswerSchema.parse({ query: series.id, matches: [why] }) };
    },
  }),
  endpoint({
    path: '/api/digest',
    name: 'getDigest',
    does: 'A digest of what was received in a window, for what is followed',
    query: digestQuery,
    parameters: {},
    answers: 'Digest',
    async answer({ query: { follow, since, until, max } }, { library, site, now }) {
      const follows = follow.map((typed) => library.readFollow(typed));
      const setting = { nowMs: now(), newestMail: await library.newestMail(), zone: site.zone };
      const window = readWindow({ since, until }, setting);
      return { body: digestSchema.parse(await library.digest({ follows, window, budget: max })) };
    },
  }),
  endpoint({
    path: '/api/board',
    name: 'getBoard',
    does: 'What waits for whom, what waits longest first',
    query: boardQuery,
    parameters: {},
    answers: 'Board',
    async answer({ query: { q, page, limit } }, { library }) {
      const { waiting } = await library.waiting(q);
      const end = page * limit;
      return { body: toBoardAnswer(q, waiting.slice(end - limit, end)), hasMore: waiting.length > end };
    },
  }),
  endpoint({
    path: '/api/subsystems',
    name: 'listSubsystems',
    does: 'What can be followed, those with most series first',
    query: subsystemsQuery,
    parameters: {},
    answers: 'Subsystems',
    async answer({ query: { q, page } }, { library }) {
      const { subsystems } = await library.followable(q);
      const end = page * PAGE_ROWS;
      const body = subsystemsAnswerSchema.parse(subsystems.slice(end - PAGE_ROWS, end));
      return { body, hasMore: subsystems.length > end };
    },
  }),
];

async function seriesNamed({ library }: WebServices, id = ''): Promise<SeriesRecord> {
  const series = await library.series(id);
  if (series !== null) return series;
  throw new UserError('no-series', 'That series is not here.', 'Look for it with /api/series?q=WORDS.');
}
