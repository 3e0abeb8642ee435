import type { Db } from '../schema.js';

/** Someone in a chat, as their direct messages are addressed: on Discord the same in every server. */
export interface Person {
  readonly platform: string;
  readonly tenant: string;
  /** The platform's id of the person. */
  readonly address: string;
}

export type People = ReturnType<typeof createPeople>;

/** The mail addresses that people say are theirs. It shows only public mail, so nothing is proved. */
export function createPeople(db: Db) {
  return {
    /** Lower case, in alphabetical order. */
    async emails({ platform, tenant, address }: Person): Promise<string[]> {
      const rows = await db
        .selectFrom('person_address')
        .select('email')
        .where('platform', '=', platform)
        .where('tenant', '=', tenant)
        .where('address', '=', address)
        .orderBy('email')
        .execute();
      return rows.map(({ email }) => email);
    },
    /** An existing one stays. */
    async add({ platform, tenant, address }: Person, email: string, now: string): Promise<void> {
      await db
        .insertInto('person_address')
        .values({ platform, tenant, address, email, made_at: now })
        .onConflict((c) => c.columns(['platform', 'tenant', 'address', 'email']).doNothing())
        .execute();
    },
    /** Whether it was there. */
    async remove({ platform, tenant, address }: Person, email: string): Promise<boolean> {
      const rows = await db
        .deleteFrom('person_address')
        .where('platform', '=', platform)
        .where('tenant', '=', tenant)
        .where('address', '=', address)
        .where('email', '=', email)
        .returning('email')
        .execute();
      return rows.length > 0;
    },
  };
}
