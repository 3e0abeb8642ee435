import type { Destination } from '../../adapters/store/chat/destination.js';
import { type PlacesAnswer, placesAnswerSchema } from '../../digest/contract/places-answer.js';
import { UserError } from '../../digest/failure/failure.js';
import { toIso } from '../../digest/time/iso.js';
import { placesView } from '../../digest/view/places-view.js';
import { cliSide, example, value } from '../cli/cli-side.js';
import { printJson, printView } from '../cli/print.js';
import type { Library } from '../library.js';
import { nextRun, resultText, scheduleText } from './chat/next-run.js';
import type { Command } from './command.js';
import { type ListedPlace, listPlaces } from './places/list-places.js';

/** `covernote places`: the operator's view of every place; `/covernote places` is the one of an admin in a chat. */
export const places: Command = {
  name: 'places',
  does: 'List every place that gets digests: who set it up, the last result, the next run',
  chat: null,
  cli: cliSide({
    options: {
      pause: value('<id>', 'send no digests to this place until it is resumed'),
      resume: value('<id>', 'send digests to this place again, with what happened since'),
      forget: value('<id>', 'remove this place with all that is stored about it'),
    },
    pages: true,
    examples: [example('places', 'every place, those that need attention first')],
    async run({ options }, context) {
      const nowMs = context.io.nowMs();
      const answer = await context.withLibrary(async (library) => {
        await change(library, options, nowMs);
        return answerPlaces(library, nowMs);
      });
      if (context.json) return printJson(context, placesAnswerSchema.parse(answer));
      await printView(context, placesView(answer));
    },
  }),
};

interface Changes {
  readonly pause: string | null;
  readonly resume: string | null;
  readonly forget: string | null;
}

async function change({ store }: Library, { pause, resume, forget }: Changes, nowMs: number): Promise<void> {
  const { destinations } = store.chat;
  const now = toIso(nowMs);
  if (pause !== null) await destinations.update((await placeOf(store, pause)).id, { state: 'paused' }, now);
  if (resume !== null)
    await destinations.update((await placeOf(store, resume)).id, { state: 'active', failedSlots: 0 }, now);
  if (forget !== null) {
    const { platform, tenant, address } = await placeOf(store, forget);
    await destinations.forget({ platform, tenant, address });
  }
}

async function placeOf(store: Library['store'], id: string): Promise<Destination> {
  const found = /^\d{1,15}$/.test(id) ? await store.chat.destinations.byId(Number(id)) : null;
  if (found !== null) return found;
  throw new UserError('usage', `There is no place ${id}.`, 'Run `covernote places` for the ids.');
}

async function answerPlaces({ store }: Library, nowMs: number): Promise<PlacesAnswer> {
  const listed = await listPlaces(store.chat);
  return { places: listed.map((one) => describePlace(one, nowMs)) };
}

function describePlace(
  { destination, follows, last }: ListedPlace,
  nowMs: number,
): PlacesAnswer['places'][number] {
  const { id, platform, tenant, address, kind, name, setBy, setByName, state, failedSlots } = destination;
  return {
    id,
    platform,
    tenant,
    address,
    kind,
    name,
    setBy: setByName || setBy,
    follows: follows.map(({ words }) => words),
    schedule: scheduleText(destination),
    state,
    failures: failedSlots,
    nextRun: nextRun({ nowMs: () => nowMs }, destination),
    last: last === null ? null : { due: last.due, result: resultText(last) },
  };
}
