import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { toUserError } from '../../../../src/adapters/store/engine/sqlite-errors.js';
import { UserError } from '../../../../src/digest/failure/failure.js';

const require = createRequire(import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'covernote-native-'));
afterAll(() => rmSync(folder, { recursive: true }));

function errorOf(load: () => unknown): unknown {
  try {
    load();
  } catch (error) {
    return error;
  }
  throw new Error('it was loaded');
}

/** Loads as better-sqlite3 does. */
function loadNative(root: string): unknown {
  const bindings = require('bindings') as (options: object) => unknown;
  return bindings({ bindings: 'better_sqlite3.node', module_root: root });
}

describe('a native module that cannot be loaded', () => {
  it('is an error that names the remedy where it was built for something else', () => {
    const build = join(folder, 'build/Release');
    mkdirSync(build, { recursive: true });
    writeFileSync(join(build, 'better_sqlite3.node'), 'not for this machine');
    const error = toUserError(
      errorOf(() => loadNative(folder)),
      'covernote.db',
    );
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({
      code: 'native-module-mismatch',
      message: expect.stringContaining(process.versions.node),
      remedy: expect.stringContaining('npm rebuild better-sqlite3'),
    });
  });

  it('is one where it was never built', () => {
    const error = toUserError(
      errorOf(() => loadNative(join(folder, 'empty'))),
      'covernote.db',
    );
    expect(error).toMatchObject({
      code: 'native-module-missing',
      remedy: expect.stringContaining('npm rebuild better-sqlite3'),
    });
  });
});
