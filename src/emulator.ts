// The emulator's door: the local identity server as a library.

export { type Emulator, type EmulatorOptions, createEmulator } from './emulator/emulator.ts'
export type { Issued } from './emulator/ledger.ts'
export type { ApplicationRecord, EmulatorSnapshot, UserRecord } from './emulator/records.ts'
export { seededApplications } from './emulator/seeds.ts'
export type { HttpAnswer, HttpRequest } from './wire/http.ts'
