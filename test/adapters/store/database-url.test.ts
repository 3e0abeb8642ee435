import { describe, expect, it } from 'vitest';
import { databasePasswords, databasePlace } from '../../../src/adapters/store/database-url.js';

describe('the place of a database', () => {
  it.each([
    ['sqlite:./covernote.db', './covernote.db'],
    ['sqlite:/var/lib/covernote.db', '/var/lib/covernote.db'],
    ['sqlite:///var/lib/covernote.db', '/var/lib/covernote.db'],
    ['SQLite:a b.db', 'a b.db'],
    ['covernote.db', 'covernote.db'],
    ['C:\\mail\\covernote.db', 'C:\\mail\\covernote.db'],
  ])('of %s is the file %s', (url, path) => expect(databasePlace(url)).toEqual({ engine: 'sqlite', path }));

  it.each([
    ['postgres://db/covernote', 'postgres://db/covernote'],
    [
      'postgresql://ada:hunter22@db.example.org:5433/mail?sslmode=require',
      'postgres://ada@db.example.org:5433/mail',
    ],
    ['postgres://ada:hunter%4022@/mail?host=/run/postgresql', 'postgres://ada@/run/postgresql/mail'],
    ['postgres:///mail?host=/run/postgresql&user=ada&password=hunter22', 'postgres:///run/postgresql/mail'],
    ['postgres://%2Frun%2Fpostgresql/mail', 'postgres://%2Frun%2Fpostgresql/mail'],
  ])('of %s is shown as %s, without a password', (url, name) =>
    expect(databasePlace(url)).toEqual({ engine: 'postgres', url, name }),
  );

  it.each(['mysql://db/covernote', 'sqlite:', '', 'postgres://a:hunter22@b:c:d/x'])(
    'is refused in words for %j',
    (url) => {
      const refusal = expect.objectContaining({ name: 'UserError', code: 'database-url' });
      expect(() => databasePlace(url)).toThrow(refusal);
      expect(() => databasePlace(url)).not.toThrow(/hunter22/);
    },
  );
});

it('has passwords that no log may show, as they are written and as they are', () => {
  expect(databasePasswords('postgres://ada:hunter%4022@/mail?host=/run/postgresql')).toEqual([
    'hunter%4022',
    'hunter@22',
  ]);
  expect(databasePasswords('postgres:///mail?password=swordfish')).toEqual(['swordfish']);
  expect(databasePasswords('sqlite:./covernote.db')).toEqual([]);
});
