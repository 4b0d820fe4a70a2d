// Spans of time, in words for a person.

const NARROWEST_IN_MINUTES = 120

/** Whole seconds below two minutes, whole minutes from there on: `1 second`, `90 seconds`, `30 minutes`. */
export function durationWords(seconds: number): string {
  return seconds < NARROWEST_IN_MINUTES ? count(seconds, 'second') : count(seconds / 60, 'minute')
}

function count(amount: number, unit: string): string {
  const whole = Math.round(amount)
  return `${whole} ${unit}${whole === 1 ? '' : 's'}`
}
