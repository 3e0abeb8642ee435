import type { Person } from '../../../adapters/store/chat/people.js';
import { withMe } from '../../../digest/follow/with-me.js';
import { personTenant } from '../../person-tenant.js';
import { type CommandContext, chatOf } from '../context.js';

type Asking = Pick<CommandContext, 'asker' | 'place' | 'library'>;

/** The asker, as what is stored of a person is kept. */
export function personOf({ asker, place }: Pick<Asking, 'asker' | 'place'>): Person {
  const { platform } = place;
  return { platform, tenant: personTenant(platform, asker.tenant), address: asker.id };
}

/** The mail addresses of the asker, lower case; none where they named none. */
export function emailsOf(context: Asking): Promise<readonly string[]> {
  return chatOf(context).people.emails(personOf(context));
}

const SPEAKS = 'x@example.org';

/** What was typed with `me` put as the asker's addresses; as it is if none is known, so that it is refused with what to do. */
export async function withAsker(text: string, context: Asking): Promise<string> {
  if (withMe(text, [SPEAKS]) === text) return text;
  return withMe(text, await emailsOf(context));
}
