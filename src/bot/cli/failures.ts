import { UserError } from '../../digest/failure.js';
import { oneLine, shorten } from '../../digest/text/inert.js';
import type { OneSeries } from '../questions/one-series.js';

/** What to tell who asked for one series and got none or several. */
export function notOneSeries(query: string, found: Exclude<OneSeries, { kind: 'one' }>): UserError {
  const asked = shorten(oneLine(query), 100);
  switch (found.kind) {
    case 'none':
      return new UserError(
        'no-series',
        `No series matches “${asked}”.`,
        'Try `covernote series` with fewer words.',
      );
    case 'many': {
      const rows = found.matches.map((series) => {
        const version = series.revisions.at(-1)?.version ?? 1;
        return `${series.id}  v${version}  ${shorten(oneLine(series.title), 90)}`;
      });
      const number = found.hasMore ? `More than ${found.matches.length}` : String(found.matches.length);
      return new UserError(
        'many-series',
        `${number} series match “${asked}”.`,
        `Name one by its id:\n    ${rows.join('\n    ')}`,
      );
    }
    default:
      return found satisfies never;
  }
}
