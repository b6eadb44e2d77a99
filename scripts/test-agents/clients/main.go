// Runs the scenarios with openai-go. Prints a line for each: its name, a tab, and `ok` or the failure.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/option"
	"github.com/openai/openai-go/v3/packages/ssestream"
	"github.com/openai/openai-go/v3/responses"
)

var (
	ctx  = context.Background()
	base = option.WithBaseURL(os.Getenv("BASE_URL"))
	acme = openai.NewClient(base, option.WithAPIKey(os.Getenv("ACME_KEY")), option.WithMaxRetries(0))
	lab  = openai.NewClient(base, option.WithAPIKey(os.Getenv("LAB_KEY")), option.WithMaxRetries(0))
	city = map[string]any{
		"type":       "object",
		"properties": map[string]any{"city": map[string]any{"type": "string"}},
		"required":   []string{"city"},
	}
)

func ask(text string) responses.ResponseNewParams {
	return responses.ResponseNewParams{
		Input: responses.ResponseNewParamsInputUnion{OfString: openai.String(text)},
	}
}

func send(params responses.ResponseNewParams) *responses.Response {
	response, err := acme.Responses.New(ctx, params)
	check(err)
	return response
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func expect(holds bool, what string) {
	if !holds {
		panic(what)
	}
}

func chatParams(text string) openai.ChatCompletionNewParams {
	return openai.ChatCompletionNewParams{
		Model:    "offline",
		Messages: []openai.ChatCompletionMessageParamUnion{openai.UserMessage(text)},
	}
}

func plain() {
	expect(send(ask("/say hello")).OutputText() == "hello", "another text")
	completion, err := acme.Chat.Completions.New(ctx, chatParams("/say hello"))
	check(err)
	expect(completion.Choices[0].Message.Content == "hello", "another chat text")
}

func streamed() {
	stream := acme.Responses.NewStreaming(ctx, ask("/tokens 5"))
	deltas := 0
	for stream.Next() {
		if stream.Current().Type == "response.output_text.delta" {
			deltas++
		}
	}
	check(stream.Err())
	expect(deltas > 1, "no deltas")
	chunks := acme.Chat.Completions.NewStreaming(ctx, chatParams("/tokens 5"))
	count := 0
	for chunks.Next() {
		count++
	}
	check(chunks.Err())
	expect(count > 2, "no chunks")
}

func tools() {
	tool := responses.ToolParamOfFunction("get_weather", city, false)
	params := ask(`/call get_weather {"city":"Paris"}`)
	params.Tools = []responses.ToolUnionParam{tool}
	first := send(params)
	for _, item := range first.Output {
		if item.Type != "function_call" {
			continue
		}
		result := responses.ResponseInputItemUnionParam{
			OfFunctionCallOutput: &responses.ResponseInputItemFunctionCallOutputParam{
				CallID: openai.String(item.CallID),
				Output: responses.ResponseInputItemFunctionCallOutputOutputUnionParam{OfString: openai.String("sunny")},
			},
		}
		second := send(responses.ResponseNewParams{
			Input:              responses.ResponseNewParamsInputUnion{OfInputItemList: responses.ResponseInputParam{result}},
			PreviousResponseID: openai.String(first.ID),
		})
		expect(strings.Contains(second.OutputText(), "sunny"), "the result is not used: "+second.OutputText())
		return
	}
	panic("no call")
}

func chain() {
	first := send(ask("My name is Ada."))
	params := ask("And now?")
	params.PreviousResponseID = openai.String(first.ID)
	expect(strings.Contains(send(params).OutputText(), "Turn 2"), "no second turn")
}

func cancel() {
	params := ask("/tokens 500 delay 20ms")
	params.Background = openai.Bool(true)
	cancelled, err := acme.Responses.Cancel(ctx, send(params).ID)
	check(err)
	expect(cancelled.Status == "cancelled", string(cancelled.Status))
}

func structuredOutput() {
	params := ask("A city")
	params.Text = responses.ResponseTextConfigParam{
		Format: responses.ResponseFormatTextConfigParamOfJSONSchema("city", city),
	}
	var value map[string]any
	check(json.Unmarshal([]byte(send(params).OutputText()), &value))
	expect(value["city"] != nil, "no city")
}

func background() {
	params := ask("/say later")
	params.Background = openai.Bool(true)
	response := send(params)
	for range 200 {
		if response.Status != "queued" && response.Status != "in_progress" {
			break
		}
		time.Sleep(50 * time.Millisecond)
		var err error
		response, err = acme.Responses.Get(ctx, response.ID, responses.ResponseGetParams{})
		check(err)
	}
	expect(response.OutputText() == "later", string(response.Status))
}

func resume() {
	params := ask("/tokens 20 delay 20ms")
	params.Background = openai.Bool(true)
	stream := acme.Responses.NewStreaming(ctx, params)
	text, id, last := "", "", int64(-1)
	for text == "" && stream.Next() {
		event := stream.Current()
		last = event.SequenceNumber
		if event.Type == "response.created" {
			id = event.Response.ID
		}
		if event.Type == "response.output_text.delta" {
			text += event.Delta
		}
	}
	check(stream.Close())
	var rest *ssestream.Stream[responses.ResponseStreamEventUnion] = acme.Responses.GetStreaming(
		ctx, id, responses.ResponseGetParams{StartingAfter: openai.Int(last)},
	)
	for rest.Next() {
		event := rest.Current()
		expect(event.SequenceNumber == last+1, "a gap")
		last = event.SequenceNumber
		if event.Type == "response.output_text.delta" {
			text += event.Delta
		}
	}
	check(rest.Err())
	response, err := acme.Responses.Get(ctx, id, responses.ResponseGetParams{})
	check(err)
	expect(text == response.OutputText(), "got "+text+", expected "+response.OutputText())
}

func twoTenants() {
	response := send(ask("/say mine"))
	_, err := lab.Responses.Get(ctx, response.ID, responses.ResponseGetParams{})
	var refusal *openai.Error
	expect(errors.As(err, &refusal) && refusal.StatusCode == 404, "the other tenant sees the response")
}

func mcp() {
	server := responses.ToolMcpParam{
		ServerLabel:     "everything",
		RequireApproval: responses.ToolMcpRequireApprovalUnionParam{OfMcpToolApprovalSetting: openai.String("always")},
	}
	tools := []responses.ToolUnionParam{{OfMcp: &server}}
	params := ask(`/call everything__echo {"message":"hello"}`)
	params.Tools = tools
	first := send(params)
	request := first.Output[len(first.Output)-1]
	expect(request.Type == "mcp_approval_request", request.Type)
	answer := responses.ResponseInputItemUnionParam{
		OfMcpApprovalResponse: &responses.ResponseInputItemMcpApprovalResponseParam{
			ApprovalRequestID: request.ID,
			Approve:           true,
		},
	}
	second := send(responses.ResponseNewParams{
		Input:              responses.ResponseNewParamsInputUnion{OfInputItemList: responses.ResponseInputParam{answer}},
		PreviousResponseID: openai.String(first.ID),
		Tools:              tools,
	})
	call := second.Output[0].AsMcpCall()
	expect(call.Output == "Echo: hello" && call.ApprovalRequestID == request.ID, second.Output[0].RawJSON())
	expect(strings.Contains(second.OutputText(), "Echo: hello"), "the result is not used: "+second.OutputText())
}

func run(name string, scenario func()) {
	defer func() {
		if failure := recover(); failure != nil {
			fmt.Printf("%s\t%s\n", name, strings.ReplaceAll(fmt.Sprint(failure), "\n", " "))
		}
	}()
	scenario()
	fmt.Printf("%s\tok\n", name)
}

func main() {
	run("plain", plain)
	run("streamed", streamed)
	run("tools", tools)
	run("chain", chain)
	run("cancel", cancel)
	run("structured output", structuredOutput)
	run("background", background)
	run("resume", resume)
	run("two tenants", twoTenants)
	run("mcp", mcp)
}
