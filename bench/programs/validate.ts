// The request of `twitch token -v` in next to nothing, for the runtime of the standalone program.
const [, , url = '', token] = process.argv
void fetch(url, { headers: { authorization: `OAuth ${token}` } }).then(async (answer) =>
  console.log(await answer.text()),
)
