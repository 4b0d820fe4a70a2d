// Names that were probably meant by one that does not exist.

import leven from 'leven'

/** The names that are spelled much as this one is, the nearest first. */
export function alike(name: string, names: readonly string[]): readonly string[] {
  return names
    .map((each) => ({ each, distance: leven(name, each) }))
    .filter(({ each, distance }) => distance <= Math.max(2, each.length * 0.4))
    .toSorted((one, other) => one.distance - other.distance)
    .map(({ each }) => each)
}
