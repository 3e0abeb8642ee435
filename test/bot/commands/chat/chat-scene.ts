import { fileURLToPath } from 'node:url';
import { openFiles } from '../../../../src/adapters/files/open-files.js';
import type { PreparedMail } from '../../../../src/adapters/store/prepared-mail.js';
import { createNameableCatalog, readCatalog } from '../../../../src/bot/catalog.js';
import { type ChatBotOptions, createChatBot } from '../../../../src/bot/commands/chat/chat-bot.js';
import { commands } from '../../../../src/bot/commands/commands.js';
import { readConfig } from '../../../../src/bot/config.js';
import { createTick, type Tick } from '../../../../src/bot/deliver/tick.js';
import type { MailStore } from '../../../../src/bot/ingest/mail-store.js';
import { openMailStore } from '../../../../src/bot/ingest/open-mail-store.js';
import type { Library } from '../../../../src/bot/library.js';
import { archiveUrl } from '../../../../src/digest/mail/archive-url.js';
import type {
  Action,
  Answer,
  ChatBot,
  FindChannel,
  Place,
  Requester,
} from '../../../../src/digest/ports/chat-bot.js';
import { toIso } from '../../../../src/digest/time/iso.js';
import type { Span, View } from '../../../../src/digest/view/view.js';
import { prepare, prepareAll, type Written } from '../../../adapters/store/written-mail.js';
import { filledDatabases, newDatabase } from '../../../lib/database.js';

const examples = fileURLToPath(new URL('../../../../examples/', import.meta.url));

/** A channel, a person, and those who ask there. */
export const channel: Place = {
  platform: 'memory',
  tenant: 't1',
  address: 'c1',
  kind: 'channel',
  name: '#kvm',
};
export const direct: Place = { platform: 'memory', tenant: 'dm', address: 'jane', kind: 'person', name: '' };
export const jane: Requester = {
  id: 'jane',
  tenant: 't1',
  name: 'Jane',
  zone: 'Europe/Berlin',
  rights: 'manager',
  rightsHold: 'in tenant',
};
export const member: Requester = { ...jane, id: 'mel', name: 'Mel', zone: null, rights: 'member' };
export const guest: Requester = { ...jane, id: 'gus', name: 'Gus', rights: 'guest' };

export interface ChatTestScene {
  readonly bot: ChatBot;
  readonly store: MailStore;
  readonly tick: Tick;
  readonly bugs: unknown[];
  pass(ms: number): void;
  /** Takes in mail now. */
  add(mails: readonly Written[]): Promise<void>;
  ask(line: string, at?: At): Promise<Answer>;
  press(action: Action | undefined, at?: At & { value?: string }): Promise<Answer>;
}

interface At {
  readonly requester?: Requester;
  readonly place?: Place;
  readonly findChannel?: FindChannel;
}

/** The examples' own time: their newest mail is of the evening before. */
export const NOW = '2026-11-17T06:00:00Z';

const links = archiveUrl('https://lore.kernel.org/{list}/{id}/');
const catalog = readCatalog(`${examples}MAINTAINERS`);
const openScene = (url: string) => openMailStore(url, { catalog: () => catalog, archiveUrl: links });
const MAIL = `${examples}mail`;

const withExamples = filledDatabases(async (url) => {
  const store = await openScene(url);
  await store.ingestBatch(await readMail(MAIL), NOW);
  await store.close();
});

/** A bot over a store with the mail in examples/ (or none), in the middle of the day after it. */
export async function makeChatScene(
  options: { examples?: boolean; folder?: string; database?: string; publicUrl?: string } & Partial<
    Pick<ChatBotOptions, 'fetchThread' | 'sources'>
  > = {},
): Promise<ChatTestScene> {
  let nowMs = Date.parse(NOW);
  const folder = options.folder ?? (options.examples === false ? null : MAIL);
  const isFilled = folder === MAIL && options.database === undefined;
  const store = await openScene(
    isFilled ? await withExamples() : (options.database ?? (await newDatabase())),
  );
  const read = readConfig(options.publicUrl === undefined ? {} : { PUBLIC_URL: options.publicUrl });
  if (!read.ok) throw new Error('an empty configuration is wrong');
  const nameable = createNameableCatalog(store, () => catalog);
  const library: Library = {
    store,
    get catalog() {
      return nameable.catalog();
    },
    readLists: nameable.readLists,
    archiveUrl: links,
    config: read.config,
    isDemo: false,
  };
  if (folder !== null && !isFilled) await store.ingestBatch(await readMail(folder), toIso(nowMs));
  await library.readLists();
  const bugs: unknown[] = [];
  const tick = createTick({
    chat: store.chat,
    catalog: () => library.catalog,
    fitsOn: () => () => true,
    now: () => nowMs,
    yieldToEventLoop: async () => undefined,
    onError: (_destination, error) => bugs.push(error),
  });
  let ids = 0;
  const bot = createChatBot({
    commands,
    library,
    nowMs: () => nowMs,
    zone: 'UTC',
    delivers: () => true,
    digests: tick,
    sources: options.sources ?? (async () => []),
    fetchThread: options.fetchThread ?? null,
    newId: () => `id-${ids++}-aaaaaaaa`,
    onBug: (error) => bugs.push(error),
  });
  return {
    bot,
    store,
    tick,
    bugs,
    pass: (ms) => {
      nowMs += ms;
    },
    async add(mails) {
      await store.ingestBatch(await prepareAll(mails), toIso(nowMs));
      await library.readLists();
    },
    ask(line, { requester = jane, place = channel, ...more } = {}) {
      return bot.answer({ request: { kind: 'typed', line }, requester, place, ...more });
    },
    press(action, { requester = jane, place = channel, value = undefined, ...more } = {}) {
      if (action === undefined || action.kind === 'link') throw new Error('there is nothing to press');
      return bot.press({ id: action.id, value: value ?? null, requester, place, ...more });
    },
  };
}

async function readMail(folder: string): Promise<PreparedMail[]> {
  const mails: PreparedMail[] = [];
  for await (const event of openFiles(folder).read())
    if (event.kind === 'mail')
      mails.push(
        await prepare(event.raw, {
          list: event.list,
          receivedAt: event.receivedAt,
          problems: event.problems,
        }),
      );
  return mails;
}

/** Every span of a view. */
export function spansOf(view: View): Span[] {
  return view.blocks.flatMap((block): readonly Span[] => {
    switch (block.kind) {
      case 'heading':
      case 'paragraph':
      case 'note':
        return block.spans;
      case 'item':
        return [...block.title, ...block.lines.flat(), ...(block.meta ?? [])];
      case 'facts':
        return block.rows.flatMap((row) => [{ text: row.label }, ...row.spans]);
      case 'list':
        return block.items.flat();
      case 'code':
        return block.lines.map((line) => ({ text: line }));
      default:
        return block satisfies never;
    }
  });
}

/** What a reader sees, moments left as they are. */
export function textOf(view: View): string {
  return spansOf(view)
    .map((span) => ('at' in span ? span.at : span.text))
    .join('');
}

/** The action with this label. */
export function labelled(answer: { readonly actions: readonly Action[] }, label: string): Action | undefined {
  return answer.actions.find((action) => action.kind === 'button' && action.label === label);
}

export function selectOf(answer: {
  readonly actions: readonly Action[];
}): Extract<Action, { kind: 'select' }> {
  const found = answer.actions.find((action) => action.kind === 'select');
  if (found?.kind !== 'select') throw new Error('there is nothing to choose from');
  return found;
}
