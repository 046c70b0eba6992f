"""The openai package for Python against the gateway."""

import json

import openai
from checks import expect_raise, key, run, script, url
from pydantic import BaseModel

client = openai.OpenAI(api_key=key, base_url=f"{url}/v1", max_retries=0)
weather = {
    "type": "function",
    "function": {
        "name": "weather",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
    },
}


class Place(BaseModel):
    city: str
    country: str


def ask(content, model="cascade", **more):
    return client.chat.completions.create(model=model, messages=[{"role": "user", "content": content}], **more)


def text():
    raw = client.chat.completions.with_raw_response.create(
        model="cascade", messages=[{"role": "user", "content": script["question"]}]
    )
    answer = raw.parse()
    assert answer.choices[0].message.content == script["answer"], answer
    assert answer.usage.completion_tokens > 0
    assert raw.headers["x-cascade-model"] == "small"
    assert ask(script["question"], "cascade:strict").model == "large"


def stream():
    chunks = list(ask(script["question"], stream=True, stream_options={"include_usage": True}))
    said = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
    assert said == script["answer"], said
    assert chunks[-1].usage.total_tokens > 0


def tools():
    messages = [{"role": "user", "content": script["toolQuestion"]}]
    first = client.chat.completions.create(model="cascade", messages=messages, tools=[weather])
    message = first.choices[0].message
    call = message.tool_calls[0]
    assert json.loads(call.function.arguments) == {"city": "Canberra"}
    messages += [message, {"role": "tool", "tool_call_id": call.id, "content": "sunny"}]
    second = client.chat.completions.create(model="cascade", messages=messages, tools=[weather])
    assert second.choices[0].message.content == script["toolAnswer"]


def structured():
    answer = client.chat.completions.parse(
        model="cascade",
        messages=[{"role": "user", "content": script["structuredQuestion"]}],
        response_format=Place,
    )
    assert answer.choices[0].message.parsed == Place(**script["structured"])


def errors():
    expect_raise(openai.BadRequestError, lambda: ask(script["failing"], "large"), "the upstream says no")
    expect_raise(openai.NotFoundError, lambda: ask("hi", "nobody"))
    stranger = client.with_options(api_key="cf-not-a-key")
    expect_raise(
        openai.AuthenticationError,
        lambda: stranger.chat.completions.create(model="cascade", messages=[{"role": "user", "content": "hi"}]),
    )


def abort():
    with ask(script["slow"], "large", stream=True) as answer:
        for chunk in answer:
            if chunk.choices and chunk.choices[0].delta.content:
                break


run("openai (Python)", [text, stream, tools, structured, errors, abort])
