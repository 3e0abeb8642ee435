/** What the fake Slack knows: workspaces, people, channels and their messages. */

export type Json = Readonly<Record<string, unknown>>;

export interface FakeTeam {
  readonly id: string;
  readonly name: string;
  readonly enterpriseId: string | null;
  readonly botToken: string;
  readonly botId: string;
  readonly botUserId: string;
  /** `revoked`: its token is refused. */
  state: 'installed' | 'revoked' | 'absent';
  /** What it was granted, as Slack names it with every answer; null: all, and Slack does not say. */
  scopes: readonly string[] | null;
}

export interface FakeUser {
  readonly id: string;
  readonly team: string;
  readonly name: string;
  readonly tz: string;
  readonly guest: boolean;
}

export interface FakeChannel {
  readonly id: string;
  readonly team: string;
  readonly name: string;
  readonly isPrivate: boolean;
  /** Of a private channel: the people in it. */
  readonly members: readonly string[];
  isArchived: boolean;
  /** The bot is a member. */
  hasBot: boolean;
  /** The person on the other side of a direct message; null for a channel. */
  readonly im: string | null;
}

export interface FakeMessage {
  readonly ts: string;
  readonly channel: string;
  /** Who posted it: a person's id, or the bot user's. */
  readonly user: string;
  text: string;
  blocks: readonly Json[];
  readonly threadTs: string | null;
  readonly metadata: Json | null;
  /** Shown only to this person; null for everyone. */
  readonly ephemeralTo: string | null;
  unfurls: Json;
  edits: number;
}

export interface FakeView {
  readonly id: string;
  readonly user: string;
  readonly team: string;
  view: Json;
  open: boolean;
}

/** One thing that the app did, or that was done to it. */
interface LogEntry {
  readonly at: number;
  readonly kind: 'api' | 'response_url' | 'delivered' | 'socket';
  /** The method, the event's type, `connected` … */
  readonly what: string;
  readonly team: string | null;
  readonly body: Json;
  /** `ok`, an error code, a fault's name, or the status of the app's answer. */
  readonly outcome: string;
}

export interface World {
  readonly teams: Map<string, FakeTeam>;
  readonly users: Map<string, FakeUser>;
  readonly channels: Map<string, FakeChannel>;
  readonly messages: FakeMessage[];
  readonly views: Map<string, FakeView>;
  readonly homes: Map<string, Json>;
  readonly log: LogEntry[];
  /** Everything that Slack would have refused or its documents forbid. A test ends with this empty. */
  readonly problems: string[];
  nextTs(): string;
  nextId(prefix: string): string;
}

export const BOT_TOKENS = { T0ONE: 'xoxb-one-111', T0TWO: 'xoxb-two-222' } as const;
export const APP_TOKEN = 'xapp-1-A0COVERNOTE-333';
export const SIGNING_SECRET = '8f742231b10e8888abcd99yyyzzz85a5';
export const CLIENT = { id: '111.222', secret: 'client-secret-444' } as const;

/** Two workspaces; Ada is a member of the first, Gus a guest there, Tove a member of the second. */
export function createWorld(): World {
  let seq = 0;
  let lastMicros = 0;
  const world: World = {
    teams: new Map(),
    users: new Map(),
    channels: new Map(),
    messages: [],
    views: new Map(),
    homes: new Map(),
    log: [],
    problems: [],
    nextTs() {
      lastMicros = Math.max(lastMicros + 1, Date.now() * 1000);
      return `${Math.floor(lastMicros / 1_000_000)}.${String(lastMicros % 1_000_000).padStart(6, '0')}`;
    },
    nextId: (prefix) => `${prefix}${String(++seq).padStart(6, '0')}`,
  };
  const team = (id: keyof typeof BOT_TOKENS, name: string, n: number) =>
    world.teams.set(id, {
      id,
      name,
      enterpriseId: null,
      botToken: BOT_TOKENS[id],
      botId: `B0BOT${n}`,
      botUserId: `U0BOT${n}`,
      state: 'installed',
      scopes: null,
    });
  team('T0ONE', 'One', 1);
  team('T0TWO', 'Two', 2);
  const user = (id: string, teamId: string, name: string, tz: string, guest = false) =>
    world.users.set(id, { id, team: teamId, name, tz, guest });
  user('U0ADA', 'T0ONE', 'ada', 'Europe/Berlin');
  user('U0GUS', 'T0ONE', 'gus', 'America/New_York', true);
  user('U0TOVE', 'T0TWO', 'tove', 'Asia/Tokyo');
  const channel = (
    id: string,
    teamId: string,
    name: string,
    hasBot: boolean,
    more: Partial<Pick<FakeChannel, 'isPrivate' | 'isArchived' | 'members'>> = {},
  ) =>
    world.channels.set(id, {
      id,
      team: teamId,
      name,
      isPrivate: false,
      members: [],
      isArchived: false,
      hasBot,
      im: null,
      ...more,
    });
  channel('C0KVM', 'T0ONE', 'kvm', true);
  channel('C0MM', 'T0ONE', 'mm', true);
  channel('C0OUT', 'T0ONE', 'random', false);
  channel('C0SECRET', 'T0ONE', 'secret', false, { isPrivate: true });
  channel('C0CORE', 'T0ONE', 'core', true, { isPrivate: true, members: ['U0ADA'] });
  channel('C0STAFF', 'T0ONE', 'staff', true, { isPrivate: true });
  channel('C0OLD', 'T0ONE', 'old', true, { isArchived: true });
  channel('C0TWO', 'T0TWO', 'kernel', true);
  return world;
}

/** The direct message channel with a person, made where there is none. */
export function imOf(world: World, team: string, user: string): FakeChannel {
  const id = `D${user.slice(1)}`;
  const found = world.channels.get(id);
  if (found !== undefined) return found;
  const made = {
    id,
    team,
    name: 'directmessage',
    isPrivate: true,
    members: [user],
    isArchived: false,
    hasBot: true,
    im: user,
  };
  world.channels.set(id, made);
  return made;
}
