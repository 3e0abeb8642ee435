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

/** What out-of-office messages put before the subject that they answer, in the languages of Outlook and of other mail programs. */
const AUTOMATIC_WORDS = [
  'auto(?:matic|mated)?[ -]?(?:reply|response|answer|responder)',
  'vacation (?:reply|response|message|notice)',
  'out of (?:the )?office(?: auto(?:matic)?[ -]?reply| reply| response| message| notification)?',
  'ooo (?:auto(?:matic)?[ -]?reply|reply|response|message|notification)',
  'automatische (?:antwort|abwesenheits\\p{L}+)|autoantwort|abwesenheits(?:notiz|nachricht|meldung|benachrichtigung|assistent)',
  "réponse automatique|absence du bureau|(?:message|réponse) d[’']absence",
  'respuesta automática|fuera de (?:la )?oficina|risposta automatica|fuori (?:sede|ufficio)|resposta automática|fora do escritório',
  'automatisch antwoord|automatische reactie|afwezigheids\\p{L}+|auto(?:matisk |matiskt |)svar|frånvaromeddelande|fravær',
  'automatyczna odpowiedź|odpowiedź automatyczna|automatick[áa] odpove?[ďěd]{1,2}|automatická odpověď|automatikus válasz',
  'automaattinen vastaus|poissaoloilmoitus|automaatvastus|răspuns automat|automatski odgovor|samodejni odgovor|αυτόματη απάντηση',
  'автоматический ответ|автоответ|автоматична відповідь|автоматичен отговор|otomatik (?:yanıt|cevap)|trả lời tự động',
  'תשובה אוטומטית|מענה אוטומטי|رد تلقائي|自动(?:回复|答复|回覆)|自動(?:回覆|回復|答覆|応答|返信|回复)|不在(?:通知|応答)|자동 ?(?:회신|응답)|부재중 ?(?:알림|자동 ?회신)?',
].join('|');
/** `Automatic reply: x`, `[Auto-Reply] x`, `Out of Office Re: x`. */
const AUTOMATIC = new RegExp(
  `^(?:(?:${AUTOMATIC_WORDS}) ?(?:[:：] ?|(?=re: ))|\\[(?:${AUTOMATIC_WORDS})\\] ?:? ?|auto: ?(?=\\[|re: ))`,
  'iu',
);
/** `Bob Stone is out of the office.`, `AUTO: Bob Stone is out of the office (returning 03/10/2026)`: Lotus Notes names no subject. */
const AWAY = /^(?:AUTO: )?[\p{L} .,'()/-]{3,60} is out of (?:the )?office\b/u;

/** `Ping: [PATCH v2] x`, `PING^2 [PATCH] x`, `Gentle ping: Re: [PATCH] x`: it reminds of a patch. */
const PING =
  /^(?:(?:gentle|friendly|kind|weekly) )?(?:ping|reminder|bump)(?: ?[#^*x(]{0,2}\d{1,2}\)?|[!.]{1,3})?(?: ?[:,-])? ?(?=\[[^\]]{0,40}\b(?:patch|rfc)(?![a-z])|re: )/i;

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
  const ping = strict ? null : PING.exec(text.slice(0, 60));
  if (ping !== null) return { forwarded: false, rest: text.slice(ping[0].length) };
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
  const text = subject.slice(0, 100).trimStart();
  return AUTOMATIC.test(text) || AWAY.test(text);
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
