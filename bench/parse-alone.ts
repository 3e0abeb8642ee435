/** The mail parser over a mailbox, and nothing else: what `measureParserProcess` runs. Prints how many mails it parsed. */
import { openFiles } from '../src/adapters/files/open-files.js';
import { parseWithMailparser } from '../src/adapters/mail/decode-mail.js';

let read = 0;
for await (const event of openFiles(process.argv[2] ?? '').read()) {
  if (event.kind !== 'mail') continue;
  await parseWithMailparser(event.raw);
  read++;
}
process.stdout.write(JSON.stringify({ read }));
