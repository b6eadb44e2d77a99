package main

import (
	"encoding/json"
	"io"
	"log"
	"net/http"
	"os"
)

const approvals = "http://127.0.0.1:8642/admin/v1/approvals"

func get(url string) *http.Response {
	request, err := http.NewRequest("GET", url, nil)
	if err != nil {
		log.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+os.Getenv("OPERATOR_KEY"))
	reply, err := http.DefaultClient.Do(request)
	if err != nil {
		log.Fatal(err)
	}
	return reply
}

func main() {
	// Needs a tool call that waits for approval. See the guide to approvals.
	pending := get(approvals + "?status=pending")
	defer pending.Body.Close()
	var list struct{ Data []struct{ ID string } }
	if err := json.NewDecoder(pending.Body).Decode(&list); err != nil {
		log.Fatal(err)
	}
	if len(list.Data) == 0 {
		log.Fatal("No call waits for approval.")
	}

	reply := get(approvals + "/" + list.Data[0].ID)
	defer reply.Body.Close()
	io.Copy(os.Stdout, reply.Body)
}
