import type {
  Action,
  Answer,
  ChatBot,
  Invocation,
  Overview,
  Place,
  Press,
} from '../../../src/digest/ports/chat-bot.js';
import { textView } from '../../contract/chat-views.js';
import { emptyForm, readRequest, specs } from '../../lib/commands.js';

/** An answer in one sentence. */
export function answerOf(text: string, more: Partial<Answer> = {}): Answer {
  return {
    kind: 'done',
    view: textView(text),
    actions: [],
    visibility: 'private',
    replaces: false,
    announce: null,
    ...more,
  };
}

export const share = {
  kind: 'button',
  id: 'series:share:card:abc',
  label: 'Share in channel',
  tone: 'plain',
} as const satisfies Action;

export interface ScriptedBot extends ChatBot {
  readonly invocations: Invocation[];
  readonly pressed: Press[];
  readonly forgotten: { tenant: string; address?: string }[];
  readonly unfurled: { url: string; place: Place }[];
  /** What it says next; by default it repeats the request. */
  answers: (invocation: Invocation) => Answer | Promise<Answer>;
  presses: (press: Press) => Answer;
  home: Overview;
  /** The current options of every form. */
  values: Readonly<Record<string, string>>;
}

/** A ChatBot that answers what the test sets and keeps its requests: the port's other side. */
export function scriptedBot(): ScriptedBot {
  const bot: ScriptedBot = {
    commands: specs,
    emptyForm,
    invocations: [],
    pressed: [],
    forgotten: [],
    unfurled: [],
    home: { places: [] },
    answers: ({ request }) => answerOf(`You asked /${readRequest(request)}.`),
    presses: ({ id, value }) => answerOf(`You pressed ${id}${value === null ? '' : ` with ${value}`}.`),
    values: {},
    formValues: async () => bot.values,
    async answer(invocation) {
      bot.invocations.push(invocation);
      return bot.answers(invocation);
    },
    async press(press) {
      bot.pressed.push(press);
      return bot.presses(press);
    },
    suggest: async () => [],
    overview: async () => bot.home,
    async unfurl(url, place) {
      bot.unfurled.push({ url, place });
      return url.includes('unknown')
        ? null
        : { view: textView(`The series behind ${url}.`), actions: [share] };
    },
    async forget({ tenant, address }) {
      bot.forgotten.push({ tenant, ...(address === undefined ? {} : { address }) });
    },
  };
  return bot;
}
