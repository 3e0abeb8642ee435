import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SourceStatus } from '../../../../src/bot/commands/context.js';
import type { Place } from '../../../../src/digest/ports/chat-bot.js';
import { type ChatTestScene, channel, makeChatScene, spansOf, textOf } from './chat-scene.js';

const reading: SourceStatus = { name: 'lore:kvm', caughtUpAt: null, newest: null, problem: null };
const read: SourceStatus = { ...reading, caughtUpAt: '2026-11-17T05:59:00Z' };
const folder: SourceStatus = { ...reading, name: 'follow:/srv/mail/kvm-2020/' };
const failing: SourceStatus = { ...reading, problem: 'The host is not known. Check its name.' };

let scene: ChatTestScene;
let sources: SourceStatus[] = [];
const open = async (options: { examples?: boolean } = {}) => {
  scene = await makeChatScene({ ...options, sources: async () => sources });
};
beforeEach(() => {
  sources = [read];
});
afterEach(async () => {
  expect(scene.bugs).toEqual([]);
  await scene.store.close();
});
const ask = async (line: string, place: Place = channel) => textOf((await scene.ask(line, { place })).view);

describe('before there is mail', () => {
  it.each([
    [
      '/series foll_pin',
      [reading],
      'still reading lore:kvm for the first time: none of its mail is here yet.',
    ],
    ['/series foll_pin', [read], 'There is no mail here yet.'],
    ['/digest 7', [reading], 'still reading lore:kvm for the first time'],
    ['/digest 7', [failing], 'lore:kvm: The host is not known. Check its name.'],
    ['/digest 7', [folder], 'still reading kvm-2020 for the first time'],
    ['/digest 7', [], 'the operator of this bot sets it in SOURCES'],
    ['/digest status', [reading], 'still reading lore:kvm for the first time'],
    ['/covernote status', [reading, { ...reading, name: 'lore:mm' }], 'still reading lore:kvm, lore:mm for'],
  ])('%s says why, and how far the reading has come', async (line, these, words) => {
    await open({ examples: false });
    sources = these;
    expect(await ask(line)).toContain(words);
  });

  it.each(['/series qqqq', '/digest status', '/covernote status'])(
    '%s counts what is here while a source is read for the first time, and not after',
    async (line) => {
      await open();
      sources = [reading];
      expect(await ask(line)).toContain('86 messages are here so far.');
      sources = [read];
      expect(await ask(line)).not.toContain('so far');
    },
  );
});

describe('what is written', () => {
  it('names a moment once', async () => {
    await open();
    await scene.ask('/follow kvm');
    for (const line of ['/following', '/digest', '/digest status', '/series qqqq']) {
      const moments = spansOf((await scene.ask(line)).view).flatMap((span) => ('at' in span ? [span] : []));
      for (const { at, form } of moments)
        expect(
          moments.filter((other) => other.at === at && other.form !== form),
          line,
        ).toEqual([]);
    }
  });

  it('names the schedule once in the word on a new one', async () => {
    await open();
    for (const line of ['/follow kvm', '/digest at 10:00 weekdays Europe/Berlin']) {
      const { announce } = await scene.ask(line);
      expect(announce === null ? 0 : textOf(announce.view).split('(Europe/Berlin)').length - 1, line).toBe(1);
    }
  });

  it('suggests no subsystem that was typed beside the slip', async () => {
    await open();
    const { actions, view } = await scene.ask('/follow kvm kvn');
    expect(actions.filter((action) => action.kind === 'button').map(({ label }) => label)).not.toContain(
      '/follow kvm kvm',
    );
    expect(textOf(view)).not.toContain('Did you mean kvm?');
  });

  it('lists no titles that would be like a link', async () => {
    await open();
    const { actions } = await scene.ask('/series https://lore.kernel.org/kvm/20990101.1-1-x@example.org/');
    expect(actions).toEqual([]);
  });

  it('quotes what an Undo took back', async () => {
    await open();
    const { announce } = await scene.ask('/follow kvm');
    const undone = await scene.press(announce?.actions[0]);
    expect(textOf(undone.view)).toBe('Undone by Jane: “This channel now follows series of KVM.”');
  });
});

describe('/digest silent', () => {
  it.each([
    ['/digest silent on', true, 'without a sound'],
    ['/digest silent off', false, 'That was already the setting.'],
    ['/digest silent', false, 'Should digests come without a sound?'],
    ['/digest silent loud', false, '“loud” is neither on nor off.'],
  ])('%s', async (line, silent, words) => {
    await open();
    await scene.ask('/follow kvm');
    const { view, announce } = await scene.ask(line);
    expect(textOf(announce?.view ?? view)).toContain(words);
    expect((await scene.store.chat.destinations.byAddress(channel))?.silent).toBe(silent);
  });

  it('is carried from place to place, and refused with the reason where the chat knows no silence', async () => {
    await open();
    await scene.ask('/follow kvm');
    await scene.ask('/digest silent on');
    const exported = await ask('/covernote export');
    const text = exported.slice(exported.indexOf('{'));
    const other: Place = { ...channel, address: 'c2' };
    await scene.ask(`/covernote import ${text}`, { place: other });
    expect((await scene.store.chat.destinations.byAddress(other))?.silent).toBe(true);
    const slack: Place = { ...channel, platform: 'slack' };
    expect(await ask('/digest silent on', slack)).toContain('Slack has no messages without a notification');
    expect(await ask(`/covernote import ${text}`, slack)).not.toContain('no sound');
  });
});
