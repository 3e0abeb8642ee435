import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayChange } from '../../../src/bot/commands/access.js';
import { specOf, specs } from '../../../src/bot/commands/commands.js';
import { parseLine, readForm } from '../../../src/bot/commands/parse-line.js';
import { plainWords } from '../../../src/bot/commands/plain-words.js';
import { commandNames } from '../../../src/digest/ports/command.js';
import { hostileTexts } from '../../contract/chat-views.js';

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
    ['/list', 'following', ''],
    ['/series “page table”.', 'series', '"page table"'],
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
  ])('%j is /%s %s', (line, command, words) => {
    expect(parseLine(line)).toEqual({ kind: 'command', command, words });
  });

  it.each([
    ['/folow kvm', ['follow kvm']],
    ['/serie foll_pin', ['series foll_pin']],
    ['/covernote exprot', ['covernote export']],
    ['/frobnicate', []],
  ])('%j may have meant %j', (line, suggestions) => {
    const read = parseLine(line);
    expect(read.kind === 'problem' && read.problem.suggestions).toEqual(suggestions);
  });

  it('is read whatever stands in it, and the same again from what was read', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...hostileTexts));
    fc.assert(
      fc.property(text, (line) => {
        const words = plainWords(line);
        expect(words).not.toMatch(/[\u0000-\u001f\u200b-\u200f\u202a-\u202e]/);
        parseLine(line);
        for (const spec of specs) readForm(spec, words);
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
    const read = readForm(specOf('digest'), words);
    expect(read.kind === 'form' && [read.form.name, read.rest]).toEqual([name, rest]);
  });

  it('is the only one where there are none to choose', () => {
    expect(readForm(specOf('series'), 'now')).toMatchObject({
      kind: 'form',
      form: { name: '' },
      rest: 'now',
    });
  });

  it('says which one is near', () => {
    const read = readForm(specOf('digest'), 'pasue');
    expect(read.kind === 'problem' && read.problem.suggestions).toEqual(['digest pause']);
  });
});

describe('who may change what a place gets', () => {
  it.each([
    ['manager', 'channel', true],
    ['member', 'channel', false],
    ['guest', 'channel', false],
    ['manager', 'person', true],
    ['member', 'person', true],
    ['guest', 'person', true],
  ] as const)('%s in a %s: %s', (rights, kind, may) => {
    expect(mayChange({ rights, kind }).may).toBe(may);
  });
});

it('names every command that can be asked for', () => {
  for (const name of commandNames) expect(specOf(name).name).toBe(name);
});
