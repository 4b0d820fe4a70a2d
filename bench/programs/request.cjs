// One request written with `node:https` and nothing else.
// usage: node request.cjs URL ACCESS_TOKEN, or URL for a form that comes in FORM
'use strict'

const https = require('node:https')

const [url, token] = process.argv.slice(2)
const form = process.env.FORM
const headers = form
  ? { 'content-type': 'application/x-www-form-urlencoded' }
  : { authorization: `OAuth ${token}` }
const request = https.request(url, { method: form ? 'POST' : 'GET', headers }, (answer) => {
  let body = ''
  answer.on('data', (chunk) => (body += chunk))
  answer.on('end', () => console.log(body))
})
request.end(form)
