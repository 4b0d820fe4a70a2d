// The list of flows in which a user logs in: add yours here.

import { authorizationCode } from './authorization-code.ts'
import { deviceCode } from './device-code.ts'
import type { UserFlow } from './user-flow.ts'

/** What the ways are called in which a user can log in. */
export type UserFlowName = 'authorization-code' | 'device-code'

/** All of them. */
export const userFlows: Readonly<Record<UserFlowName, UserFlow>> = {
  'authorization-code': authorizationCode,
  'device-code': deviceCode,
}
