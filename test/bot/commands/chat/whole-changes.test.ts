import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ChatTestScene, channel, labelled, makeChatScene, textOf } from './chat-scene.js';

let folder: string;
let scene: ChatTestScene;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'covernote-whole-'));
  scene = await makeChatScene({ examples: false, database: `sqlite:${join(folder, 'c.db')}` });
});
afterEach(async () => {
  await scene.store.close();
  rmSync(folder, { recursive: true });
});

/** From now on the engine itself cuts off whatever writes the settings of a place; returns a function that ends this. */
function cutOffSettings(): () => void {
  const run = (text: string) => {
    const sqlite = new Sqlite(join(folder, 'c.db'));
    sqlite.exec(text);
    sqlite.close();
  };
  run(
    "create trigger cut before update on destination when old.schedule is not new.schedule or old.empty is not new.empty begin select raise(abort, 'cut off'); end",
  );
  return () => run('drop trigger cut');
}

async function standing() {
  const destination = await scene.store.chat.destinations.byAddress(channel);
  if (destination === null) return null;
  const follows = await scene.store.chat.follows.of(destination.id);
  const { schedule, empty } = destination;
  return { follows: follows.map(({ words }) => words), schedule, empty };
}

describe('a change that takes several writes and is cut off between them', () => {
  it.each([
    ['/follow kvm mm', { follows: ['kvm', 'mm'] }],
    ['/covernote import {"covernote":1,"follows":["kvm"],"empty":"say"}', { follows: ['kvm'], empty: 'say' }],
  ])('%j leaves nothing half, and works when requested again', async (line, whole) => {
    const mend = cutOffSettings();
    expect((await scene.ask(line)).kind).toBe('problem');
    expect(scene.bugs).toHaveLength(1);
    expect(await standing()).toMatchObject({ follows: [], schedule: null, empty: 'skip' });
    mend();
    expect((await scene.ask(line)).kind).toBe('done');
    expect(await standing()).toMatchObject(whole);
  });

  it('Undo leaves nothing half, and can be pressed again', async () => {
    await scene.ask('/follow mm');
    const { announce } = await scene.ask('/covernote import {"covernote":1,"follows":["kvm"],"empty":"say"}');
    const undo = labelled(announce ?? { actions: [] }, 'Undo');
    const before = await standing();
    const mend = cutOffSettings();
    expect((await scene.press(undo)).kind).toBe('problem');
    expect(await standing()).toEqual(before);
    mend();
    expect(textOf((await scene.press(undo)).view)).toContain('Undone by Jane: “Set up from an export');
    expect(await standing()).toMatchObject({ follows: ['mm'], empty: 'skip' });
  });
});
