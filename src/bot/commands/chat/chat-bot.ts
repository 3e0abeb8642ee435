import { TransientFailure } from '../../../digest/failure/failure.js';
import type { Action, Answer, ChatBot, Invocation, Press, Request } from '../../../digest/ports/chat-bot.js';
import type { OptionValue } from '../../../digest/ports/command.js';
import { inertView, webUrl } from '../../../digest/view/inert-view.js';
import { PAGE_COST, pageOf } from '../../../digest/view/pages.js';
import type { View } from '../../../digest/view/view.js';
import { refusal } from '../access.js';
import { inChannelWords } from '../channel-words.js';
import {
  type ChatCommand,
  type Command,
  chatCommands,
  type FormInput,
  formSpec,
  specOf,
} from '../command.js';
import type { BotOptions, BotServices, CommandContext } from '../context.js';
import { type ParsedLine, parseLine } from '../parse-line.js';
import { type Pressed, readId } from './action-ids.js';
import { labelOf, problem, problemOf } from './answers.js';
import { didYouMean } from './did-you-mean.js';
import { answerIn, takeChosenChannel } from './in-channel.js';
import { overview } from './overview.js';
import { presses } from './presses.js';
import { withOwnAddresses } from './requester-person.js';
import { settledPlace } from './settled-place.js';
import { suggest } from './suggest.js';
import { unfurl } from './unfurl.js';

export interface ChatBotOptions extends BotOptions {
  readonly commands: readonly Command[];
}

/** The bot that Discord, Slack and the terminal talk to. It keeps no state: everything is in the store or in the ids of buttons. */
export function createChatBot({ onBug, onAnswer, commands, ...options }: ChatBotOptions): ChatBot {
  const chat = chatCommands(commands);
  const services: BotServices = {
    ...options,
    commands: chat.map(specOf),
    pageCost: options.pageCost ?? PAGE_COST,
  };
  const mostCost = Math.max(MOST_COST, services.pageCost);

  /** Whatever goes wrong is an answer: a mistake in words, a bug by its reference. */
  async function guarded(name: string, work: () => Promise<Answer>): Promise<Answer> {
    const answered = onAnswer?.(name);
    let outcome: Answer['kind'] | 'failed' = 'failed';
    try {
      const answer = await work().catch(problemOrThrow);
      outcome = answer.kind;
      return harmlessAnswer(answer, mostCost);
    } catch (error) {
      const reference = services.newId().slice(0, 8);
      onBug(error, { reference, operation: name });
      return failed(reference);
    } finally {
      answered?.(outcome);
    }
  }

  return {
    commands: services.commands,
    emptyForm(line) {
      const read = parseLine(chat, line);
      if (read.kind === 'problem' || !read.form.asksForWords || read.words !== '') return null;
      return { command: specOf(read.command), form: formSpec(read.form) };
    },
    async formValues({ command, form }, at) {
      const named = chat.find(({ name }) => name === command)?.chat.forms.find(({ name }) => name === form);
      try {
        return (await named?.current?.({ ...services, ...at })) ?? {};
      } catch (error) {
        // A form without its values is of use still.
        onBug(error, { reference: services.newId().slice(0, 8), operation: `form ${command} ${form}` });
        return {};
      }
    },
    answer(invocation) {
      const read = readRequest(chat, invocation.request);
      const name = read.kind === 'form' ? read.command.name : 'unknown';
      return guarded(name, () => answerForm(read, chat, invocation, { ...services, ...invocation }));
    },
    press: (press) =>
      guarded('press', async () => {
        const place = await settledPlace(services, press.place);
        return answerPress(press, chat, { ...services, ...press, place });
      }),
    async suggest(request) {
      try {
        return await suggest(services, request);
      } catch (error) {
        onBug(error, { reference: services.newId().slice(0, 8), operation: `suggest ${request.command}` });
        return [];
      }
    },
    overview: (requester, place) => overview({ ...services, requester, place }),
    async unfurl(url, place) {
      const card = await unfurl(services, url, place);
      return card === null ? null : { view: inertView(card.view), actions: card.actions.map(harmlessAction) };
    },
    async forget(what) {
      await services.library.store.chat.destinations.forget(what);
    },
  };
}

/** What users can fix and what a retry fixes; anything else is thrown on. */
function problemOrThrow(error: unknown): Answer {
  const answer = problemOf(error);
  if (answer !== null) return answer;
  if (error instanceof TransientFailure)
    return problem(`That did not work just now: ${error.message}`, 'Try again in a few minutes.');
  throw error;
}

function failed(reference: string): Answer {
  return problem(
    `Something went wrong in covernote, and it is not your fault. Reference: ${reference}.`,
    'Try again; if it happens again, give this reference to the operator of this bot.',
  );
}

function readRequest(commands: readonly ChatCommand[], request: Request): ParsedLine {
  if (request.kind === 'typed') return parseLine(commands, request.line);
  const command = commands.find(({ name }) => name === request.command);
  const form = command?.chat.forms.find(({ name }) => name === request.form);
  if (command !== undefined && form !== undefined) return { kind: 'form', command, form, words: '' };
  const message = `There is no /${request.command} ${request.form}`.trim();
  return {
    kind: 'problem',
    problem: {
      message: `${message} here.`,
      remedy: 'Type /covernote help for what there is.',
      suggestions: [],
    },
  };
}

async function answerForm(
  read: ParsedLine,
  commands: readonly ChatCommand[],
  { request }: Pick<Invocation, 'request'>,
  context: CommandContext,
): Promise<Answer> {
  if (read.kind === 'problem') return didYouMean(read.problem, commands);
  const { form, words } = read;
  const formRequest =
    request.kind === 'options'
      ? takeChosenChannel(form, request)
      : { channel: read.channel ?? null, request: { kind: 'words', words } as const };
  const run = async (at: CommandContext) => {
    const refused = refusal(form.right, at);
    if (refused !== null) return problem(refused.message, refused.remedy);
    return form.run(await inputOf(formRequest.request, context), at);
  };
  return formRequest.channel === null ? run(context) : answerIn(formRequest.channel, form, context, run);
}

/** What was typed, in words or in options, with `me` replaced by the user's addresses. */
async function inputOf(input: FormInput, context: CommandContext): Promise<FormInput> {
  if (input.kind === 'words') return { ...input, words: await withOwnAddresses(input.words, context) };
  const options: Record<string, OptionValue> = {};
  for (const [name, value] of Object.entries(input.options))
    options[name] = typeof value === 'string' ? await withOwnAddresses(value, context) : value;
  return { ...input, options };
}

async function answerPress(
  { id, value }: Pick<Press, 'id' | 'value'>,
  commands: readonly ChatCommand[],
  context: CommandContext,
): Promise<Answer> {
  const pressed = readId(id);
  if (pressed === null)
    return problem(
      'This button is from an older version of me, and I don’t know it any more.',
      'Type the command again; /covernote help lists all.',
    );
  if (pressed.kind === 'command') return answerCommandPress(pressed, commands, context);
  if (pressed.kind === 'follow') {
    if (value === null) return nothingChosen();
    return answerLine(`/follow ${value}`, commands, context);
  }
  if (pressed.kind === 'following') {
    if (value === null || !/^\w{2,24}$/.test(value)) return nothingChosen();
    return answerLine(`/following ${inChannelWords(value)}`, commands, context);
  }
  const press = await presses(pressed, value, context, (line, at) => answerLine(line, commands, at));
  if (press === null) return nothingChosen();
  const refused = refusal(press.right, press.at ?? context, press.target);
  return refused === null ? press.run() : problem(refused.message, refused.remedy);
}

/** A command that was offered on a button, as if it had been typed. */
async function answerCommandPress(
  { command, words, replaces }: Extract<Pressed, { kind: 'command' }>,
  commands: readonly ChatCommand[],
  context: CommandContext,
): Promise<Answer> {
  const answer = await answerLine(`/${command} ${words}`, commands, context);
  return { ...answer, replaces: replaces && answer.visibility === 'private' };
}

function answerLine(
  line: string,
  commands: readonly ChatCommand[],
  context: CommandContext,
): Promise<Answer> {
  const request = { kind: 'typed', line } as const;
  return answerForm(readRequest(commands, request), commands, { request }, context);
}

function nothingChosen(): Answer {
  return problem('Nothing was chosen.', 'Choose one from the list.');
}

/** Nothing in an answer can act on its reader, and it fits into a message. */
function harmlessAnswer(answer: Answer, mostCost: number): Answer {
  const { announce } = answer;
  return {
    ...answer,
    view: fitting(answer.view, mostCost),
    actions: answer.actions.map(harmlessAction),
    announce:
      announce === null
        ? null
        : {
            ...announce,
            view: fitting(announce.view, mostCost),
            actions: announce.actions.map(harmlessAction),
          },
  };
}

/** Longer than any page that a command makes: only what was not foreseen is cut here, with a note that says so. */
const MOST_COST = 9_000;

function fitting(view: View, mostCost: number): View {
  return pageOf(inertView(view), 1, mostCost).view;
}

function harmlessAction(action: Action): Action {
  switch (action.kind) {
    case 'button':
      return { ...action, label: labelOf(action.label) };
    case 'link':
      return {
        ...action,
        label: labelOf(action.label),
        url: webUrl(action.url) ?? 'https://lore.kernel.org/',
      };
    case 'select':
      return action;
    default:
      return action satisfies never;
  }
}
