import pytest
from openai import OpenAI
from support_bot import Bot, TriageError
from talaria import Talaria

VERDICT = {"category": "delivery", "urgent": False, "summary": "Order 42 is on its way."}


@pytest.fixture
def bot(client: OpenAI) -> Bot:
    orders = {"42": {"id": "42", "status": "shipped"}}
    return Bot(client, "gpt-5-mini", orders.get)


def test_looks_the_order_up_before_it_decides(bot: Bot, talaria: Talaria) -> None:
    assert bot.triage("Where is my order 42?") == VERDICT
    [request] = talaria.verify({"rule": "decide", "text": "shipped"}, count=1)
    assert request["model"] == "gpt-5-mini"
    talaria.verify({"tools": ["find_order"], "body": {"text": {"format": {"strict": True}}}}, count=2)


def test_reports_a_missing_order_to_the_model(bot: Bot, talaria: Talaria) -> None:
    bot.triage("Where is my order 7?")
    talaria.verify({"rule": "decide", "text": "There is no such order."})


def test_retries_while_the_model_is_busy(bot: Bot, talaria: Talaria) -> None:
    busy = {"status": 503, "headers": {"retry-after-ms": "1"}, "body": {"error": {"message": "Busy."}}}
    talaria.add_rules({"name": "busy", "times": 2, "reply": busy})
    assert bot.triage("Where is my order 42?") == VERDICT
    talaria.verify({"status": 503}, count=2)
    talaria.verify({"status": 200}, count=2)


def test_gives_up_on_a_model_that_only_calls_tools(bot: Bot, talaria: Talaria) -> None:
    talaria.replace_rules([{"reply": {"tool_calls": [{"name": "find_order", "arguments": {"id": "42"}}]}}])
    with pytest.raises(TriageError, match="No verdict after 4 rounds"):
        bot.triage("Where is my order 42?")
    talaria.verify({}, count=4)


def test_reports_an_answer_that_is_not_json(bot: Bot, talaria: Talaria) -> None:
    talaria.add_rules({"when": {"tool_results": True}, "reply": {"text": "It is on its way."}})
    with pytest.raises(TriageError, match="did not answer with JSON"):
        bot.triage("Where is my order 42?")


def test_streams_the_draft(bot: Bot) -> None:
    deltas = list(bot.draft_reply("It is on its way."))
    assert len(deltas) > 1
    assert "".join(deltas) == "Dear customer, it is on its way."


def test_reports_a_draft_that_is_cut_short(bot: Bot, talaria: Talaria) -> None:
    fault = {"kind": "end", "after": 3}
    talaria.replace_rules([{"reply": {"text": "Dear customer, it is on its way.", "fault": fault}}])
    with pytest.raises(TriageError, match="cut short"):
        list(bot.draft_reply("It is on its way."))


def test_a_failure_names_the_nearest_requests(bot: Bot, talaria: Talaria) -> None:
    bot.triage("Where is my order 42?")
    with pytest.raises(AssertionError, match="(?s)found 0.*Nearest requests:.*rule is"):
        talaria.verify({"rule": "refund"}, count=1)
