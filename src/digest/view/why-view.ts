import { versionName } from '../series/version-name.js';
import type { PublicCorrection, WhyPosting, WhySeries } from '../series/why.js';
import type { StateDoubt } from '../state/outcome.js';
import { SURE } from '../state/weigh-claim.js';
import { count } from '../text/count.js';
import { shorten } from '../text/inert.js';
import { heading, linked, note, section } from './blocks.js';
import type { Block, Span, View } from './view.js';
import { dotted, patchesText } from './words.js';

const MAILS_SHOWN = 12;
const POSTINGS_SHOWN = 20;

/** Why the mails of a series are one piece of work, in words: its postings, what joined them, its state, people's corrections. */
export function whyView(why: WhySeries): View {
  const latest = why.postings.at(-1);
  const fallback = `${shorten(why.title, 200)}: ${count(why.postings.length, 'posting')}.`;
  const shown = why.postings.slice(-POSTINGS_SHOWN);
  const left = why.postings.length - shown.length;
  return {
    fallback,
    blocks: [
      heading(1, `${why.title} `, {
        text: `${latest === undefined ? '' : `${versionName(latest)}, `}series ${why.id}`,
        style: 'dim',
      }),
      ...section('Why it is one series', joinLines(why)),
      ...section(
        'Where it comes from',
        why.origins.map(({ text, url }) => [{ text, ...(url === null ? {} : { url }) }]),
      ),
      ...section('What people corrected', why.corrections.map(correctionLine)),
      ...section(`State: ${why.state.name.replace('-', ' ')}`, stateLines(why)),
      heading(3, 'The mails of each posting'),
      ...(left > 0 ? [note(`${left} older ones: see --json`)] : []),
      ...shown.map(postingBlock),
    ],
  };
}

function joinLines({ postings, links }: WhySeries): Span[][] {
  if (postings.length < 2) return [[{ text: 'There is one posting; nothing was joined to it.' }]];
  return links.map(({ newer, text }) => {
    const posting = postings.find((one) => one.messageId !== null && one.messageId === newer);
    // Two postings of one version are distinguished by their dates.
    const twins = postings.filter(
      (one) => posting !== undefined && versionName(one) === versionName(posting),
    );
    const date = twins.length > 1 ? (posting?.date ?? null) : null;
    return dotted([text, date === null ? null : { at: date, form: 'date' }]);
  });
}

/** `linked by ada on 3 Mar 2026: a@x and b@x`. */
function correctionLine({ kind, a, b, by, madeAt }: PublicCorrection): Span[] {
  return [
    { text: `${kind === 'link' ? 'linked' : 'separated'} by ${by} on ` },
    { at: madeAt, form: 'time' },
    { text: ': ' },
    { text: a ?? 'a mail without Message-ID', style: 'code' },
    { text: ' and ' },
    { text: b ?? 'a mail without Message-ID', style: 'code' },
  ];
}

const SOURCES: Readonly<Record<string, string>> = {
  'pw-bot': 'a pw-bot command',
  'patchwork-bot': 'a notice from patchwork’s bot',
  'tip-bot': 'a notice from the tip tree’s bot',
  commit: 'a notice of a push',
  'b4-ty': 'a thank-you note from b4',
  mm: 'a notice from the -mm tree',
  stable: 'a notice from the stable trees',
  'pr-tracker': 'a notice from the pull request tracker',
  announced: 'the tag in its subject',
  'pull-request': 'a pull request that lists it',
  person: 'a reply that says so',
  'newer-version': 'a newer version',
  reply: 'the first reply',
  review: 'the first review',
};

function stateLines({ state }: WhySeries): Span[][] {
  if (state.evidence.length === 0 && (state.disbelieved ?? []).length === 0)
    return [[{ text: state.name === 'new' ? 'no replies yet' : 'no single mail says so' }]];
  const doubts = (state.disbelieved ?? []).map(doubtLine);
  const lines = state.evidence.map((one) => {
    const tree = one.tree ?? one.branch;
    const branch = one.tree !== null && one.branch !== null ? ` (${one.branch})` : '';
    const sure = one.confidence < SURE ? 'not certain' : null;
    return dotted([
      SOURCES[one.source] ?? one.source,
      one.source === 'commit' && one.by.name === '' && one.by.email === ''
        ? null
        : `by ${one.by.name || one.by.email || 'unknown'}`,
      tree === null ? null : `tree ${tree}${branch}`,
      one.date === null ? null : { at: one.date, form: 'date' },
      sure,
      one.quote === '' ? null : `“${shorten(one.quote, 160)}”`,
      one.url === null ? one.messageId : { text: one.url, url: one.url },
    ]);
  });
  return [...lines, ...doubts];
}

const REASONS: Readonly<Record<StateDoubt['reason'], string>> = {
  'not-entitled': 'MAINTAINERS does not name them for what it changes',
  'not-authenticated': 'DKIM or DMARC failed where the mail was received',
};

/** `not believed: “applied” by mallory@evil.example: …`. */
function doubtLine({ by, says, reason, messageId }: StateDoubt): Span[] {
  return dotted([`not believed: “${says}” by ${by.email || by.name}`, REASONS[reason], messageId]);
}

function postingBlock(posting: WhyPosting): Block {
  const { mails, missing, doubles, carried } = posting;
  const shown = mails.slice(0, MAILS_SHOWN);
  const left = mails.length - shown.length;
  const inferred =
    posting.versionInferred && posting.version > 1 ? 'the text says so, not the subject' : null;
  return {
    kind: 'item',
    title: dotted([
      { text: versionName(posting), style: 'bold' },
      posting.date === null ? 'undated' : { at: posting.date, form: 'date' },
      patchesText(posting),
      posting.author.name || posting.author.email,
      inferred,
    ]),
    lines: [
      ...posting.why.map((text) => [{ text }]),
      ...shown.map((mail) => mailLine(mail)),
      ...(left > 0 ? [[{ text: `+${left} more mails`, style: 'dim' } as const]] : []),
      ...(carried > 0
        ? [
            [
              {
                text: `the other ${count(carried, 'patch', 'patches')} are carried over from an earlier version`,
              },
            ],
          ]
        : []),
      ...(doubles.length > 0
        ? [
            [
              {
                text: `besides: ${doubles.slice(0, 3).join(', ')}, whose place another mail already has`,
              },
            ],
          ]
        : []),
      ...(missing.length > 0 ? [[{ text: missingText(missing), style: 'warn' } as const]] : []),
    ],
  };
}

function mailLine({ role, index, title, messageId, url }: WhyPosting['mails'][number]): Span[] {
  const name = role === 'cover' ? 'cover' : index === null ? 'patch' : `${index}.`;
  return [
    { text: `${name} `, style: 'dim' },
    ...(role === 'cover' ? [] : [{ text: `${shorten(title, 60)} ` }]),
    linked(messageId ?? 'no Message-ID', url, 'code'),
  ];
}

function missingText(missing: readonly string[]): string {
  const some = missing.slice(0, 3).map((title) => `“${shorten(title, 60)}”`);
  const left = missing.length - some.length;
  return `named, but not here: ${some.join(', ')}${left > 0 ? ` +${left}` : ''}`;
}
