"""The anthropic package for Python against the gateway."""

import json

import anthropic
from checks import expect_raise, key, run, script, url

client = anthropic.Anthropic(api_key=key, base_url=url, max_retries=0)
weather = {
    "name": "weather",
    "input_schema": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
}


def ask(content, model="cascade:claude", **more):
    return client.messages.create(
        model=model, max_tokens=200, messages=[{"role": "user", "content": content}], **more
    )


def text():
    raw = client.messages.with_raw_response.create(
        model="cascade:claude", max_tokens=200, messages=[{"role": "user", "content": script["question"]}]
    )
    answer = raw.parse()
    assert answer.content[0].text == script["answer"], answer
    assert answer.stop_reason == "end_turn"
    assert raw.headers["x-cascade-model"] == "claude-haiku-4-5"
    counted = client.messages.count_tokens(model="cascade", messages=[{"role": "user", "content": "hi"}])
    assert counted.input_tokens > 0


def stream():
    with client.messages.stream(
        model="cascade:claude", max_tokens=200, messages=[{"role": "user", "content": script["question"]}]
    ) as answer:
        said = "".join(answer.text_stream)
        assert said == script["answer"], said
        assert answer.get_final_message().usage.output_tokens > 0


def tools():
    messages = [{"role": "user", "content": script["toolQuestion"]}]
    first = client.messages.create(model="cascade:claude", max_tokens=200, messages=messages, tools=[weather])
    call = next(block for block in first.content if block.type == "tool_use")
    assert call.input == {"city": "Canberra"}
    result = {"type": "tool_result", "tool_use_id": call.id, "content": "sunny"}
    messages += [{"role": "assistant", "content": first.content}, {"role": "user", "content": [result]}]
    second = client.messages.create(model="cascade:claude", max_tokens=200, messages=messages, tools=[weather])
    assert second.content[0].text == script["toolAnswer"]


def structured():
    place = {"name": "place", "input_schema": script["schema"]}
    chosen = ask(script["structuredQuestion"], tools=[place], tool_choice={"type": "tool", "name": "place"})
    assert next(block for block in chosen.content if block.type == "tool_use").input == script["structured"]
    formatted = ask(
        script["structuredQuestion"], output_config={"format": {"type": "json_schema", "schema": script["schema"]}}
    )
    assert json.loads(formatted.content[0].text) == script["structured"]


def errors():
    expect_raise(anthropic.BadRequestError, lambda: ask(script["failing"], "claude-opus-4-6"), "the upstream says no")
    expect_raise(anthropic.NotFoundError, lambda: ask("hi", "nobody"))
    stranger = client.with_options(api_key="cf-not-a-key")
    expect_raise(
        anthropic.AuthenticationError,
        lambda: stranger.messages.create(model="cascade", max_tokens=9, messages=[{"role": "user", "content": "hi"}]),
    )


def abort():
    with ask(script["slow"], "claude-opus-4-6", stream=True) as answer:
        for event in answer:
            if event.type == "content_block_delta":
                break


run("anthropic (Python)", [text, stream, tools, structured, errors, abort])
