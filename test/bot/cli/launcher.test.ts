import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const text = (path: string) =>
  readFileSync(fileURLToPath(new URL(`../../../${path}`, import.meta.url)), 'utf8');

describe('how covernote is started', () => {
  // Node 22 and 24 have other V8 flags than 20: they printed an error before every answer.
  it.each(['bin/covernote.js', 'Dockerfile', 'packaging/covernote.service', 'package.json'])(
    '%s passes no flags to V8 and no settings to the C library',
    (path) => {
      expect(text(path)).not.toMatch(
        /setFlagsFromString|MALLOC_|NODE_OPTIONS|--max-|--interrupt-budget|--v8-|env -S/,
      );
    },
  );

  it('needs nothing but node in its first line', () => {
    expect(text('bin/covernote.js').split('\n')[0]).toBe('#!/usr/bin/env node');
  });

  it('is started by npm in a way that cmd.exe understands', () => {
    const { scripts } = JSON.parse(text('package.json')) as { scripts: Record<string, string> };
    for (const script of Object.values(scripts)) expect(script).not.toMatch(/(?:^|&& )\.\//);
  });
});
