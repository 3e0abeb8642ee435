import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OptionValue } from '../../../src/digest/ports/command.js';
import {
  type ChatTestScene,
  channel,
  jane,
  labelled,
  makeChatScene,
  member,
  textOf,
} from './chat/chat-scene.js';

let scene: ChatTestScene;
beforeEach(async () => {
  scene = await makeChatScene();
});
afterEach(async () => {
  expect(scene.bugs).toEqual([]);
  await scene.store.close();
});

const fill = (
  command: string,
  form: string,
  options: Readonly<Record<string, OptionValue>>,
  requester = jane,
) => scene.bot.answer({ request: { kind: 'options', command, form, options }, requester, place: channel });
const followed = async (): Promise<string[]> => {
  const destination = await scene.store.chat.destinations.byAddress(channel);
  return destination === null
    ? []
    : (await scene.store.chat.follows.of(destination.id)).map(({ words }) => words);
};

describe('/follow with options', () => {
  it.each([
    [{ what: 'kvm' }, ['kvm']],
    [{ what: 'kvm', author: 'Jane Doe', bots: true }, ['kvm author:"jane doe" bots:on']],
    [{ what: 'kvm', bots: false }, ['kvm']],
    [{ what: 'kvm, mm', kind: 'rfc' }, ['kvm kind:rfc', 'mm kind:rfc']],
    [{ what: 'kvm OR mm', 'min-version': '>=2' }, ['(kvm OR mm) version:>=2']],
    [{ what: 'kvm', words: 'a "quoted" word' }, ['kvm "a \\"quoted\\" word"']],
    [{ what: 'kvm', path: 'mm/**' }, ['kvm path:mm/**']],
    // A value is never read as grammar.
    [{ what: 'kvm', author: 'x OR all' }, ['kvm author:"x or all"']],
  ] as const)('%j: %j', async (options, words) => {
    const answer = await fill('follow', '', options);
    // Unknown words need a confirmation first.
    const sure = labelled(answer, 'Follow it');
    expect((sure === undefined ? answer : await scene.press(sure)).kind).toBe('done');
    expect(await followed()).toEqual(words);
  });

  it('keeps the filters of a suggestion', async () => {
    const answer = await fill('follow', '', { what: 'kvn', author: 'jane' });
    expect(answer.actions.map((action) => (action.kind === 'button' ? action.label : ''))).toContain(
      '/follow kvm author:jane',
    );
  });
});

describe('/digest with options', () => {
  it.each([
    ['at', { times: '09:00 17:30', days: 'weekdays', zone: 'UTC' }, 'weekdays at 09:00 and 17:30 (UTC)'],
    ['at', { times: '9am' }, 'daily at 09:00 (Europe/Berlin)'],
    ['weekly', { day: 'fri', time: '16:00' }, 'every Friday at 16:00 (Europe/Berlin)'],
    ['weekly', {}, 'every Monday at 09:00 (Europe/Berlin)'],
    ['at', { times: 'abc', zone: 'Europe/Berlin' }, '“abc” is not a time of day.'],
    ['at', { times: '09:00', days: 'someday' }, '“someday” is not a day.'],
    ['at', { times: '09:00', zone: 'Mars' }, '“Mars”'],
    ['empty', { what: 'say' }, 'An empty digest is one line here.'],
    ['preview', { days: 7 }, 'New versions'],
    ['preview', { days: -1 }, 'is not a valid number of days'],
  ] as const)('%s %j: %s', async (form, options, words) => {
    const answer = await fill('digest', form, options);
    expect(textOf(answer.announce?.view ?? answer.view)).toContain(words);
  });
});

it.each([
  ['series', '', { query: '“foll_pin”.' }, 'done', jane],
  ['series', '', { query: 'foll_pin', view: 'reviews' }, 'done', jane],
  ['series', '', {}, 'done', jane],
  ['follow', '', { what: 'kvm' }, 'problem', member],
  ['nosuch', '', {}, 'problem', jane],
  ['digest', 'nosuch', {}, 'problem', jane],
] as const)('/%s %s with %j is %s', async (command, form, options, kind, requester) => {
  expect((await fill(command, form, options, requester)).kind).toBe(kind);
});
