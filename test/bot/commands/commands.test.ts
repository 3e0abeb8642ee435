import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Command, cliCommands } from '../../../src/bot/commands/command.js';
import { commands } from '../../../src/bot/commands/commands.js';
import { specs } from '../../lib/commands.js';

const forms = specs.flatMap((spec) => spec.forms.map((form) => ({ spec, form })));
const options = forms.flatMap(({ form }) => form.options);

function isCommand(value: unknown): value is Command {
  return typeof value === 'object' && value !== null && 'name' in value && 'chat' in value && 'cli' in value;
}

describe('the specification of the commands', () => {
  it('holds each command once', () => {
    expect(new Set(commands.map(({ name }) => name)).size).toBe(commands.length);
  });

  it('holds every command that a module of the folder exports', async () => {
    const folder = new URL('../../../src/bot/commands/', import.meta.url);
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.ts') && name !== 'commands.ts')) {
      const module = (await import(new URL(file, folder).href)) as Readonly<Record<string, unknown>>;
      for (const value of Object.values(module))
        if (isCommand(value)) expect(commands, `${file} is not in commands.ts`).toContain(value);
    }
  });

  it('is what the README lists for the command line', () => {
    const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
    for (const { name } of cliCommands(commands))
      expect(readme, `README.md does not list ${name}`).toMatch(new RegExp(`^\\| .*\`${name}[ \`]`, 'm'));
  });

  it('keeps to what both chats can register', () => {
    const NAME = /^[a-z0-9_-]{1,32}$/;
    for (const { spec, form } of forms) {
      expect(spec.name).toMatch(NAME);
      expect(spec.does.length).toBeLessThanOrEqual(100);
      expect(form.does.length).toBeLessThanOrEqual(100);
      expect(form.name === '' ? spec.forms.length === 1 : NAME.test(form.name)).toBe(true);
      expect(spec.forms.length).toBeLessThanOrEqual(25);
      expect(form.options.length).toBeLessThanOrEqual(25);
      const required = form.options.map((option) => option.required);
      expect(required).toEqual([...required].sort((a, b) => Number(b) - Number(a)));
    }
    for (const option of options) {
      expect(option.name).toMatch(NAME);
      expect(option.does.length).toBeLessThanOrEqual(100);
      expect(option.choices.length).toBeLessThanOrEqual(25);
      // Discord refuses an option that has both.
      expect(option.choices.length > 0 && option.suggests !== null).toBe(false);
      for (const { label, value } of option.choices) {
        expect(label.length).toBeLessThanOrEqual(100);
        expect(value.length).toBeLessThanOrEqual(100);
      }
    }
  });

  it('keeps every command within the 8000 characters that Discord counts', () => {
    for (const spec of specs) {
      const texts = spec.forms.flatMap((form) => [
        form.name,
        form.does,
        ...form.options.flatMap((option) => [
          option.name,
          option.does,
          ...option.choices.flatMap((choice) => [choice.label, choice.value]),
        ]),
      ]);
      expect(spec.name.length + spec.does.length + texts.join('').length).toBeLessThan(8000);
    }
  });
});
