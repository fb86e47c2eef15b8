import type { CommandSpec } from './command-spec.ts'

/** `sage explain` as help has it. */
export const EXPLAIN: Omit<CommandSpec, 'run'> = {
  name: 'explain',
  summary: 'show where a prompt or a request would go, and why',
  description:
    'Decides as the server does, without sending anything, and shows the reasons.\n' +
    'The input is a prompt or the body of a request (an argument, --request, or standard input), or any number\n' +
    'of cases. With --base it shows only what a change of the profile or its lock decides otherwise.',
  argument: { syntax: '[prompt...]', description: 'prompt, or - for standard input' },
  options: [
    { flags: '-p, --profile <file>', description: 'profile to use (see: sage help profile)' },
    { flags: '-r, --request <file>', description: 'read a request body (JSON) or a prompt (text) from a file' },
    {
      flags: '-c, --cases <file>',
      description: 'explain the cases of a file or folder, or - (see: sage help cases); repeatable',
      type: 'list',
    },
    {
      flags: '--base <revision>',
      description: 'compare with the profile in this git revision or file, and show only what changes',
    },
    {
      flags: '--fail-on-change',
      description: 'with --base or --against: exit code 1 when any request is decided otherwise',
    },
    { flags: '--coverage', description: 'count which rules decide the cases; tell dead and shadowed rules' },
    {
      flags: '--fail-under <percent>',
      description: 'exit code 1 when fewer of the rules decide a case',
      type: 'count',
    },
    { flags: '--prove', description: 'list every target that each rule can reach, fallbacks included' },
    {
      flags: '--assert <claim>',
      description: 'exit code 1 unless it holds for all of them: "local-only: local"; repeatable',
      type: 'list',
    },
    { flags: '--flip', description: 'for each case, too, look for the smallest change that chooses another model' },
    {
      flags: '--format <format>',
      description: 'how to print it',
      choices: ['text', 'json', 'markdown', 'github', 'html'],
    },
    { flags: '--json', description: 'same as --format json' },
    { flags: '-m, --model <name>', description: 'model name to ask for (see: sage help models)' },
    {
      flags: '--dialect <id>',
      description: 'dialect of the request body, instead of telling by its shape',
      choices: ['openai-chat', 'openai-responses', 'anthropic-messages', 'gemini', 'ollama-chat', 'ollama-generate'],
    },
    {
      flags: '--header <name:value>',
      description: 'request header that rules may look at; repeatable',
      type: 'list',
    },
    { flags: '--health <file>', description: 'decide with this health: a snapshot, or what /healthz answered' },
    { flags: '--now <ms>', description: 'clock of the decision, in ms; 0 unless given', type: 'count' },
    { flags: '--wall <time>', description: 'time of day for rules with `time` or `days`, as 2026-03-01T22:30:00Z' },
    { flags: '--seed <number>', description: 'seed that spreads equal scores; 0 unless given', type: 'count' },
    { flags: '--affinity <target@rule>', description: "the session's last target and the rule that chose it" },
    { flags: '--assume-keys', description: 'treat every provider as if its key were set' },
    {
      flags: '--simulate <faults>',
      description: 'show what would come of it if providers failed: "openai=429,ollama=down" (see: sage help simulate)',
    },
    {
      flags: '--log <file>',
      description: 'decide the requests of a decision log again (see: sage help decision-log)',
    },
    { flags: '--id <id>', description: 'of the log, only the decision with this id' },
    { flags: '--against <file>', description: 'list what this profile would change for the logged requests' },
  ],
  examples: [
    { command: 'sage explain "why does this test fail?"', note: 'a prompt' },
    { command: 'sage explain --request body.json --json', note: 'a recorded request, as JSON' },
    { command: 'git diff | sage explain -', note: 'a prompt from a pipe' },
    { command: 'sage explain --assume-keys --profile team.yaml hello', note: 'review a profile without its keys' },
    { command: 'sage explain --cases cases.yaml --coverage', note: 'test a policy, and how much of it is tested' },
    { command: 'sage explain --base main --cases cases.yaml --format markdown', note: 'what a branch changes' },
    { command: 'sage explain --cases cases.yaml --simulate anthropic=529', note: 'who answers in an outage' },
    { command: 'sage explain --assert "local-only: local"', note: 'prove that no fallback leaves the machine' },
  ],
}
