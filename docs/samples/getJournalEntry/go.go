package main

import (
	"encoding/json"
	"io"
	"log"
	"net/http"
	"os"
)

const journal = "http://127.0.0.1:8642/admin/v1/journal"

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
	latest := get(journal + "?limit=1")
	defer latest.Body.Close()
	var list struct{ Data []struct{ ID string } }
	if err := json.NewDecoder(latest.Body).Decode(&list); err != nil {
		log.Fatal(err)
	}
	if len(list.Data) == 0 {
		log.Fatal("The journal is empty.")
	}

	reply := get(journal + "/" + list.Data[0].ID)
	defer reply.Body.Close()
	io.Copy(os.Stdout, reply.Body)
}
