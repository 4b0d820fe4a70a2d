// What a command is: a value. Its flags are declared as data, its work is a function, its result is said in three voices.

import type { CommandContext } from './context.ts'
import type { Said } from './said.ts'

/** What a shell can offer for a value: names that the program knows, or these. */
export type Completion = 'scopes' | 'profiles' | 'files' | readonly string[]

/** A flag. Without `value` it is a switch; with it, it takes a value, and `value` is how help calls that. */
export interface FlagSpec {
  /** One letter. */
  readonly short?: string
  readonly value?: string
  /** Whether it may be given more than once; its values are then gathered. */
  readonly repeat?: true
  /** Whether its value is a credential, which the system's list of processes is not to show. */
  readonly secret?: true
  /** One sentence without a full stop, for help. */
  readonly summary: string
  /** The heading that help puts it under. */
  readonly group?: string
  readonly complete?: Completion
}

/** A word behind the command's name that is not a flag. */
export interface ArgumentSpec {
  /** How help calls it. */
  readonly name: string
  /** One sentence without a full stop, for help. */
  readonly summary: string
  readonly required?: true
  /** Whether it stands for any number of words; only the last one may. */
  readonly rest?: true
  readonly complete?: Completion
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

/** A command as it is declared. */
export interface CommandSpec<F extends FlagSpecs> {
  /** Paragraphs for its own help. */
  readonly description?: readonly string[]
  readonly examples: readonly Example[]
  readonly flags: F
  readonly arguments?: readonly ArgumentSpec[]
  /** Whether flags behind the first argument are not ours, but belong to the program that it names. */
  readonly passThrough?: true
  /** @param words the arguments, as they were typed */
  run(context: CommandContext, flags: FlagValues<F>, words: readonly string[]): Promise<Said>
}

/** A command, whatever its flags. */
export interface Command extends Omit<CommandSpec<FlagSpecs>, 'run'> {
  run(
    context: CommandContext,
    flags: Readonly<Record<string, unknown>>,
    words: readonly string[],
  ): Promise<Said>
}

/** A line of the list of commands. The command itself is loaded when it is called. */
export interface CommandEntry {
  /** The words that call it, as in `token print`. */
  readonly name: string
  /** One sentence without a full stop, for help. */
  readonly summary: string
  load(): Promise<Command>
}

/** Makes a command of its declaration; the types of `flags` follow from it. */
export function command<const F extends FlagSpecs>(spec: CommandSpec<F>): Command {
  // The parser makes the values from the same declaration, so they have these types.
  return { ...spec, run: async (context, flags, words) => spec.run(context, flags as FlagValues<F>, words) }
}
