// Every code that users can meet, once given never changed: 1xxx profile, 2xxx cases, 4xxx server and command line.

export interface CodeInfo {
  title: string
  /** What to do about it in general; a diagnostic may know better. */
  hint: string
}

export type ProfileCode =
  | 'SAGE1001'
  | 'SAGE1002'
  | 'SAGE1003'
  | 'SAGE1004'
  | 'SAGE1005'
  | 'SAGE1006'
  | 'SAGE1010'
  | 'SAGE1011'
  | 'SAGE1012'
  | 'SAGE1013'
  | 'SAGE1014'
  | 'SAGE1015'
  | 'SAGE1020'
  | 'SAGE1021'
  | 'SAGE1022'
  | 'SAGE1023'
  | 'SAGE1024'
  | 'SAGE1025'
  | 'SAGE1026'
  | 'SAGE1030'
  | 'SAGE1031'
  | 'SAGE1032'
  | 'SAGE1033'
  | 'SAGE1040'

/** Codes of cases: requests to explain, with what is expected of them. */
export type CasesCode = 'SAGE2001' | 'SAGE2002' | 'SAGE2003' | 'SAGE2004' | 'SAGE2005'

/** Codes of the command line and the server: why a command could not run. */
export type CommandCode =
  | 'SAGE4000'
  | 'SAGE4001'
  | 'SAGE4002'
  | 'SAGE4003'
  | 'SAGE4004'
  | 'SAGE4005'
  | 'SAGE4006'
  | 'SAGE4007'
  | 'SAGE4008'
  | 'SAGE4010'
  | 'SAGE4011'
  | 'SAGE4012'

export type Code = ProfileCode | CasesCode | CommandCode

export const CODES: Readonly<Record<Code, CodeInfo>> = {
  SAGE1001: {
    title: 'No profile',
    hint: 'check the path, or start from a ready profile (see `sage help profile`)',
  },
  SAGE1002: {
    title: 'Profile cannot be read',
    hint: 'a profile is a readable text file in UTF-8',
  },
  SAGE1003: {
    title: 'Profile too large',
    hint: 'a profile may have 1 MiB, 128 levels of nesting and 1,000 aliases for 10,000 values',
  },
  SAGE1004: {
    title: 'YAML syntax',
    hint: 'indent with spaces, close quotes and brackets',
  },
  SAGE1005: {
    title: 'YAML alias or tag',
    hint: 'write the value out instead',
  },
  SAGE1006: {
    title: 'Duplicate key',
    hint: 'remove one of the two',
  },
  SAGE1010: {
    title: 'Unsupported version',
    hint: 'this program reads `version: 1`',
  },
  SAGE1011: {
    title: 'Unknown key',
    hint: 'remove the key; your own keys start with `x-` and stand at the top level',
  },
  SAGE1012: {
    title: 'Missing key',
    hint: 'add the key',
  },
  SAGE1013: {
    title: 'Wrong type',
    hint: 'write a value of the expected type',
  },
  SAGE1014: {
    title: 'Wrong value',
    hint: 'schemas/profile.schema.json says what is accepted',
  },
  SAGE1015: {
    title: 'Keys that exclude each other',
    hint: 'keep one of them',
  },
  SAGE1020: {
    title: 'Unknown provider',
    hint: 'name a provider of `providers`',
  },
  SAGE1021: {
    title: 'Unknown model',
    hint: 'write `provider/model`, and list the model under its provider',
  },
  SAGE1022: {
    title: 'Unknown policy',
    hint: 'name a policy of `policies`, or `sage/auto`',
  },
  SAGE1023: {
    title: 'Pattern matches no listed model',
    hint: 'check the spelling',
  },
  SAGE1024: {
    title: 'Alias or fallback leads back to itself',
    hint: 'let it lead to a model or a policy',
  },
  SAGE1025: {
    title: 'Duplicate rule name',
    hint: 'give each rule of a policy its own name',
  },
  SAGE1026: {
    title: 'Rule or alias never applies',
    hint: 'move it up, change its condition, or remove it',
  },
  SAGE1030: {
    title: 'Unusable base URL',
    hint: 'write an http:// or https:// address without credentials',
  },
  SAGE1031: {
    title: 'Credential in the profile',
    hint: 'put it into an environment variable or a file and write `env:NAME` or `file:path`',
  },
  SAGE1032: {
    title: 'Open to the network without a token',
    hint: 'set `serve.token: env:SAGE_TOKEN`, or serve on 127.0.0.1',
  },
  SAGE1033: {
    title: 'Header that a profile may not name',
    hint: 'remove the header',
  },
  SAGE1040: {
    title: 'Lock file is not sound',
    hint: 'write it anew with `sage discover`, or remove it',
  },
  SAGE2001: {
    title: 'Cases syntax',
    hint: 'cases are YAML, JSON, or JSON Lines with one object a line',
  },
  SAGE2002: {
    title: 'Wrong case',
    hint: 'a case has a prompt, messages, a request or a file (see `sage help cases`)',
  },
  SAGE2003: {
    title: 'Wrong expectation',
    hint: 'see `sage help cases` for what can be expected',
  },
  SAGE2004: {
    title: 'Not a request of its dialect',
    hint: 'name its dialect with `dialect`, or check the body',
  },
  SAGE2005: {
    title: 'A case of the profile does not hold',
    hint: 'mend the profile or the case; `sage explain --cases <file>` shows every one',
  },
  SAGE4000: {
    title: 'Bug in sage',
    hint: 'this is a bug in sage',
  },
  SAGE4001: {
    title: 'Wrong usage',
    hint: 'see `sage help`',
  },
  SAGE4002: {
    title: 'Port taken',
    hint: 'take another one with --port; 0 takes a free one',
  },
  SAGE4003: {
    title: 'Address cannot be used',
    hint: 'check --host and --port',
  },
  SAGE4004: {
    title: 'File cannot be read',
    hint: 'check the path and its permissions',
  },
  SAGE4005: {
    title: 'No usable target',
    hint: 'set the key of a provider, start Ollama, or try `sage demo`',
  },
  SAGE4006: {
    title: 'Token missing or too short',
    hint: 'set what serve.token refers to',
  },
  SAGE4007: {
    title: 'Lock file cannot be written',
    hint: 'check the permissions of the folder, or look at the differences with --dry-run',
  },
  SAGE4008: {
    title: 'No provider answered',
    hint: 'check the keys, the base URLs and the network',
  },
  SAGE4010: {
    title: 'Decision log cannot be written',
    hint: 'check the path and its permissions, or serve without --log',
  },
  SAGE4011: {
    title: 'No decision log',
    hint: 'give a file that `sage serve --log FILE` has written',
  },
  SAGE4012: {
    title: 'Settings cannot be written',
    hint: 'check the path and its permissions; what was written before is undone by `sage init --undo`',
  },
}
