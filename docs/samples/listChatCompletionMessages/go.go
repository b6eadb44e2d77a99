package main

import (
	"context"
	"fmt"
	"log"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/option"
)

func main() {
	ctx := context.Background()
	client := openai.NewClient(option.WithBaseURL("http://127.0.0.1:8642/v1"), option.WithAPIKey("none"))

	created, err := client.Chat.Completions.New(ctx, openai.ChatCompletionNewParams{
		Model:    "offline",
		Messages: []openai.ChatCompletionMessageParamUnion{openai.UserMessage("Tell me a joke.")},
		Store:    openai.Bool(true),
	})
	if err != nil {
		log.Fatal(err)
	}

	messages := client.Chat.Completions.Messages.ListAutoPaging(ctx, created.ID, openai.ChatCompletionMessageListParams{})
	for messages.Next() {
		message := messages.Current()
		fmt.Printf("%s: %s\n", message.Role, message.Content)
	}
	if err := messages.Err(); err != nil {
		log.Fatal(err)
	}
}
