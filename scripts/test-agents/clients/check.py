"""Runs the scenarios with the openai package. Prints a line for each: its name, a tab, and `ok` or the failure."""

import json
import os
import time

from openai import NotFoundError, OpenAI

base = os.environ["BASE_URL"]
acme = OpenAI(base_url=base, api_key=os.environ["ACME_KEY"], max_retries=0)
lab = OpenAI(base_url=base, api_key=os.environ["LAB_KEY"], max_retries=0)
city = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}


def plain():
    assert acme.responses.create(input="/say hello").output_text == "hello"
    messages = [{"role": "user", "content": "/say hello"}]
    completion = acme.chat.completions.create(model="offline", messages=messages)
    assert completion.choices[0].message.content == "hello"


def streamed():
    with acme.responses.stream(model="offline", input="/tokens 5") as stream:
        deltas = [event.delta for event in stream if event.type == "response.output_text.delta"]
        assert len(deltas) > 1 and "".join(deltas) == stream.get_final_response().output_text
    messages = [{"role": "user", "content": "/tokens 5"}]
    chunks = list(acme.chat.completions.create(model="offline", messages=messages, stream=True))
    assert len(chunks) > 2


def tools():
    tool = {"type": "function", "name": "get_weather", "parameters": city, "strict": False}
    first = acme.responses.create(input='/call get_weather {"city":"Paris"}', tools=[tool])
    call = next(item for item in first.output if item.type == "function_call")
    assert json.loads(call.arguments) == {"city": "Paris"}
    result = {"type": "function_call_output", "call_id": call.call_id, "output": "sunny"}
    second = acme.responses.create(input=[result], previous_response_id=first.id, tools=[tool])
    assert "sunny" in second.output_text


def chain():
    first = acme.responses.create(input="My name is Ada.")
    second = acme.responses.create(input="And now?", previous_response_id=first.id)
    assert "Turn 2" in second.output_text


def cancel():
    response = acme.responses.create(input="/tokens 500 delay 20ms", background=True)
    assert acme.responses.cancel(response.id).status == "cancelled"


def structured_output():
    text = {"format": {"type": "json_schema", "name": "city", "schema": city}}
    assert "city" in json.loads(acme.responses.create(input="A city", text=text).output_text)


def background():
    response = acme.responses.create(input="/say later", background=True)
    for _ in range(200):
        if response.status not in ("queued", "in_progress"):
            break
        time.sleep(0.05)
        response = acme.responses.retrieve(response.id)
    assert response.status == "completed" and response.output_text == "later"


def resume():
    text, last, name = "", -1, ""
    for event in acme.responses.create(input="/tokens 20 delay 20ms", background=True, stream=True):
        last = event.sequence_number
        if event.type == "response.created":
            name = event.response.id
        if event.type == "response.output_text.delta":
            text += event.delta
            break
    for event in acme.responses.retrieve(name, stream=True, starting_after=last):
        assert event.sequence_number == last + 1
        last = event.sequence_number
        if event.type == "response.output_text.delta":
            text += event.delta
    assert text == acme.responses.retrieve(name).output_text


def two_tenants():
    response = acme.responses.create(input="/say mine")
    try:
        lab.responses.retrieve(response.id)
    except NotFoundError:
        return
    raise AssertionError("the other tenant sees the response")


def mcp():
    tool = {"type": "mcp", "server_label": "everything", "allowed_tools": ["echo"], "require_approval": "always"}
    first = acme.responses.create(input='/call everything__echo {"message":"hello"}', tools=[tool])
    assert [item.type for item in first.output] == ["mcp_list_tools", "mcp_approval_request"]
    request = first.output[1]
    assert json.loads(request.arguments) == {"message": "hello"}
    answer = {"type": "mcp_approval_response", "approval_request_id": request.id, "approve": True}
    with acme.responses.stream(
        model="offline", input=[answer], previous_response_id=first.id, tools=[tool]
    ) as stream:
        types = [event.type for event in stream]
        final = stream.get_final_response()
    assert "response.mcp_call.completed" in types
    call = next(item for item in final.output if item.type == "mcp_call")
    assert call.output == "Echo: hello" and call.approval_request_id == request.id
    assert "Echo: hello" in final.output_text


scenarios = [plain, streamed, tools, chain, cancel, structured_output, background, resume, two_tenants, mcp]
for scenario in scenarios:
    try:
        scenario()
        outcome = "ok"
    except Exception as error:
        outcome = f"{type(error).__name__}: {error}".replace("\n", " ")
    print(f"{scenario.__name__.replace('_', ' ')}\t{outcome}", flush=True)
