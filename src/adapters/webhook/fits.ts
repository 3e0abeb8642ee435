import type { View } from '../../digest/view/view.js';
import { viewText } from '../../digest/view/view-text.js';

/** Characters of the text of one message; its data takes about four times as much. */
const MOST_TEXT = 30_000;

/** Whether a view goes into one request. */
export function fitsRequest(view: View): boolean {
  return viewText(view).length <= MOST_TEXT;
}
