package main

import (
	"context"
	"fmt"
	"log"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/conversations"
	"github.com/openai/openai-go/v3/option"
	"github.com/openai/openai-go/v3/shared"
)

func main() {
	ctx := context.Background()
	client := openai.NewClient(option.WithBaseURL("http://127.0.0.1:8642/v1"), option.WithAPIKey("none"))

	created, err := client.Conversations.New(ctx, conversations.ConversationNewParams{})
	if err != nil {
		log.Fatal(err)
	}

	conversation, err := client.Conversations.Update(ctx, created.ID, conversations.ConversationUpdateParams{
		Metadata: shared.Metadata{"topic": "roses"},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(conversation.Metadata)
}
