import type { Installation, InstallationQuery, InstallationStore } from '@slack/bolt';
import { z } from 'zod';
import type { SlackTokens } from './clients.js';
import { NotInstalled } from './outcome.js';
import type { KeptInstallations, SlackMode } from './settings.js';

/** What we need of an installation; the rest is kept as Slack's library gave it. */
const keptSchema = z.looseObject({
  bot: z.looseObject({ token: z.string(), id: z.string(), userId: z.string(), scopes: z.array(z.string()) }),
});

/** A Slack enterprise where the app was installed for all of it, else the workspace. */
export function tenantOf(of: {
  readonly isEnterpriseInstall?: boolean | undefined;
  readonly enterpriseId?: string | undefined;
  readonly teamId?: string | undefined;
}): string {
  return (
    (of.isEnterpriseInstall === true ? of.enterpriseId : of.teamId) ?? of.teamId ?? of.enterpriseId ?? ''
  );
}

/** Who we are with the one token that the environment gives. */
export interface OwnWorkspace {
  readonly teamId: string;
  readonly enterpriseId: string | null;
  readonly botId: string;
  readonly botUserId: string;
}

/** Installations as Slack's library wants them, over those of the store. `own` is the workspace of SLACK_BOT_TOKEN. */
export function createInstallationStore(
  kept: KeptInstallations,
  now: () => string,
  own: () => { readonly token: string; readonly workspace: OwnWorkspace } | null,
  onInstalled: (tenant: string, user: string) => void,
): InstallationStore {
  return {
    async storeInstallation(installation) {
      const tenant = tenantOf({
        isEnterpriseInstall: installation.isEnterpriseInstall,
        enterpriseId: installation.enterprise?.id,
        teamId: installation.team?.id,
      });
      await kept.put({ platform: 'slack', tenant, document: JSON.stringify(installation), madeAt: now() });
      onInstalled(tenant, installation.user.id);
    },
    async fetchInstallation(query: InstallationQuery<boolean>) {
      for (const tenant of tenantsOf(query)) {
        const found = await kept.get('slack', tenant);
        // Checked above all for the token; the other fields are as the library stored them.
        if (found !== null) return readDocument(found.document) as unknown as Installation<'v2', boolean>;
      }
      const ours = own();
      if (ours !== null && tenantsOf(query).includes(ours.workspace.teamId)) return ownInstallation(ours);
      throw new NotInstalled(tenantOf(query));
    },
    async deleteInstallation(query: InstallationQuery<boolean>) {
      await kept.remove('slack', tenantOf(query));
    },
  };
}

/** An app that a whole enterprise installed is also looked up by its workspaces. */
function tenantsOf(query: InstallationQuery<boolean>): string[] {
  const { isEnterpriseInstall, enterpriseId, teamId } = query;
  const ordered = isEnterpriseInstall ? [enterpriseId, teamId] : [teamId, enterpriseId];
  return ordered.filter((tenant) => tenant !== undefined);
}

function readDocument(document: string): z.infer<typeof keptSchema> {
  return keptSchema.parse(JSON.parse(document));
}

function ownInstallation({
  token,
  workspace,
}: {
  readonly token: string;
  readonly workspace: OwnWorkspace;
}): Installation<'v2', false> {
  return {
    team: { id: workspace.teamId },
    enterprise: workspace.enterpriseId === null ? undefined : { id: workspace.enterpriseId },
    user: { token: undefined, scopes: undefined, id: '' },
    bot: { token, id: workspace.botId, userId: workspace.botUserId, scopes: [] },
    isEnterpriseInstall: false,
    authVersion: 'v2',
  };
}

/** Tokens for what goes out: an installation's, else that of the environment where it is meant. */
export function createTokens(
  config: SlackMode,
  kept: KeptInstallations,
  own: () => OwnWorkspace | null,
): SlackTokens {
  const takesOthers = config.mode === 'http' && config.oauth !== null;
  return {
    async tokenFor(tenant) {
      if (takesOthers) {
        const found = await kept.get('slack', tenant);
        if (found !== null) return readDocument(found.document).bot.token;
      }
      if (config.botToken === null) return null;
      const workspace = own();
      const isOwn = workspace === null || tenant === workspace.teamId || tenant === workspace.enterpriseId;
      return !takesOthers || isOwn ? config.botToken : null;
    },
  };
}
