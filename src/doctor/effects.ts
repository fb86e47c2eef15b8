// All that doctor does to the world. Checks get it as an argument, so a test can put another world in its place.

export interface Effects {
  files: Files
  network: Network
  /** Runs a program without a shell. undefined when there is no such program, or it did not end in time. */
  run(command: string, args: readonly string[]): Promise<ProgramResult | undefined>
  /** Milliseconds since the epoch. */
  now(): number
  /** Milliseconds of a clock that never goes back. */
  mono(): number
  /** A signal that fires after so many milliseconds. */
  after(ms: number): AbortSignal
}

export interface ProgramResult {
  /** Exit code. */
  code: number
  stdout: string
}

export interface Files {
  /** Text of a file of at most 1 MiB; undefined when there is none that can be read. */
  read(path: string): Promise<string | undefined>
  /** undefined when there is nothing at the path, or it may not be known. */
  stat(path: string): Promise<FileFacts | undefined>
  /** Names in a folder; empty when it cannot be read. */
  list(path: string): Promise<string[]>
  /** What a symbolic link points to; undefined when it is none. */
  link(path: string): Promise<string | undefined>
  /** Sets permission bits. Rejects when it cannot. */
  setMode(path: string, mode: number): Promise<void>
  /** Adds text at the end of a file, created when there is none. Rejects when it cannot. */
  append(path: string, text: string): Promise<void>
}

export interface FileFacts {
  kind: 'file' | 'folder' | 'other'
  /** Permission bits; on Windows they say little. */
  mode: number
  /** Last change, in ms since the epoch. */
  changedAt: number
}

export interface Network {
  /** Addresses of a host, in the order to try them; an address is its own. Rejects with a `FaultError`. */
  lookup(host: string, signal: AbortSignal): Promise<string[]>
  /** Opens a TCP connection. Rejects with a `FaultError`. */
  connect(address: string, port: number, signal: AbortSignal): Promise<Connection>
  /** Whether a server could listen there: undefined when it can, else the error code (`EADDRINUSE`). */
  tryListen(host: string, port: number): Promise<string | undefined>
}

export interface Connection {
  /** Starts TLS for this host name, certificate checked. Rejects with a `FaultError`. */
  secure(host: string, signal: AbortSignal): Promise<void>
  /** Sends one HTTP/1.1 request. Rejects with a `FaultError`. */
  send(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer>
  close(): void
}

export interface HttpRequest {
  method: 'GET' | 'POST'
  /** Path with query. */
  path: string
  /** Lower-case names. */
  headers: Readonly<Record<string, string>>
  body?: string
}

export interface HttpAnswer {
  status: number
  /** Lower-case names; repeated headers are joined with `, `. */
  headers: Readonly<Record<string, string>>
  /** At most 8 MiB of text. */
  body: string
}

/** What the network did not do. `code` is Node's, or `TIMEOUT` when the deadline passed. */
export class FaultError extends Error {
  override name = 'FaultError'
  readonly code: string

  constructor(code: string, message: string = code) {
    super(message)
    this.code = code
  }
}
