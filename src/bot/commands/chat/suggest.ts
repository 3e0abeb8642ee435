import type { ChatBot, Suggestion } from '../../../digest/ports/chat-bot.js';
import { suggestZones } from '../../../digest/schedule/zone-names.js';
import { versionName } from '../../../digest/series/version-name.js';
import { findSubsystems } from '../../../digest/subsystem/find-subsystems.js';
import { oneLine, shorten } from '../../../digest/text/inert.js';
import { type BotServices, chatOf } from '../context.js';
import { followText } from '../follow/follow-words.js';

const MOST = 25;
const MOST_SERIES = 10;
const MAX_LENGTH = 100;
const MAX_TYPED = 100;

type Request = Parameters<ChatBot['suggest']>[0];

/** What a half-typed option may become: at most 25, best first; none where the option takes anything. */
export async function suggest(services: BotServices, request: Request): Promise<readonly Suggestion[]> {
  const typed = request.typed.slice(0, MAX_TYPED).trim();
  const found = await find(services, request, typed);
  return found
    .filter(({ value }) => value !== '' && value.length <= MAX_LENGTH)
    .slice(0, MOST)
    .map(({ label, value }) => ({ label: shorten(oneLine(label), MAX_LENGTH) || value, value }));
}

async function find(
  services: BotServices,
  { command, option, asker, place }: Request,
  typed: string,
): Promise<readonly Suggestion[]> {
  const forms = services.commands.find((spec) => spec.name === command)?.forms ?? [];
  const kind = forms.flatMap((form) => form.options).find(({ name }) => name === option)?.suggests ?? null;
  switch (kind) {
    case 'series':
      return suggestSeries(services, typed);
    case 'followable':
      return suggestFollowable(services, typed);
    case 'followed':
      return suggestFollowed(services, place, typed);
    case 'zone': {
      const zones = suggestZones(typed, MOST);
      const own = typed === '' && asker.zone !== null ? [asker.zone] : [];
      return [...new Set([...own, ...zones])].map((zone) => ({ label: zone, value: zone }));
    }
    case null:
      return [];
    default:
      return kind satisfies never;
  }
}

/** The value is the series' own id: it names it whatever its title. */
async function suggestSeries(services: BotServices, typed: string): Promise<Suggestion[]> {
  if (typed.length < 2) return [];
  const hits = await services.library.store.search(typed, MOST_SERIES);
  return hits.map(({ series }) => {
    const latest = series.revisions.at(-1);
    const version = latest === undefined ? '' : ` · ${versionName(latest)}`;
    return {
      label: `${shorten(oneLine(series.title), MAX_LENGTH - version.length)}${version}`,
      value: series.id,
    };
  });
}

/** Completes the last word, so that several can be typed one after the other. */
async function suggestFollowable(services: BotServices, typed: string): Promise<Suggestion[]> {
  const at = Math.max(typed.lastIndexOf(' '), typed.lastIndexOf(',')) + 1;
  const [before, word] = [typed.slice(0, at), typed.slice(at).toLowerCase()];
  const { catalog } = services.library;
  const begun = catalog.subsystems.filter(({ slug }) => slug.startsWith(word));
  const named = word === '' ? null : findSubsystems(catalog, word);
  const others = named === null ? [] : (named.near ?? named.found);
  const slugs = [...new Map([...begun, ...others].map((one) => [one.slug, one])).values()];
  slugs.sort((a, b) => rank(a.slug, word) - rank(b.slug, word));
  return slugs.slice(0, MOST).map(({ slug, name }) => ({
    label: name.toLowerCase() === slug ? `${before}${slug}` : `${before}${slug} · ${name}`,
    value: `${before}${slug}`,
  }));
}

/** As typed, begun so and the whole of a subsystem before its parts, then what is only named so. */
function rank(slug: string, word: string): number {
  if (slug === word) return 0;
  return (slug.startsWith(word) ? 1 : 3) + (slug.includes('/') ? 1 : 0);
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
