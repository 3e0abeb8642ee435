import type { Person } from '../../../adapters/store/chat/people.js';
import { withMe } from '../../../digest/follow/with-me.js';
import { personTenant } from '../../person-tenant.js';
import { type CommandContext, chatOf } from '../context.js';

type Asking = Pick<CommandContext, 'asker' | 'place' | 'library'>;

/** The user, as the key of what is stored about a person. */
export function personOf({ asker, place }: Pick<Asking, 'asker' | 'place'>): Person {
  const { platform } = place;
  return { platform, tenant: personTenant(platform, asker.tenant), address: asker.id };
}

/** The registered mail addresses of the user, lower case. */
export function emailsOf(context: Asking): Promise<readonly string[]> {
  return chatOf(context).people.emails(personOf(context));
}

const SPEAKS = 'x@example.org';

/** What was typed with `me` replaced by the user's addresses; unchanged if none is known, so that it is rejected with what to do. */
export async function withAsker(text: string, context: Asking): Promise<string> {
  if (withMe(text, [SPEAKS]) === text) return text;
  return withMe(text, await emailsOf(context));
}
