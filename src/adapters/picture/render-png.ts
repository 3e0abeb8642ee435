import { createRequire } from 'node:module';

/** Chats show pictures at up to twice the size that they are drawn at, on screens with two or three dots a pixel. */
const ZOOM = 2.5;
const FAMILY = 'DejaVu Sans Condensed';

/**
 * One of our own SVG pictures as PNG, in the font that comes with covernote: the same on every machine. Drawn outside the event
 * loop; encoding it as PNG takes 20 to 35 ms inside. The library is loaded with the first picture. Throws if it has no build for this machine.
 */
export async function renderPng(svg: string): Promise<Uint8Array> {
  const { renderAsync } = await import('@resvg/resvg-js');
  const require = createRequire(import.meta.url);
  const image = await renderAsync(svg, {
    fitTo: { mode: 'zoom', value: ZOOM },
    font: {
      fontFiles: [
        require.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf'),
        require.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf'),
      ],
      loadSystemFonts: false,
      defaultFontFamily: FAMILY,
    },
  });
  return image.asPng();
}
