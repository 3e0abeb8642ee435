import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv, type ValidateFunction } from 'ajv';
import type { Json } from './world.js';

const SCHEMA = fileURLToPath(
  new URL('../../../../shared/specs/slack-webapi-blocks.schema.json', import.meta.url),
);

/** Without Slack's typings as a schema, which do not ship with covernote, the documented limits alone are held to. */
const hasSchema = existsSync(SCHEMA);

const validators = new Map<string, ValidateFunction | null>();
let ajv: Ajv | null = null;
let roots: Readonly<Record<string, string>> = {};

function validatorOf(target: string): ValidateFunction | null {
  if (!hasSchema) return null;
  if (ajv === null) {
    const schema = JSON.parse(readFileSync(SCHEMA, 'utf8')) as { roots: Record<string, string> };
    roots = schema.roots;
    ajv = new Ajv({ strict: false, allErrors: false });
    ajv.addSchema(schema, 'slack');
  }
  let validator = validators.get(target);
  if (validator === undefined) {
    const ref = roots[target];
    validator = ref === undefined ? null : ajv.compile({ $ref: `slack${ref}` });
    validators.set(target, validator);
  }
  return validator;
}

/** What Slack's schema says against a call's arguments, blocks, a modal or a home; empty if nothing. */
export function schemaProblems(target: string, value: unknown): string[] {
  const validator = validatorOf(target);
  if (validator === null || validator(value) === true) return [];
  const [error] = validator.errors ?? [];
  return [`${target}: ${error?.instancePath ?? ''} ${error?.message ?? 'is refused'}`];
}

interface Text {
  readonly type: string;
  readonly text: string;
  readonly verbatim?: boolean;
}

/** Every text object within blocks or a view. */
export function textsIn(value: unknown): Text[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [];
  const found = value as Record<string, unknown>;
  const own =
    (found.type === 'mrkdwn' || found.type === 'plain_text') && typeof found.text === 'string'
      ? [found as unknown as Text]
      : [];
  return [...own, ...Object.values(found).flatMap(textsIn)];
}

/** What the documents say and the schema does not: unique ids, texts that say something, no mentions. */
export function documentedProblems(blocks: readonly Json[]): string[] {
  const problems: string[] = [];
  const ids = blocks.map((block) => block.block_id).filter((id) => id !== undefined);
  if (new Set(ids).size !== ids.length) problems.push(`block_id is not unique: ${ids.join(', ')}`);
  for (const block of blocks) {
    const elements = Array.isArray(block.elements) ? (block.elements as Json[]) : [];
    const actions = elements.map((one) => one.action_id).filter((id) => id !== undefined);
    if (new Set(actions).size !== actions.length)
      problems.push(`action_id is not unique: ${actions.join(', ')}`);
    if (block.type === 'section' && block.text === undefined && block.fields === undefined)
      problems.push('a section without text or fields');
    for (const list of [block.elements, block.fields])
      if (Array.isArray(list) && list.length === 0) problems.push(`${String(block.type)}: an empty list`);
  }
  for (const { text } of textsIn(blocks)) {
    if (text.trim() === '') problems.push('a text without a word');
    if (!text.isWellFormed()) problems.push('half a surrogate pair');
  }
  return problems;
}

/** Who would be notified, by Slack's rules for a text object or a message's `text`. */
export function mentionsIn(text: string, parsed: boolean): string[] {
  const explicit = [...text.matchAll(/<[!@#][^>]*>/g)].map(([mention]) => mention);
  const implied = parsed
    ? [...text.matchAll(/@(?:channel|here|everyone)\b/g)].map(([mention]) => mention)
    : [];
  return [...explicit.filter((mention) => !mention.startsWith('<!date^')), ...implied];
}

/** What is against the rules of a message that the app wants to post. */
export function messageProblems(method: string, args: Json): string[] {
  const { text, blocks } = args;
  const list = Array.isArray(blocks) ? (blocks as Json[]) : [];
  const problems = documentedProblems(list);
  if (list.length > 0 && (typeof text !== 'string' || text.trim() === ''))
    problems.push('blocks without a fallback text');
  if (typeof text === 'string' && text.length > 4000) problems.push(`text of ${text.length} characters`);
  if (method === 'chat.postMessage' && (args.unfurl_links !== false || args.unfurl_media !== false))
    problems.push('unfurls are on');
  if (args.reply_broadcast === true) problems.push('broadcast from a thread');
  if (args.link_names === true || args.parse === 'full') problems.push('names in the text become mentions');
  const mentions = [
    ...mentionsIn(typeof text === 'string' ? text : '', method === 'chat.update' && args.parse !== 'none'),
    ...textsIn(list).flatMap((one) =>
      one.type === 'mrkdwn' ? mentionsIn(one.text, one.verbatim !== true) : [],
    ),
  ];
  if (mentions.length > 0) problems.push(`mentions: ${mentions.join(' ')}`);
  // Labels of buttons are not text of the message.
  const read = list.filter((block) => block.type !== 'actions');
  const length = textsIn(read).reduce((sum, one) => sum + one.text.length, 0);
  if (length > 13_200) problems.push(`msg_blocks_too_long: ${length}`);
  return problems.map((problem) => `${method}: ${problem}`);
}

const USED = [
  'chat.postMessage',
  'chat.update',
  'chat.postEphemeral',
  'chat.unfurl',
  'views.open',
  'views.publish',
  'conversations.history',
  'conversations.replies',
  'conversations.open',
  'blocks',
];

/** Compiles what calls are held to before the first comes: it takes longer than a short time-out. */
export function prepareSchemas(): void {
  for (const target of USED) validatorOf(target);
}
