import { Resvg } from '@resvg/resvg-js';
import { expect, it } from 'vitest';
import { encodePng } from '../../../src/adapters/picture/encode-png.js';

/** A circle has edges of every opacity; what is beside it is clear. */
const CIRCLE = '<circle cx="20" cy="16" r="12.3" fill="#b35c00"/>';
const draw = (shapes: string) =>
  new Resvg(`<svg xmlns="http://www.w3.org/2000/svg" width="40" height="32">${shapes}</svg>`).render();
const inside = (png: Uint8Array) =>
  `<image width="40" height="32" href="data:image/png;base64,${Buffer.from(png).toString('base64')}"/>`;

it('is read as the picture that it was made of, as the renderer’s own PNG is', async () => {
  const circle = draw(CIRCLE);
  const ours = draw(inside(await encodePng(circle)));
  const theirs = draw(inside(circle.asPng()));
  expect([ours.width, ours.height]).toEqual([40, 32]);
  expect(Buffer.compare(ours.pixels, theirs.pixels)).toBe(0);
  const opacities = new Set(circle.pixels.filter((_, at) => at % 4 === 3));
  expect(opacities.size).toBeGreaterThan(10);
});
