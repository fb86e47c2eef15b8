from openai import OpenAI

client = OpenAI(base_url="{{openai_base_url}}", api_key="{{api_key}}")
answer = client.chat.completions.create(
    model="{{model}}",
    messages=[{"role": "user", "content": "hello"}],
)
