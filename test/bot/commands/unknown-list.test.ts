import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildCatalog, withLists } from '../../../src/digest/subsystem/catalog.js';
import { resolveSubsystem } from '../../../src/digest/subsystem/look-up.js';
import { type ChatTestScene, makeChatScene, textOf } from './chat/chat-scene.js';

/** A list that is in no MAINTAINERS: its subsystem bears its name. */
const PARTS = 'parts@lists.example.org';

let scene: ChatTestScene;
beforeEach(async () => {
  scene = await makeChatScene({ examples: false });
  await scene.add([
    { id: 'p-1@example.org', subject: '[PATCH] count the screws', date: '2026-11-17T05:00:00Z', list: PARTS },
    { id: 'm-1@example.org', subject: '[PATCH] mm: count the pages', date: '2026-11-17T05:00:00Z' },
  ]);
});
afterEach(async () => {
  expect(scene.bugs).toEqual([]);
  await scene.store.close();
});

const ask = async (line: string) => textOf((await scene.ask(line)).view);

describe('a list that MAINTAINERS does not know, once mail came from it', () => {
  it.each(['/series in:parts', '/series in:parts count', '/board parts', '/board in:parts'])(
    'is named like any subsystem: %s',
    async (line) => {
      const said = await ask(line);
      expect(said).not.toContain('no subsystem');
      expect(said).not.toContain('No subsystem');
      if (line.startsWith('/series')) expect(said).toContain('count the screws');
    },
  );

  it('is listed among what can be followed', async () => {
    expect(await ask('/subsystems parts')).toMatch(/parts.*1 series/s);
  });

  it('is followed by its name, and not as a word of titles', async () => {
    expect(await ask('/follow parts')).toContain('Done.');
    const digest = await ask('/digest');
    expect(digest).toContain('count the screws');
    expect(digest).not.toContain('count the pages');
  });

  it('is unknown before', async () => {
    expect(await ask('/board bolts')).toContain('There is no subsystem');
    await scene.add([
      { id: 'b-1@example.org', subject: '[PATCH] count the bolts', list: 'bolts@lists.example.org' },
    ]);
    expect(await ask('/board bolts')).not.toContain('no subsystem');
  });
});

describe('a catalog with the lists that it does not know', () => {
  const catalog = buildCatalog([]);

  it('names them, in the order of all, and changes nothing else', () => {
    const wider = withLists(catalog, ['parts', 'kvm']);
    expect(resolveSubsystem(wider, 'Parts')?.slug).toBe('parts');
    expect(wider.subsystems.map(({ slug }) => slug)).toEqual(
      [...catalog.subsystems.map(({ slug }) => slug), 'parts'].sort(),
    );
    expect(wider.entries).toBe(catalog.entries);
  });

  it('is the same without any', () => {
    expect(withLists(catalog, ['kvm'])).toBe(catalog);
  });

  it('leaves other names of subsystems what they are', () => {
    const [alias = '', slug] = [...catalog.byAlias][0] ?? [];
    expect(resolveSubsystem(withLists(catalog, [alias, 'parts']), alias)?.slug).toBe(slug);
  });
});
