// The list of endpoints: add yours here.

import { activate, confirm } from './activate.ts'
import { authorize, decide } from './authorize.ts'
import { device } from './device.ts'
import type { Endpoint } from './endpoint.ts'
import { home, stylesheet } from './home.ts'
import { discovery, keys, userinfo } from './open-id.ts'
import { revoke } from './revoke.ts'
import { token } from './token.ts'
import { validate } from './validate.ts'

/** Every endpoint of the server. */
export const allEndpoints: readonly Endpoint[] = [
  token,
  validate,
  revoke,
  device,
  authorize,
  decide,
  discovery,
  keys,
  userinfo,
  activate,
  confirm,
  home,
  stylesheet,
]
