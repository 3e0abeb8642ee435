import type { ChatBot, Suggestion } from '../../../digest/ports/chat-bot.js';
import { suggestZones } from '../../../digest/schedule/zone-names.js';
import type { SeriesRecord } from '../../../digest/series/record.js';
import { findVersion, type VersionName, versionName } from '../../../digest/series/version-name.js';
import { oneLine, shorten } from '../../../digest/text/inert.js';
import { type BotServices, chatOf } from '../context.js';
import { followText } from '../follow/follow-words.js';
import { suggestFollowable } from '../follow/suggest-follow.js';
import { readSearch } from '../series/find-series.js';
import { recentHere } from '../series/recent-here.js';

const MOST = 25;
const MOST_SERIES = 10;
const MAX_LENGTH = 100;
const MAX_TYPED = 100;

type Request = Parameters<ChatBot['suggest']>[0];

/** What a half-typed option may become: at most 25, best first; none if the option takes anything. */
export async function suggest(services: BotServices, request: Request): Promise<readonly Suggestion[]> {
  const typed = request.typed.slice(0, MAX_TYPED).trim();
  const found = await find(services, request, typed);
  return found
    .filter(({ value }) => value !== '' && value.length <= MAX_LENGTH)
    .slice(0, MOST)
    .map(({ label, value }) => ({ label: shorten(oneLine(label), MAX_LENGTH) || value, value }));
}

async function find(services: BotServices, request: Request, typed: string): Promise<readonly Suggestion[]> {
  const { command, option, requester, place } = request;
  const forms = services.commands.find((spec) => spec.name === command)?.forms ?? [];
  const kind = forms.flatMap((form) => form.options).find(({ name }) => name === option)?.suggests ?? null;
  switch (kind) {
    case 'series':
      return suggestSeries(services, { requester, place }, typed);
    case 'followable':
      // A blank at the end begins the next word.
      return suggestFollowable(services, request.typed.slice(0, MAX_TYPED).trimStart());
    case 'followed':
      return suggestFollowed(services, place, typed);
    case 'zone': {
      const zones = suggestZones(typed, MOST);
      const own = typed === '' && requester.zone !== null ? [requester.zone] : [];
      return [...new Set([...own, ...zones])].map((zone) => ({ label: zone, value: zone }));
    }
    case null:
      return [];
    default:
      return kind satisfies never;
  }
}

/** The value is the series' id, which does not depend on its title. Nothing typed: what is followed here, and what was active lately. */
async function suggestSeries(
  services: BotServices,
  { requester, place }: Pick<Request, 'requester' | 'place'>,
  typed: string,
): Promise<Suggestion[]> {
  if (typed === '') {
    const { followed, others } = await recentHere(services, place);
    return [...followed, ...others].map((series) => suggestionOf(series, undefined));
  }
  const { store } = services.library;
  const parsed = readSearch(services.library, typed, services.nowMs(), requester.zone ?? services.zone);
  if (!parsed.ok) return [];
  const { query, names } = parsed;
  const [name] = names;
  if (name !== undefined)
    return (await store.search(query, MOST_SERIES)).map(({ series }) => suggestionOf(series, name));
  return (await store.titles(query, MOST_SERIES)).map(({ key, title, version }) => ({
    label: labelWith(title, version),
    value: key,
  }));
}

/** A series, at the version that was named where it has that. */
function suggestionOf(series: SeriesRecord, name: VersionName | undefined): Suggestion {
  const named = name === undefined ? null : findVersion(series.revisions, name);
  const shown = named ?? series.revisions.at(-1);
  return {
    label: labelWith(series.title, shown === undefined ? '' : versionName(shown)),
    value: named === null ? series.id : `${series.id} ${versionName({ ...named, resend: false })}`,
  };
}

function labelWith(title: string, version: string): string {
  const tail = version === '' ? '' : ` · ${version}`;
  return `${shorten(oneLine(title), MAX_LENGTH - tail.length)}${tail}`;
}

async function suggestFollowed(
  services: BotServices,
  place: Request['place'],
  typed: string,
): Promise<Suggestion[]> {
  const chat = chatOf(services);
  const destination = await chat.destinations.byAddress(place);
  const follows = destination === null ? [] : await chat.follows.of(destination.id);
  const described = await Promise.all(
    follows.slice(0, 100).map(async ({ words, tree }) => ({ words, text: await followText(services, tree) })),
  );
  const part = typed.toLowerCase();
  return described
    .filter(({ words, text }) => `${words} ${text}`.toLowerCase().includes(part))
    .map(({ words, text }) => ({ label: `${words} · ${text}`, value: words }));
}
