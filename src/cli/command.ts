// What a command is: a value. Its flags are declared as data, its work is a function, its result is said in three voices.

import type { CommandContext } from './context.ts'
import { DONE } from './exit-code.ts'

/** A flag. Without `value` it is a switch; with it, it takes a value, and `value` is how help calls that. */
export interface FlagSpec {
  /** One letter. */
  readonly short?: string
  readonly value?: string
  /** Whether it may be given more than once; its values are then gathered. */
  readonly repeat?: true
  /** One sentence without a full stop, for help. */
  readonly summary: string
  /** The heading that help puts it under. */
  readonly group?: string
}

/** Flags by their long names, without the dashes. */
export type FlagSpecs = Readonly<Record<string, FlagSpec>>

/** What the flags were given as: text, texts, or whether the switch was there. */
export type FlagValues<F extends FlagSpecs> = {
  readonly [Name in keyof F]: F[Name] extends { readonly repeat: true }
    ? readonly string[]
    : F[Name] extends { readonly value: string }
      ? string | undefined
      : boolean
}

/** Something to type, and what it does. */
export interface Example {
  readonly type: string
  readonly does: string
}

/** A result, said three ways. */
export interface Voices<R> {
  /** Lines for a person. */
  human(result: R, now: Date): readonly string[]
  /** A document for programs. */
  json(result: R, now: Date): unknown
  /** One word for a script, or nothing. */
  quiet(result: R): string | undefined
}

/** A result with its voices. */
export interface Said {
  human(now: Date): readonly string[]
  json(now: Date): unknown
  quiet(): string | undefined
  /** What remains to be done once the result has been said, and the exit code of it: a server goes on until it is stopped. */
  afterwards(): Promise<number>
}

/** Joins a result to its voices. */
export function said<R>(
  result: R,
  voices: Voices<R>,
  afterwards: () => Promise<number> = async () => DONE,
): Said {
  return {
    human: (now) => voices.human(result, now),
    json: (now) => voices.json(result, now),
    quiet: () => voices.quiet(result),
    afterwards,
  }
}

/** A command as it is declared. */
export interface CommandSpec<F extends FlagSpecs> {
  /** The words that call it, as in `token print`. */
  readonly name: string
  /** One line for the list of commands. */
  readonly summary: string
  /** Paragraphs for its own help. */
  readonly description?: readonly string[]
  readonly examples: readonly Example[]
  readonly flags: F
  run(context: CommandContext, flags: FlagValues<F>): Promise<Said>
}

/** A command, whatever its flags. */
export interface Command extends Omit<CommandSpec<FlagSpecs>, 'run'> {
  run(context: CommandContext, flags: Readonly<Record<string, unknown>>): Promise<Said>
}

/** Makes a command of its declaration; the types of `flags` follow from it. */
export function command<const F extends FlagSpecs>(spec: CommandSpec<F>): Command {
  // The parser makes the values from the same declaration, so they have these types.
  return { ...spec, run: async (context, flags) => spec.run(context, flags as FlagValues<F>) }
}
