import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chatCommands } from '../../../src/bot/commands/command.js';
import { commands } from '../../../src/bot/commands/commands.js';
import { parseLine, readForm } from '../../../src/bot/commands/parse-line.js';
import { plainWords } from '../../../src/bot/commands/plain-words.js';
import { hostileTexts } from '../../contract/chat-views.js';
import { readRequest } from '../../lib/commands.js';

const chat = chatCommands(commands);

describe('a typed line', () => {
  it.each([
    ['/follow kvm', 'follow', 'kvm'],
    ['follow kvm', 'follow', 'kvm'],
    ['  /FOLLOW   kvm  mm ', 'follow', 'kvm mm'],
    ['/covernote follow kvm', 'follow', 'kvm'],
    ['covernote /follow kvm', 'follow', 'kvm'],
    ['@covernote series foll_pin', 'series', 'foll_pin'],
    ['<@U012AB3CD> series foll_pin', 'series', 'foll_pin'],
    ['/covernote', 'covernote', 'help'],
    ['/covernote covernote', 'covernote', 'help'],
    ['/covernote status', 'covernote', 'status'],
    ['', 'covernote', 'help'],
    ['help', 'covernote', 'help'],
    ['/help follow', 'covernote', 'help follow'],
    ['/status', 'digest', 'status'],
    ['/subscribe kvm', 'follow', 'kvm'],
    ['/diff foll_pin v1 v2', 'series', 'foll_pin v1 v2'],
    ['/list', 'following', ''],
    ['/series “page table”.', 'series', '"page table"'],
    ['/follow path:<http://lib.rs|lib.rs>', 'follow', 'path:lib.rs'],
    ['/follow path:fs/<http://namei.py|namei.py> kvm', 'follow', 'path:fs/namei.py kvm'],
    ['/series <https://lore.kernel.org/r/a@x|lore.kernel.org/r/a@x>', 'series', 'lore.kernel.org/r/a@x'],
    ['/series <https://lore.kernel.org/r/a@x|the thread>', 'series', 'https://lore.kernel.org/r/a@x'],
    [
      '/series <https://lore.kernel.org/kvm/a@b/|lore.kernel.org/kvm/a@…>',
      'series',
      'https://lore.kernel.org/kvm/a@b/',
    ],
    ['/follow author:<mailto:jane@example.org|jane@example.org>', 'follow', 'author:jane@example.org'],
    ['/series &lt;<mailto:a-1@example.org|a-1@example.org>&gt;', 'series', '<a-1@example.org>'],
    ['/series <a-1@example.org>', 'series', '<a-1@example.org>'],
    ['/follow <#C012AB3CD|kvm>', 'follow', 'kvm'],
    ['/follow <#123456789012345678> mm', 'follow', 'mm'],
    ['/follow kvm v&gt;=2 &amp; mm', 'follow', 'kvm v>=2 & mm'],
    ['/series `foll_pin`?', 'series', 'foll_pin'],
    ['/series fol\u200bl_pin\u00a0v3', 'series', 'foll_pin v3'],
    ['foll_pin', 'series', 'foll_pin'],
    ['kvm: x86: fix a thing', 'series', 'kvm: x86: fix a thing'],
    ['what is new in kvm?', 'series', 'kvm'],
    ['https://lore.kernel.org/kvm/a@b/', 'series', 'https://lore.kernel.org/kvm/a@b/'],
    ['/series help', 'covernote', 'help series'],
    ['digest -h', 'covernote', 'help digest'],
  ])('%j is /%s %s', (line, command, words) => {
    expect(readRequest({ kind: 'typed', line })).toBe(`${command} ${words}`.trim());
  });

  it.each([
    ['/folow kvm', ['follow kvm']],
    ['/serie foll_pin', ['series foll_pin']],
    ['/covernote exprot', ['covernote export']],
    ['folow kvm', ['follow kvm']],
    ['/frobnicate', []],
  ])('%j may have meant %j', (line, suggestions) => {
    const read = parseLine(chat, line);
    expect(read.kind === 'problem' && read.problem.suggestions).toEqual(suggestions);
  });

  it('is read whatever is in it, and the same again from what was read', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...hostileTexts));
    fc.assert(
      fc.property(text, (line) => {
        const words = plainWords(line);
        expect(words).not.toMatch(/[\u0000-\u001f\u200b-\u200f\u202a-\u202e]/);
        parseLine(chat, line);
        for (const command of chat) readForm(command, words);
      }),
    );
  });
});

describe('the form of a command', () => {
  it.each([
    ['', 'preview', ''],
    ['now', 'now', ''],
    ['AT 09:00 weekdays', 'at', '09:00 weekdays'],
    ['09:00 weekdays', 'at', '09:00 weekdays'],
    ['9am', 'at', '9am'],
    ['daily', 'at', 'daily'],
    ['7', 'preview', '7'],
    ['30d', 'preview', '30d'],
    ['stop', 'off', ''],
    ['why', 'status', ''],
  ])('/digest %s is %s', (words, name, rest) => {
    expect(readRequest({ kind: 'typed', line: `/digest ${words}` })).toBe(`digest ${name} ${rest}`.trim());
  });

  it('is the only one where there are none to choose', () => {
    expect(readRequest({ kind: 'typed', line: '/series now' })).toBe('series now');
  });

  it('says which one is near', () => {
    const read = parseLine(chat, '/digest pasue');
    expect(read.kind === 'problem' && read.problem.suggestions).toEqual(['digest pause']);
  });
});
