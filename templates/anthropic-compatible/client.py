from anthropic import Anthropic

client = Anthropic(base_url="{{base_url}}", api_key="{{api_key}}")
answer = client.messages.create(
    model="{{model}}",
    max_tokens=1024,
    messages=[{"role": "user", "content": "hello"}],
)
