/** What mail programs put before the subject of a reply, in many languages; compared in lower case. */
const REPLY = new Set(
  `re aw antw antwort sv vs res resp rif ref r odp ynt vedr vá va atb bls εα απ σχετ отв ответ ha 答复 答覆 回复 回覆 返信 답장 회신`.split(
    ' ',
  ),
);

/** The same for mail that is passed on. */
const FORWARD = new Set(
  'fwd fw wg tr rv enc i pd vl vb doorst továbbítás trs ilt i̇lt videresendt vidaresend пересл 转发 轉寄 転送 전달'.split(
    ' ',
  ),
);

/** Also prefixes of kernel code (`fw: load it`, `tr: token ring`); they count only as mail programs write them: a capital first. */
const AMBIGUOUS = new Set('r i sv vs tr va ha pd vl vb rv fw res ref ilt'.split(' '));

/** What out-of-office messages put before the subject that they answer. */
const AUTOMATIC =
  /^(?:auto(?:matic)?[ -]?(?:reply|response)|out of (?:the )?office|automatische antwort|abwesenheitsnotiz|réponse automatique|respuesta automática|risposta automatica|resposta automática|自动回复|自動回覆|自動応答)(?: reply)? ?[:：] ?/i;

const LONGEST_MARKER = 14;

/** A reply marker that was removed from the front of a subject. */
export interface ReplyMarker {
  readonly forwarded: boolean;
  /** What follows it, white space before it removed. */
  readonly rest: string;
}

/**
 * Removes one reply marker (`Re:`, `Re[2]:`, `答复：`) from the front of `text`; null if there is none. `strict` accepts only `Re:`: after a
 * PATCH tag every other word is part of the title.
 */
export function takeReplyMarker(text: string, strict: boolean): ReplyMarker | null {
  const automatic = strict ? null : AUTOMATIC.exec(text.slice(0, 60));
  if (automatic !== null) return { forwarded: false, rest: text.slice(automatic[0].length).trimStart() };
  const colon = indexOfColon(text);
  if (colon <= 0) return null;
  const written = text.slice(0, colon).trimEnd();
  const word = /[\d]/.test(written) ? withoutCount(written) : written;
  const key = word.toLowerCase();
  const forwarded = FORWARD.has(key);
  if (!forwarded && !REPLY.has(key)) return null;
  if (strict && key !== 're') return null;
  if (AMBIGUOUS.has(key) && word === key) return null;
  return { forwarded, rest: text.slice(colon + 1).trimStart() };
}

/** `Automatic reply: [PATCH v2] x`: a program answers for someone who is away. */
export function isAutomaticReply(subject: string): boolean {
  return AUTOMATIC.test(subject.slice(0, 60).trimStart());
}

function indexOfColon(text: string): number {
  const head = text.slice(0, LONGEST_MARKER);
  const plain = head.indexOf(':');
  const wide = head.indexOf('：');
  if (plain < 0) return wide;
  return wide < 0 ? plain : Math.min(plain, wide);
}

/** `Re[2]`, `Re(3)`, `Re^2` and `Re*3` count the replies. */
function withoutCount(word: string): string {
  return /^(\p{L}{1,10})(?:\[\d{1,3}\]|\(\d{1,3}\)|[\^*]\d{1,3})$/u.exec(word)?.[1] ?? word;
}
