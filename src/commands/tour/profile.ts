/** The tour's policy, as a user would write it. `urls` are the base URLs of its three providers. */
export function tourProfile(urls: { busy: string; broken: string; steady: string }): string {
  return `version: 1
providers:
  busy:
    kind: openai-compatible
    base_url: ${urls.busy}
    models:
      writer: { capabilities: [tools, json], context: 128000 }
  broken:
    kind: openai-compatible
    base_url: ${urls.broken}
    models:
      writer: { capabilities: [tools, json], context: 128000 }
  steady:
    kind: openai-compatible
    base_url: ${urls.steady}
    models:
      coder: { capabilities: [tools, json, thinking], context: 128000 }
      writer: { capabilities: [tools, json], context: 128000 }
      vision: { capabilities: [vision, tools, json], context: 128000 }
policies:
  auto:
    description: the tour
    rules:
      - name: pictures
        when: { vision: true }
        prefer: [steady/vision]
      - name: code
        when: { intent: code }
        prefer: [steady/coder]
      - name: writing
        when: { intent: creative }
        prefer: [busy/writer, broken/writer, steady/writer]
`
}
