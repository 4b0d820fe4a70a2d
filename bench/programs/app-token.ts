// The request of `twitch token` in next to nothing, for the runtime of the standalone program.
const [, , url = ''] = process.argv
const body = new URLSearchParams(process.env['FORM'])
void fetch(url, { method: 'POST', body }).then(async (answer) => console.log(await answer.text()))
