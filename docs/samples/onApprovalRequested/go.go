package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/option"
)

type approvalRequested struct {
	Type string
	Data struct {
		ID          string
		ServerLabel string `json:"server_label"`
		Name        string
	}
}

func main() {
	// Start the server with WEBHOOK_URL=http://127.0.0.1:8700/hooks and WEBHOOK_ALLOW_PRIVATE=1.
	secret := option.WithWebhookSecret(os.Getenv("WEBHOOK_SECRET"))
	client := openai.NewClient(option.WithBaseURL("http://127.0.0.1:8642/v1"), option.WithAPIKey("none"), secret)

	http.HandleFunc("POST /hooks", func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		if err := client.Webhooks.VerifySignature(body, r.Header); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		w.WriteHeader(http.StatusNoContent)
		var event approvalRequested
		if err := json.Unmarshal(body, &event); err != nil {
			return
		}
		if event.Type == "approval.requested" {
			fmt.Println(event.Type, event.Data.ID, event.Data.ServerLabel, event.Data.Name)
		}
	})
	log.Fatal(http.ListenAndServe("127.0.0.1:8700", nil))
}
