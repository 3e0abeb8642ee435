import { beforeEach, describe, expect, it } from 'vitest';
import { COMMANDS_A_MINUTE, limitedBot, UNFURLS_A_MINUTE } from '../../../src/bot/operation/limited-bot.js';
import type { ChatBot, Place, Requester } from '../../../src/digest/ports/chat-bot.js';
import { createRateLimit } from '../../../src/digest/time/rate-limit.js';
import { answerOf, scriptedBot } from '../../adapters/discord/setting.js';

const place: Place = { platform: 'slack', tenant: 'T1', address: 'C1', kind: 'channel', name: '#kvm' };
const person = (id: string): Requester => ({
  id,
  tenant: 'T1',
  name: id,
  zone: null,
  rights: 'member',
  rightsHold: 'here',
});

let nowMs: number;
let answered: number;
let bot: ChatBot;
beforeEach(() => {
  nowMs = 1_000;
  answered = 0;
  const count = async () => {
    answered++;
    return answerOf('done');
  };
  const unfurl = async () => ({ view: answerOf('card').view, actions: [] });
  bot = limitedBot(scriptedBot({ answer: count, press: count, unfurl }), () => nowMs);
});
const command = (id = 'ada', at = place) =>
  bot.answer({ request: { kind: 'typed', line: '/series foll_pin' }, requester: person(id), place: at });
const press = (id = 'ada') => bot.press({ id: 'v1', value: null, requester: person(id), place });

describe('a person who asks too much', () => {
  it('learns when to try again, and costs nothing until then', async () => {
    for (let i = 0; i < COMMANDS_A_MINUTE; i++)
      expect((await (i % 2 === 0 ? command() : press())).kind).toBe('done');
    const { kind, view, visibility } = await command();
    expect([kind, visibility]).toEqual(['problem', 'private']);
    expect(view.fallback).toBe(
      'That is more than 30 commands and presses in a minute. Try again in 2 seconds.',
    );
    expect(answered).toBe(COMMANDS_A_MINUTE);
    nowMs += 2_000;
    expect((await command()).kind).toBe('done');
    expect((await command()).kind).toBe('problem');
  });

  it('keeps nobody else from asking, in the same channel or another workspace', async () => {
    for (let i = 0; i <= COMMANDS_A_MINUTE; i++) await command();
    expect((await command('tove')).kind).toBe('done');
    expect((await command('ada', { ...place, tenant: 'T2' })).kind).toBe('done');
    expect((await command('ada', { ...place, address: 'C2' })).kind).toBe('problem');
  });

  it('gets no more cards for links', async () => {
    const card = (by: string) => bot.unfurl('https://lore.kernel.org/kvm/1@example.org/', place, by);
    for (let i = 0; i < UNFURLS_A_MINUTE; i++) expect(await card('ada')).not.toBeNull();
    expect(await card('ada')).toBeNull();
    expect(await card('tove')).not.toBeNull();
    expect((await command('ada')).kind).toBe('done');
  });
});

describe('a limit', () => {
  it('gives a whole minute’s share after a quiet minute', () => {
    const limit = createRateLimit(5, () => nowMs);
    const takes = () => Array.from({ length: 6 }, () => limit.take('ada'));
    expect(takes()).toEqual([0, 0, 0, 0, 0, 12_000]);
    nowMs += 60_000;
    expect(takes()).toEqual([0, 0, 0, 0, 0, 12_000]);
  });

  it('never gives more than twice its share in any minute', () => {
    const limit = createRateLimit(5, () => nowMs);
    let taken = 0;
    for (let ms = 0; ms < 600_000; ms += 500) {
      nowMs += 500;
      if (limit.take('ada') === 0) taken++;
    }
    expect(taken).toBeLessThanOrEqual(5 + 50);
    expect(taken).toBeGreaterThanOrEqual(50);
  });

  it('remembers no more keys than it may', () => {
    const limit = createRateLimit(1, () => nowMs, 3);
    for (const key of ['a', 'b', 'c', 'd']) limit.take(key);
    // The least recently used one was forgotten.
    expect(limit.take('d')).toBeGreaterThan(0);
    expect(limit.take('a')).toBe(0);
  });
});
