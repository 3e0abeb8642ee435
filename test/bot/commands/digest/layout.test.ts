import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Answer } from '../../../../src/digest/ports/chat-bot.js';
import {
  type ChatTestScene,
  channel,
  jane,
  labelled,
  makeChatScene,
  member,
  textOf,
} from '../chat/chat-scene.js';

let scene: ChatTestScene;
beforeEach(async () => {
  scene = await makeChatScene({ examples: false });
});
afterEach(async () => {
  expect(scene.bugs).toEqual([]);
  await scene.store.close();
});

const announced = (answer: Answer) => textOf(answer.announce?.view ?? { fallback: '', blocks: [] });
const stored = async () => (await scene.store.chat.destinations.byAddress(channel))?.layout;

describe('/digest layout', () => {
  it.each([
    ['full', 'in full, at most 10 series per section, all sections except Waiting, by importance'],
    ['15', 'compact, at most 15 series per section, all sections except Waiting, by importance'],
    [
      'sections:new,applied',
      'compact, at most 10 series per section, only new series and applied, by importance',
    ],
    [
      'sections:applied,new,versions',
      'compact, at most 10 series per section, only new series, new versions and applied, by importance',
    ],
    [
      'order:size full',
      'in full, at most 10 series per section, all sections except Waiting, the largest first',
    ],
    [
      'threads:subsystem',
      'compact, at most 10 series per section, all sections except Waiting, by importance, a thread for each subsystem',
    ],
    [
      'limit:5',
      'compact, at most 10 series per section, all sections except Waiting, by importance, at once at most 5 messages an hour',
    ],
    [
      'quiet:22-7:30',
      'compact, at most 10 series per section, all sections except Waiting, by importance, at once at most 30 messages an hour, none in the quiet hours 22:00–07:30',
    ],
  ])('%s: %s', async (words, expected) => {
    expect(announced(await scene.ask(`/digest layout ${words}`))).toContain(`Digests here: ${expected}.`);
  });

  it.each([
    ['0', 'A section shows 1 to 25 series.'],
    ['26', 'A section shows 1 to 25 series.'],
    ['items:x', 'A section shows 1 to 25 series.'],
    ['sections:newish', '“newish” is not a section of a digest.'],
    ['sections:', 'A digest has at least one section.'],
    ['order:random', '“random” is not an order for a digest.'],
    ['short', '“short” is not part of a layout.'],
    ['threads:two', '“two” is not a valid choice for threads.'],
    ['limit:0', 'The limit is 1 to 200 messages an hour posted at once.'],
    ['quiet:25-26', '“25-26” is not a range of hours.'],
    ['quiet:', 'Which hours are quiet?'],
    ['constructor:x', '“constructor:x” is not part of a layout.'],
    ['sections:constructor', '“constructor” is not a section of a digest.'],
  ])('refuses %s: %s', async (words, expected) => {
    const answer = await scene.ask(`/digest layout ${words}`);
    expect(answer).toMatchObject({ kind: 'problem', view: { fallback: expect.stringContaining(expected) } });
    expect(await stored()).toBeUndefined();
  });

  it('takes the same from a form, where what is empty stays', async () => {
    await scene.ask('/digest layout full');
    const options = {
      items: '5',
      sections: 'New, versions',
      order: 'newest',
      threads: 'subsystem',
      quiet: '22:00-06:00',
      limit: '7',
    };
    const request = { kind: 'options', command: 'digest', form: 'layout', options } as const;
    const answer = await scene.bot.answer({ request, requester: jane, place: channel });
    expect(announced(answer)).toContain(
      'in full, at most 5 series per section, only new series and new versions, the newest first, a thread for each subsystem, at once at most 7',
    );
    expect((await stored())?.quiet).toEqual({ from: '22:00', to: '06:00' });
    const wrong = { ...request, options: { items: 'many' } };
    expect(await scene.bot.answer({ request: wrong, requester: jane, place: channel })).toMatchObject({
      kind: 'problem',
      option: 'items',
    });
  });

  it('lets a form begin with what is set now, which it takes back as it is', async () => {
    const at = { requester: jane, place: channel };
    expect(await scene.bot.formValues({ command: 'digest', form: 'layout' }, at)).toEqual({});
    await scene.ask('/digest layout full 7 sections:new,applied quiet:22-7');
    await scene.ask('/digest at 07:30 18:00 mon,thu Asia/Tokyo');
    const layout = await scene.bot.formValues({ command: 'digest', form: 'layout' }, at);
    expect(layout).toEqual({
      form: 'full',
      items: '7',
      sections: 'new, applied',
      order: 'importance',
      threads: 'single',
      quiet: '22:00–07:00',
      limit: '30',
    });
    const schedule = await scene.bot.formValues({ command: 'digest', form: 'at' }, at);
    expect(schedule).toEqual({ times: '07:30 18:00', days: 'mon thu', zone: 'Asia/Tokyo' });
    const before = await scene.store.chat.destinations.byAddress(channel);
    for (const [form, options] of [
      ['layout', layout],
      ['at', schedule],
    ] as const)
      await scene.bot.answer({ request: { kind: 'options', command: 'digest', form, options }, ...at });
    const after = await scene.store.chat.destinations.byAddress(channel);
    expect(after).toMatchObject({ layout: before?.layout, schedule: before?.schedule });
    expect(await scene.bot.formValues({ command: 'follow', form: '' }, at)).toEqual({});
  });

  it('shows how it is, and takes a change back', async () => {
    expect(textOf((await scene.ask('/digest layout')).view)).toContain(
      'new series, new versions, discussed, applied',
    );
    const { announce } = await scene.ask('/digest layout order:oldest');
    expect((await stored())?.order).toBe('oldest');
    await scene.press(labelled(announce ?? { actions: [] }, 'Undo'));
    expect((await stored())?.order).toBe('importance');
  });

  it('goes back to how it was made, without what links show', async () => {
    await scene.ask('/covernote unfurl off');
    await scene.ask('/digest layout full 3 order:size');
    await scene.ask('/digest layout default');
    expect(await stored()).toMatchObject({ form: 'compact', items: 10, order: 'importance', unfurl: 'off' });
  });

  it('is for those who may change what the channel gets', async () => {
    expect((await scene.ask('/digest layout full', { requester: member })).kind).toBe('problem');
  });
});

describe('a digest in a layout', () => {
  const mail = (id: string, subject: string, minute: number) => ({
    id: `${id}@example.org`,
    subject,
    date: `2026-11-17T05:${String(minute).padStart(2, '0')}:00Z`,
  });

  it('holds the chosen sections alone, in the chosen order', async () => {
    await scene.ask('/follow list:linux-mm@example.org kind:single');
    await scene.add([
      mail('a-1', '[PATCH] mm: count the pages', 1),
      mail('b-1', '[PATCH] mm: free the pages', 2),
      { ...mail('c-2', '[PATCH v2] slab: weigh the objects', 3), from: 'Bo Lindqvist <bo@example.org>' },
    ]);
    await scene.ask('/digest layout sections:new order:newest');
    const text = textOf((await scene.ask('/digest')).view);
    expect(text).not.toContain('weigh the objects');
    expect(text).toContain('2 new series');
    expect(text.indexOf('free the pages')).toBeLessThan(text.indexOf('count the pages'));
    await scene.ask('/digest layout sections:all order:oldest');
    const all = textOf((await scene.ask('/digest')).view);
    expect(all).toContain('weigh the objects');
    expect(all.indexOf('count the pages')).toBeLessThan(all.indexOf('free the pages'));
  });
});
