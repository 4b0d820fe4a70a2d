// Small sets of scopes for common purposes, each scope with its reason.

import { Failure } from '../../../domain/failure.ts'
import { printable } from '../../../domain/printable.ts'

/** A scope of a preset. `description` is why it is in it. */
interface PresetScope {
  readonly name: string
  readonly description: string
}

const presets: Readonly<Record<string, readonly PresetScope[]>> = {
  'bot-chat': [
    { name: 'chat:read', description: 'Reads chat over IRC' },
    { name: 'chat:edit', description: 'Sends to chat over IRC' },
  ],
  eventsub: [
    { name: 'user:read:chat', description: 'Receives chat as EventSub notifications, in place of IRC' },
    { name: 'user:write:chat', description: 'Sends to chat through the API' },
    { name: 'user:bot', description: 'Lets the bot’s account appear as a bot; the bot logs in with it' },
    { name: 'channel:bot', description: 'Lets bots into the channel; the broadcaster logs in with it' },
  ],
  moderator: [
    { name: 'moderator:read:chatters', description: 'Sees who is in chat' },
    { name: 'moderator:manage:chat_messages', description: 'Deletes messages' },
    {
      name: 'moderator:manage:chat_settings',
      description: 'Turns slow, emote-only and other modes on and off',
    },
    { name: 'moderator:manage:banned_users', description: 'Bans, times out and pardons' },
    { name: 'moderator:manage:warnings', description: 'Warns chatters' },
    { name: 'moderator:manage:automod', description: 'Decides on messages that AutoMod holds' },
    { name: 'moderator:manage:announcements', description: 'Posts announcements' },
    { name: 'moderator:manage:shoutouts', description: 'Gives shoutouts' },
  ],
  broadcaster: [
    { name: 'channel:manage:broadcast', description: 'Sets title, category and tags' },
    { name: 'channel:manage:polls', description: 'Runs polls' },
    { name: 'channel:manage:predictions', description: 'Runs predictions' },
    { name: 'channel:manage:redemptions', description: 'Offers and settles Channel Points rewards' },
    { name: 'channel:manage:raids', description: 'Raids other channels' },
    { name: 'channel:edit:commercial', description: 'Runs ads' },
  ],
  alerts: [
    { name: 'moderator:read:followers', description: 'Follows' },
    { name: 'channel:read:subscriptions', description: 'Subscriptions and gifts' },
    { name: 'bits:read', description: 'Cheers' },
    { name: 'channel:read:redemptions', description: 'Channel Points redemptions' },
    { name: 'channel:read:hype_train', description: 'Hype Trains' },
    { name: 'channel:read:goals', description: 'Goals' },
  ],
  login: [
    { name: 'openid', description: 'Gives an ID token, which says who logged in' },
    { name: 'user:read:email', description: 'Shows the e-mail address' },
  ],
}

/** The names of the presets. */
export const presetNames: readonly string[] = Object.keys(presets)

/**
 * The scopes of a preset.
 *
 * @throws Failure `usage` when there is none of that name
 */
export function scopePreset(name: string): readonly PresetScope[] {
  const found = Object.entries(presets).find(([each]) => each === name)
  if (found !== undefined) return found[1]
  throw new Failure('usage', 'preset_unknown', `There is no preset "${printable(name)}".`, {
    hint: `There are ${presetNames.join(', ')}`,
  })
}
