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

	conversation, err := client.Conversations.New(ctx, conversations.ConversationNewParams{})
	if err != nil {
		log.Fatal(err)
	}
	added, err := client.Conversations.Items.New(ctx, conversation.ID, conversations.ItemNewParams{
		Items: []responses.ResponseInputItemUnionParam{
			responses.ResponseInputItemParamOfMessage("I grow roses.", responses.EasyInputMessageRoleUser),
		},
	})
	if err != nil {
		log.Fatal(err)
	}

	item, err := client.Conversations.Items.Get(ctx, conversation.ID, added.FirstID, conversations.ItemGetParams{})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(item.ID, item.Type)
}
