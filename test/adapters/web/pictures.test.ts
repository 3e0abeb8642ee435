import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeWebScene, type WebScene } from './web-scene.js';

let scene: WebScene;
beforeAll(async () => {
  scene = await makeWebScene();
});
afterAll(() => scene.close());

const FOLL_PIN = '/series/20261012091400.101-0-ada.quill@example.org';
const PNG = [0x89, 0x50, 0x4e, 0x47];

/** Width and height, from the header of a PNG. */
const sizeOf = (bytes: Uint8Array): number[] => {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return [view.getUint32(16), view.getUint32(20)];
};

it.each([
  [`${FOLL_PIN}/timeline`, 'Timeline of “mm/gup: track pinned pages: FOLL_PIN”: v1 on 12 Oct 2026'],
  ['/s/mm/weeks', 'New series of mm in the last 8 weeks: '],
  ['/s/kvm/x86/weeks', 'New series of kvm/x86 in the last 8 weeks: '],
])('%s: as SVG with words for it, and as PNG', async (path, alt) => {
  const svg = await scene.get(`${path}.svg`);
  expect(svg.headers.get('content-type')).toBe('image/svg+xml; charset=utf-8');
  expect(await svg.text()).toContain(`aria-label="${alt}`);
  const png = await scene.get(`${path}.png`);
  expect(png.headers.get('content-type')).toBe('image/png');
  expect(png.headers.get('cache-control')).toContain('max-age=300');
  const bytes = new Uint8Array(await png.arrayBuffer());
  expect([...bytes.slice(0, 4)]).toEqual(PNG);
  expect(sizeOf(bytes)[0]).toBe(900);
  expect(bytes.length).toBeGreaterThan(10_000);
  expect(bytes.length).toBeLessThan(200_000);
  expect(scene.bugs).toEqual([]);
});

it('is in its page as well, where it needs no request', async () => {
  expect(await scene.text(FOLL_PIN)).toMatch(
    /<h2 id="timeline">Timeline<\/h2><figure><svg [^>]*role="img" aria-label="Timeline of/,
  );
  expect(await scene.text('/s/mm')).toMatch(/<h2 id="activity">Activity<\/h2><figure><svg /);
});

it('counts the weeks that the newest mail is in', async () => {
  expect(await scene.text('/s/mm/weeks.svg')).toMatch(/16 Nov: \d+ \(/);
});

it.each(['/series/nothing/timeline.svg', '/s/nothing/weeks.png', `${FOLL_PIN}/timeline.gif`])(
  '%s: 404',
  async (path) => {
    expect((await scene.get(path)).status).toBe(404);
  },
);
