package main

import (
	"context"
	"fmt"
	"log"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/conversations"
	"github.com/openai/openai-go/v3/option"
	"github.com/openai/openai-go/v3/responses"
)

func main() {
	ctx := context.Background()
	client := openai.NewClient(option.WithBaseURL("http://127.0.0.1:8642/v1"), option.WithAPIKey("none"))

	created, err := client.Conversations.New(ctx, conversations.ConversationNewParams{})
	if err != nil {
		log.Fatal(err)
	}
	added, err := client.Conversations.Items.New(ctx, created.ID, conversations.ItemNewParams{
		Items: []responses.ResponseInputItemUnionParam{
			responses.ResponseInputItemParamOfMessage("I grow roses.", responses.EasyInputMessageRoleUser),
		},
	})
	if err != nil {
		log.Fatal(err)
	}

	conversation, err := client.Conversations.Items.Delete(ctx, created.ID, added.FirstID)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("deleted", added.FirstID, "from", conversation.ID)
}
