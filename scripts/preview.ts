/**
 * `npm run preview [-- [--width=PIXELS] DATABASE [OUT [PAGE…]]]`: what covernote sends to Discord and Slack, as pages in their look and, where
 * Debian's Chromium is installed, as pictures with their heights. DATABASE is one that `covernote ingest` filled; by default, and as '', the mail
 * that ships is shown. `--width=360` shows it as a phone does.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PreviewChat, previewChats, previewForms } from './preview/chats.js';
import { overviewOf, self } from './preview/home.js';
import { withMail } from './preview/library.js';
import { draw, findBrowser, WIDTH_PX } from './preview/pictures.js';
import { scenesOf } from './preview/scenes.js';

const WIDTH = /^--width=(\d+)$/;
const given = process.argv.slice(2);
const [database = '', out = 'preview', ...only] = given.filter((word) => !WIDTH.test(word));
const width = given.flatMap((word) => WIDTH.exec(word)?.[1] ?? [])[0];
const widthPx = width === undefined ? WIDTH_PX : Number(width);
const browser = findBrowser();
mkdirSync(out, { recursive: true });

interface Page {
  readonly name: string;
  readonly parts: readonly string[];
}

for (const chat of previewChats) {
  const pages = await withMail(database === '' ? null : database, async (library) => {
    const scenes = await scenesOf(library, chat.name, chat.fits);
    return scenes.map(({ name, title, messages }): Page => {
      const drawn = messages.map((message, i) =>
        chat.message(i === 0 ? title : `${title}, ${i + 1}`, message),
      );
      report(chat, name, drawn);
      return { name, parts: drawn.map(({ html }) => html) };
    });
  });
  const forms = previewForms().map(({ title, command, form }) => chat.form(title, command, form));
  report(chat, 'forms', forms);
  const home = chat.home?.('The home of the app', overviewOf(chat.name), self(chat.name));
  if (home !== undefined) report(chat, 'home', [home]);
  const all: Page[] = [
    ...pages,
    { name: 'forms', parts: forms.map(({ html }) => html) },
    ...(home === undefined ? [] : [{ name: 'home', parts: [home.html] }]),
  ];
  for (const page of all) if (only.length === 0 || only.includes(page.name)) await show(chat, page);
}
if (browser === null) process.stdout.write('No pictures: install chromium to get them.\n');

/** A request that the chat would refuse fails the preview. */
function report(
  chat: PreviewChat,
  name: string,
  drawn: readonly { readonly problems: readonly string[] }[],
): void {
  const problems = drawn.flatMap((one) => one.problems);
  if (problems.length === 0) return;
  process.exitCode = 1;
  process.stdout.write(`${chat.name} ${name}: ${problems.join('; ')}\n`);
}

async function show(chat: PreviewChat, { name, parts }: Page): Promise<void> {
  const file = join(out, `${chat.name}-${name}.html`);
  const narrow =
    width === undefined ? '' : `<style>body{box-sizing:border-box;width:${widthPx}px;max-width:none}</style>`;
  writeFileSync(file, `${chat.page(parts)}${narrow}`);
  const heights = browser === null ? null : (await draw(browser, file, widthPx)).scenes;
  const measured =
    heights === null ? '' : `: ${heights.reduce((sum, px) => sum + px, 0)} px in ${heights.length}`;
  process.stdout.write(`${file}${measured}\n`);
}
