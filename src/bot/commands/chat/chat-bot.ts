import { TransientFailure } from '../../../digest/failure.js';
import type { Action, Answer, ChatBot, Invocation, Press } from '../../../digest/ports/chat-bot.js';
import { inertView, webUrl } from '../../../digest/view/inert-view.js';
import { PAGE_COST, pageOf } from '../../../digest/view/pages.js';
import type { View } from '../../../digest/view/view.js';
import { specs } from '../commands.js';
import type { Asked, ChatScene } from '../context.js';
import { answerForget } from '../covernote/forget.js';
import { answerCovernote } from '../covernote.js';
import { answerDigestCommand } from '../digest/answer.js';
import { answerFollow, followSeries } from '../follow.js';
import { answerFollowing } from '../following.js';
import { splitFirst } from '../parse-line.js';
import { plainWords } from '../plain-words.js';
import { answerSeriesCommand, openSeries, shareSeries } from '../series/answer.js';
import { answerSubsystemsCommand } from '../subsystems/answer.js';
import { answerUnfollow, answerUnfollowPress } from '../unfollow.js';
import { type Pressed, readId } from './action-ids.js';
import { labelOf, problem, problemOf } from './answers.js';
import { overview } from './overview.js';
import { takePage } from './page-word.js';
import { suggest } from './suggest.js';
import { answerUndo } from './undo.js';
import { unfurl } from './unfurl.js';

export interface ChatBotOptions extends Omit<ChatScene, 'pageCost'> {
  /** What one message takes, as pagesOf counts it: that of the narrower chat where nothing is said. */
  readonly pageCost?: number;
  /** Told of bugs: what was thrown, the id that the asker got, and what was asked, without names. */
  readonly onBug: (error: unknown, bug: { readonly reference: string; readonly asked: string }) => void;
}

/** The bot that Discord, Slack and the terminal talk to. It remembers nothing itself: all is in the store or in the ids of buttons. */
export function createChatBot({ onBug, ...options }: ChatBotOptions): ChatBot {
  const scene: ChatScene = { ...options, pageCost: options.pageCost ?? PAGE_COST };
  const mostCost = Math.max(MOST_COST, scene.pageCost);
  const harmless = (answer: Answer) => harmlessAnswer(answer, mostCost);
  /** Whatever goes wrong is an answer: a mistake in words, a bug by its number. */
  const guarded = async (asked: string, work: () => Promise<Answer>): Promise<Answer> => {
    try {
      return harmless(await work());
    } catch (error) {
      const mendable = problemOf(error);
      if (mendable !== null) return harmless(mendable);
      if (error instanceof TransientFailure)
        return harmless(
          problem(`That did not work just now: ${error.message}`, 'Try again in a few minutes.'),
        );
      const reference = scene.newId().slice(0, 8);
      onBug(error, { reference, asked });
      return harmless(
        problem(
          `Something went wrong here, and it is not your fault. Its number is ${reference}.`,
          'Try again; if it stays so, tell whoever runs me this number.',
        ),
      );
    }
  };

  return {
    commands: specs,
    answer: (invocation) =>
      guarded(`/${invocation.command}`, () => answerCommand(invocation, { ...invocation, scene })),
    press: (press) =>
      guarded(`press ${press.id.split(':')[0]}`, () => answerPress(press, { ...press, scene })),
    suggest: async (request) => {
      try {
        return await suggest(scene, request);
      } catch (error) {
        onBug(error, { reference: scene.newId().slice(0, 8), asked: `suggest ${request.command}` });
        return [];
      }
    },
    overview: (asker, place) => overview({ scene, asker, place }),
    async unfurl(url, place) {
      const card = await unfurl(scene, url, place);
      return card === null ? null : { view: inertView(card.view), actions: card.actions.map(harmlessAction) };
    },
    async forget(what) {
      await scene.library.store.chat.destinations.forget(what);
    },
  };
}

async function answerCommand(
  { command, words: typed }: Pick<Invocation, 'command' | 'words'>,
  asked: Asked,
): Promise<Answer> {
  const words = plainWords(typed);
  switch (command) {
    case 'series':
      return answerSeriesCommand(words, asked);
    case 'follow':
      return answerFollow(words, asked);
    case 'unfollow':
      return answerUnfollow(words, asked);
    case 'following':
      return answerFollowing(takePage(words).page, asked);
    case 'digest':
      return answerDigestCommand(words, asked);
    case 'subsystems':
      return answerSubsystemsCommand(words, asked);
    case 'covernote': {
      const [first, rest] = splitFirst(words);
      // Every command is also a word of this one.
      const other = specs.find(
        ({ name }) => name === first.toLowerCase().replace(/^\//, '') && name !== 'covernote',
      );
      return other === undefined
        ? answerCovernote(words, asked)
        : answerCommand({ command: other.name, words: rest }, asked);
    }
    default:
      return command satisfies never;
  }
}

async function answerPress({ id, value }: Pick<Press, 'id' | 'value'>, asked: Asked): Promise<Answer> {
  const pressed = readId(id);
  if (pressed === null)
    return problem(
      'This button is from an older version of me, and I don’t know it any more.',
      'Type the command again; /covernote help lists all.',
    );
  switch (pressed.kind) {
    case 'series':
      return openSeries(pressed.anchor, pressed.view, pressed.page, pressed.pops, asked);
    case 'pick':
      return value === null ? nothingChosen() : openSeries(value, 'card', 1, false, asked);
    case 'share':
      return shareSeries(pressed.anchor, pressed.view, pressed.page, asked);
    case 'follow-series':
      return followSeries(pressed.anchor, asked);
    case 'follow':
      return value === null ? nothingChosen() : answerCommand({ command: 'follow', words: value }, asked);
    case 'unfollow':
      return pressUnfollow(pressed, value, asked);
    case 'undo':
      return answerUndo(pressed.undo, asked);
    case 'forget':
      return answerForget(asked);
    case 'command': {
      const answer = await answerCommand(pressed, asked);
      return { ...answer, replaces: pressed.replaces && answer.visibility === 'private' };
    }
    default:
      return pressed satisfies never;
  }
}

async function pressUnfollow(
  { follow }: Extract<Pressed, { kind: 'unfollow' }>,
  value: string | null,
  asked: Asked,
): Promise<Answer> {
  const id = follow ?? (value !== null && /^\d{1,15}$/.test(value) ? Number(value) : null);
  return id === null ? nothingChosen() : answerUnfollowPress(id, asked);
}

function nothingChosen(): Answer {
  return problem('Nothing was chosen.', 'Choose one from the list.');
}

/** Nothing of an answer acts on who reads it, and it fits into a message. */
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

/** Longer than any page that a command makes: only what nobody foresaw is cut here, and said to be. */
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
