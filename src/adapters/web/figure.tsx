import { raw } from 'hono/html';
import type { Picture } from '../../digest/view/picture/drawing.js';
import { href, type PageContext } from './page.js';

/** A picture in a page, with a link to the picture alone. Its text is escaped where it is drawn. `path`: without extension. */
export function Figure({
  picture,
  path,
  page,
}: {
  readonly picture: Picture;
  readonly path: string;
  readonly page: PageContext;
}) {
  return (
    <figure>
      {raw(picture.svg)}
      <figcaption class="quiet">
        As <a href={href(page.site, `${path}.png`)}>PNG</a> or{' '}
        <a href={href(page.site, `${path}.svg`)}>SVG</a>
      </figcaption>
    </figure>
  );
}
