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

	created, err := client.Chat.Completions.New(ctx, openai.ChatCompletionNewParams{
		Model:    "offline",
		Messages: []openai.ChatCompletionMessageParamUnion{openai.UserMessage("Tell me a joke.")},
		Store:    openai.Bool(true),
	})
	if err != nil {
		log.Fatal(err)
	}

	completion, err := client.Chat.Completions.Update(ctx, created.ID, openai.ChatCompletionUpdateParams{
		Metadata: shared.Metadata{"rating": "good"},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(completion.Metadata)
}
