import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { commandProblems, messageProblems } from './limits.js';
import { schemaProblems } from './validate.js';

const SEND = 'POST /channels/{channel_id}/messages';
const PUT = 'PUT /applications/{application_id}/commands';
const V2 = 32_768;
const text = (content: string) => ({ type: 10, content });
const button = (id: string) => ({ type: 2, style: 2, label: 'x', custom_id: id });
const quiet = { allowed_mentions: { parse: [] } };

describe('the loopback Discord refuses', () => {
  it.each<[string, object]>([
    ['a field that Discord does not know', { contents: 'x' }],
    ['a nonce of 26 characters', { content: 'x', nonce: 'x'.repeat(26) }],
    ['an id that is none', { content: 'x', sticker_ids: ['abc'] }],
    [
      'a label of 81 characters',
      { components: [{ type: 1, components: [{ ...button('a'), label: 'x'.repeat(81) }] }] },
    ],
    [
      'six buttons in a row',
      { components: [{ type: 1, components: [1, 2, 3, 4, 5, 6].map((n) => button(`${n}`)) }] },
    ],
    ['an empty text', { flags: V2, components: [text('')] }],
  ])('%s, by the description of its API', (_, body) => {
    expect(schemaProblems(SEND, body)).not.toEqual([]);
  });

  it.each<[string, object]>([
    ['content of 2001 characters', { content: 'x'.repeat(2001) }],
    ['embeds of more than 6000', { embeds: [1, 2].map(() => ({ description: 'x'.repeat(3001) })) }],
    ['an empty message', {}],
    [
      '41 components, counted through nesting',
      { flags: V2, components: [{ type: 17, components: Array.from({ length: 40 }, () => text('x')) }] },
    ],
    ['texts of more than 4000', { flags: V2, components: [text('x'.repeat(4000)), text('x')] }],
    ['a custom_id twice', { components: [{ type: 1, components: [button('a'), button('a')] }] }],
    ['content beside components V2', { flags: V2, content: 'x', components: [text('x')] }],
    ['components V2 without their flag', { components: [text('x')] }],
    [
      'a link button with a custom_id',
      { components: [{ type: 1, components: [{ ...button('a'), style: 5 }] }] },
    ],
  ])('%s, by the documented limits', (_, body) => {
    expect(messageProblems({ ...body, ...quiet })).not.toEqual([]);
  });

  it('what could mention somebody', () => {
    expect(messageProblems({ content: 'x' })).toEqual(['no allowed_mentions: anybody could be mentioned']);
    expect(messageProblems({ content: 'x', ...quiet })).toEqual([]);
  });

  it.each<[string, readonly Record<string, unknown>[]]>([
    ['a name in capitals', [{ name: 'Series' }]],
    ['a name twice', [{ name: 'a' }, { name: 'a' }]],
    [
      'a required option after a free one',
      [{ name: 'a', options: [{ name: 'b' }, { name: 'c', required: true }] }],
    ],
    ['101 commands', Array.from({ length: 101 }, (_, i) => ({ name: `c${i}` }))],
    [
      '8000 characters',
      [
        {
          name: 'a',
          options: Array.from({ length: 90 }, (_, i) => ({ name: `o${i}`, description: 'x'.repeat(100) })),
        },
      ],
    ],
  ])('commands with %s', (_, commands) => {
    expect(commandProblems(commands)).not.toEqual([]);
  });

  it('a command without a description of its own form', () => {
    expect(schemaProblems(PUT, [{ name: 'a', type: 1, options: [{ type: 3, name: 'b' }] }])).not.toEqual([]);
    expect(
      schemaProblems(PUT, [{ name: 'a', type: 1, description: 'x', default_member_permissions: '16' }]),
    ).toEqual([]);
  });
});

const SOURCE = fileURLToPath(new URL('../../../../shared/specs/discord-openapi.json', import.meta.url));

describe.skipIf(!existsSync(SOURCE))('the description (skipped without ../shared)', () => {
  it('is Discord’s own, unchanged', () => {
    const whole = JSON.parse(readFileSync(SOURCE, 'utf8'));
    const ours = JSON.parse(readFileSync(new URL('./spec/requests.json', import.meta.url), 'utf8'));
    for (const [name, schema] of Object.entries(ours.schemas))
      expect(schema).toEqual(whole.components.schemas[name]);
    for (const [operation, schema] of Object.entries(ours.operations)) {
      const [method = '', path = ''] = operation.split(' ');
      const { requestBody } = whole.paths[path][method.toLowerCase()];
      expect(schema).toEqual(requestBody.content['application/json'].schema);
    }
  });
});
