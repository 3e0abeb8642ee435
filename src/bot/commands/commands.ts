import { backup } from './backup.js';
import { board } from './board.js';
import type { Command } from './command.js';
import { completion } from './completion.js';
import { copy } from './copy.js';
import { covernote } from './covernote.js';
import { diff } from './diff.js';
import { digest } from './digest.js';
import { discord } from './discord.js';
import { doctor } from './doctor.js';
import { follow } from './follow.js';
import { following } from './following.js';
import { health } from './health.js';
import { ingest } from './ingest.js';
import { corrections, link, unlink } from './link.js';
import { mcp } from './mcp.js';
import { me } from './me.js';
import { parse } from './parse.js';
import { places } from './places.js';
import { reindex } from './reindex.js';
import { run } from './run.js';
import { schema } from './schema.js';
import { series } from './series.js';
import { serve } from './serve.js';
import { slack } from './slack.js';
import { snooze } from './snooze.js';
import { sources } from './sources.js';
import { subsystems } from './subsystems.js';
import { unfollow } from './unfollow.js';

/** Every command, in the order of help in the chats and on the command line. */
export const commands: readonly Command[] = [
  run,
  ingest,
  series,
  follow,
  unfollow,
  following,
  digest,
  board,
  snooze,
  me,
  diff,
  link,
  unlink,
  corrections,
  subsystems,
  sources,
  places,
  parse,
  doctor,
  health,
  serve,
  mcp,
  reindex,
  backup,
  copy,
  discord,
  slack,
  schema,
  completion,
  covernote,
];
