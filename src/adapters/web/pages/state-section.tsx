import { stateText } from '../../../digest/plan/state-text.js';
import type { SeriesRecord } from '../../../digest/series/record.js';
import type { StateDoubt, StateEvidence } from '../../../digest/state/outcome.js';
import { oneLine, shorten } from '../../../digest/text/inert.js';
import { webUrl } from '../../../digest/view/inert-view.js';
import { MailLink } from '../blocks.js';
import { Moment } from '../moment.js';
import type { PageContext } from '../page.js';

const MOST_EVIDENCE = 12;

/** The state of a series, and the mails that are its evidence. */
export function StateSection({
  series,
  page,
}: {
  readonly series: SeriesRecord;
  readonly page: PageContext;
}) {
  const { name, evidence, disbelieved = [] } = series.state;
  const text = stateText(series, evidence) ?? name.replace('-', ' ');
  return (
    <section aria-labelledby="state">
      <h2 id="state">State: {shorten(oneLine(text), 200)}</h2>
      {evidence.length === 0 ? (
        <p class="quiet">
          {name === 'new' || name === 'under-review'
            ? 'No mail says yet what became of it.'
            : 'It follows from the mails that are here.'}
        </p>
      ) : (
        <ul>
          {evidence.slice(-MOST_EVIDENCE).map((one) => (
            <li>
              <Evidence one={one} page={page} />
            </li>
          ))}
        </ul>
      )}
      {disbelieved.length === 0 ? null : <Doubts doubts={disbelieved} />}
    </section>
  );
}

function Evidence({ one, page }: { readonly one: StateEvidence; readonly page: PageContext }) {
  const url = one.url === null ? null : webUrl(one.url);
  const by = shorten(oneLine(one.by.name || one.by.email || 'unknown'), 80);
  return (
    <>
      {by}
      {one.date === null ? null : (
        <>
          {', '}
          <Moment at={one.date} form="date" page={page} />
        </>
      )}{' '}
      {url === null ? null : <MailLink url={url} about={`what ${by} says of its state`} />}
      {one.quote.trim() === '' ? null : <blockquote>{shorten(oneLine(one.quote), 400)}</blockquote>}
    </>
  );
}

const REASONS = {
  'not-entitled': 'its sender is not entitled to decide this',
  'not-authenticated': 'it failed authentication where it was received',
} as const;

function Doubts({ doubts }: { readonly doubts: readonly StateDoubt[] }) {
  return (
    <details>
      <summary>Not believed ({doubts.length})</summary>
      <ul>
        {doubts.map(({ by, says, reason }) => (
          <li>
            {shorten(oneLine(by.name || by.email), 80)} says “{says.replaceAll('-', ' ')}”: {REASONS[reason]}.
          </li>
        ))}
      </ul>
    </details>
  );
}
