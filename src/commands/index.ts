import { CHECK_IDS } from '../doctor/check-ids.ts'
import type { CommandSpec, OptionSpec } from './command-spec.ts'
import { SHELLS } from './completion/shells.ts'
import { EXPLAIN } from './explain-spec.ts'

const PROFILE: OptionSpec = {
  flags: '-p, --profile <file>',
  description: 'profile to use (see: sage help profile)',
}

/** Every command of sage. A new one is a row here and a file beside it. */
export const commands: readonly CommandSpec[] = [
  {
    name: 'serve',
    summary: 'run the router',
    description: 'Runs the router: one HTTP endpoint for all clients, until Ctrl-C.',
    options: [
      PROFILE,
      { flags: '--host <address>', description: 'address to listen on' },
      { flags: '--port <number>', description: 'port to listen on; 0 takes a free one', type: 'port' },
      {
        flags: '--log-format <format>',
        description: 'text on stderr, or newline-delimited JSON on stdout',
        choices: ['text', 'json'],
      },
      { flags: '--json', description: 'same as --log-format json' },
      { flags: '-q, --quiet', description: 'no line per request' },
      { flags: '--log <file>', description: 'append every decision to a file (see: sage help decision-log)' },
      { flags: '--record-prompts', description: 'write the prompts into that file too' },
      { flags: '--no-reload', description: 'take no changes of the profile while serving (see: sage help reload)' },
      { flags: '--no-state', description: 'keep nothing over a restart (see: sage help state)' },
    ],
    examples: [
      { command: 'sage serve', note: 'the nearest sage.yaml, or what is found on this machine' },
      { command: 'sage serve --profile team.yaml --port 8080', note: 'a profile by name, another port' },
      { command: 'sage serve --log-format json > requests.ndjson', note: 'keep one JSON document per event' },
    ],
    run: async (context, { options }) => (await import('./serve.ts')).runServe(context, options),
  },
  {
    name: 'init',
    summary: 'set up a profile and the clients',
    description:
      'Looks for keys, local servers, clients and settings of other routers, and after a short\n' +
      'conversation writes a profile, its lock, and the settings of the clients you choose. What is there\n' +
      'is merged into, never replaced; of keys only the names of their variables are written.',
    options: [
      { flags: '-p, --profile <file>', description: 'profile to write; sage.yaml unless given' },
      { flags: '-y, --yes', description: 'ask nothing: take what was found and what the options say' },
      {
        flags: '--provider <names>',
        description: 'these providers, separated by commas; repeatable',
        type: 'list',
      },
      { flags: '--policy <name>', description: 'policy that clients ask for; auto unless given' },
      { flags: '--client <names>', description: 'write the settings of these clients; repeatable', type: 'list' },
      {
        flags: '--import <file>',
        description: 'take over providers from OpenClaw, claude-code-router or LiteLLM; repeatable',
        type: 'list',
      },
      { flags: '--no-lock', description: 'do not ask the providers for their models' },
      { flags: '--force', description: 'write a new profile over the one that is there (a copy is kept)' },
      { flags: '--dry-run', description: 'write nothing; show the differences' },
      { flags: '--undo', description: 'take back what the last run wrote, except files that were changed since' },
      { flags: '--json', description: 'print what was found and done as JSON' },
    ],
    examples: [
      { command: 'sage init', note: 'a short conversation' },
      { command: 'sage init --yes --client codex,claude-code', note: 'no questions; set up two clients too' },
      { command: 'sage init --import litellm_config.yaml --dry-run', note: 'what would come of it' },
      { command: 'sage init --undo', note: 'as it was before' },
    ],
    run: async (context, { options }) => (await import('./init.ts')).runInit(context, options),
  },
  {
    ...EXPLAIN,
    run: async (context, invocation) => (await import('./explain.ts')).runExplain(context, invocation),
  },
  {
    name: 'discover',
    summary: 'ask the providers for their models and lock what they say',
    description:
      'Asks every provider of the profile for its models, and writes what they can do into the lock file\n' +
      'beside the profile: sage.lock.yaml for sage.yaml. sage serve and sage explain go by it (see: sage help lock).',
    options: [
      PROFILE,
      { flags: '--provider <name>', description: 'ask only this provider; repeatable', type: 'list' },
      { flags: '--check', description: 'write nothing; exit code 1 when the lock is out of date' },
      { flags: '--dry-run', description: 'write nothing; show the difference' },
      { flags: '--json', description: 'print what was found and what has changed as JSON' },
      { flags: '--pull [pattern...]', description: 'have Ollama pull cloud models, or any models by name' },
      { flags: '-y, --yes', description: 'pull without asking' },
    ],
    examples: [
      { command: 'sage discover', note: 'write sage.lock.yaml beside the profile' },
      { command: 'sage discover --dry-run --provider ollama', note: 'what would change for one provider' },
      { command: 'sage discover --check', note: 'in CI: fail when the providers have changed' },
      { command: 'sage discover --pull "qwen*" --dry-run', note: 'which cloud models would be pulled, and why' },
    ],
    run: async (context, { options }) =>
      options['pull'] === undefined
        ? (await import('./discover.ts')).runDiscover(context, options)
        : (await import('./discover-pull.ts')).runPull(context, { ...options, pull: options['pull'] }),
  },
  {
    name: 'doctor',
    summary: 'look for everything that can be wrong',
    description:
      'Checks the profile, keys, providers, network, files and clients, and says what each finding means and what\n' +
      'mends it. Nothing is changed without --fix, and no prompt is sent without --live.',
    options: [
      PROFILE,
      {
        flags: '--only <checks>',
        description: 'run these checks only (see: sage help checks); repeatable',
        values: CHECK_IDS,
        type: 'list',
      },
      { flags: '--offline', description: 'no network at all' },
      {
        flags: '--live',
        description: 'send each provider one prompt of one word, which may cost a fraction of a cent',
      },
      { flags: '--fix', description: 'mend what is safe to mend: modes of files with keys, .gitignore' },
      { flags: '--dry-run', description: 'with --fix: only say what it would do' },
      { flags: '--strict', description: 'exit code 1 for warnings too' },
      { flags: '--timeout <ms>', description: 'limit of one probe, in ms; 5000 unless given', type: 'count' },
      { flags: '--format <format>', description: 'how to print the findings', choices: ['text', 'json', 'github'] },
      { flags: '--json', description: 'same as --format json' },
    ],
    examples: [
      { command: 'sage doctor', note: 'everything; exit code 1 when something is broken' },
      { command: 'sage doctor --offline --strict --format github', note: 'in a workflow: no network, annotations' },
      { command: 'sage doctor --only keys,auth --live', note: 'are the keys good?' },
      { command: 'sage doctor --fix --dry-run', note: 'what it would mend' },
    ],
    run: async (context, { options }) => (await import('./doctor.ts')).runDoctor(context, options),
  },
  {
    name: 'demo',
    summary: 'watch routing, failover and streaming with simulated providers',
    description:
      'A tour of about ten seconds: a router in front of simulated providers on this machine.\n' +
      'It needs no key and no network.',
    options: [{ flags: '--json', description: 'print what happened as one JSON document' }],
    examples: [{ command: 'sage demo', note: 'exit code 0 when every answer was as it must be' }],
    run: async (context, { options }) => (await import('./demo.ts')).runDemo(context, options),
  },
  {
    name: 'completion',
    summary: 'print a script that completes commands in a shell',
    description:
      'Prints a script that completes commands, options and their values. It is made of the same table as the help,\n' +
      'so print it again after an update.',
    argument: { syntax: '<shell>', description: SHELLS.join(', '), values: SHELLS },
    options: [{ flags: '--json', description: 'print the script as one JSON document' }],
    examples: [
      { command: 'eval "$(sage completion bash)"', note: 'bash, in ~/.bashrc; zsh alike, in ~/.zshrc' },
      { command: 'sage completion fish > ~/.config/fish/completions/sage.fish', note: 'fish, once' },
      { command: 'sage completion powershell | Out-String | Invoke-Expression', note: 'PowerShell, in $PROFILE' },
    ],
    run: async (context, invocation) => (await import('./completion.ts')).runCompletion(context, invocation),
  },
  {
    name: 'help',
    summary: 'show help for a command or a topic',
    description: 'Shows help for a command or a topic.',
    argument: { syntax: '[topic]', description: 'command or topic' },
    options: [{ flags: '--json', description: 'print commands and topics as one JSON document' }],
    examples: [
      { command: 'sage help explain', note: 'a command' },
      { command: 'sage help environment', note: 'a topic' },
    ],
    run: async (context, invocation) => (await import('./help.ts')).runHelp(context, invocation),
  },
]
