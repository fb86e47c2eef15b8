import Anthropic from '@anthropic-ai/sdk'

const client = new Anthropic({ baseURL: '{{base_url}}', apiKey: '{{api_key}}' })
const answer = await client.messages.create({
  model: '{{model}}',
  max_tokens: 1024,
  messages: [{ role: 'user', content: 'hello' }],
})
