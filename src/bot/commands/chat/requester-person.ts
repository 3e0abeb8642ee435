import type { Person } from '../../../adapters/store/chat/people.js';
import { withMe } from '../../../digest/follow/with-me.js';
import { personTenant } from '../../person-tenant.js';
import { type CommandContext, chatOf } from '../context.js';

type RequestPlace = Pick<CommandContext, 'requester' | 'place' | 'library'>;

/** The user, as the key of what is stored about a person. */
export function personOf({ requester, place }: Pick<RequestPlace, 'requester' | 'place'>): Person {
  const { platform } = place;
  return { platform, tenant: personTenant(platform, requester.tenant), address: requester.id };
}

/** The registered mail addresses of the user, lower case. */
export function emailsOf(context: RequestPlace): Promise<readonly string[]> {
  return chatOf(context).people.emails(personOf(context));
}

const SPEAKS = 'x@example.org';

/** What was typed with `me` replaced by the user's addresses; unchanged if none is known, so that it is rejected with what to do. */
export async function withOwnAddresses(text: string, context: RequestPlace): Promise<string> {
  if (withMe(text, [SPEAKS]) === text) return text;
  return withMe(text, await emailsOf(context));
}
