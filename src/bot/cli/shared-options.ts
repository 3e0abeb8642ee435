import { on, oneOf, value } from './cli-side.js';

/** The options that every command takes. */
export const sharedOptions = {
  json: on('print JSON on stdout and nothing else'),
  db: value('<path>', 'the database (default: DATABASE_URL, then ./covernote.db)'),
  color: oneOf(['auto', 'always', 'never'], 'colors on stdout', 'auto'),
};
