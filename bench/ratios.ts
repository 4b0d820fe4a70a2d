// What is held against what, and how large the ratio may be.

import { type Form, forms } from './cases.ts'
import type { Figures, Measured } from './measure.ts'

/** A comparison. */
interface Comparison {
  readonly what: string
  readonly one: string
  readonly other: string
  /** What the other one is. */
  readonly against: string
  /** The most that the ratio may be, for each form; without it the ratio is of interest only. */
  readonly limit?: Readonly<Record<Form, number>>
}

/** A comparison that was made. */
export interface Ratio {
  readonly form: Form
  readonly what: string
  readonly against: string
  /** Of the medians. */
  readonly ratio: number
  /** Of the fastest runs, which other work on the machine disturbs least. */
  readonly ratioOfFastest: number
  readonly limit: number | undefined
  readonly one: Figures
  readonly other: Figures
}

const NEXT_TO_NOTHING = { npm: 1.5, standalone: 2.5 }
const NEXT_TO_REQUEST = { npm: 1.5, standalone: 1.5 }
const NEXT_TO_ONE_PROFILE = { npm: 1.1, standalone: 1.1 }
const REQUEST = 'the same request alone'

const comparisons: readonly Comparison[] = [
  { what: '`token --help`', one: 'help', other: 'nothing', against: 'nothing', limit: NEXT_TO_NOTHING },
  { what: '`token print`', one: 'print', other: 'nothing', against: 'nothing', limit: NEXT_TO_NOTHING },
  { what: '`token status`', one: 'status', other: 'nothing', against: 'nothing' },
  {
    what: '`token -v`, over TLS',
    one: 'validate',
    other: 'bare validate',
    against: REQUEST,
    limit: NEXT_TO_REQUEST,
  },
  { what: '`token`, over TLS', one: 'app token', other: 'bare app token', against: REQUEST },
  { what: '`token print`, once more', one: 'print again', other: 'print', against: 'itself (noise)' },
  {
    what: '`token print`, 1,000 profiles',
    one: 'print of 1,000',
    other: 'print',
    against: 'with 1',
    limit: NEXT_TO_ONE_PROFILE,
  },
  {
    what: '`token print`, 100,000 profiles',
    one: 'print of 100,000',
    other: 'print',
    against: 'with 1',
    limit: NEXT_TO_ONE_PROFILE,
  },
  {
    what: '`token status`, 100,000 profiles',
    one: 'status of 100,000',
    other: 'status',
    against: 'with 1',
    limit: NEXT_TO_ONE_PROFILE,
  },
  { what: '50 × `token print` at once', one: '50 prints', other: '50 nothing', against: '50 × nothing' },
  {
    what: '50 × `token print` at once, expired',
    one: '50 prints, expired',
    other: '50 prints',
    against: 'not expired',
  },
]

/** Makes the comparisons. */
export function compare(measured: Measured): readonly Ratio[] {
  return (Object.keys(forms) as Form[]).flatMap((form) =>
    comparisons.map(({ what, one, other, against, limit }) => {
      const [mine, theirs] = [figuresOf(measured, form, one), figuresOf(measured, form, other)]
      return {
        form,
        what,
        against,
        ratio: mine.median / theirs.median,
        ratioOfFastest: mine.fastest / theirs.fastest,
        limit: limit?.[form],
        one: mine,
        other: theirs,
      }
    }),
  )
}

function figuresOf(measured: Measured, form: Form, name: string): Figures {
  const figures = measured.get(`${form}: ${name}`)
  if (figures === undefined) throw new Error(`${form}: ${name} was not measured`)
  return figures
}

/** Whether a ratio is larger than it may be. */
export function isOver({ ratio, limit }: Ratio): boolean {
  return limit !== undefined && ratio > limit
}
