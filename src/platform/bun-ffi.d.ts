// What is used of Bun's way to call the system's libraries. https://bun.com/docs/runtime/ffi

declare module 'bun:ffi' {
  /** An address. */
  export type Pointer = number & { readonly pointer: unique symbol }

  interface Signature {
    readonly args: readonly ('int' | 'ptr')[]
    readonly returns: 'int' | 'ptr'
  }

  interface Library<Names extends string> {
    readonly symbols: Readonly<Record<Names, (...values: readonly (number | Pointer)[]) => number>>
    close(this: void): void
  }

  /** Opens a library, and makes functions of its symbols. */
  export function dlopen<Names extends string>(
    name: string,
    symbols: Record<Names, Signature>,
  ): Library<Names>

  /** The address of the bytes; they have to be kept for as long as it is used. */
  export function ptr(bytes: ArrayBufferView): Pointer

  /** Reads memory. */
  export const read: { i32(pointer: Pointer, offset: number): number }
}
