/** Longer lines do not announce another mail. */
const LONGEST_LINE = 200;
/** Lines in which the headers of a copied mail follow each other, folded addresses included. */
const HEADER_LINES = 8;

/** `-----Original Message-----`, `------------------ 原始邮件 ------------------`: what mail programs write above a mail that they copy in. */
const ANNOUNCED =
  /^[-_]{3,40} ?(?:original(?: message| mail| appointment)?|forwarded (?:message|mail)|(?:ursprüngliche|weitergeleitete) (?:nachricht|mail)|message (?:d['’]origine|transféré)|mensaje original|messaggio (?:originale|inoltrato)|mensagem original|oorspronkelijk bericht|ursprungligt meddelande|oprindelig meddelelse|opprinnelig melding|původní zpráva|oryginalna wiadomość|исходное сообщение|пересылаемое сообщение|原始邮件|邮件原件|原始郵件|转发邮件|元のメッセージ|원본 메시지) ?[-_]{0,40}$/i;

const BEGIN =
  /^(?:begin forwarded message|anfang der weitergeleiteten nachricht|début du message réexpédié) ?:$/i;

const FROM =
  /^[*_]{0,2}(?:from|von|de|da|van|från|fra|od|lähettäjä|feladó|kimden|от|від|发件人|寄件者|差出人|보낸 사람)[*_]{0,2} ?[:：]/i;
const SENT =
  /^[*_]{0,2}(?:sent|date|gesendet|datum|envoyé|enviado|enviada em|inviato|data|verzonden|skickat|sendt|odesláno|wysłano|elküldve|lähetetty|gönderildi|дата|отправлено|надіслано|发送时间|發送時間|寄件日期|日期|送信日時|日時|보낸 날짜)[*_]{0,2} ?[:：]/i;
const SUBJECT =
  /^[*_]{0,2}(?:to|subject|an|betreff|à|objet|para|asunto|assunto|a|oggetto|aan|onderwerp|till|ämne|til|emne|předmět|temat|tárgy|aihe|konu|тема|收件人|主题|收件者|主旨|宛先|件名|받는 사람|제목)[*_]{0,2} ?[:：]/i;

/** `On Monday, Jane Doe wrote:`, at its end: the whole may be two lines long. */
const ATTRIBUTION =
  /(?:\b(?:wrote|writes|(?:schrieb|schreef|skrev)(?:\b.{0,80})?|a écrit|escribió|escreveu|ha scritto|a scris|kirjoitti|napsala?|ezt írta(?:\b.{0,80})?)|napisał(?:\(a\)|a)?|yazdı|έγραψε|đã viết|님이 작성|写道|寫道|пишет|пише) ?[:：]$/i;

/**
 * Whether the line from `at` to `end` begins a copy of another mail that has no quote marks, as Outlook and web mailers leave it below an
 * answer. Nothing from there on is the sender's own. `answered`: there are words of the sender's above.
 */
export type BeginsForeignText = (at: number, end: number, answered: boolean) => boolean;

/** Called for each line of one text; linear in all of them together. */
export function foreignTextIn(text: string): BeginsForeignText {
  let lastQuote: number | undefined;
  // The first line with text below is a quote's, or any later one.
  const isQuotedBelow = (from: number): boolean => {
    lastQuote ??= Math.max(text.lastIndexOf('\n>'), text.lastIndexOf('\n|'));
    return lastQuote >= from || /^\s{0,40}[A-Za-z]{1,12}>/.test(text.slice(from, from + 60));
  };
  return (at, end, answered) => {
    if (end - at > LONGEST_LINE || end - at < 3) return false;
    const line = text.slice(at, end).replaceAll('&nbsp;', ' ').trim();
    if (ANNOUNCED.test(line) || BEGIN.test(line)) return true;
    if (FROM.test(line)) return headersFollow(text, end + 1, SENT);
    if (SENT.test(line)) return answered && headersFollow(text, end + 1, FROM);
    // Outlook's bar.
    if (answered && /^_{32,80}$/.test(line)) return FROM.test(text.slice(end + 1, end + 1 + LONGEST_LINE));
    // A sender who answers below an attribution without a quote has removed the quote; one who answers above it has left the mail there.
    return answered && ATTRIBUTION.test(line) && !isQuotedBelow(end);
  };
}

/** The time and the addressee or title of a mail, right below its `From:`; or `From:` and those, right below its time. */
function headersFollow(text: string, from: number, other: RegExp): boolean {
  let [found, subject] = [false, false];
  let at = from;
  for (let turn = 0; turn < HEADER_LINES && at < text.length && !(found && subject); turn += 1) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(at, Math.min(end, at + LONGEST_LINE)).trim();
    if (line === '' && turn > 0 && (found || subject)) break;
    found ||= other.test(line);
    subject ||= SUBJECT.test(line);
    at = end + 1;
  }
  return found && subject;
}
