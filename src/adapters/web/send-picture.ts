import type { Context } from 'hono';
import type { Picture } from '../../digest/view/picture/drawing.js';
import type { WebEnv } from './guard.js';
import type { WebServices } from './page.js';

/** The two formats of a picture, by the extension of its path. */
export const PICTURE = /^(?<of>.+)\/(?<name>timeline|weeks)\.(?<form>svg|png)$/s;

/** A picture alone, which chats and other sites may keep for five minutes. */
export async function sendPicture(
  c: Context<WebEnv>,
  { renderPng }: WebServices,
  { svg }: Picture,
  form: string,
): Promise<Response> {
  const kept = { 'cache-control': 'public, max-age=300' };
  if (form === 'svg') return c.body(svg, 200, { ...kept, 'content-type': 'image/svg+xml; charset=utf-8' });
  const png = new Uint8Array(await renderPng(svg));
  return c.body(png, 200, { ...kept, 'content-type': 'image/png' });
}
