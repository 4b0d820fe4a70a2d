// The library's door: every public name, listed by hand.

export type { Application, ConfidentialApplication, PublicApplication } from './domain/application.ts'
export { Failure, type FailureDetails, type FailureKind } from './domain/failure.ts'
export { type IdentityServer, parseIdentityServer, twitch } from './domain/identity-server.ts'
export { type AccessToken, type Profile, type UserSession, emptyProfile } from './domain/profile.ts'
export { Secret } from './domain/secret.ts'
export type { User } from './domain/token.ts'
export { createMemoryStore } from './store/memory-store.ts'
export type { ProfileStore } from './store/profile-store.ts'
