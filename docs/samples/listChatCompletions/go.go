package main

import (
	"context"
	"fmt"
	"log"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/option"
	"github.com/openai/openai-go/v3/shared"
)

func main() {
	ctx := context.Background()
	client := openai.NewClient(option.WithBaseURL("http://127.0.0.1:8642/v1"), option.WithAPIKey("none"))

	_, err := client.Chat.Completions.New(ctx, openai.ChatCompletionNewParams{
		Model:    "offline",
		Messages: []openai.ChatCompletionMessageParamUnion{openai.UserMessage("Tell me a joke.")},
		Metadata: shared.Metadata{"topic": "jokes"},
		Store:    openai.Bool(true),
	})
	if err != nil {
		log.Fatal(err)
	}

	completions := client.Chat.Completions.ListAutoPaging(ctx, openai.ChatCompletionListParams{
		Metadata: shared.Metadata{"topic": "jokes"},
		Order:    openai.ChatCompletionListParamsOrderDesc,
	})
	for completions.Next() {
		completion := completions.Current()
		fmt.Println(completion.ID, completion.Choices[0].Message.Content)
	}
	if err := completions.Err(); err != nil {
		log.Fatal(err)
	}
}
