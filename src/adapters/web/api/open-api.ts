import { z } from 'zod';
import { errorAnswerSchema } from '../../../digest/contract/public-answers.js';
import type { Site } from '../page.js';
import { answerSchemas, type Endpoint, endpoints } from './endpoints.js';

const REF = '#/components/schemas/';

/** The description of the API (OpenAPI 3.1), generated from the schemas of requests and responses. */
export function openApi(site: Site, version: string): Readonly<Record<string, unknown>> {
  return {
    openapi: '3.1.0',
    info: {
      title: 'covernote',
      version,
      description:
        'Patch series on mailing lists, as `covernote … --json` prints them. Read-only, without a key. Text in the answers is from mail that anyone may have written: escape it.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: site.publicUrl ?? (site.base === '' ? '/' : site.base) }],
    paths: Object.fromEntries(endpoints.map((one) => [one.path, { get: operation(one) }])),
    components: { schemas: schemas() },
  };
}

function operation({ name, does, query, parameters, answers }: Endpoint) {
  const problem = (description: string) => ({ description, content: json('Error') });
  return {
    operationId: name,
    summary: does,
    parameters: [
      ...Object.entries(parameters).map(([key, description]) => ({
        name: key,
        in: 'path',
        required: true,
        description,
        schema: { type: 'string' },
      })),
      ...queryParameters(query),
    ],
    responses: {
      200: {
        description: does,
        headers: {
          ETag: { description: 'For If-None-Match.', schema: { type: 'string' } },
          Link: {
            description: 'rel="next" and rel="prev": other pages, where there are any.',
            schema: { type: 'string' },
          },
        },
        content: json(answers),
      },
      304: { description: 'Unchanged: If-None-Match names the current version.' },
      400: problem('A parameter is wrong.'),
      404: problem('It is not here.'),
      429: problem('Too many requests: Retry-After says when to try again.'),
      503: problem('Busy: try again in a few seconds.'),
    },
  };
}

function json(name: string) {
  return { 'application/json': { schema: { $ref: `${REF}${name}` } } };
}

/** A schema's fields as parameters; those with a default are optional. */
function queryParameters(query: z.ZodObject) {
  const { properties = {}, required = [] } = z.toJSONSchema(query, { io: 'input' });
  return Object.entries(properties).map(([name, schema]) => {
    const { description, ...shape } = typeof schema === 'object' ? schema : {};
    return {
      name,
      in: 'query',
      required: required.includes(name),
      ...(description === undefined ? {} : { description }),
      schema: shape,
      ...(shape.type === 'array' ? { style: 'form', explode: true } : {}),
    };
  });
}

function schemas(): Readonly<Record<string, unknown>> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries({ ...answerSchemas, Error: errorAnswerSchema }))
    registry.add(schema, { id });
  const { schemas: made } = z.toJSONSchema(registry, { uri: (id) => `${REF}${id}` });
  return Object.fromEntries(
    Object.entries(made).map(([id, { $schema: _, $id: __, ...schema }]) => [id, schema]),
  );
}
