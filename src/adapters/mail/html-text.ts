import { convert } from 'html-to-text';

/** Characters of HTML that are read; mail written by people stays far below. */
const MAX_HTML_LENGTH = 1024 * 1024;

/**
 * The text of an HTML mail, for mails that have no plain text: links as their words, quotes marked,
 * no images. Lines are not wrapped, so that commands and paths stay whole. '' where it cannot be read.
 */
export function htmlToPlainText(html: string): string {
  try {
    return convert(html.slice(0, MAX_HTML_LENGTH), {
      wordwrap: false,
      limits: { maxInputLength: MAX_HTML_LENGTH, maxDepth: 100, maxChildNodes: 20_000 },
      selectors: [
        { selector: 'img', format: 'skip' },
        { selector: 'style', format: 'skip' },
        { selector: 'a', options: { hideLinkHrefIfSameAsText: true, linkBrackets: ['<', '>'] } },
      ],
    });
  } catch {
    // Nesting deep enough to exhaust the stack: the mail stays, without its text.
    return '';
  }
}
