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

	completion, err := client.Chat.Completions.New(ctx, openai.ChatCompletionNewParams{
		Model:    "offline",
		Messages: []openai.ChatCompletionMessageParamUnion{openai.UserMessage("Tell me a joke.")},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(completion.Choices[0].Message.Content)
}
