// The list of grants: add yours here.

import { authorizationCode } from './authorization-code.ts'
import { clientCredentials } from './client-credentials.ts'
import { deviceCode } from './device-code.ts'
import type { Grant } from './grant.ts'
import { refreshToken } from './refresh-token.ts'

/** Every grant that the token endpoint knows. */
export const grants: readonly Grant[] = [clientCredentials, authorizationCode, refreshToken, deviceCode]
