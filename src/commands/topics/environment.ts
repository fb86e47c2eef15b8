import type { Topic } from './topic.ts'

export const environment: Topic = {
  name: 'environment',
  summary: 'environment variables that sage reads',
  text: `Environment

  SAGE_PROFILE      profile to use when --profile is not given
  XDG_CONFIG_HOME   where sage/sage.yaml is looked for; ~/.config if unset
                    (on Windows: APPDATA)
  XDG_STATE_HOME    where sage serve keeps its state and sage init what --undo
                    needs, below sage/; ~/.local/state if unset (on Windows:
                    LOCALAPPDATA)
  HTTPS_PROXY, HTTP_PROXY   the proxy to reach providers through, also in lower
                    case; NO_PROXY names hosts that are reached directly, and
                    this machine always is
  NODE_TLS_REJECT_UNAUTHORIZED   with 0, which has no certificate checked,
                    sage does not serve unless SAGE_ALLOW_INSECURE_TLS is 1
  OLLAMA_HOST       where the local Ollama is, when sage builds its own profile
  NO_COLOR          when set and not empty: no colour
  FORCE_COLOR       0: no colour; anything else: colour even in a pipe
  SAGE_DEBUG        when set: stack traces with errors

Keys are read from the variables that the profile names (env:OPENAI_API_KEY).
A file called .env in the current directory adds variables that the environment
does not have; it never replaces one.

--color and --no-color win over NO_COLOR, and that wins over FORCE_COLOR.
`,
}
