// Shapes of Twitch's JSON answers, as they are sent. What a client may believe of them is the client's affair.

/** Every refusal: Twitch sends no RFC 6749 `error`, though its refresh page shows one. */
export interface RefusalBody {
  readonly error?: string
  readonly status: number
  readonly message: string
}

/** `POST /token`, all grants. `scope` is an array, and absent when the token has no scopes. */
export interface TokenBody {
  readonly access_token: string
  readonly expires_in: number
  /** With the scope `openid`, in the authorization code grant. */
  readonly id_token?: string
  readonly refresh_token?: string
  readonly scope?: readonly string[]
  readonly token_type: string
}

/** `POST /device`. The `verification_uri` carries the user code already. */
export interface DeviceBody {
  readonly device_code: string
  readonly expires_in: number
  readonly interval: number
  readonly user_code: string
  readonly verification_uri: string
}

/** `GET /validate`. An app token has no user: `login` and `user_id` are absent or null. */
export interface ValidateBody {
  readonly client_id: string
  readonly login?: string | null
  readonly scopes: readonly string[] | null
  readonly user_id?: string | null
  readonly expires_in: number
}
