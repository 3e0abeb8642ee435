/** Columns that a character takes in a terminal: 2 for East Asian wide ones and emoji, 0 for marks that combine. */
function columnsOf(char: string): number {
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x300) return 1;
  if (/\p{M}/u.test(char)) return 0;
  return WIDE.test(char) ? 2 : 1;
}

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;

/** How many columns a text without control characters takes. */
export function width(text: string): number {
  let columns = 0;
  for (const char of text) columns += columnsOf(char);
  return columns;
}

/** A run of characters in one style; a word is one or more of them. */
export interface Piece {
  readonly text: string;
  readonly style: string;
}
export type Word = readonly Piece[];

function wordWidth(word: Word): number {
  return word.reduce((columns, piece) => columns + width(piece.text), 0);
}

/** Splits styled text at its spaces; a word may change its style in its middle. */
export function toWords(pieces: readonly Piece[]): Word[] {
  const words: Piece[][] = [];
  let word: Piece[] = [];
  for (const { text, style } of pieces) {
    text.split(' ').forEach((part, i) => {
      if (i > 0 && word.length > 0) {
        words.push(word);
        word = [];
      }
      if (part !== '') word.push({ text: part, style });
    });
  }
  if (word.length > 0) words.push(word);
  return words;
}

/** Cuts a word that no line can hold into words that a line can; a link stays whole, since a broken one can't be followed. */
function splitLong(word: Word, columns: number): Word[] {
  if (wordWidth(word) <= columns || word.some((piece) => piece.text.includes('://'))) return [word];
  const words: Piece[][] = [];
  let line: Piece[] = [];
  let used = 0;
  for (const { text, style } of word) {
    for (const char of text) {
      if (used + columnsOf(char) > columns && line.length > 0) {
        words.push(line);
        line = [];
        used = 0;
      }
      line.push({ text: char, style });
      used += columnsOf(char);
    }
  }
  if (line.length > 0) words.push(line);
  return words;
}

/** Breaks words into lines of at most `columns` columns. */
export function wrap(words: readonly Word[], columns: number): Word[][] {
  const lines: Word[][] = [];
  let line: Word[] = [];
  let used = 0;
  for (const word of words.flatMap((whole) => splitLong(whole, columns))) {
    const size = wordWidth(word);
    if (line.length > 0 && used + 1 + size > columns) {
      lines.push(line);
      line = [];
      used = 0;
    }
    used += size + (line.length > 0 ? 1 : 0);
    line.push(word);
  }
  if (line.length > 0) lines.push(line);
  return lines;
}
