"""A FastAPI application that talks to a cascade through the gateway, with the official openai client and nothing else.

The client finds the gateway by OPENAI_BASE_URL and OPENAI_API_KEY; no line below knows that there is a cascade, except where the
application wants to tell what an answer cost.
"""

import json
from typing import Annotated

from fastapi import Depends, FastAPI, Request
from fastapi.responses import JSONResponse, StreamingResponse
from openai import APIStatusError, AsyncOpenAI
from pydantic import BaseModel

app = FastAPI(title="Ask")


def openai_client() -> AsyncOpenAI:
    # Retries are the gateway's business: it knows what has already been tried.
    return AsyncOpenAI(max_retries=0)


Client = Annotated[AsyncOpenAI, Depends(openai_client)]


class Question(BaseModel):
    question: str
    model: str = "cascade"

    def messages(self):
        return [{"role": "user", "content": self.question}]


class Answer(BaseModel):
    answer: str
    model: str
    cost: float | None
    saved: float | None


class Place(BaseModel):
    city: str
    country: str


@app.exception_handler(APIStatusError)
async def tell_error(_: Request, error: APIStatusError):
    body = error.body if isinstance(error.body, dict) else {}
    return JSONResponse(status_code=error.status_code, content={"error": body.get("message", str(error))})


@app.post("/ask")
async def ask(question: Question, client: Client) -> Answer:
    raw = await client.chat.completions.with_raw_response.create(model=question.model, messages=question.messages())
    completion = raw.parse()

    def money(name: str) -> float | None:
        value = raw.headers.get(name)
        return None if value is None else float(value)

    return Answer(
        answer=completion.choices[0].message.content or "",
        model=completion.model,
        cost=money("x-cascade-cost"),
        saved=money("x-cascade-saved"),
    )


@app.post("/ask/stream")
async def ask_stream(question: Question, client: Client) -> StreamingResponse:
    stream = await client.chat.completions.create(model=question.model, messages=question.messages(), stream=True)

    async def texts():
        # Leaving this block closes the connection, so the gateway stops the model when a reader goes.
        async with stream:
            async for chunk in stream:
                if chunk.choices and chunk.choices[0].delta.content:
                    yield chunk.choices[0].delta.content

    return StreamingResponse(texts(), media_type="text/plain")


@app.post("/place")
async def place(question: Question, client: Client) -> Place:
    completion = await client.chat.completions.parse(
        model=question.model, messages=question.messages(), response_format=Place
    )
    return completion.choices[0].message.parsed


def weather_in(city: str) -> str:
    return f"sunny in {city}"


WEATHER = {
    "type": "function",
    "function": {
        "name": "weather",
        "description": "How the weather is in a city.",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
    },
}


@app.post("/weather")
async def weather(question: Question, client: Client) -> dict[str, str]:
    messages = question.messages()
    first = await client.chat.completions.create(model=question.model, messages=messages, tools=[WEATHER])
    message = first.choices[0].message
    if not message.tool_calls:
        return {"answer": message.content or ""}
    results = [
        {"role": "tool", "tool_call_id": call.id, "content": weather_in(**json.loads(call.function.arguments))}
        for call in message.tool_calls
    ]
    second = await client.chat.completions.create(
        model=question.model, messages=[*messages, message, *results], tools=[WEATHER]
    )
    return {"answer": second.choices[0].message.content or ""}
