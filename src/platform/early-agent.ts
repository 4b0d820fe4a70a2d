// An https agent that dials first and gets ready for TLS while the network is busy: Node would do it the other way round,
// and reading its certificate authorities takes Node 20 as long as many a connection takes to be made.

import https from 'node:https'
import net from 'node:net'
import tls from 'node:tls'

/** Keeps connections open between requests, and starts them early. */
export class EarlyAgent extends https.Agent {
  constructor() {
    super({ keepAlive: true })
  }

  /** @see https://nodejs.org/api/http.html#agentcreateconnectionoptions-callback */
  override createConnection(options: net.TcpNetConnectOpts & tls.ConnectionOptions): tls.TLSSocket {
    const socket = net.connect(options)
    const secureContext = tls.createSecureContext(options)
    return tls.connect({ ALPNProtocols: ['http/1.1'], ...options, socket, secureContext })
  }
}
