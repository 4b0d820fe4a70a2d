#!/usr/bin/env node
// The file that is started: it says so when this Node is too old for the program. Written so that any Node can read it.
'use strict'

var have = process.versions.node.split('.')
if (+have[0] > 20 || (+have[0] === 20 && +have[1] >= 12)) {
  require('./program.cjs')
} else {
  process.stderr.write(
    'error: This is Node ' +
      process.versions.node +
      ', and twitch-token needs Node 20.12 or newer.\n' +
      'hint: Install a newer Node, or the standalone program, which needs none\n',
  )
  process.exitCode = 2
}
