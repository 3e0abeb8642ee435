import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

/** The request bodies of Discord's own OpenAPI description (v10, MIT), cut down to the requests that a bot like ours makes. */
interface Requests {
  readonly operations: Readonly<Record<string, object>>;
  readonly schemas: Readonly<Record<string, object>>;
}

const requests: Requests = JSON.parse(readFileSync(new URL('./spec/requests.json', import.meta.url), 'utf8'));

const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true });
addFormats.default(ajv);
ajv.addFormat('snowflake', /^\d{17,20}$/);
ajv.addFormat('nonce', true);
ajv.addSchema({ $id: 'discord:', components: { schemas: closed(requests.schemas) } });

/** A field that Discord does not know is one that we misspelt. */
function closed(schemas: Requests['schemas']): object {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [
      name,
      'properties' in schema && !('allOf' in schema) && !('additionalProperties' in schema)
        ? { ...schema, additionalProperties: false }
        : schema,
    ]),
  );
}

/** Compiled before the first request: that takes a second, and a client counts it. */
const compiled = new Map<string, ValidateFunction>(
  Object.entries(requests.operations).map(([operation, schema]) => [operation, ajv.compile(rebased(schema))]),
);

/**
 * What a body has against the description; empty if all is well, or where the request takes no body. `operation`: `POST
 * /channels/{channel_id}/messages`.
 */
export function schemaProblems(operation: string, body: unknown): string[] {
  const validate = compiled.get(operation);
  if (validate === undefined || validate(wired(operation, body))) return [];
  return (validate.errors ?? []).slice(0, 8).map((error) => `${error.instancePath} ${error.message ?? ''}`);
}

function rebased(schema: object): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"discord:#/components/'));
}

/** The description says integer, the wire carries text. */
function wired(operation: string, body: unknown): unknown {
  if (!operation.endsWith('/commands') || !Array.isArray(body)) return body;
  return body.map((command: Record<string, unknown>) => {
    const bits = command.default_member_permissions;
    return typeof bits === 'string' ? { ...command, default_member_permissions: Number(bits) } : command;
  });
}
