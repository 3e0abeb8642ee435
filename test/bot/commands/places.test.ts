import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { placesAnswerSchema } from '../../../src/digest/contract/places-answer.js';
import type { Requester } from '../../../src/digest/ports/chat-bot.js';
import { cli } from '../../lib/cli-io.js';
import {
  type ChatTestScene,
  channel,
  jane,
  labelled,
  makeChatScene,
  selectOf,
  textOf,
} from './chat/chat-scene.js';

const admin: Requester = {
  ...jane,
  id: 'root',
  name: 'Root',
  rights: 'member',
  rightsHold: 'here',
  isAdmin: true,
};
const office = { ...channel, address: 'office', name: '#office' };
const mm = { ...channel, address: 'c2', name: '#mm' };

describe('/covernote places', () => {
  let scene: ChatTestScene;
  beforeEach(async () => {
    scene = await makeChatScene();
    await scene.ask('/follow kvm');
    await scene.ask('/follow mm, path:mm/**', { place: mm });
    await scene.ask('/follow kvm', {
      place: { ...channel, tenant: 't2', address: 'c9', name: '#secret' },
      requester: { ...jane, tenant: 't2' },
    });
  });
  afterEach(async () => {
    expect(scene.bugs).toEqual([]);
    await scene.store.close();
  });

  const at = (address: string) => scene.store.chat.destinations.byAddress({ ...channel, address });

  it('shows an admin every channel of the tenant, and no other', async () => {
    const answer = await scene.ask('/covernote places', { requester: admin, place: office });
    const text = textOf(answer.view);
    for (const words of [
      '2 channels',
      '#kvm',
      '#mm',
      '2 follows',
      'daily at 09:00',
      'nothing sent yet',
      'set up by Jane',
    ])
      expect(text).toContain(words);
    expect(text).not.toContain('#secret');
  });

  it('is for admins alone, as a command and as a button', async () => {
    const list = selectOf(await scene.ask('/covernote places', { requester: admin, place: office }));
    const value = list.options[0]?.value ?? '';
    const card = await scene.press(list, { requester: admin, place: office, value });
    for (const answer of [
      await scene.ask('/covernote places'),
      await scene.press(list, { value }),
      await scene.press(labelled(card, 'Pause digests')),
    ]) {
      expect(answer.kind).toBe('problem');
      expect(textOf(answer.view)).toContain('only an admin of this server or workspace can');
    }
    expect((await at('c1'))?.state).toBe('active');
  });

  it('pauses, resumes and stops a channel from elsewhere, announced there', async () => {
    const list = selectOf(await scene.ask('/covernote places', { requester: admin, place: office }));
    const value = list.options.find(({ label }) => label === '#kvm')?.value ?? '';
    const card = await scene.press(list, { requester: admin, place: office, value });
    expect(textOf(card.view)).toContain('Set up by');
    const paused = await scene.press(labelled(card, 'Pause digests'), { requester: admin, place: office });
    expect(paused.announce?.to).toMatchObject({ address: 'c1' });
    expect(textOf(paused.view)).toContain('announced in #kvm');
    expect((await at('c1'))?.state).toBe('paused');
    const again = await scene.press(list, { requester: admin, place: office, value });
    await scene.press(labelled(again, 'Resume digests'), { requester: admin, place: office });
    expect((await at('c1'))?.state).toBe('active');
    await scene.press(labelled(again, 'Stop digests'), { requester: admin, place: office });
    expect((await at('c1'))?.schedule).toBeNull();
  });

  it('opens no place of another tenant, whatever the button says', async () => {
    const other = await scene.store.chat.destinations.byAddress({ ...channel, tenant: 't2', address: 'c9' });
    const id = `place:pause:${other?.id}`;
    const answer = await scene.bot.press({ id, value: null, requester: admin, place: office });
    expect(answer.kind).toBe('problem');
    expect((await scene.store.chat.destinations.byId(other?.id ?? 0))?.state).toBe('active');
  });

  it('is what an admin sees in the overview', async () => {
    const own = { ...channel, kind: 'person', address: 'root', name: '' } as const;
    const { places } = await scene.bot.overview(admin, own);
    expect(places.map(({ place, setBy }) => [place.name, setBy])).toEqual([
      ['#kvm', 'Jane'],
      ['#mm', 'Jane'],
    ]);
  });
});

it('lists every place for the operator, pauses, resumes and forgets it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'covernote-places-'));
  const db = join(folder, 'test.db');
  try {
    const scene = await makeChatScene({ database: `sqlite:${db}` });
    await scene.ask('/follow kvm');
    await scene.store.close();
    const on = async (...argv: string[]) => {
      const { stdout } = await cli(['places', ...argv, '--json', '--db', db], { env: {} });
      return placesAnswerSchema.parse(JSON.parse(stdout)).places;
    };
    const [place] = await on();
    expect(place).toMatchObject({
      name: '#kvm',
      setBy: 'Jane',
      follows: ['kvm'],
      state: 'active',
      last: null,
    });
    const id = String(place?.id);
    expect((await on('--pause', id))[0]).toMatchObject({ state: 'paused', nextRun: null });
    expect((await on('--resume', id))[0]?.state).toBe('active');
    expect((await cli(['places', '--db', db], { env: {} })).stdout).toContain('#kvm');
    expect((await cli(['places', '--pause', '99', '--db', db], { env: {} })).status).toBe(2);
    expect(await on('--forget', id)).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
