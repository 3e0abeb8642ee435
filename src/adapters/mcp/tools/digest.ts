import { z } from 'zod';
import { readWindow } from '../../../digest/schedule/received-window.js';
import { digestView } from '../../../digest/view/digest-view.js';
import { digestPath } from '../../../digest/view/page-paths.js';
import { pageInput } from '../inputs.js';
import { tool } from '../tool.js';

const MOST_FOLLOWS = 10;
const moment = (does: string) => z.string().trim().max(40).default('').describe(does);

export const digest = tool({
  name: 'digest',
  title: 'Digest of a time',
  does: 'What happened in a window of time: new series, new versions, what was discussed and applied, by subsystem. A day where no window is given; at most 31 days.',
  input: z.object({
    follow: z
      .array(z.string().trim().min(1).max(2_000))
      .max(MOST_FOLLOWS)
      .default([])
      .describe(
        'What it is about, any of these: kvm, list:linux-mm, author:@example.org, path:mm/**, with filters such as -kind:rfc. Empty: everything.',
      ),
    since: moment('Received from this moment on: 7d, 24h, yesterday or 2026-11-09.'),
    until: moment('Received before this moment; now where it is left out.'),
    most: z.number().int().min(1).max(50).default(8).describe('How many series a section may show.'),
    page: pageInput,
  }),
  async answer({ follow, since, until, most }, { library, zone, now }) {
    const follows = follow.map((typed) => library.readFollow(typed));
    const window = readWindow(
      { since, until },
      { nowMs: now(), newestMail: await library.newestMail(), zone },
    );
    const made = await library.digest({ follows, window, budget: most });
    const times = { ...window };
    const path = digestPath(
      follows.map(({ words }) => words),
      times,
    );
    return { view: digestView(made), pages: [path], page: null };
  },
});
