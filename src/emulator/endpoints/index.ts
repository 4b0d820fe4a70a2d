// The list of endpoints: add yours here.

import type { Endpoint } from './endpoint.ts'
import { device } from './device.ts'
import { revoke } from './revoke.ts'
import { token } from './token.ts'
import { validate } from './validate.ts'

/** Every endpoint of the server. */
export const allEndpoints: readonly Endpoint[] = [token, device, validate, revoke]
